"""The rdflib view: the same triples, rdflib's own terms, and no way to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import rdflib
from rdflib import RDF, RDFS, Literal, Namespace, URIRef

from materiel.store.embedded import EmbeddedStore
from materiel.store.table import Table
from materiel.vocabulary import PREFIXES
from small import entity, graph, world

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph

MAT, ID = Namespace(PREFIXES["mat"]), Namespace(PREFIXES["id"])


@pytest.fixture(scope="module")
def rdf(kg: KnowledgeGraph) -> rdflib.Dataset:
    return kg.rdf


def test_it_is_a_dataset_over_the_same_store(kg: KnowledgeGraph, rdf: rdflib.Dataset) -> None:
    assert isinstance(rdf, rdflib.Dataset)
    assert isinstance(kg.store, EmbeddedStore)
    assert len(rdf) == len(kg.store) > 100_000
    assert kg.rdf is rdf


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ((ID["rheinmetall"], RDFS.label, None), 1),
        ((None, RDF.type, MAT["Partnership"]), 438),
        ((ID["rheinmetall"], RDFS.label, Literal("Rheinmetall", lang="en")), 1),
        ((ID["rheinmetall"], RDFS.label, Literal("Rheinmetall")), 0),
        ((ID["nobody"], None, None), 0),
    ],
)
def test_patterns(rdf: rdflib.Dataset, pattern: Any, number: int) -> None:
    assert len(list(rdf.triples(pattern))) == number
    assert (pattern in rdf) is (number > 0)


def test_every_pattern_of_a_small_graph_gives_what_rdflib_gives() -> None:
    kg = graph(**world(entities=[entity("x", aliases=["Х"], undisclosed=True), entity("y", country="DE")]))
    assert isinstance(kg.store, EmbeddedStore)
    plain = rdflib.Graph().parse(data=kg.store.triples(), format="nt")
    assert set(kg.rdf.triples((None, None, None))) == set(plain)
    for s, p, o in list(plain.triples((ID["x"], None, None))):
        for pattern in [(s, None, None), (s, p, None), (None, p, o), (None, None, o), (s, p, o)]:
            assert set(kg.rdf.triples(pattern)) == set(plain.triples(pattern))


def test_literals_equal_rdflibs_own(rdf: rdflib.Dataset) -> None:
    xsd = rdflib.XSD
    assert rdf.value(ID["rheinmetall"], RDFS.label) == Literal("Rheinmetall", lang="en")
    currency = next(rdf.objects(None, MAT["currency"]))
    assert currency in {Literal(code) for code in ("EUR", "USD", "UAH", "GBP", "SEK", "DKK", "NOK", "CAD", "PLN", "CZK", "TRY", "AUD")}  # fmt: skip
    assert isinstance(currency, Literal)
    assert currency.datatype is None
    assert rdf.value(ID["fact-46-types"], MAT["number"]) == Literal(46)
    assert rdf.value(ID["fact-46-types"], MAT["date"]) == Literal("2024-02-29", datatype=xsd.date)
    assert str(rdf.value(ID["fact-forum-250-producers"], MAT["date"])) == "2023-09"
    assert next(rdf.objects(None, MAT["undisclosed"])) == Literal(True)


def test_queries_are_answered_by_the_engine(kg: KnowledgeGraph, rdf: rdflib.Dataset) -> None:
    text = "SELECT ?deal ?kind WHERE { id:rheinmetall mat:partyTo ?deal . ?deal mat:kind ?kind } ORDER BY ?deal"
    ours = kg.query(text)
    assert isinstance(ours, Table)
    rows = [tuple(map(str, row)) for row in rdf.query(text, initNs={"id": ID, "mat": MAT})]  # type: ignore[arg-type]
    assert rows == ours.rows
    assert len(rows) > 10


def test_ask_construct_and_unbound_values(rdf: rdflib.Dataset) -> None:
    assert rdf.query("ASK { id:rheinmetall a mat:Company }").askAnswer is True
    made = rdf.query("CONSTRUCT { ?x rdfs:label ?name } WHERE { VALUES ?x { id:rheinmetall } ?x rdfs:label ?name }")
    assert made.graph is not None
    assert set(made.graph) == {(ID["rheinmetall"], RDFS.label, Literal("Rheinmetall", lang="en"))}
    (row,) = rdf.query("SELECT ?x ?none WHERE { VALUES ?x { id:rheinmetall } OPTIONAL { ?x mat:nothing ?none } }")
    assert row.none is None  # type: ignore[union-attr]


def test_bindings_are_put_into_the_query(rdf: rdflib.Dataset) -> None:
    bound = {"x": ID["rheinmetall"]}
    rows = list(rdf.query("SELECT ?name WHERE { ?x <http://www.w3.org/2000/01/rdf-schema#label> ?name }", initBindings=bound))  # fmt: skip
    assert [str(row[0]) for row in rows] == ["Rheinmetall"]  # type: ignore[index]


def test_named_graphs_are_empty(rdf: rdflib.Dataset) -> None:
    assert list(rdf.graph(URIRef("urn:other"))) == []
    assert len(list(rdf.quads((ID["rheinmetall"], RDFS.label, None, None)))) == 1


def test_writing_is_refused(kg: KnowledgeGraph, rdf: rdflib.Dataset) -> None:
    size = len(rdf)
    with pytest.raises(TypeError, match="for reading"):
        rdf.add((ID["x"], RDF.type, MAT["Company"]))
    with pytest.raises(TypeError, match="for reading"):
        rdf.remove((ID["x"], RDF.type, MAT["Company"]))
    with pytest.raises(TypeError, match="for reading"):
        rdf.update("INSERT DATA { <urn:s> <urn:p> <urn:o> }")
    assert len(rdf) == size
    assert kg.query("ASK { <urn:s> ?p ?o }") is False


def test_a_scope_has_its_own_view(kg: KnowledgeGraph, rdf: rdflib.Dataset) -> None:
    early = kg.scope(as_of="2020").rdf
    assert 0 < len(list(early.triples((None, RDF.type, MAT["Partnership"])))) < 438
    assert len(early) < len(rdf)
