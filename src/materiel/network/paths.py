"""How two organisations are connected: shortest paths over deals, with the evidence of each step."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from materiel.errors import NotFound
from materiel.network.graph import store_of
from materiel.network.projection import organisations
from materiel.network.result import Result
from materiel.store.table import Table
from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import networkx as nx

    from materiel.network.graph import Graph
    from materiel.network.options import Options

DISTANCES = {
    "steps": "each link counts one",
    "firm": "a link counts 1/weight, so that links of more or firmer deals are shorter",
}
"""What makes a path short."""


def k_shortest(graph: nx.Graph[Any], one: str, other: str, k: int = 3, distance: str = "steps") -> list[list[str]]:
    """Return up to k loopless paths, shortest first (Yen, Finding the k shortest loopless paths in a network, 1971)."""
    import networkx as nx

    length: Callable[[Any, Any, dict[str, Any]], float] | None = None
    if distance == "firm":

        def length(_one: Any, _other: Any, edge: dict[str, Any]) -> float:
            return 1.0 / float(edge["weight"])

    try:
        return list(islice(nx.shortest_simple_paths(graph, one, other, weight=length), k))  # type: ignore[arg-type]
    except nx.NetworkXNoPath:
        return []


def connections(
    kg: Graph, one: str, other: str, k: int = 3, *, distance: str = "steps", options: Options | None = None
) -> Result:
    """List the shortest paths between two organisations, a row for each step with its deals and sources.

    Args:
        kg: Where to look.
        one: Id, name or alias.
        other: Id, name or alias.
        k: Number of paths.
        distance: One of `DISTANCES`.
        options: What joins.

    Raises:
        NotFound: Nothing has a name, or it is party to no deal in the scope.
    """
    graph = organisations(kg, options)
    labels = store_of(kg).labels
    ends = [slug_of(labels.resolve(name)) for name in (one, other)]
    for end in ends:
        if end not in graph:
            raise NotFound(f"{end} among the parties of deals ({graph.graph['scope']})")
    rows: list[Any] = []
    for number, path in enumerate(k_shortest(graph, ends[0], ends[1], k, distance), 1):
        for step, (a, b) in enumerate(pairwise(path), 1):
            rows.append((number, step, graph.nodes[a]["iri"], graph.nodes[b]["iri"], *_told(graph.edges[a, b])))
    return Result(
        f"Paths between {graph.nodes[ends[0]]['label']} and {graph.nodes[ends[1]]['label']}",
        Table(("path", "step", "from", "to", "deals", "statuses", "origins", "sources"), rows),
        f"the {k} shortest loopless paths over shared deals; {DISTANCES[distance]}",
        "Yen, Finding the k shortest loopless paths in a network, Management Science 17, 1971",
        graph.graph["scope"],
        (
            "A path over a government or a coalition of many states joins almost everybody and means little",
            "Paths of the same length are in no order of importance",
        ),
    )


def _told(edge: dict[str, Any]) -> tuple[str, str, int, str]:
    return (
        " ".join(sorted(edge["partnerships"])),
        " ".join(sorted(edge["statuses"])),
        len(edge["origins"]),
        " ".join(sorted(edge["sources"])),
    )
