"""Conflicts between sources about things, as they stand in the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from materiel.store.table import Table
from materiel.vocabulary import ID, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from materiel.store.base import Store

_CONFLICTS = """
SELECT ?conflict ?about ?type ?state ?text ?side ?says ?claim ?source WHERE {{
  VALUES ?about {{ {iris} }}
  ?conflict a mat:Conflict ; mat:about ?about ; dct:description ?text ; mat:side ?side .
  ?side dct:description ?says .
  OPTIONAL {{ ?conflict mat:conflictType ?type }}
  OPTIONAL {{ ?conflict mat:state ?state }}
  OPTIONAL {{ ?side mat:sequence ?number }}
  OPTIONAL {{ ?side mat:claim ?claim }}
  OPTIONAL {{ ?side mat:source ?named }}
  OPTIONAL {{ ?side mat:claim ?own . ?own mat:originCount ?any ; mat:attestation/mat:source ?attested }}
  BIND(COALESCE(?named, ?attested) AS ?source)
}} ORDER BY ?about ?type ?conflict ?number ?side ?source"""


@dataclass(frozen=True, slots=True)
class Side:
    """What one side of a conflict says.

    Attributes:
        says: The value in words.
        claim: The claim of the graph that it is, if there is one.
        sources: Sources that say so; empty where the record does not tell which do.
    """

    says: str
    claim: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One disagreement.

    Attributes:
        iri: The conflict.
        about: The thing.
        type: On what the sides disagree, such as `date`.
        state: `open`, `weighed` or `resolved`.
        text: The words of whoever wrote it down, or of the rule that found it.
        sides: What each side says.
    """

    iri: str
    about: str
    type: str
    state: str
    text: str
    sides: tuple[Side, ...]

    @property
    def derived(self) -> bool:
        """Whether a rule found it, rather than a reader."""
        return not self.iri.startswith(ID)


def conflicts_about(store: Store, things: Iterable[str]) -> list[Conflict]:
    """Return the conflicts about things, in the order of the things."""
    order = list(dict.fromkeys(things))
    query = _CONFLICTS.format(iris=" ".join(f"<{iri}>" for iri in order))
    rows = list(Table.of(cast("ox.QuerySolutions", store.query(query))))
    found = {str(row["conflict"]): row for row in rows}
    sides: dict[str, dict[str, Side]] = {iri: {} for iri in found}
    for row in rows:
        own, key = sides[str(row["conflict"])], str(row["side"])
        before = own[key].sources if key in own else ()
        source = (str(row["source"]),) if row["source"] and str(row["source"]) not in before else ()
        own[key] = Side(str(row["says"]), str(row["claim"]) if row["claim"] else None, (*before, *source))
    told = [
        Conflict(
            iri,
            str(row["about"]),
            slug_of(str(row["type"] or "unclassified")),
            slug_of(str(row["state"] or "open")),
            str(row["text"]),
            tuple(sides[iri].values()),
        )
        for iri, row in found.items()
    ]
    return sorted(told, key=lambda c: (order.index(c.about), c.derived, c.type, c.iri))
