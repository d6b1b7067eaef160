"""Ties to other vocabularies: they load anywhere, keep to their file's vocabulary, and say no more than holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

FOLDER = Path(__file__).parent.parent / "ontology" / "alignments"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
MAT = "https://w3id.org/materiel/ns#"
MATCHES = {f"{SKOS}{name}Match" for name in ("exact", "close", "broad", "narrow", "related")}
LOGIC = {RDFS + "subClassOf", RDFS + "subPropertyOf"}

TARGETS = {
    "org": ("http://www.w3.org/ns/org#", "http://xmlns.com/foaf/0.1/"),
    "prov": ("http://www.w3.org/ns/prov#", "http://www.w3.org/ns/oa#"),
    "skos-dcat": (
        "http://purl.org/dc/terms/",
        "http://www.w3.org/ns/dcat#",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "http://xmlns.com/foaf/0.1/",
    ),
    "schema": ("https://schema.org/",),
    "fibo": ("https://spec.edmcouncil.org/fibo/ontology/", "https://www.omg.org/spec/Commons/"),
    "gist": ("https://w3id.org/semanticarts/ns/ontology/gist/",),
    "cco": ("https://www.commoncoreontologies.org/ont",),
    "epo": ("http://data.europa.eu/a4g/ontology#", "http://data.europa.eu/m8g/"),
    "bods": ("https://vocab.openownership.org/terms#",),
    "ftm": ("https://schema.followthemoney.tech/#",),
    "wikidata": ("http://www.wikidata.org/entity/",),
}


def triples(name: str) -> list[Triple]:
    return [quad.triple for quad in parse(path=FOLDER / f"{name}.ttl", format=RdfFormat.TURTLE)]


def matches(name: str) -> list[Triple]:
    return [triple for triple in triples(name) if triple.predicate.value in MATCHES | LOGIC]


def test_one_file_for_each_vocabulary() -> None:
    assert {path.stem for path in FOLDER.glob("*.ttl")} == set(TARGETS)


@pytest.mark.parametrize("name", TARGETS)
def test_there_is_something_to_match(name: str) -> None:
    assert len(matches(name)) >= 5


@pytest.mark.parametrize("name", TARGETS)
def test_targets_are_in_the_vocabulary_of_the_file(name: str) -> None:
    for triple in matches(name):
        assert isinstance(triple.object, NamedNode)
        assert triple.object.value.startswith(TARGETS[name]), triple


@pytest.mark.parametrize("name", TARGETS)
def test_every_match_gives_a_reason_of_its_own(name: str) -> None:
    reasons = [triple for triple in triples(name) if triple.predicate.value == RDFS + "comment"]
    denied = [triple for triple in triples(name) if triple.predicate.value.endswith("predicate_modifier")]
    assert len(reasons) == len(matches(name)) + len(denied)
    assert len({triple.subject for triple in reasons}) == len(reasons)


@pytest.mark.parametrize("name", TARGETS)
def test_other_tools_read_the_same_triples(name: str) -> None:
    from rdflib import Graph

    assert len(Graph().parse(FOLDER / f"{name}.ttl", format="turtle")) == len(set(triples(name)))


def test_logic_is_kept_to_w3c_vocabularies() -> None:
    """A sub-class of a large foreign ontology would drag its axioms into every reasoner's work."""
    with_logic = {name for name in TARGETS if any(triple.predicate.value in LOGIC for triple in matches(name))}
    assert with_logic == {"org", "prov", "skos-dcat"}


def test_nothing_is_made_equivalent_or_identical() -> None:
    banned = {OWL + name for name in ("sameAs", "equivalentClass", "equivalentProperty", "imports")}
    assert [triple for name in TARGETS for triple in triples(name) if triple.predicate.value in banned] == []


def test_foreign_superclasses_are_declared() -> None:
    for name in ("org", "prov", "skos-dcat"):
        typed = {triple.subject for triple in triples(name)}
        assert {triple.object for triple in matches(name) if triple.predicate.value in LOGIC} <= typed


def test_the_partnership_of_fibo_is_denied() -> None:
    """There, a partnership is a legal form of company: a match would turn every deal into a firm."""
    target = NamedNode("https://spec.edmcouncil.org/fibo/ontology/BE/Partnerships/Partnerships/Partnership")
    assert all(triple.object != target for triple in matches("fibo"))
    nodes = {triple.subject for triple in triples("fibo") if triple.object == target}
    assert any(
        triple.subject in nodes and triple.predicate.value.endswith("predicate_modifier") for triple in triples("fibo")
    )


def test_no_two_kinds_of_match_for_one_pair() -> None:
    pairs = [(triple.subject, triple.object) for name in TARGETS for triple in matches(name)]
    assert len(pairs) == len(set(pairs))


def test_exact_matches_are_few_and_sure() -> None:
    exact = {
        triple.subject.value
        for name in TARGETS
        for triple in matches(name)
        if triple.predicate.value == SKOS + "exactMatch" and isinstance(triple.subject, NamedNode)
    }
    assert exact == {MAT + "lei"}
