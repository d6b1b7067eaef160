"""An igraph graph that networkx's dispatcher knows: node names beside it, weights as edge attributes."""

from __future__ import annotations

import random
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

    import igraph as ig
    import networkx as nx

T = TypeVar("T")


class IGraph:
    """An igraph graph with the names of its nodes.

    Attributes:
        graph: The igraph graph; its vertices are 0, 1, 2, …
        nodes: Name of each vertex.
    """

    __networkx_backend__ = "igraph"

    def __init__(self, graph: ig.Graph, nodes: Sequence[Hashable]) -> None:
        """Hold a graph and the names of its nodes, in the order of its vertices."""
        self.graph = graph
        self.nodes = nodes

    @cached_property
    def index(self) -> dict[Hashable, int]:
        """Vertex number by node name."""
        return {node: i for i, node in enumerate(self.nodes)}

    def __len__(self) -> int:
        """Return the number of nodes."""
        return len(self.nodes)

    def __iter__(self) -> Iterator[Hashable]:
        """Iterate over the names of the nodes."""
        return iter(self.nodes)

    def is_directed(self) -> bool:
        """Tell whether edges have a direction."""
        return bool(self.graph.is_directed())

    def is_multigraph(self) -> bool:
        """Tell whether two nodes may have several edges: never here."""
        return False

    def named(self, values: Sequence[T]) -> dict[Hashable, T]:
        """Return a value of each vertex by node name."""
        return dict(zip(self.nodes, values, strict=True))

    def weights(self, name: str | None) -> str | None:
        """Return the name of the edges' weights, as igraph takes it, or None when each counts one."""
        return name if name and name in self.graph.es.attributes() else None


def from_networkx(graph: nx.Graph[Any], edge_attrs: Mapping[str, Any] | None = None) -> IGraph:
    """Convert a networkx graph.

    Args:
        graph: Not a multigraph.
        edge_attrs: Edge attributes to keep, with the value of edges that have none.

    Raises:
        NotImplementedError: The graph may have several edges between two nodes.
    """
    import igraph as ig

    if graph.is_multigraph():
        raise NotImplementedError("multigraphs are not converted")
    nodes = list(graph)
    index = {node: i for i, node in enumerate(nodes)}
    pairs = [(index[one], index[other]) for one, other in graph.edges()]
    made = ig.Graph(len(nodes), pairs, directed=graph.is_directed())
    for name, default in (edge_attrs or {}).items():
        values: list[Any] = [edge.get(name) for _, _, edge in graph.edges(data=True)]
        made.es[name] = [default if value is None else value for value in values]
    return IGraph(made, nodes)


def to_networkx(converted: Any) -> Any:
    """Convert back; what is no graph stays as it is."""
    import networkx as nx

    if not isinstance(converted, IGraph):
        return converted
    graph: nx.Graph[Any] = nx.DiGraph() if converted.is_directed() else nx.Graph()
    graph.add_nodes_from(converted.nodes)
    for edge in converted.graph.es:
        graph.add_edge(converted.nodes[edge.source], converted.nodes[edge.target], **edge.attributes())
    return graph


def seeded(seed: int | random.Random | None, call: Callable[[], T]) -> T:
    """Call with igraph drawing its random numbers from a seed."""
    import igraph as ig

    if seed is None:
        return call()
    ig.set_random_number_generator(random.Random(seed) if isinstance(seed, int) else seed)  # noqa: S311
    try:
        return call()
    finally:
        ig.set_random_number_generator(random)
