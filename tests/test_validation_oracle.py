"""The shapes, compiled to SPARQL, find exactly what pySHACL finds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from materiel.store import build, folder
from materiel.store.embedded import EmbeddedStore
from materiel.validation import rules, shapes, validate
from materiel.validation.compiler import subclasses
from materiel.vocabulary import PREFIXES
from validation_worlds import (
    FAULTS,
    FIXTURES,
    ONTOLOGY,
    by_engine,
    by_oracle,
    good_lines,
    lines,
    oracle_input,
    shipped_shapes,
    world,
)

if TYPE_CHECKING:
    from pathlib import Path

ONTOLOGY_LINES = lines([])
RULES = [rule for rule in rules(world(ONTOLOGY_LINES)) if rule.component != "check"]
GRAPH = ONTOLOGY.parent / "graph"
ONE_OF_EACH = {rule.component: rule.name for rule in RULES}
pytestmark = pytest.mark.filterwarnings("ignore")  # rdflib warns of the ill-typed literals that are the point here


def _same(data: bytes, update: str = "") -> int:
    store = world(data, update)
    ours = by_engine(validate(store, chosen=RULES).findings)
    theirs = by_oracle(oracle_input(store), shipped_shapes())
    assert ours == theirs, f"ours only: {sorted(ours - theirs)[:9]}; theirs only: {sorted(theirs - ours)[:9]}"
    return len(ours)


def test_the_good_world() -> None:
    assert _same(good_lines()) == 0


@pytest.mark.parametrize("name", sorted(set(ONE_OF_EACH.values())))
def test_a_fault_of_each_component(name: str) -> None:
    assert _same(good_lines(), FAULTS[name]["update"]) > 0


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted({rule.name for rule in RULES} & FAULTS.keys()))
def test_each_fault(name: str) -> None:
    assert _same(good_lines(), FAULTS[name]["update"]) > 0


def test_a_torn_part_of_the_shipped_graph() -> None:
    """Every twentieth file: what is named in it and described elsewhere is missing, so that there is much to find."""
    assert _same(lines(folder.files(GRAPH)[::20])) > 100


@pytest.mark.slow
def test_the_whole_shipped_graph_and_how_much_faster() -> None:
    import pyshacl

    store = EmbeddedStore(build.in_memory(GRAPH), "graph")
    begun = time.perf_counter()
    ours = by_engine(validate(store, chosen=RULES).findings)
    engine = time.perf_counter() - begun
    data = oracle_input(store)
    graph = rdflib.Graph().parse(data=data, format="nt")
    begun = time.perf_counter()
    pyshacl.validate(graph, shacl_graph=shipped_shapes(), inference="none", advanced=False)
    oracle = time.perf_counter() - begun
    assert ours == by_oracle(data, shipped_shapes())
    assert oracle > 15 * engine, f"engine {engine:.2f} s, pySHACL {oracle:.2f} s"


def _terms(kind: str, names: str) -> list[str]:
    return [f"<{PREFIXES[kind]}{name}>" for name in names.split()]


SUBJECTS = [
    *_terms("id", "a b a--x-aaaa Bad_1"),
    *_terms("source", "s t"),
    *_terms("outlet", "o"),
    *_terms("claim", "c c-s"),
]
CLASSES = _terms(
    "mat",
    "Company Ministry Person Product Facility Meeting Partnership Participation StatusEvent Amount Holding Tenure Observation"
    " Claim Attestation Source Outlet Conflict Assessment",
)
PREDICATES = [
    *_terms(
        "mat",
        "country parent describedIn undisclosed lei holding tenure productCategory generic produces attended suppliesTo kind"
        " participation statusEvent value quantity concerns site location party role sharePercent sequence status date modality"
        " number currency unit heldOrganization validFrom validUntil atOrganization roleAsStated observation attestation source"
        " stance attributedTo locator confidence evidenceScope statedOn url publisher publishedOn language sourceType origin"
        " relays speaksFor about between assesses rationale misspelt",
    ),
    *_terms("rdf", "subject predicate object"),
    *_terms("rdfs", "label"),
    *_terms("dct", "description title"),
    *_terms("skos", "altLabel exactMatch"),
]
XSD = PREFIXES["xsd"]
OBJECTS = [
    *SUBJECTS, *_terms("country", "DE"), *_terms("kind", "talks"), *_terms("role", "venture"), *_terms("status", "signed"),
    *_terms("stance", "asserts"), *_terms("evidencescope", "entity"), *_terms("mat", "parent kind"), "<https://news.example/1>",
    '"x"', '""', '" "@en', '"x"@en', '"y"@en', '"x"@en-GB', '"x"@de', '"EUR"',
    *(f'"{text}"^^<{XSD}{kind}>' for kind, text in [
        ("integer", "0"), ("integer", "1"), ("integer", "-5"), ("integer", "101"), ("decimal", "0.5"), ("boolean", "true"),
        ("date", "2023-10-18"), ("date", "2023-02-30"), ("gYearMonth", "2023-10"), ("gYear", "2023"),
    ]),
]  # fmt: skip
STATEMENTS = st.tuples(st.sampled_from(SUBJECTS), st.sampled_from(PREDICATES), st.sampled_from(OBJECTS))
TYPES = st.lists(
    st.tuples(st.sampled_from(SUBJECTS), st.just(f"<{PREFIXES['rdf']}type>"), st.sampled_from(CLASSES)),
    min_size=3,
    max_size=9,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TYPES, st.lists(STATEMENTS, max_size=40))
def test_random_graphs(types: list[tuple[str, ...]], statements: list[tuple[str, ...]]) -> None:
    _same(ONTOLOGY_LINES + "".join(f"{' '.join(triple)} .\n" for triple in types + statements).encode())


@pytest.mark.parametrize("path", sorted((FIXTURES / "constructs").glob("*.ttl")), ids=lambda path: path.stem)
def test_each_construct_that_is_compiled(path: Path) -> None:
    """Small files that hold a shape and data: constructs that the shipped shapes do not use, or not at every place."""
    data = ox.serialize(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES)
    store = world(ONTOLOGY_LINES + (data or b""))
    compiled = shapes.rules(subclasses(store), [path])
    ours = by_engine(validate(store, chosen=compiled).findings)
    assert ours
    assert ours == by_oracle(oracle_input(store), rdflib.Graph().parse(path))
