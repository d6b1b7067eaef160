"""From triples to what they rest on: claims, descriptions, the vocabulary, or nothing that could be named."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from materiel.vocabulary import BASE, CODE, DCT, MAT, ONTOLOGY, RDFS, SKOS, TYPE, compact
from materiel.why.lineage import library, ox_triple, text_of
from materiel.why.terms import solve, values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from materiel.store.base import Store

_VALUES = {MAT + name for name in ("Participation", "StatusEvent", "Amount", "Holding", "Tenure", "Observation")}
_RECORDS = {MAT + "Claim", MAT + "Attestation"}
_JUDGEMENTS = {MAT + name for name in ("Assessment", "Conflict", "SearchRecord")}
_DESCRIBING = {
    TYPE.value,
    RDFS + "label",
    DCT + "description",
    *(SKOS + name for name in ("altLabel", "prefLabel", "exactMatch", "closeMatch")),
    *(
        MAT + name
        for name in (
            "country", "productCategory", "undisclosed", "generic", "describedIn", "lei", "mergedInto", "contradictionNote"
        )
    ),
}  # fmt: skip
_DATASET = BASE + "dataset/"
_TERMS = ("http://www.w3.org/2002/07/owl#", SKOS)


@dataclass(frozen=True, slots=True, order=True)
class Description:
    """A triple that describes something and has no claim of its own.

    Attributes:
        kind: `thing`, `source`, `outlet`, `judgement` or `dataset`.
        subject: What is described.
        predicate: The property.
        object: Its value.
        sources: The sources that describe it.
    """

    kind: str
    subject: str
    predicate: str
    object: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """What a triple rests on.

    Attributes:
        claims: The claims.
        description: How it describes something, when no claim is behind it.
        vocabulary: Whether it is part of the ontology or a code list and needs no source.
        absence: What must be missing for a rule to have written it.
        unexplained: Why nothing can be said.
    """

    claims: frozenset[str] = frozenset()
    description: Description | None = None
    vocabulary: bool = False
    absence: str = ""
    unexplained: str = ""


def trace(store: Store, triples: Iterable[ox.Triple]) -> dict[ox.Triple, Trace]:
    """Return what each triple rests on."""
    wanted = list(dict.fromkeys(triples))
    plain = [t for t in wanted if isinstance(t.subject, ox.NamedNode) and not isinstance(t.object, ox.BlankNode)]
    tracer = _Tracer(store, plain)
    known = set(plain)
    nameless = "a blank node has no name by which its claims could be found"
    return {t: tracer.of(t) if t in known else Trace(unexplained=f"{show(t)}: {nameless}") for t in wanted}


def show(triple: ox.Triple) -> str:
    """Return a triple in short form."""
    return " ".join(
        compact(term.value) if isinstance(term, ox.NamedNode) else str(term)
        for term in (triple.subject, triple.predicate, triple.object)
    )


class _Tracer:
    """Looks up, in a few queries for all triples, what is needed to tell what each rests on."""

    def __init__(self, store: Store, triples: list[ox.Triple]) -> None:
        self._store = store
        self._subjects = list(dict.fromkeys(triple.subject for triple in triples))
        self._types = self._pairs("?x a ?y", self._subjects)
        marked = solve(store, "SELECT ?p WHERE { ?p mat:derived true }")[1]
        self._derived = {text_of(row["p"]) for row in marked} | set(library())
        self._claimable = {text_of(r["p"]) for r in solve(store, "SELECT ?p WHERE { ?p mat:claimable true }")[1]}
        self._claims = self._lineages(triples)
        self._claims.update(self._direct([t for t in triples if t.predicate.value not in self._derived]))
        self._inside = self._claims_of(_VALUES, "?y rdf:object ?x")
        self._records = self._claims_of({MAT + "Attestation"}, "?y mat:attestation ?x")
        self._conflicts = self._claims_of({MAT + "Conflict"}, "?x mat:between ?y")
        others = [s for s in self._subjects if not self._types[s.value] & (_VALUES | _RECORDS | _JUDGEMENTS)]
        self._described = self._pairs("?x mat:describedIn ?y", others)
        self._reported = self._pairs("?x mat:reportedIn ?y", others)

    def _pairs(self, pattern: str, nodes: Iterable[object]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for clause in values(("x",), ((node,) for node in nodes)):  # type: ignore[misc]
            for row in solve(self._store, f"SELECT ?x ?y WHERE {{ {clause} {pattern} }}")[1]:
                found[text_of(row["x"])].add(text_of(row["y"]))
        return found

    def _claims_of(self, classes: set[str], pattern: str) -> dict[str, set[str]]:
        return self._pairs(pattern, [node for node in self._subjects if self._types[node.value] & classes])

    def _direct(self, triples: list[ox.Triple]) -> dict[ox.Triple, set[str]]:
        found: dict[ox.Triple, set[str]] = {}
        pattern = "?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o"
        rows = ((t.subject, t.predicate, t.object) for t in triples if t.predicate.value in self._claimable)
        for clause in values(("s", "p", "o"), rows):
            for row in solve(self._store, f"SELECT * WHERE {{ {clause} {pattern} }}")[1]:
                triple = ox_triple(row["s"], row["p"], row["o"])  # type: ignore[arg-type]
                found.setdefault(triple, set()).add(text_of(row["claim"]))
        return found

    def _lineages(self, triples: list[ox.Triple]) -> dict[ox.Triple, set[str]]:
        by_predicate: dict[str, list[ox.Triple]] = defaultdict(list)
        for triple in triples:
            if triple.predicate.value in library():
                by_predicate[triple.predicate.value].append(triple)
        found: dict[ox.Triple, set[str]] = {}
        for predicate, some in by_predicate.items():
            found.update(library()[predicate].claims(self._store, some))
        return found

    def of(self, triple: ox.Triple) -> Trace:
        """Return what a triple rests on."""
        predicate, subject = triple.predicate.value, triple.subject.value
        if claims := self._claims.get(triple):
            lineage = library().get(predicate)
            return Trace(frozenset(claims), absence=lineage.absence if lineage else "")
        types = self._types[subject]
        if claims := self._on_node(subject, types):
            return Trace(frozenset(claims))
        if subject.startswith((MAT, CODE, ONTOLOGY)) or any(kind.startswith(_TERMS) for kind in types):
            return Trace(vocabulary=True)
        if described := self._description(triple, types):
            return Trace(description=described)
        return Trace(unexplained=f"{show(triple)}: {self._reason(predicate, types)}")

    def _on_node(self, subject: str, types: set[str]) -> set[str]:
        """Return the claims on a value node, of an attestation, between which a conflict is, or the claim itself."""
        if MAT + "Claim" in types:
            return {subject}
        return self._inside.get(subject) or self._records.get(subject) or self._conflicts.get(subject) or set()

    def _description(self, triple: ox.Triple, types: set[str]) -> Description | None:
        subject, predicate = triple.subject.value, triple.predicate.value
        told = (subject, predicate, text_of(triple.object))
        if MAT + "Source" in types:
            return Description("source", *told, (subject,))
        if MAT + "Outlet" in types:
            return Description("outlet", *told, ())
        if types & _JUDGEMENTS:
            return Description("judgement", *told, ())
        if subject.startswith(_DATASET):
            return Description("dataset", *told, ())
        if predicate not in _DESCRIBING or types & (_VALUES | _RECORDS):
            return None
        sources = self._described.get(subject) or self._reported.get(subject) or set()
        if not sources and not any(kind.startswith(MAT) for kind in types):
            return None
        return Description("thing", *told, tuple(sorted(sources)))

    def _reason(self, predicate: str, types: set[str]) -> str:
        if predicate in self._claimable:
            return "no claim states it"
        if types & _VALUES:
            return "no claim states the value that it belongs to"
        if predicate in self._derived:
            return "derived, but the claims that it came from are not found"
        return "the graph does not say where this comes from"
