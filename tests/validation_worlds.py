"""The small worlds of the validation tests: one in which all is well, one for each fault, and what pySHACL says of them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox
import rdflib

from materiel.store import build, ontology
from materiel.store.embedded import EmbeddedStore
from materiel.vocabulary import PREFIXES, compact

if TYPE_CHECKING:
    from collections.abc import Iterable

    from materiel.validation import Result

FIXTURES = Path(__file__).parent / "fixtures/validation"
ONTOLOGY = Path(__file__).parents[1] / "ontology"
FAULTS: dict[str, dict[str, Any]] = {
    rule: fault
    for path in sorted((FIXTURES / "bad").glob("*.toml"))
    for rule, fault in tomllib.loads(path.read_text(encoding="utf-8")).items()
}
"""Rule to `update` (what to change in the good world), `focus`, and `also` (what else speaks then)."""
OURS = tuple(PREFIXES[name] for name in ("id", "source", "outlet", "claim"))
SH = PREFIXES["sh"]


def lines(paths: Iterable[Path]) -> bytes:
    """Return ontology, code lists and the given files as N-Triples, nothing derived."""
    engine = ox.Store()
    build.load(engine, [*ontology.files(), *paths])
    return b"".join(_line(quad) for quad in engine)


def _line(quad: ox.Quad) -> bytes:
    return f"{quad.triple} .\n".encode()


@cache
def good_lines() -> bytes:
    return lines(sorted((FIXTURES / "good").glob("*.ttl")))


def world(data: bytes, update: str = "") -> EmbeddedStore:
    """Return a store with the given triples, one change, and all that the rules derive."""
    engine = ox.Store()
    engine.bulk_load(data, format=ox.RdfFormat.N_TRIPLES)
    if update:
        engine.update(update, prefixes=PREFIXES)
    build.derive(engine)
    return EmbeddedStore(engine, "world")


def oracle_input(store: EmbeddedStore) -> bytes:
    """Return what a person would hand to another SHACL engine: the data without what rules derive, and the types of codes."""
    marked = cast("ox.QuerySolutions", store.query("SELECT ?term WHERE { ?term mat:derived true }"))
    derived = {row[0] for row in marked}
    return b"".join(_line(quad) for quad in store.engine if _is_input(quad, derived))


def _is_input(quad: ox.Quad, derived: set[Any]) -> bool:
    subject, predicate = str(quad.subject)[1:-1], compact(quad.predicate.value)
    if predicate == "rdf:type":
        return "/derived/" not in subject
    told = subject.startswith(OURS) and quad.predicate not in derived
    return told or predicate in {"rdfs:subClassOf", "mat:claimable"}


@cache
def shipped_shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in sorted((ONTOLOGY / "shapes").glob("*.ttl")):
        graph.parse(path)
    return graph


Found = set[tuple[str, ...]]
"""Rule, component, severity, focus, value and, for closed shapes, path."""


def by_oracle(data: bytes, shapes: rdflib.Graph) -> Found:
    """Return what pySHACL finds."""
    import pyshacl

    graph = rdflib.Graph().parse(data=data, format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none", advanced=False)
    return {
        _found(report, result) for result in report.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "ValidationResult"))
    }


def _found(report: rdflib.Graph, result: Any) -> tuple[str, ...]:
    def get(name: str) -> str:
        return str(report.value(result, rdflib.URIRef(SH + name)) or "")

    value = report.value(result, rdflib.URIRef(SH + "value"))
    component = get("sourceConstraintComponent").removeprefix(SH).removesuffix("ConstraintComponent")
    return (
        get("sourceShape").rpartition("#")[2],
        component,
        get("resultSeverity").removeprefix(SH),
        compact(get("focusNode")),
        "" if value is None else compact(str(value)),
        compact(get("resultPath")) if component == "Closed" else "",
    )


def by_engine(results: Iterable[Result]) -> Found:
    """Return our findings by shapes in the same form."""
    return {
        (r.rule, r.component, r.severity, compact(r.focus), r.value, r.path if r.component == "Closed" else "")
        for r in results
        if r.component != "check" and "/derived/" not in r.focus
    }
