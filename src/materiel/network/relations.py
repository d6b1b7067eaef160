"""Networks of statements that are no deals: ownership, people and their posts, organisations and products."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from materiel.network.agreements import agreements, rows
from materiel.network.graph import scope_of, store_of
from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from materiel.network.graph import Graph
    from materiel.store.base import Store

_HOLDINGS = """
SELECT ?holder ?held ?kind ?share ?until ?value WHERE {
  ?holder mat:holding ?value .
  ?value mat:heldOrganization ?held ; mat:kind ?kind .
  OPTIONAL { ?value mat:sharePercent ?share }
  OPTIONAL { ?value mat:validUntil ?until }
}"""
_TENURES = """
SELECT ?person ?organization ?kind ?post ?until ?value WHERE {
  ?person mat:tenure ?value .
  ?value mat:atOrganization ?organization ; mat:kind ?kind .
  OPTIONAL { ?value mat:roleAsStated ?post }
  OPTIONAL { ?value mat:validUntil ?until }
}"""
_MAKES = """
SELECT ?organization ?product ?source WHERE {
  ?organization mat:produces ?product .
  ?claim rdf:subject ?organization ; rdf:predicate mat:produces ; rdf:object ?product ; mat:attestation ?attestation .
  ?attestation mat:source ?source .
}"""
_TOLD = """
SELECT ?value ?source WHERE {
  VALUES ?class { mat:Holding mat:Tenure }
  ?value a ?class ; mat:reportedIn ?source .
}"""
_NODES = """
SELECT ?thing ?label ?country WHERE {
  VALUES ?class { mat:Agent mat:Product }
  ?thing a ?class ; rdfs:label ?label .
  OPTIONAL { ?thing mat:country ?country }
}"""


def ownership(kg: Graph) -> nx.DiGraph[str]:
    """Return who holds a part of whom: an edge from holder to held, with `share`, `kind`, `ended` and `sources`."""
    graph: nx.DiGraph[str] = nx.DiGraph(name="ownership", scope=scope_of(kg), definition="holdings, holder to held")
    store = store_of(kg)
    told = _sources(store)
    for holder, held, kind, share, until, value in sorted(rows(store, _HOLDINGS)):
        graph.add_edge(
            slug_of(holder),
            slug_of(held),
            share=float(share) if share else None,
            kind=slug_of(kind),
            ended=until or None,
            sources=told.get(value, set()),
        )
    _named(graph, store)
    return graph


def people(kg: Graph) -> nx.Graph[str]:
    """Return people and the organisations where they hold or held a post: edges have `posts`, `ended`, `sources`."""
    graph: nx.Graph[str] = nx.Graph(name="people", scope=scope_of(kg), definition="posts held now or before")
    store = store_of(kg)
    told = _sources(store)
    for person, organization, kind, post, until, value in sorted(rows(store, _TENURES)):
        one, other = slug_of(person), slug_of(organization)
        if not graph.has_edge(one, other):
            graph.add_edge(one, other, posts=set(), kinds=set(), ended=None, sources=set())
        edge = graph.edges[one, other]
        edge["posts"] |= {post} if post else set()
        edge["kinds"].add(slug_of(kind))
        edge["ended"] = until or edge["ended"]
        edge["sources"] |= told.get(value, set())
    _named(graph, store)
    return graph


def products(kg: Graph) -> nx.Graph[str]:
    """Return organisations and products, joined when one makes the other or is party to a deal about it.

    Generic products (`mat:generic true`) are left out: two makers of `drones` have nothing in common by that.
    """
    deals, store = agreements(kg), store_of(kg)
    definition = "maker of, or party to a deal about; generic products and undisclosed parties left out"
    graph: nx.Graph[str] = nx.Graph(name="products", scope=deals.scope, definition=definition)
    for organization, product, source in sorted(rows(store, _MAKES)):
        if not deals.generic(slug_of(product)):
            _link(graph, slug_of(organization), slug_of(product), {source}, made=True)
    for deal in deals.deals:
        for agent in (a for a in deal.members if not deals.agents[a].undisclosed):
            for product in (p for p in deal.products if not deals.generic(p)):
                _link(graph, agent, product, set(deal.sources), deal=deal.iri)
    _named(graph, store)
    return graph


def _link(
    graph: nx.Graph[str], one: str, product: str, sources: set[str], *, made: bool = False, deal: str | None = None
) -> None:
    if not graph.has_edge(one, product):
        graph.add_edge(one, product, made=False, partnerships=[], sources=set())
    edge = graph.edges[one, product]
    edge["made"] = edge["made"] or made
    edge["partnerships"] += [deal] if deal else []
    edge["sources"] |= sources


def _sources(store: Store) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for value, source in rows(store, _TOLD):
        told.setdefault(value, set()).add(source)
    return told


def _named(graph: nx.Graph[str], store: Store) -> None:
    """Give each node its IRI, label and country."""
    known = {slug_of(iri): (iri, label, country) for iri, label, country in rows(store, _NODES)}
    for node in graph:
        iri, label, country = known.get(node, ("", node, ""))
        graph.nodes[node].update(iri=iri, label=label, country=slug_of(country) if country else None)


PROJECTIONS: dict[str, Callable[[Graph], nx.Graph[str]]] = {
    "ownership": ownership,
    "people": people,
    "products": products,
}
"""Projections that read no deals or more than deals."""
