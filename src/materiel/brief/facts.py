"""What the graph claims about things, read in two queries: each claim with its value, its pages and its voices."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from materiel.store.table import Cell, Table
from materiel.vocabulary import MAT, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from materiel.store.base import Store

_CLAIMS = """
SELECT ?claim ?subject ?predicate ?object ?source ?speaker ?outlets ?voices WHERE {{
  VALUES ?{end} {{ {iris} }}
  ?claim rdf:{end} ?{end} .
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; mat:attestation ?attestation .
  ?attestation mat:source ?source .
  OPTIONAL {{ ?attestation mat:attributedTo ?speaker }}
  OPTIONAL {{ ?claim mat:outletCount ?outlets }}
  OPTIONAL {{ ?claim mat:originCount ?voices }}
}} ORDER BY ?subject ?claim ?source ?speaker"""
_VALUES = """
SELECT ?object ?property ?value WHERE {{
  VALUES ?{end} {{ {iris} }}
  ?claim rdf:{end} ?{end} ; rdf:object ?object .
  ?object ?property ?value .
  FILTER(CONTAINS(STR(?object), "--") || CONTAINS(STR(?object), "/id/fact-"))
}} ORDER BY ?object ?property ?value"""
_PARTIES = "SELECT DISTINCT ?claim ?voice WHERE {{ VALUES ?{end} {{ {iris} }} ?claim rdf:{end} ?{end} ; mat:partyVoice ?voice }} ORDER BY ?claim ?voice"


@dataclass(slots=True)
class Claim:
    """One claim with all that stands behind it.

    Attributes:
        iri: The claim.
        subject: What it is about.
        predicate: Name of the ontology's property, such as `statusEvent`.
        object: The value, or the value node's IRI.
        value: Properties of the value node by name.
        sources: Pages that make the claim.
        quoting: Those of the pages that quote somebody.
        speakers: Who is quoted.
        parties: Voices that are party to the deal or speak for one.
        outlets: Number of origins of the pages.
        voices: Number of voices.
    """

    iri: str
    subject: str
    predicate: str
    object: Cell
    value: dict[str, Cell] = field(default_factory=dict)
    sources: list[str] = field(default_factory=list)
    quoting: list[str] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    outlets: int = 1
    voices: int = 1

    @property
    def status(self) -> str:
        """The status of a step, as its notation, or ""."""
        return slug_of(str(self.value["status"])) if "status" in self.value else ""

    @property
    def date(self) -> str | None:
        """The date as reported, or None."""
        return cast("str | None", self.value.get("date"))

    @property
    def text(self) -> str:
        """The words of a step or statement, or ""."""
        return str(self.value.get("description", ""))


def claims_about(store: Store, things: Iterable[str], end: str = "subject") -> dict[str, list[Claim]]:
    """Return the claims on things, by thing.

    Args:
        store: Where to look.
        things: IRIs.
        end: `subject`, or `object` for the claims that name the things as their value.
    """
    iris = " ".join(f"<{iri}>" for iri in dict.fromkeys(things))
    found: dict[str, Claim] = {}
    for row in _rows(store, _CLAIMS.format(iris=iris, end=end)):
        _add(found.setdefault(str(row["claim"]), _start(row)), row)
    for row in _rows(store, _PARTIES.format(iris=iris, end=end)):
        found[str(row["claim"])].parties.append(str(row["voice"]))
    _fill(found.values(), _rows(store, _VALUES.format(iris=iris, end=end)))
    by_thing: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(found.values(), key=_order):
        by_thing[claim.subject if end == "subject" else str(claim.object)].append(claim)
    return by_thing


def _rows(store: Store, query: str) -> Iterator[dict[str, Cell]]:
    return iter(Table.of(cast("ox.QuerySolutions", store.query(query))))


def _start(row: dict[str, Cell]) -> Claim:
    predicate = str(row["predicate"]).removeprefix(MAT)
    counts = {name: int(row[name] or 1) for name in ("outlets", "voices")}
    return Claim(str(row["claim"]), str(row["subject"]), predicate, row["object"], **counts)


def _add(claim: Claim, row: dict[str, Cell]) -> None:
    source, speaker = str(row["source"]), row["speaker"]
    if source not in claim.sources:
        claim.sources.append(source)
    if speaker is None:
        return
    for known, new in ((claim.quoting, source), (claim.speakers, str(speaker))):
        if new not in known:
            known.append(new)


def _fill(claims: Iterable[Claim], rows: Iterator[dict[str, Cell]]) -> None:
    values: dict[str, dict[str, Cell]] = defaultdict(dict)
    for row in rows:
        values[str(row["object"])][slug_of(str(row["property"]))] = row["value"]
    for claim in claims:
        claim.value = values.get(str(claim.object), {})


def _order(claim: Claim) -> tuple[str, str, int, str, str]:
    number = claim.value.get("sequence")
    return claim.subject, claim.predicate, int(number or 0), str(claim.object), claim.iri
