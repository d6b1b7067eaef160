"""Pages from any networkx graph and from any answer of a CONSTRUCT."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from materiel.page import page_from_networkx, page_from_triples, render

if TYPE_CHECKING:
    from .conftest import Opener

RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
MAT = "https://w3id.org/materiel/ns#"


def test_networkx_graph_becomes_a_page_and_is_not_changed() -> None:
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(name="Firms")
    graph.add_node(1, label="One", type="company", iri="https://x.example/1", size=3)
    graph.add_edge(1, "two", predicate="owns", weight=2)
    graph.add_edge(1, "two", predicate="funds")
    before = nx.node_link_data(graph, edges="edges")
    page = page_from_networkx(graph)
    assert page.title == "Firms"
    assert [(node.id, node.label, node.type) for node in page.nodes] == [
        ("1", "One", "company"),
        ("two", "two", "thing"),
    ]
    assert [link.predicate for link in page.relations] == ["owns", "funds"]
    assert nx.node_link_data(graph, edges="edges") == before
    render(page)


def test_plain_graph_without_any_attribute() -> None:
    page = page_from_networkx(nx.karate_club_graph())
    assert len(page.nodes) == 34
    assert len(page.relations) == 78


TRIPLES = [
    ("https://x.example/a", RDF_TYPE, MAT + "StateEnterprise"),
    ("https://x.example/a", RDFS_LABEL, "Alpha"),
    ("https://x.example/a", MAT + "owns", "https://x.example/b#this"),
]


def test_triples_as_strings() -> None:
    page = page_from_triples(TRIPLES)
    assert [(node.label, node.type) for node in page.nodes] == [("Alpha", "state-enterprise"), ("this", "thing")]
    assert [(link.source, link.predicate, link.target) for link in page.relations] == [
        ("https://x.example/a", "owns", "https://x.example/b#this")
    ]
    render(page)


def test_triples_as_ntriples_terms_and_as_terms_of_both_libraries() -> None:
    rdflib, pyoxigraph = pytest.importorskip("rdflib"), pytest.importorskip("pyoxigraph")
    text = "".join(f"<{s}> <{p}> " + (f'"{o}"@en' if p == RDFS_LABEL else f"<{o}>") + " .\n" for s, p, o in TRIPLES)
    expected = page_from_triples(TRIPLES)
    assert (
        page_from_triples((s, p, o) for s, p, o in (line[:-2].split(" ", 2) for line in text.splitlines())) == expected
    )
    assert page_from_triples(rdflib.Graph().parse(data=text, format="nt")) == expected
    quads = pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert page_from_triples((quad.subject, quad.predicate, quad.object) for quad in quads) == expected


@pytest.mark.browser
def test_page_of_a_plain_graph_opens(open_page: Opener) -> None:
    opened = open_page(page_from_networkx(nx.karate_club_graph()))
    assert opened.js("materiel.scene.nodes.length") == 34
    assert opened.js("materiel.overlaps()") == 0
