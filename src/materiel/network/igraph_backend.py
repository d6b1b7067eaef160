"""A networkx backend that hands work to igraph: `nx.pagerank(graph, backend="igraph")`.

Each function has the signature and the meaning of networkx's own, down to how it treats unconnected graphs; the
tests hold both to the same results. With `nx.config.backend_priority = ["igraph"]` large graphs go to igraph by
themselves; small ones stay, as converting would cost more than it saves.
"""

from __future__ import annotations

import math
import warnings
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from materiel.network.igraph_graph import IGraph, from_networkx, seeded, to_networkx

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    import networkx as nx

    Values = dict[Hashable, float]

WORTH_IT = 2_000
"""Edges from which on the dispatcher is told that converting pays."""


def pagerank(
    G: IGraph,  # noqa: N803
    alpha: float = 0.85,
    personalization: Values | None = None,
    max_iter: int = 100,
    tol: float = 1e-6,
    nstart: None = None,
    weight: str | None = "weight",
    dangling: None = None,
) -> Values:
    """See `networkx.pagerank`; igraph solves to more digits than `tol` asks for."""
    del max_iter, tol
    _refuse(nstart=nstart, dangling=dangling)
    options: dict[str, Any] = {"damping": alpha, "weights": G.weights(weight)}
    if personalization is None:
        return G.named(G.graph.pagerank(**options))
    reset = [personalization.get(node, 0.0) for node in G.nodes]
    return G.named(G.graph.personalized_pagerank(reset=reset, **options))


def betweenness_centrality(
    G: IGraph,  # noqa: N803
    k: int | None = None,
    normalized: bool = True,
    weight: str | None = None,
    endpoints: bool = False,
    seed: Any = None,
) -> Values:
    """See `networkx.betweenness_centrality`; with the same seed the same `k` sources are taken."""
    import networkx as nx

    _refuse(endpoints=endpoints or None)
    picked = None
    if k is not None and k != len(G):
        picked = [G.index[node] for node in nx.utils.create_py_random_state(seed).sample(list(G.nodes), k)]
    raw = G.graph.betweenness(weights=G.weights(weight), sources=picked)
    factor = 1.0 if G.is_directed() else 2.0
    return G.named(_rescaled([value * factor for value in raw], picked, normalized, G.is_directed()))


def _rescaled(raw: list[float], picked: list[int] | None, normalized: bool, directed: bool) -> list[float]:
    """Scale sums over ordered pairs as networkx does: a sampled source is not counted as a target of itself."""
    others = len(raw) - 1
    if others < 2:
        return [0.0] * len(raw)
    whole = (1.0 / (others - 1)) if normalized else others / (1.0 if directed else 2.0)
    if picked is None:
        return [value * whole / others for value in raw]
    chosen = set(picked)
    source = whole / (len(picked) - 1) if len(picked) > 1 else math.nan
    return [value * (source if i in chosen else whole / len(picked)) for i, value in enumerate(raw)]


def closeness_centrality(
    G: IGraph,  # noqa: N803
    u: Hashable | None = None,
    distance: str | None = None,
    wf_improved: bool = True,
) -> Values | float:
    """See `networkx.closeness_centrality`, with the scaling of Wasserman and Faust (1994) for unconnected graphs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # igraph warns of unconnected graphs, which are dealt with here
        found = G.graph.closeness(mode="in", weights=G.weights(distance), normalized=True)
    values = [0.0 if math.isnan(value) else value for value in found]
    if wf_improved and len(G) > 1:
        reached = _reached(G)
        values = [value * (count - 1) / (len(G) - 1) for value, count in zip(values, reached, strict=True)]
    return G.named(values) if u is None else values[G.index[u]]


def _reached(G: IGraph) -> list[int]:  # noqa: N803
    """Return from how many nodes each can be reached, itself included."""
    if G.is_directed():
        return list(G.graph.neighborhood_size(order=len(G), mode="in"))
    parts = G.graph.connected_components()
    sizes = parts.sizes()
    return [sizes[part] for part in parts.membership]


def eigenvector_centrality(
    G: IGraph,  # noqa: N803
    max_iter: int = 100,
    tol: float = 1e-6,
    nstart: None = None,
    weight: str | None = None,
) -> Values:
    """See `networkx.eigenvector_centrality`: the leading eigenvector, of length one."""
    del max_iter, tol
    _refuse(nstart=nstart)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of unconnected graphs: small parts get zero, as in networkx
        values = G.graph.eigenvector_centrality(directed=True, weights=G.weights(weight))
    length = math.sqrt(sum(value * value for value in values)) or 1.0
    return G.named([value / length for value in values])


def core_number(G: IGraph) -> dict[Hashable, int]:  # noqa: N803
    """See `networkx.core_number`."""
    return G.named(G.graph.coreness())


def clustering(G: IGraph, nodes: None = None, weight: None = None) -> Values:  # noqa: N803
    """See `networkx.clustering`; all nodes, without weights."""
    _refuse(nodes=nodes, weight=weight, directed=G.is_directed() or None)
    return G.named(G.graph.transitivity_local_undirected(mode="zero"))


def transitivity(G: IGraph) -> float:  # noqa: N803
    """See `networkx.transitivity`."""
    return float(G.graph.transitivity_undirected(mode="zero"))


def constraint(G: IGraph, nodes: Iterable[Hashable] | None = None, weight: str | None = None) -> Values:  # noqa: N803
    """See `networkx.constraint`; not a number for a node without neighbours."""
    chosen = list(G.nodes if nodes is None else nodes)
    values = G.graph.constraint([G.index[node] for node in chosen], weights=G.weights(weight))
    return dict(zip(chosen, values, strict=True))


def connected_components(G: IGraph) -> Iterator[set[Hashable]]:  # noqa: N803
    """See `networkx.connected_components`."""
    return ({G.nodes[i] for i in part} for part in G.graph.connected_components())


def number_connected_components(G: IGraph) -> int:  # noqa: N803
    """See `networkx.number_connected_components`."""
    return len(G.graph.connected_components())


def articulation_points(G: IGraph) -> Iterator[Hashable]:  # noqa: N803
    """See `networkx.articulation_points`."""
    return (G.nodes[i] for i in G.graph.articulation_points())


def bridges(G: IGraph, root: None = None) -> Iterator[tuple[Hashable, Hashable]]:  # noqa: N803
    """See `networkx.bridges`."""
    _refuse(root=root)
    edges = (G.graph.es[i] for i in G.graph.bridges())
    return ((G.nodes[edge.source], G.nodes[edge.target]) for edge in edges)


def leiden_communities(
    G: IGraph,  # noqa: N803
    weight: str | None = "weight",
    resolution: float = 1,
    max_level: int | None = None,
    seed: Any = None,
) -> list[set[Hashable]]:
    """See `networkx.community.leiden_communities`, which networkx itself leaves to backends; by modularity."""
    options = {"objective_function": "modularity", "weights": G.weights(weight), "resolution": resolution}
    turns = -1 if max_level is None else max_level
    parts = seeded(seed, lambda: G.graph.community_leiden(n_iterations=turns, **options))
    return sorted(({G.nodes[i] for i in part} for part in parts), key=len, reverse=True)


def _refuse(**given: Any) -> None:
    """Refuse what igraph cannot do; networkx then does it itself."""
    if asked := [name for name, value in given.items() if value is not None]:
        raise NotImplementedError(f"igraph does not take {', '.join(asked)}")


FUNCTIONS = (
    pagerank,
    betweenness_centrality,
    closeness_centrality,
    eigenvector_centrality,
    core_number,
    clustering,
    transitivity,
    constraint,
    connected_components,
    number_connected_components,
    articulation_points,
    bridges,
    leiden_communities,
)
"""What the backend offers."""


def convert_from_nx(graph: nx.Graph[Any], *, edge_attrs: dict[str, Any] | None = None, **_: Any) -> IGraph:
    """Convert for the dispatcher, with the edge attributes that the function uses."""
    return from_networkx(graph, edge_attrs)


def convert_to_nx(obj: Any, **_: Any) -> Any:
    """Convert back for the dispatcher."""
    return to_networkx(obj)


def should_run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool | str:
    """Tell the dispatcher whether converting pays."""
    del name
    graph = args[0] if args else kwargs.get("G")
    small = isinstance(graph, IGraph) is False and graph is not None and graph.number_of_edges() < WORTH_IT
    return "the graph is small: converting would cost more than it saves" if small else True


backend = SimpleNamespace(
    **{function.__name__: function for function in FUNCTIONS},
    convert_from_nx=convert_from_nx,
    convert_to_nx=convert_to_nx,
    should_run=should_run,
)
"""What the entry point `networkx.backends` names."""


def get_info() -> dict[str, Any]:
    """Return what networkx shows of the backend; named by the entry point `networkx.backend_info`."""
    return {
        "backend_name": "igraph",
        "project": "materiel",
        "package": "materiel.network.igraph_backend",
        "short_summary": "Centralities, cores, cuts and Leiden communities by igraph.",
        "functions": {function.__name__: {} for function in FUNCTIONS},
    }
