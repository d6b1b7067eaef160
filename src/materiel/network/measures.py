"""How central organisations are: measures with their definition and source, exact or sampled with its error."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from materiel.errors import MaterielError, UsageError
from materiel.network import igraph_backend as engine
from materiel.network.igraph_graph import IGraph, from_networkx
from materiel.network.projection import Options, organisations
from materiel.network.result import Bars, Result
from materiel.store.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import networkx as nx

    from materiel.network.result import Graph

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


def centrality(
    kg: Graph,
    by: str = "betweenness",
    limit: int | None = 25,
    samples: int = 0,
    *,
    options: Options | None = None,
) -> Result:
    """Rank organisations by a measure, the others beside it.

    Args:
        kg: Which deals.
        by: One of `MEASURES`.
        limit: Rows to give.
        samples: If not 0, betweenness is estimated from so many sources, with its error, and closeness left out.
        options: What joins.

    Raises:
        UsageError: There is no such measure.
        TooLarge: A measure would take too long.
    """
    chosen = options or Options()
    graph = organisations(kg, chosen)
    values = _values(prepared(graph), by, samples)
    order = sorted(graph, key=lambda node: (-values[by][node], node))[:limit]
    data = graph.nodes
    rows: list[Any] = [
        (i, data[n]["iri"], data[n]["country"], data[n]["type"], *(round(values[m][n], 5) for m in values))
        for i, n in enumerate(order, 1)
    ]
    sampled = (f"Betweenness is an estimate from {samples} sources; its error stands beside it",) if samples else ()
    told = {name: MEASURES[name] for name in values if name in MEASURES}
    return Result(
        f"Organisations by {by}",
        Table(("rank", "organisation", "country", "type", *values), rows),
        f"organisations joined by shared deals ({chosen}); "
        + "; ".join(f"{n}: {m.definition}" for n, m in told.items()),
        "; ".join(dict.fromkeys(m.formula for m in told.values())),
        graph.graph["scope"],
        (
            *sampled,
            DOMINANCE,
            UNEVEN,
            "A deal of many parties joins each with each; the weight `shared` evens that out",
            "Eigenvector centrality is about the largest connected part only",
        ),
        Bars([data[n]["label"] for n in order[:15]], [values[by][n] for n in order[:15]], by),
    )


def _values(ready: IGraph, by: str, samples: int) -> dict[str, Values]:
    """Return all measures, in the order of `MEASURES`; with samples, betweenness with its error and no closeness."""
    if by not in MEASURES or (samples and by == "closeness"):
        raise UsageError(f"no measure {by!r}{' with samples' if samples else ''}", f"Use one of {', '.join(MEASURES)}.")
    if not samples:
        return {name: measure(ready, name) for name in MEASURES}
    found = {name: measure(ready, name) for name in MEASURES if not MEASURES[name].costly}
    estimate = sampled_betweenness(ready, samples)
    found["betweenness"] = {node: value for node, (value, _) in estimate.items()}
    found["betweenness error"] = {node: error for node, (_, error) in estimate.items()}
    return found


def assortativity(kg: Graph, options: Options | None = None) -> Result:
    """Tell whether organisations of one country, and of one type, tend to have deals with each other.

    Newman, Mixing patterns in networks, Physical Review E 67, 2003: 1 when all links are within groups, 0 when they
    are as by chance, below 0 when they avoid their own group.
    """
    import networkx as nx

    graph = organisations(kg, options)
    known = graph.subgraph([n for n, c in graph.nodes(data="country") if c])
    rows: list[Any] = []
    for attribute, part in (("country", known), ("type", graph)):
        same = sum(part.nodes[a][attribute] == part.nodes[b][attribute] for a, b in part.edges())
        several = len({part.nodes[node][attribute] for edge in part.edges() for node in edge}) > 1
        value = nx.attribute_assortativity_coefficient(part, attribute) if several else None
        rows.append((attribute, part.number_of_nodes(), part.number_of_edges(), same, _rounded(value)))
    uneven = len({degree for _, degree in graph.degree()}) > 1
    degrees = nx.degree_assortativity_coefficient(graph) if graph.number_of_edges() and uneven else None
    rows.append(("degree", graph.number_of_nodes(), graph.number_of_edges(), None, _rounded(degrees)))
    return Result(
        "Mixing by country, type and number of partners",
        Table(("by", "organisations", "links", "links within a group", "assortativity"), rows),
        "assortativity coefficient over the links between organisations, each link counting one",
        "Newman, Mixing patterns in networks, Physical Review E 67, 2003",
        graph.graph["scope"],
        ("The data set was collected for deals across borders: few links within countries is partly its design",),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else round(float(value), 4)


def cuts(kg: Graph, options: Options | None = None) -> Result:
    """List the organisations and the links without which the network falls into more parts."""
    graph = organisations(kg, options)
    ready = prepared(graph)
    whole = {node: part for part in engine.connected_components(ready) for node in part}
    rows: list[Any] = []
    for node in sorted(map(str, engine.articulation_points(ready))):
        rest = from_networkx(graph.subgraph(map(str, whole[node] - {node})))
        sizes = [len(part) for part in engine.connected_components(rest)]
        rows.append(("organisation", graph.nodes[node]["iri"], None, len(sizes) - 1, len(rest) - max(sizes), None))
    for one, other in sorted((str(a), str(b)) for a, b in engine.bridges(ready)):
        sources = " ".join(sorted(graph.edges[one, other]["sources"]))
        rows.append(("link", graph.nodes[one]["iri"], graph.nodes[other]["iri"], 1, None, sources))
    rows.sort(key=lambda row: (row[0] != "organisation", -row[3], -(row[4] or 0), row[1]))
    return Result(
        "Articulation points and bridges",
        Table(("what", "organisation", "other", "more parts", "cut off", "sources"), rows),
        "organisations and links whose removal raises the number of connected parts of the organisation network;"
        " cut off: organisations that then are no longer in the largest remaining part of theirs",
        "Tarjan, Depth-first search and linear graph algorithms, SIAM Journal on Computing 1, 1972",
        graph.graph["scope"],
        ("A part hangs on one organisation in what was published, which need not be so in the world",),
    )
