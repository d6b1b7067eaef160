"""Groups of organisations that deal with each other more than with others, and how stable the groups are."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Any

from materiel.network import igraph_backend as engine
from materiel.network.measures import prepared
from materiel.network.projection import organisations
from materiel.network.result import Result
from materiel.store.table import Table

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import networkx as nx

    from materiel.network.graph import Graph
    from materiel.network.igraph_graph import IGraph
    from materiel.network.options import Options


def leiden(graph: nx.Graph[Any] | IGraph, resolution: float = 1.0, seed: int = 0) -> list[set[Any]]:
    """Return the groups that the Leiden algorithm finds by modularity, largest first."""
    parts = engine.leiden_communities(prepared(graph), "weight", resolution, None, seed)
    return sorted(parts, key=lambda part: (-len(part), sorted(map(str, part))))


def stability(
    graph: nx.Graph[Any], parts: Sequence[set[Any]], runs: int = 50, resolution: float = 1.0
) -> tuple[list[float], float]:
    """Return how often pairs within each group stay together over other seeds, and the mean likeness of the runs.

    The likeness is the adjusted Rand index of each run and the given groups (Hubert and Arabie, Comparing partitions,
    Journal of Classification 2, 1985); pairs that stay together follow Lancichinetti and Fortunato, Consensus
    clustering in complex networks, Scientific Reports 2, 2012.
    """
    ready = prepared(graph)
    together = [0.0] * len(parts)
    likeness = 0.0
    mine = {node: i for i, part in enumerate(parts) for node in part}
    for seed in range(1, runs + 1):
        found = {node: i for i, part in enumerate(leiden(ready, resolution, seed)) for node in part}
        likeness += adjusted_rand([mine[node] for node in ready], [found[node] for node in ready]) / runs
        for i, part in enumerate(parts):
            together[i] += _kept(part, found) / runs
    return together, likeness


def _kept(part: set[Hashable], found: dict[Hashable, int]) -> float:
    """Return the share of pairs of a group that another partition keeps together."""
    pairs = len(part) * (len(part) - 1) / 2
    kept = sum(n * (n - 1) / 2 for n in Counter(found[node] for node in part).values())
    return kept / pairs if pairs else 1.0


def adjusted_rand(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the adjusted Rand index of two partitions (Hubert and Arabie 1985): 1 when equal, 0 as by chance."""

    def pairs(labels: Any) -> float:
        return sum(n * (n - 1) / 2 for n in Counter(labels).values())

    total = len(one) * (len(one) - 1) / 2
    both, first, second = pairs(zip(one, other, strict=True)), pairs(one), pairs(other)
    expected = first * second / total if total else 0.0
    most = (first + second) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def communities(kg: Graph, resolution: float = 1.0, runs: int = 50, options: Options | None = None) -> Result:
    """List the groups in the organisation network, with their stability over seeds."""
    graph = organisations(kg, options)
    parts = leiden(graph, resolution)
    kept, likeness = stability(graph, parts, runs, resolution)
    quality = _modularity(graph, parts)
    rows: list[Any] = []
    for number, (part, share) in enumerate(zip(parts, kept, strict=True), 1):
        inner = graph.subgraph(part)
        leading = sorted(part, key=lambda n: (-inner.degree(n, weight="weight"), str(n)))[:5]
        countries = Counter(c for _, c in inner.nodes(data="country") if c).most_common(4)
        told = " ".join(f"{code}:{count}" for code, count in countries)
        iris = " ".join(str(graph.nodes[n]["iri"]) for n in leading)
        rows.append((number, len(part), round(share, 3), told, iris))
    return Result(
        "Groups of organisations",
        Table(("group", "organisations", "pairs kept", "countries", "most linked within"), rows),
        f"Leiden by modularity (resolution {resolution:g}, modularity {quality:.3f}); pairs kept: share of the pairs"
        f" of a group that stay together over {runs} other seeds; mean adjusted Rand index of the runs {likeness:.3f}",
        "Traag, Waltman and van Eck, From Louvain to Leiden, Scientific Reports 9, 2019",
        graph.graph["scope"],
        (
            "Groups below 0.8 of pairs kept depend on chance: do not name them",
            "Modularity cannot see small groups in large networks (Fortunato and Barthélemy, PNAS 104, 2007)",
            "A coalition of many states is a group by its one deal",
        ),
    )


def _modularity(graph: nx.Graph[Any], parts: Sequence[set[Any]]) -> float:
    """Return the weighted modularity of groups (Newman, Analysis of weighted networks, Physical Review E 70, 2004)."""
    total = graph.size(weight="weight")
    if not total:
        return 0.0
    strength = dict(graph.degree(weight="weight"))
    inside: float = sum(graph.subgraph(part).size(weight="weight") for part in parts) / total
    return float(inside - sum((sum(strength[n] for n in part) / (2 * total)) ** 2 for part in parts))


def consensus(graph: nx.Graph[Any], runs: int = 50) -> dict[frozenset[Hashable], float]:
    """Return how often linked organisations are in one group, for each link."""
    ready = prepared(graph)
    counts: Counter[frozenset[Hashable]] = Counter()
    for seed in range(runs):
        for part in leiden(ready, 1.0, seed):
            counts.update(frozenset(p) for p in combinations(part, 2) if graph.has_edge(*p))
    return {frozenset(edge): counts[frozenset(edge)] / runs for edge in graph.edges()}
