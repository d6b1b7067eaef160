"""What the graph says about the subjects of triples: their classes, claims and sources, in a few queries for all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from materiel.vocabulary import MAT
from materiel.why.lineage import library, ox_triple, text_of
from materiel.why.terms import solve, values

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from materiel.store.base import Store
    from materiel.why.terms import Term

VALUES = frozenset(
    MAT + name for name in ("Participation", "StatusEvent", "Amount", "Holding", "Tenure", "Observation")
)
JUDGEMENTS = frozenset(MAT + name for name in ("Assessment", "Conflict", "Side", "SearchRecord"))
RECORDS = frozenset({MAT + "Claim", MAT + "Attestation"})
_LEADS = (
    (VALUES, "?y rdf:object ?x"),
    (frozenset({MAT + "Attestation"}), "?y mat:attestation ?x"),
    (frozenset({MAT + "Conflict"}), "?x mat:between ?y"),
    (frozenset({MAT + "Side"}), "?x mat:claim ?y"),
)
"""How a node of certain classes leads to claims."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """What is known about some triples.

    Attributes:
        types: The classes of each subject.
        derived: The predicates that rules write.
        claimable: The predicates each use of which must have a claim.
        claims: The claims that state a triple or from which it was derived.
        on_node: The claims on the value node, attestation or conflict that is a triple's subject.
        sources: The sources that describe a subject; of a deal those that report it.
    """

    types: dict[str, set[str]]
    derived: set[str]
    claimable: set[str]
    claims: dict[ox.Triple, set[str]]
    on_node: dict[str, set[str]]
    sources: dict[str, set[str]]


def look_up(store: Store, triples: list[ox.Triple]) -> Lookup:
    """Look up what is known about triples whose subjects are IRIs."""
    nodes: dict[Term, None] = dict.fromkeys(triple.subject for triple in triples)
    types = _pairs(store, "?x a ?y", nodes)
    derived = _marked(store, "derived") | set(library())
    claimable = _marked(store, "claimable")
    claims = _lineages(store, triples)
    claims.update(_direct(store, [t for t in triples if t.predicate.value in claimable - derived]))
    on_node: dict[str, set[str]] = {}
    for classes, pattern in _LEADS:
        on_node.update(_pairs(store, pattern, [node for node in nodes if types[text_of(node)] & classes]))
    things = [node for node in nodes if not types[text_of(node)] & (VALUES | JUDGEMENTS | RECORDS)]
    sources = _pairs(store, "?x mat:reportedIn ?y", things)
    sources.update(_pairs(store, "?x mat:describedIn ?y", things))
    return Lookup(types, derived, claimable, claims, on_node, sources)


def _marked(store: Store, mark: str) -> set[str]:
    return {text_of(row["p"]) for row in solve(store, f"SELECT ?p WHERE {{ ?p mat:{mark} true }}")[1]}


def _pairs(store: Store, pattern: str, nodes: Iterable[Term]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for clause in values(("x",), ((node,) for node in nodes)):
        for row in solve(store, f"SELECT ?x ?y WHERE {{ {clause} {pattern} }}")[1]:
            found[text_of(row["x"])].add(text_of(row["y"]))
    return found


def _direct(store: Store, triples: list[ox.Triple]) -> dict[ox.Triple, set[str]]:
    """Return the claims that state each triple itself."""
    found: dict[ox.Triple, set[str]] = {}
    pattern = "?claim rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o"
    rows = ((t.subject, t.predicate, t.object) for t in triples)
    for clause in values(("s", "p", "o"), rows):
        for row in solve(store, f"SELECT * WHERE {{ {clause} {pattern} }}")[1]:
            triple = ox_triple(row["s"], cast("ox.NamedNode", row["p"]), row["o"])
            found.setdefault(triple, set()).add(text_of(row["claim"]))
    return found


def _lineages(store: Store, triples: list[ox.Triple]) -> dict[ox.Triple, set[str]]:
    """Return the claims from which each derived triple came."""
    by_predicate: dict[str, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        if triple.predicate.value in library():
            by_predicate[triple.predicate.value].append(triple)
    found: dict[ox.Triple, set[str]] = {}
    for predicate, some in by_predicate.items():
        found.update(library()[predicate].claims(store, some))
    return found
