"""How central organisations are: measures with their definition and source, exact or sampled with its error."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from materiel.errors import MaterielError, UsageError
from materiel.network import igraph_backend as engine
from materiel.network.igraph_graph import IGraph, from_networkx

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import networkx as nx

    Values = dict[Hashable, float]

EXACT_LIMIT = 20_000
"""Edges up to which exact betweenness and closeness are computed: they take time by nodes times edges."""
DOMINANCE = (
    "States and forces that are helped (gov-ukraine, armed-forces-ukraine) lead because the graph was collected around"
    " them: read ranks among firms, or leave beneficiaries out"
)
UNEVEN = "Coverage is uneven and announcements dominate: a rank says how much was published, not how much was built"


class TooLarge(MaterielError):
    """An exact measure of a graph that is too large for it."""

    exit_code = 5


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of a node.

    Attributes:
        definition: What it is, in words.
        formula: Where the formula stands.
        compute: From a graph to values.
        costly: Whether it takes time by nodes times edges.
    """

    definition: str
    formula: str
    compute: Callable[[IGraph], Values]
    costly: bool = False


MEASURES = {
    "degree": Measure(
        "number of partners",
        "Freeman, Centrality in social networks, Social Networks 1, 1979",
        lambda g: g.named([float(d) for d in g.graph.degree()]),
    ),
    "strength": Measure(
        "sum of the weights of the links",
        "Barrat et al., The architecture of complex weighted networks, PNAS 101, 2004",
        lambda g: g.named(g.graph.strength(weights=g.weights("weight"))),
    ),
    "pagerank": Measure(
        "share of the time of a random walker along weighted links who starts anew in 15 of 100 steps",
        "Page, Brin, Motwani, Winograd, The PageRank citation ranking, 1999",
        engine.pagerank,
    ),
    "betweenness": Measure(
        "share of the shortest paths between all others that lead through the node, each link counting one",
        "Freeman, A set of measures of centrality based on betweenness, Sociometry 40, 1977",
        engine.betweenness_centrality,
        costly=True,
    ),
    "closeness": Measure(
        "inverse mean distance to the nodes that can be reached, times the share that can be reached",
        "Wasserman and Faust, Social Network Analysis, 1994, p. 200",
        lambda g: dict(engine.closeness_centrality(g)),  # type: ignore[arg-type]
        costly=True,
    ),
    "eigenvector": Measure(
        "entry in the leading eigenvector of the weighted links: partners count by their own centrality",
        "Bonacich, Power and centrality, American Journal of Sociology 92, 1987",
        lambda g: engine.eigenvector_centrality(g, weight="weight"),
    ),
    "core": Measure(
        "largest k such that the node is in a group where all have k partners within it",
        "Seidman, Network structure and minimum degree, Social Networks 5, 1983",
        lambda g: {node: float(core) for node, core in engine.core_number(g).items()},
    ),
    "clustering": Measure(
        "share of the pairs of partners that are partners themselves; deals of many parties raise it by themselves",
        "Watts and Strogatz, Collective dynamics of small-world networks, Nature 393, 1998",
        engine.clustering,
    ),
}
"""Measures by name."""


def measure(graph: nx.Graph[Any] | IGraph, name: str) -> Values:
    """Return a measure of every node.

    Raises:
        UsageError: There is no such measure.
        TooLarge: The exact measure would take too long; the sampled form is named.
    """
    if name not in MEASURES:
        raise UsageError(f"unknown measure {name!r}", f"Use one of {', '.join(MEASURES)}.")
    ready = prepared(graph)
    if MEASURES[name].costly and ready.graph.ecount() > EXACT_LIMIT:
        raise TooLarge(
            f"exact {name} of {ready.graph.ecount():,} edges takes too long (limit {EXACT_LIMIT:,})",
            "Estimate betweenness: `materiel analyse centrality --samples 200`, or sampled_betweenness(graph, 200).",
        )
    return MEASURES[name].compute(ready)


def prepared(graph: nx.Graph[Any] | IGraph) -> IGraph:
    """Return the graph in igraph, with its weights."""
    return graph if isinstance(graph, IGraph) else from_networkx(graph, {"weight": 1.0})


def sampled_betweenness(
    graph: nx.Graph[Any] | IGraph, samples: int = 200, batches: int = 10, seed: int = 0
) -> dict[Hashable, tuple[float, float]]:
    """Return betweenness estimated from the paths out of some nodes, with its standard error.

    Sources are drawn without replacement in batches; the error is that of the mean of the batches
    (Brandes and Pich, Centrality estimation in large networks, Int. J. Bifurcation and Chaos 17, 2007). It is rough: for
    values near zero, which few sources see, it is too small.

    Args:
        graph: Undirected.
        samples: Sources in all.
        batches: Groups of sources, at least two.
        seed: Of the drawing.
    """
    ready = prepared(graph)
    count = min(samples, len(ready))
    picked = random.Random(seed).sample(range(len(ready)), count)  # noqa: S311
    groups = [group for start in range(batches) if (group := picked[start::batches])]
    scale = 2.0 / max((len(ready) - 1) * (len(ready) - 2), 1)
    runs = [[v * len(ready) / len(g) * scale for v in ready.graph.betweenness(sources=g)] for g in groups]
    return {node: _mean([run[i] for run in runs], count / len(ready)) for i, node in enumerate(ready.nodes)}


def _mean(values: list[float], share: float) -> tuple[float, float]:
    """Return the mean and its standard error, with the correction for drawing a share without replacement."""
    mean = sum(values) / len(values)
    if len(values) < 2:
        return mean, math.nan
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return mean, math.sqrt(variance / len(values) * (1.0 - share))
