"""The usual measures of a large network in one go: integer columns in, one array a measure out.

For each measure the library that was fastest when measured side by side (docs/benchmarks-network.md): scipy for
PageRank and the eigenvector, igraph for the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from materiel.network import igraph_backend as engine
from materiel.network.columns import Columns, eigenvector, pagerank
from materiel.network.igraph_graph import IGraph, seeded

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Report:
    """Measures of every node, in the order of the columns' nodes.

    Attributes:
        nodes: IRI of each node.
        pagerank: PageRank over weighted links.
        betweenness: Estimate from sampled sources, scaled like the exact one.
        eigenvector: Entry in the leading eigenvector of the weighted links, of length one.
        component: Number of the connected part.
        articulation: Nodes without which there are more parts.
        core: Core number.
        group: Number of the Leiden group.
        samples: Sources that betweenness was estimated from.
    """

    nodes: Sequence[str]
    pagerank: Sequence[float]
    betweenness: Sequence[float]
    eigenvector: Sequence[float]
    component: Sequence[int]
    articulation: Sequence[int]
    core: Sequence[int]
    group: Sequence[int]
    samples: int

    def to_frame(self) -> Any:
        """Return a data frame, a row for each node."""
        import pandas as pd

        names = ("pagerank", "betweenness", "eigenvector", "component", "core", "group")
        frame = pd.DataFrame({name: getattr(self, name) for name in names}, index=pd.Index(self.nodes, name="node"))
        frame["articulation"] = False
        frame.iloc[list(self.articulation), frame.columns.get_loc("articulation")] = True
        return frame


def report(columns: Columns, samples: int = 100, seed: int = 0) -> Report:
    """Measure a network of any size that fits into memory; only betweenness is an estimate.

    Args:
        columns: See `columns.organisation_columns`.
        samples: Sources for betweenness (Brandes and Pich 2007); its error falls with their square root.
        seed: For the sources and for Leiden.
    """
    ready = columns.to_igraph()
    graph, matrix = ready.graph, columns.to_scipy()
    return Report(
        columns.nodes,
        pagerank(matrix).tolist(),
        list(engine.betweenness_centrality(ready, k=min(samples, len(ready)), seed=seed).values()),
        eigenvector(matrix).tolist(),
        graph.connected_components().membership,
        graph.articulation_points(),
        graph.coreness(),
        leiden_groups(ready, seed),
        min(samples, len(ready)),
    )


def leiden_groups(ready: IGraph, seed: int = 0, turns: int = 2) -> list[int]:
    """Return the number of each node's Leiden group after two turns, as is usual for large networks."""
    weights = ready.weights("weight")
    parts = seeded(
        seed,
        lambda: ready.graph.community_leiden(objective_function="modularity", weights=weights, n_iterations=turns),
    )
    return list(parts.membership)
