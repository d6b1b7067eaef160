"""Any networkx graph as a page: labels, types and IRIs are taken where they are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from materiel.page.model import Link, Node, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx


def page_from_networkx(graph: nx.Graph[Any], title: str = "Network") -> Page:
    """Return a page of a graph, directed or not, with parallel edges kept; the graph is not changed."""
    ids = {node: str(node) for node in graph.nodes}
    nodes = tuple(_node(ids[node], data) for node, data in graph.nodes(data=True))
    links = tuple(_link(place, ids[a], ids[b], data) for place, (a, b, data) in enumerate(graph.edges(data=True)))
    return Page(
        title=str(graph.graph.get("name") or title),
        nodes=nodes,
        relations=links,
        scope=(f"{len(nodes)} nodes, {len(links)} edges",),
    )


def _node(own_id: str, data: Mapping[str, Any]) -> Node:
    return Node(
        own_id,
        str(data.get("label") or own_id),
        str(data.get("iri") or ""),
        tuple(map(str, data.get("aliases") or ())),
        str(data.get("type") or "thing"),
        _text(data.get("country")),
        _text(data.get("category")),
        str(data.get("description") or ""),
    )


def _link(place: int, source: str, target: str, data: Mapping[str, Any]) -> Link:
    kind = data.get("predicate") or data.get("kind") or data.get("label") or "linked to"
    sources: tuple[str, ...] = ()
    return Link(
        f"edge-{place}",
        source,
        target,
        str(kind),
        role=str(data.get("role") or ""),
        valid_from=_text(data.get("date")),
        sources=sources,
    )


def _text(value: Any) -> str | None:
    return str(value) if value not in (None, "") else None
