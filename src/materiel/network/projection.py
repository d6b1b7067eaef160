"""From the store to a networkx graph: one narrow query, one pass, IRIs on every node and edge."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, cast

import networkx as nx

from materiel.errors import UsageError
from materiel.store.table import Table
from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from materiel.store.base import Store

KINDS = ("agreements", "organisations")
"""`agreements`: parties and deals, each deal a node. `organisations`: parties joined by the deals they share."""

_PARTIES = """
SELECT ?agent ?partnership ?role WHERE {
  ?partnership mat:participation ?participation .
  ?participation mat:party ?agent ; mat:role ?role .
  FILTER(?role != role:venture)
}"""
_DEALS = """
SELECT ?partnership ?kind ?status WHERE {
  ?partnership a mat:Partnership ; mat:kind ?kind .
  OPTIONAL { ?partnership mat:currentStatus ?status }
}"""
_AGENTS = """
SELECT DISTINCT ?agent ?label ?country ?undisclosed ?class WHERE {
  ?agent mat:partyTo ?any ; rdfs:label ?label ; a ?class .
  OPTIONAL { ?agent mat:country ?country }
  OPTIONAL { ?agent mat:undisclosed ?undisclosed }
  OPTIONAL { ?sub rdfs:subClassOf ?class . ?agent a ?sub }
  FILTER(!BOUND(?sub))
}"""


def network(store: Store, kind: str = "organisations") -> nx.Graph[str]:
    """Return a network whose nodes and edges carry their IRIs.

    Args:
        store: What to project.
        kind: One of `KINDS`.

    Returns:
        Nodes are slugs with `iri`, `label`, `type`, `country`, `undisclosed`. In `organisations` an edge has
        `partnerships` (IRIs), `kinds`, `statuses` and `weight` (number of shared deals).

    Raises:
        UsageError: The kind is unknown.
    """
    if kind not in KINDS:
        raise UsageError(f"unknown kind of network {kind!r}", f"Use one of {', '.join(KINDS)}.")
    graph: nx.Graph[str] = nx.Graph(name=kind)
    for row in _rows(store, _AGENTS):
        graph.add_node(slug_of(row["agent"]), **_agent(row))
    deals = {row["partnership"]: row for row in _rows(store, _DEALS)}
    parties = _rows(store, _PARTIES)
    return _bipartite(graph, store, deals, parties) if kind == "agreements" else _joined(graph, deals, parties)


def _rows(store: Store, query: str) -> list[dict[str, Any]]:
    return list(Table.of(cast("ox.QuerySolutions", store.query(query))))


def _agent(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "iri": row["agent"],
        "label": row["label"],
        "type": slug_of(row["class"]),
        "country": slug_of(row["country"]) if row["country"] else None,
        "undisclosed": bool(row["undisclosed"]),
    }


def _bipartite(
    graph: nx.Graph[str], store: Store, deals: dict[str, Any], parties: list[dict[str, Any]]
) -> nx.Graph[str]:
    for iri, deal in deals.items():
        status = slug_of(deal["status"]) if deal["status"] else None
        label = store.labels.label(iri)
        graph.add_node(
            slug_of(iri), iri=iri, label=label, type="Partnership", kind=slug_of(deal["kind"]), status=status
        )
    for row in parties:
        graph.add_edge(slug_of(row["agent"]), slug_of(row["partnership"]), role=slug_of(row["role"]))
    return graph


def _joined(graph: nx.Graph[str], deals: dict[str, Any], parties: list[dict[str, Any]]) -> nx.Graph[str]:
    members = defaultdict(set)
    for row in parties:
        members[row["partnership"]].add(slug_of(row["agent"]))
    for iri in sorted(members):
        for one, other in combinations(sorted(members[iri]), 2):
            if not graph.has_edge(one, other):
                graph.add_edge(one, other, partnerships=[], kinds=set(), statuses=set(), weight=0)
            edge = graph.edges[one, other]
            edge["partnerships"].append(iri)
            edge["kinds"].add(slug_of(deals[iri]["kind"]))
            edge["statuses"] |= {slug_of(deals[iri]["status"])} if deals[iri]["status"] else set()
            edge["weight"] += 1
    return graph
