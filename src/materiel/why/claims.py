"""Claims in full: the statement in words and as terms, and what each source says about it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from materiel.evidence import Citation, cite
from materiel.vocabulary import ID, slug_of
from materiel.why.lineage import text_of
from materiel.why.lookup import VALUES
from materiel.why.terms import solve, values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from materiel.store.base import Store
    from materiel.why.terms import Solution

_CLAIM = """
SELECT ?claim ?subject ?predicate ?object ?name ?scope ?voices WHERE {{
  {clause}
  ?claim rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
  OPTIONAL {{ ?predicate rdfs:label ?name }}
  OPTIONAL {{ ?claim mat:evidenceScope/skos:notation ?scope }}
  OPTIONAL {{ ?claim mat:voiceCount ?voices }}
}}"""
_ATTESTATION = """
SELECT ?claim ?attestation ?source ?stance ?speaker ?locator WHERE {{
  {clause}
  ?claim mat:attestation ?attestation .
  ?attestation mat:source ?source .
  OPTIONAL {{ ?attestation mat:stance/skos:notation ?stance }}
  OPTIONAL {{ ?attestation mat:attributedTo ?speaker }}
  OPTIONAL {{ ?attestation mat:locator ?locator }}
}}
ORDER BY ?attestation ?speaker"""
_VALUE = """
SELECT ?node ?property ?value WHERE {{
  {clause}
  ?node ?property ?value .
}}"""
_ORDER = [
    *("party", "role", "roleAsStated", "status", "modality", "kind", "heldOrganization", "atOrganization"),
    *("sharePercent", "shareMin", "shareMax", "number", "currency", "unit", "date", "validFrom", "validUntil"),
    "description",
]
"""The properties of a value node that are told, in this order."""


@dataclass(frozen=True, slots=True)
class Attested:
    """What one source says about a claim.

    Attributes:
        citation: The source, or None when the graph does not describe it.
        source: The source's IRI.
        stance: `asserts`, `hedges` or `denies`.
        speaker: Whom the source quotes, or None.
        speaker_name: What the speaker is called, or None.
        locator: Where in the source, or None.
    """

    citation: Citation | None
    source: str
    stance: str
    speaker: str | None
    speaker_name: str | None
    locator: str | None


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """A claim and what is behind it.

    Attributes:
        iri: The claim.
        text: The statement in words.
        subject: The statement's subject.
        predicate: Its predicate.
        object: Its object: an IRI or a text.
        scope: Whether the sources were cited for this `statement` or for the whole record (`partnership`, `entity`).
        voices: How many voices stand behind it.
        attestations: What each source says.
    """

    iri: str
    text: str
    subject: str
    predicate: str
    object: str
    scope: str | None
    voices: int
    attestations: tuple[Attested, ...]

    @property
    def sources(self) -> list[str]:
        """The IRIs of the sources, each once."""
        return list(dict.fromkeys(attested.source for attested in self.attestations))


def load(store: Store, claims: Iterable[str]) -> dict[str, ClaimEvidence]:
    """Return claims in full, by IRI, in the order of their statements."""
    wanted = dict.fromkeys(claims)
    found = {text_of(row["claim"]): row for row in _ask(store, _CLAIM, "claim", wanted)}
    nodes = dict.fromkeys(text_of(row["object"]) for row in found.values() if text_of(row["object"]).startswith(ID))
    contents = _contents(store, nodes)
    attested = _attested(store, found)
    made = [_claim(store, row, contents, attested) for row in found.values()]
    return {claim.iri: claim for claim in sorted(made, key=lambda claim: (claim.text, claim.iri))}


def _ask(store: Store, query: str, name: str, iris: Iterable[str]) -> list[Solution]:
    import pyoxigraph as ox

    clauses = values((name,), ((ox.NamedNode(iri),) for iri in iris))
    return [row for clause in clauses for row in solve(store, query.format(clause=clause))[1]]


def _attested(store: Store, claims: Iterable[str]) -> dict[str, tuple[Attested, ...]]:
    rows = _ask(store, _ATTESTATION, "claim", claims)
    citations = cite(store, (text_of(row["source"]) for row in rows))
    found: dict[str, list[Attested]] = defaultdict(list)
    for row in rows:
        source = text_of(row["source"])
        speaker = text_of(row["speaker"]) if row["speaker"] else None
        found[text_of(row["claim"])].append(
            Attested(
                citations.get(source),
                source,
                text_of(row["stance"]) if row["stance"] else "asserts",
                speaker,
                store.labels.label(speaker) if speaker else None,
                text_of(row["locator"]) if row["locator"] else None,
            )
        )
    return {claim: tuple(some) for claim, some in found.items()}


def _contents(store: Store, nodes: Iterable[str]) -> dict[str, list[str]]:
    """Return what value nodes hold, in words, each in the order of `_ORDER`."""
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _ask(store, _VALUE, "node", nodes):
        told[text_of(row["node"])][slug_of(text_of(row["property"]))].append(text_of(row["value"]))
    return {node: _told(store, held) for node, held in told.items() if VALUES & set(held["type"])}


def _told(store: Store, held: dict[str, list[str]]) -> list[str]:
    words = []
    for name in _ORDER:
        for value in sorted(set(held.get(name, []))):
            word = store.labels.label(value) if value.startswith("http") else value
            mark = " %" if name.startswith("share") else ""
            lead = {"validFrom": "from ", "validUntil": "until "}.get(name, "")
            words.append(f"{lead}{word}{mark}")
    return words


def _claim(
    store: Store, row: Solution, contents: dict[str, list[str]], attested: dict[str, tuple[Attested, ...]]
) -> ClaimEvidence:
    iri, subject, predicate, obj = (text_of(row[name]) for name in ("claim", "subject", "predicate", "object"))
    name = text_of(row["name"]) if row["name"] else _spoken(slug_of(predicate))
    said = ", ".join(contents.get(obj, [])) or (store.labels.label(obj) if obj.startswith("http") else obj)
    return ClaimEvidence(
        iri,
        f"{store.labels.label(subject)}: {name}: {said}",
        subject,
        predicate,
        obj,
        text_of(row["scope"]) if row["scope"] else None,
        int(text_of(row["voices"])) if row["voices"] else 0,
        attested.get(iri, ()),
    )


def _spoken(name: str) -> str:
    """Return `statusEvent` as `status event`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
