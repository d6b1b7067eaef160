"""Validation: our shapes compiled to SPARQL against pySHACL, with the same findings."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

import measure
from materiel.store import build, folder, ontology
from materiel.store.embedded import EmbeddedStore
from materiel.validation import rules, shapes, validate
from materiel.validation.compiler import subclasses
from materiel.vocabulary import BASE, MAT, PREFIXES, RDF, RDFS, compact
from measure import Row, Unequal, row

if TYPE_CHECKING:
    from pathlib import Path

    import rdflib

    Findings: TypeAlias = set[tuple[str, str, str, str, str]]

SH = PREFIXES["sh"]
FAULTS = """
DELETE { ?e mat:status ?s } WHERE { ?e mat:status ?s ; mat:sequence 3 } ;
DELETE { ?p mat:role ?r } INSERT { ?p mat:role role:nobody } WHERE { ?p mat:role ?r ; mat:sequence 7 } ;
INSERT { ?p mat:sharePercent 120 } WHERE { ?p mat:sharePercent 49 }
"""
"""What is broken on purpose, so that there is something to find."""


def run(size: int = 100_000, repeat: int = 3) -> list[Row]:
    """Validate one graph with some faults by the shapes that ship."""
    import pyshacl
    import rdflib

    store = faulty(measure.graph(size))
    chosen = shapes.rules(subclasses(store))
    graph, ruled = rdflib.Graph(), rdflib.Graph()
    graph.parse(data=told(store), format="nt")
    for path in folder.files(folder.bundled("ontology") / "shapes"):
        ruled.parse(path)
    theirs = partial(pyshacl.validate, graph, shacl_graph=ruled, inference="none", advanced=False)
    found, expected = by_ours(validate(store, chosen=chosen).findings), by_pyshacl(theirs()[1])
    if found != expected or not found:
        raise Unequal(f"{len(found - expected)} findings only ours, {len(expected - found)} only pySHACL's")
    times = measure.paired(repeat, {"ours": partial(validate, store, chosen=chosen), "pyshacl": theirs})
    label, note = f"{size:,} triples", f"{len(found)} equal findings"
    whole = measure.paired(repeat, {"ours": partial(validate, store, chosen=rules(store))})
    return [
        row(f"validation by shapes, {label}", times["ours"], "pySHACL", times["pyshacl"], ">= 15", note),
        row(f"validation by shapes and checks, {label}", whole["ours"], "pySHACL, shapes alone", times["pyshacl"]),
    ]


def faulty(path: Path) -> EmbeddedStore:
    """Load a graph, break it here and there, and derive."""
    engine = ox.Store()
    build.load_file(engine, path)
    engine.update(FAULTS, prefixes=PREFIXES)
    build.load(engine, ontology.files())
    build.derive(engine)
    return EmbeddedStore(engine, "")


def told(store: EmbeddedStore) -> bytes:
    """Return what one would hand to pySHACL: the data as asserted, the types of codes and the class tree."""
    derived = {quad.subject for quad in store.engine.quads_for_pattern(None, ox.NamedNode(MAT + "derived"), None)}

    def is_told(quad: ox.Quad) -> bool:
        subject, predicate = str(quad.subject), quad.predicate
        if predicate.value == RDF + "type":
            return "/derived/" not in subject
        ours = subject.startswith(f"<{BASE}") and f"<{MAT}" not in subject and "/derived/" not in subject
        return (ours and predicate not in derived) or predicate.value in {RDFS + "subClassOf", MAT + "claimable"}

    return ox.serialize((q.triple for q in store.engine if is_told(q)), format=ox.RdfFormat.N_TRIPLES) or b""


def by_ours(results: Any) -> Findings:
    return {(r.rule, r.component, r.severity, compact(r.focus), r.value) for r in results if "/derived/" not in r.focus}


def by_pyshacl(report: rdflib.Graph) -> Findings:
    import rdflib

    def get(result: Any, name: str) -> str:
        return str(report.value(result, rdflib.URIRef(SH + name)) or "")

    results = report.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "ValidationResult"))
    return {
        (get(r, "sourceShape").rpartition("#")[2],
         get(r, "sourceConstraintComponent").removeprefix(SH).removesuffix("ConstraintComponent"),
         get(r, "resultSeverity").removeprefix(SH), compact(get(r, "focusNode")), compact(get(r, "value")))
        for r in results
    }  # fmt: skip


if __name__ == "__main__":
    for found in run(*map(int, sys.argv[1:])):
        print(found)
