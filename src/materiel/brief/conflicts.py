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
SELECT ?conflict ?about ?type ?state ?text ?claim WHERE {{
  VALUES ?about {{ {iris} }}
  ?conflict a mat:Conflict ; mat:about ?about ; dct:description ?text .
  OPTIONAL {{ ?conflict mat:conflictType ?type }}
  OPTIONAL {{ ?conflict mat:state ?state }}
  OPTIONAL {{ ?conflict mat:between ?claim }}
}} ORDER BY ?about ?type ?conflict ?claim"""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One disagreement.

    Attributes:
        iri: The conflict.
        about: The thing.
        type: On what the sides disagree, such as `date`.
        state: `open`, `weighed` or `resolved`.
        text: The words of whoever wrote it down, or of the rule that found it.
        between: The claims on its sides, where they are known.
    """

    iri: str
    about: str
    type: str
    state: str
    text: str
    between: tuple[str, ...]

    @property
    def derived(self) -> bool:
        """Whether a rule found it, rather than a reader."""
        return not self.iri.startswith(ID)


def conflicts_about(store: Store, things: Iterable[str]) -> list[Conflict]:
    """Return the conflicts about things, in the order of the things."""
    order = list(dict.fromkeys(things))
    query = _CONFLICTS.format(iris=" ".join(f"<{iri}>" for iri in order))
    found: dict[str, Conflict] = {}
    for row in Table.of(cast("ox.QuerySolutions", store.query(query))):
        iri = str(row["conflict"])
        told = found.get(iri)
        between = (*(told.between if told else ()), *([str(row["claim"])] if row["claim"] else []))
        kind = slug_of(str(row["type"] or "unclassified"))
        state = slug_of(str(row["state"] or "open"))
        found[iri] = Conflict(iri, str(row["about"]), kind, state, str(row["text"]), between)
    return sorted(found.values(), key=lambda c: (order.index(c.about), c.derived, c.type, c.iri))
