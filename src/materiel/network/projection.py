"""From deals to networkx graphs: who is joined by what, with the evidence on every edge.

A deal of n parties is one node in `agreements` (the bipartite network, which loses nothing) and n(n-1)/2 edges in
`organisations` (its one-mode projection, which loses who sat at the same table; see Latapy, Magnien and Del Vecchio,
"Basic notions for the analysis of large two-mode networks", Social Networks 30, 2008).
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

import networkx as nx

from materiel.errors import UsageError
from materiel.network import relations
from materiel.network.agreements import agreements
from materiel.network.deals import FIRMNESS, Agreement, Agreements
from materiel.network.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from materiel.network.graph import Graph

KINDS = ("agreements", "organisations", "countries", "ownership", "people", "products")
"""`agreements`: parties and deals, each deal a node. `organisations`: parties joined by the deals they share.
`countries`: countries joined by deals between their parties. `ownership`: who holds a part of whom (directed).
`people`: people and where they hold or held a post. `products`: organisations and what they make or deal in."""


def network(kg: Graph, kind: str = "organisations", **options: Any) -> nx.Graph[str]:
    """Return a network whose nodes and edges carry their IRIs and evidence.

    Args:
        kg: What to project: a knowledge graph in its scope, or a store.
        kind: One of `KINDS`.
        options: Those of `Options`, for the networks of deals.

    Returns:
        Nodes are slugs with `iri`, `label`, `type`, `country`, `undisclosed`. In `organisations` and `countries` an
        edge has `partnerships` (IRIs), `kinds`, `statuses`, `products` (generic ones left out), `origins`, `sources`,
        `first` and `last` (days) and `weight`. `graph.graph` holds `scope`, `definition` and `left_out`.

    Raises:
        UsageError: The kind or a weight is unknown.
    """
    if kind not in KINDS:
        raise UsageError(f"unknown kind of network {kind!r}", f"Use one of {', '.join(KINDS)}.")
    if kind in relations.PROJECTIONS:
        return relations.PROJECTIONS[kind](kg)
    chosen = Options(**options)
    return project(agreements(kg, collective=chosen.collective), kind, chosen)


def organisations(kg: Graph, options: Options | None = None) -> nx.Graph[str]:
    """Return the network of organisations joined by shared deals; see `network`."""
    chosen = options or Options()
    return project(agreements(kg, collective=chosen.collective), "organisations", chosen)


def project(deals: Agreements, kind: str = "organisations", options: Options | None = None) -> nx.Graph[str]:
    """Return the network of `agreements`, `organisations` or `countries` of deals that were read before."""
    chosen = options or Options()
    graph: nx.Graph[str] = nx.Graph(
        name=kind, scope=deals.scope, definition=str(chosen), left_out=dict(deals.left_out), weight=chosen.weight
    )
    builder = {"agreements": _bipartite, "organisations": _organisations, "countries": _countries}[kind]
    builder(graph, deals, chosen)
    return graph


def members(deals: Agreements, deal: Agreement, options: Options) -> list[str]:
    """Return the parties of a deal that join, each once."""
    joining = {agent for agent, role in deal.roles if options.beneficiaries or role != "beneficiary"}
    if options.parties is not None and len(joining) > options.parties:
        return []
    return sorted(a for a in joining if options.undisclosed or not deals.agents[a].undisclosed)


def _bipartite(graph: nx.Graph[str], deals: Agreements, options: Options) -> None:
    for deal in deals.deals:
        _add_agents(graph, deals, members(deals, deal, options))
        told = {"kind": deal.kind, "status": deal.status}
        graph.add_node(deal.slug, iri=deal.iri, label=deal.label, type="Partnership", **told)
        roles = defaultdict(set)
        for agent, role in deal.roles:
            roles[agent].add(role)
        for agent in members(deals, deal, options):
            graph.add_edge(agent, deal.slug, roles=roles[agent], role=min(roles[agent]))


def _organisations(graph: nx.Graph[str], deals: Agreements, options: Options) -> None:
    for deal in deals.deals:
        joined = members(deals, deal, options)
        _add_agents(graph, deals, joined)
        for one, other in combinations(joined, 2):
            _join(_edge(graph, one, other), deal, deals, amount(deal, len(joined), options))


def _countries(graph: nx.Graph[str], deals: Agreements, options: Options) -> None:
    for deal in deals.deals:
        found = sorted({code for a in members(deals, deal, options) if (code := deals.country(a))})
        graph.add_nodes_from((code, {"label": code, "country": code, "type": "Country"}) for code in found)
        for one, other in combinations(found, 2):
            _join(_edge(graph, one, other), deal, deals, amount(deal, len(found), options))


def amount(deal: Agreement, size: int, options: Options) -> float:
    """Return what one deal of so many parties adds to the weight of an edge."""
    if options.weight == "shared":
        return 1.0 / (size - 1)
    if options.weight == "origin":
        return 1.0 - 0.5 ** len(deal.origins)
    return FIRMNESS.get(deal.status or "", 0.1) if options.weight == "status" else 1.0


def _add_agents(graph: nx.Graph[str], deals: Agreements, slugs: Iterable[str]) -> None:
    for slug in slugs:
        agent = deals.agents[slug]
        graph.add_node(
            slug,
            iri=agent.iri,
            label=agent.label,
            type=agent.type,
            country=agent.country,
            undisclosed=agent.undisclosed,
        )


def _edge(graph: nx.Graph[str], one: str, other: str) -> dict[str, Any]:
    """Return the attributes of the edge between two nodes, making it if there is none."""
    if not graph.has_edge(one, other):
        empty: dict[str, Any] = {name: set() for name in ("kinds", "statuses", "products", "origins", "sources")}
        graph.add_edge(one, other, partnerships=[], **empty, first=None, last=None, weight=0.0)
    return graph.edges[one, other]


def _join(edge: dict[str, Any], deal: Agreement, deals: Agreements, amount: float) -> None:
    """Add what a deal tells to an edge."""
    edge["partnerships"].append(deal.iri)
    edge["kinds"].add(deal.kind)
    edge["statuses"] |= {deal.status} if deal.status else set()
    edge["products"] |= {product for product in deal.products if not deals.generic(product)}
    edge["origins"] |= set(deal.origins)
    edge["sources"] |= set(deal.sources)
    if deal.day:
        edge["first"] = min(edge["first"] or deal.day, deal.day)
        edge["last"] = max(edge["last"] or deal.day, deal.day)
    edge["weight"] += amount
