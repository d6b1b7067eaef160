"""Small graphs for the tests of analyses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
from hypothesis import strategies as st

from small import deal, entity, event, graph, source

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph


def world(
    deals: dict[str, dict[str, Any]], entities: list[dict[str, Any]], turtle: str = "", **more: Any
) -> KnowledgeGraph:
    """Deals by name: `parties` as {party: role}, and the fields of a record."""
    rows = []
    for name, told in deals.items():
        given = dict(told)
        parties = given.pop("parties")
        events = given.pop("events", [event()])
        row = deal(name, *events, parties=())
        row["participants"] = [{"entity": party, "role": role} for party, role in parties.items()]
        rows.append(row | given)
    stems: dict[str, Any] = {"sources": [source("a"), source("b"), source("c")], "entities": entities} | more
    return graph(turtle, partnerships=rows, **stems)


def firms(*names: str, **countries: str) -> list[dict[str, Any]]:
    return [entity(name, country=countries.get(name, "DE")) for name in names]


@st.composite
def graphs(draw: st.DrawFn, connected: bool = False, least: int = 3) -> nx.Graph[int]:
    """Random graphs of up to 14 nodes, with weights."""
    size = draw(st.integers(least, 14))
    pairs = [(a, b) for a in range(size) for b in range(a)]
    edges = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=40))
    made: nx.Graph[int] = nx.Graph()
    made.add_nodes_from(range(size))
    made.add_edges_from(edges)
    if connected:
        nx.add_path(made, range(size))
    for one, other in made.edges():
        made.edges[one, other]["weight"] = 1.0 + (one + other) % 3
    return made
