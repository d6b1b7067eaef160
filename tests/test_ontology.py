"""Hygiene of the ontology: every query in `hygiene/` returns nothing on it, and something on its bad fixture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, RdfFormat, Store, parse

HERE = Path(__file__).parent
ONTOLOGY = HERE.parent / "ontology"
HYGIENE = HERE / "hygiene"
QUERIES = sorted(path.stem for path in HYGIENE.glob("*.rq"))
PREFIX = """
PREFIX mat: <https://w3id.org/materiel/ns#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

CODES = {
    "partnership-kind": "supply-contract memorandum co-production maintenance-repair financing framework-agreement"
    " joint-venture government-agreement letter-of-intent research-development investment licensed-production"
    " local-subsidiary consortium office-opening technology-transfer acquisition training testing-cooperation talks",
    "status": "signed announced approved operational negotiating delivered expanded reported under-construction suspended"
    " registered terminated denied resumed delayed damaged relocated taken-over closed",
    "modality": "realised planned conditional",
    "role": "partner signatory supplier beneficiary customer funder lead venture host licensor licensee target"
    " majority-owner acquirer minority-owner",
    "product-category": "uav air-defence armoured-vehicle artillery-system missile aircraft artillery-ammunition"
    " explosives-propellant tank demining radar engine other small-arms naval optics communications software usv ugv"
    " maintenance medium-calibre-ammunition small-arms-ammunition mortar electronic-warfare personal-protection",
    "activity": "production assembly development maintenance training supply testing financing licensing demining",
    "source-type": "newspaper aggregator trade-press news-agency broadcaster blog government other think-tank company-release",
    "affiliation": "state state-funded aligned intergovernmental party-to-the-deal",
    "stance": "asserts hedges denies",
    "verdict": "accepted contested rejected open",
    "reliability": "A B C D E F",
    "credibility": "1 2 3 4 5 6",
    "holding-kind": "ownership subsidiary",
    "tenure-kind": "head employment",
    "evidence-scope": "statement partnership entity",
    "conflict-type": "kind party date amount share product status attribution place unclassified",
    "conflict-state": "open weighed resolved",
    "instrument": "memorandum letter-of-intent framework-agreement contract licence intergovernmental-agreement grant-agreement"
    " loan-agreement shareholders-agreement declaration amendment law unspecified-agreement",
    "date-basis": "happened published",
    "search-outcome": "found partial nothing-found",
}
"""The keys of each vocabulary as the data set uses them."""

CLAIMABLE = (
    "participation statusEvent value quantity concerns site location kind holding tenure observation produces operates"
    " suppliesTo procuresFrom funds regulates memberOf attended organised sanctionedBy locatedIn partOf successorOf parent"
)
DERIVED = (
    "partyTo partnerOf vehicle currentStatus currentStep lastStep turningPoint refused replacedBy until notBefore notAfter reportedIn owns controls subsidiaryOf headOf"
    " employedBy voiceCount originCount voice partyVoice contradicts refines state currentVerdict"
)


def turtle_files() -> list[Path]:
    """Return the files that make up the vocabulary."""
    parts = [ONTOLOGY.glob("codes/*.ttl"), ONTOLOGY.glob("alignments/*.ttl")]
    return [ONTOLOGY / "materiel.ttl", ONTOLOGY / "logic.ttl", *sorted(path for part in parts for path in part)]


def graph_of(path: Path) -> NamedNode:
    return NamedNode(f"urn:file:{path.name}")


@pytest.fixture(scope="module")
def store() -> Store:
    """Hold every file twice: in the default graph, and in a graph that is called after it."""
    store = Store()
    for path in turtle_files():
        store.load(path=path, format=RdfFormat.TURTLE)
        store.load(path=path, format=RdfFormat.TURTLE, to_graph=graph_of(path))
    return store


def select(store: Store, query: str) -> list[list[str]]:
    """Return the rows of a SELECT as text."""
    answer = store.query(query)
    assert isinstance(answer, QuerySolutions)
    return [[str(value) for value in row] for row in answer]


def words(store: Store, query: str) -> set[str]:
    """Return the last segments of the IRIs (or the texts) in the first column."""
    return {re.split(r"[#/]", row[0].strip('<>"'))[-1] for row in select(store, PREFIX + query)}


def test_there_are_enough_hygiene_queries() -> None:
    assert len(QUERIES) >= 40


@pytest.mark.parametrize("name", QUERIES)
def test_hygiene(name: str, store: Store) -> None:
    query = (HYGIENE / f"{name}.rq").read_text()
    assert query.startswith("# "), "the first line says what the query guards"
    assert "NOT EXISTS" not in query.upper(), "slow on joins: use MINUS, or OPTIONAL with !BOUND"
    assert select(store, query) == []


@pytest.mark.parametrize("name", QUERIES)
def test_hygiene_can_fail(name: str, store: Store) -> None:
    fixture = HYGIENE / f"{name}.bad.ttl"
    triples = [quad.triple for quad in parse(path=fixture, format=RdfFormat.TURTLE)]
    graphs = (DefaultGraph(), graph_of(ONTOLOGY / "materiel.ttl"))
    quads = [Quad(t.subject, t.predicate, t.object, graph) for t in triples for graph in graphs]
    added = [quad for quad in quads if quad not in store]
    store.extend(added)
    try:
        assert select(store, (HYGIENE / f"{name}.rq").read_text())
    finally:
        for quad in added:
            store.remove(quad)


@pytest.mark.parametrize("code_list", sorted(CODES))
def test_codes_are_the_keys_of_the_data(code_list: str, store: Store) -> None:
    found = words(
        store, f"SELECT ?n {{ ?c skos:inScheme <https://w3id.org/materiel/code/{code_list}> ; skos:notation ?n }}"
    )
    assert found == set(CODES[code_list].split())


def test_every_code_file_is_named_after_its_list(store: Store) -> None:
    files = {path.stem for path in ONTOLOGY.glob("codes/*.ttl")}
    assert files == {*CODES, "country"}
    assert files == words(store, "SELECT ?s { ?s a skos:ConceptScheme }")


def test_statuses_are_in_the_order_of_a_deal(store: Store) -> None:
    query = (
        PREFIX
        + "SELECT ?n { ?c skos:inScheme <https://w3id.org/materiel/code/status> ; skos:notation ?n ; mat:order ?o } ORDER BY ?o"
    )
    order = [row[0].strip('"') for row in select(store, query)]
    assert (order[0], order[-2:]) == ("reported", ["terminated", "denied"])
    assert order.index("announced") < order.index("signed") < order.index("operational") < order.index("delivered")


def test_countries(store: Store) -> None:
    codes = words(
        store,
        "SELECT ?n { ?c a mat:Country, skos:Concept ; skos:inScheme <https://w3id.org/materiel/code/country> ; skos:notation ?n }",
    )
    assert len(codes) == 250, "the 249 of ISO 3166-1 and XK"
    assert {"UA", "GB", "TW", "XK"} <= codes
    assert all(re.fullmatch("[A-Z]{2}", code) for code in codes)


def test_markers(store: Store) -> None:
    assert words(store, "SELECT ?p { ?p mat:claimable true }") == set(CLAIMABLE.split())
    assert words(store, "SELECT ?p { ?p mat:derived true }") == set(DERIVED.split())


def test_four_properties_in_five_have_an_example(store: Store) -> None:
    every = "?p a ?sort . VALUES ?sort { owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty } ?p rdfs:isDefinedBy <https://w3id.org/materiel/ontology>"
    properties = words(store, f"SELECT ?p {{ {every} }}")
    shown = words(store, f"SELECT ?p {{ {every} . ?p skos:example ?e }}")
    assert len(shown) >= 0.8 * len(properties)


def test_the_ontology_stays_small(store: Store) -> None:
    assert len(words(store, "SELECT ?c { ?c a owl:Class ; rdfs:isDefinedBy ?o }")) < 60
    assert len(words(store, "SELECT ?p { ?p rdfs:isDefinedBy ?o MINUS { ?p a owl:Class } }")) < 135


def test_every_term_in_queries_rules_and_shapes_is_declared(store: Store) -> None:
    declared = words(store, "SELECT ?t { ?t rdfs:isDefinedBy ?o }")
    used: dict[str, str] = {}
    for path in sorted(p for p in ONTOLOGY.rglob("*") if p.suffix in {".ru", ".rq", ".ttl"}):
        text = re.sub(r"(?m)^\s*#.*$", "", path.read_text())
        used |= dict.fromkeys(re.findall(r"(?<![\w-])mat:([A-Za-z]\w*)", text), path.name)
    assert {term: where for term, where in used.items() if term not in declared} == {}


def test_model_page_and_ontology_agree(store: Store) -> None:
    declared = words(store, "SELECT ?t { ?t rdfs:isDefinedBy ?o }")
    named = set(re.findall(r"`mat:([A-Za-z]\w*)", (HERE.parent / "docs" / "model.md").read_text()))
    assert named - declared == set()
