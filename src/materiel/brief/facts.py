"""What the graph claims about things, read in three queries: each claim with its value, its pages and its voices."""

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

ENDS = {
    "subject": "?claim rdf:subject ?thing .",
    "object": "?claim rdf:object ?thing .",
    "inside": "?node mat:heldOrganization|mat:atOrganization ?thing . ?claim rdf:object ?node .",
    "speaker": "?claim mat:attestation/mat:attributedTo ?thing .",
}
"""How a claim can be about a thing: as subject, as object, inside its value node, or by quoting it."""

_CLAIMS = """
SELECT ?thing ?claim ?subject ?predicate ?object ?source ?speaker ?origins ?voices WHERE {{
  VALUES ?thing {{ {iris} }}
  {pattern}
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; mat:attestation ?attestation .
  ?attestation mat:source ?source .
  OPTIONAL {{ ?attestation mat:attributedTo ?speaker }}
  OPTIONAL {{ ?claim mat:originCount ?origins }}
  OPTIONAL {{ ?claim mat:voiceCount ?voices }}
}} ORDER BY ?thing ?claim ?source ?speaker"""
_VALUES = """
SELECT DISTINCT ?object ?property ?value WHERE {{
  VALUES ?thing {{ {iris} }}
  {pattern}
  ?claim rdf:object ?object .
  ?object ?property ?value ; a ?class .
  FILTER(?class IN (mat:Participation, mat:StatusEvent, mat:Amount, mat:Holding, mat:Tenure, mat:Observation))
}} ORDER BY ?object ?property ?value"""
_LISTS = """
SELECT DISTINCT ?claim ?list ?item WHERE {{
  VALUES ?thing {{ {iris} }}
  {pattern}
  {{ ?claim mat:partyVoice ?item BIND("parties" AS ?list) }} UNION {{ ?claim mat:statedOn ?item BIND("stated" AS ?list) }}
}} ORDER BY ?claim ?list ?item"""


@dataclass(slots=True, eq=False)
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
        stated: Days on which a source states it, for bonds without a term.
        origins: Number of origins of the pages; 0 where they were cited for the whole deal.
        voices: Number of voices; 0 where nobody is known to state it.
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
    stated: list[str] = field(default_factory=list)
    origins: int = 1
    voices: int = 1

    @property
    def status(self) -> str:
        """The status of a step, as its notation, or ""."""
        return slug_of(str(self.value["status"])) if "status" in self.value else ""

    @property
    def reverse(self) -> bool:
        """Whether the step took the deal back."""
        return bool(self.value.get("reverse"))

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
        end: One of `ENDS`.
    """
    place = {"iris": " ".join(f"<{iri}>" for iri in dict.fromkeys(things)), "pattern": ENDS[end]}
    found: dict[str, Claim] = {}
    owners: dict[str, dict[str, None]] = defaultdict(dict)
    for row in _rows(store, _CLAIMS.format(**place)):
        _add(found.setdefault(str(row["claim"]), _start(row)), row)
        owners[str(row["claim"])][str(row["thing"])] = None
    for row in _rows(store, _LISTS.format(**place)):
        getattr(found[str(row["claim"])], str(row["list"])).append(str(row["item"]))
    _fill(found.values(), _rows(store, _VALUES.format(**place)))
    by_thing: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(found.values(), key=_order):
        for thing in owners[claim.iri]:
            by_thing[thing].append(claim)
    return by_thing


def _rows(store: Store, query: str) -> Iterator[dict[str, Cell]]:
    return iter(Table.of(cast("ox.QuerySolutions", store.query(query))))


def _start(row: dict[str, Cell]) -> Claim:
    predicate = str(row["predicate"]).removeprefix(MAT)
    claim = Claim(str(row["claim"]), str(row["subject"]), predicate, row["object"])
    claim.origins, claim.voices = int(row["origins"] or 0), int(row["voices"] or 0)
    return claim


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
