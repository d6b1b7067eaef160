"""Networks of any size: integer columns from one narrow query, dictionary-encoded once, joined on integers.

networkx objects are for what a person will look at; a million edges stay two columns of integers and go to igraph
or scipy as they are.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from materiel.network.agreements import serialized
from materiel.network.igraph_graph import IGraph

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from materiel.store.base import Store

    Integers = npt.NDArray[np.int64]
    Reals = npt.NDArray[np.float64]

_PARTY_TO = """
SELECT ?agent ?deal WHERE {
  ?agent mat:partyTo ?deal .
  OPTIONAL { ?agent mat:undisclosed ?undisclosed }
  FILTER(!BOUND(?undisclosed))
}"""


@dataclass(frozen=True)
class Columns:
    """A network as columns.

    Attributes:
        nodes: IRI of each node.
        one: Node number of one end of each edge, always the smaller.
        other: Node number of the other end.
        weight: Number of shared deals.
    """

    nodes: list[str]
    one: Integers
    other: Integers
    weight: Reals

    def to_igraph(self) -> IGraph:
        """Return the network in igraph, which networkx functions take as they are."""
        import igraph as ig
        import numpy as np

        graph = ig.Graph(len(self.nodes), np.column_stack([self.one, self.other]))
        graph.es["weight"] = self.weight.tolist()
        return IGraph(graph, self.nodes)

    def to_scipy(self) -> Any:
        """Return the symmetric matrix of weights (compressed sparse rows)."""
        from scipy.sparse import coo_array

        size = len(self.nodes)
        half = coo_array((self.weight, (self.one, self.other)), shape=(size, size)).tocsr()
        return half + half.T


def organisation_columns(store: Store) -> Columns:
    """Return organisations joined by shared deals, straight from the store.

    Like `projection.network(store, "organisations")` with weight `count`, for stores that rules have run over;
    collective records stay in.
    """
    return joined(*encoded(serialized(store, _PARTY_TO)))


def encoded(data: bytes) -> tuple[Integers, Integers, list[str]]:
    """Return the two columns of a CSV answer as integers: agents by the names in the list, deals by any numbers."""
    import numpy as np

    cells = data.replace(b"\r\n", b",").split(b",")[2:-1]
    numbers: list[Integers] = []
    for column in (cells[0::2], cells[1::2]):
        number_of: defaultdict[bytes, int] = defaultdict(count().__next__)
        numbers.append(np.fromiter(map(number_of.__getitem__, column), np.int64, len(column)))
        if len(numbers) == 1:
            names = [name.decode() for name in number_of]
    return numbers[0], numbers[1], names


def joined(agents: Integers, deals: Integers, nodes: list[str]) -> Columns:
    """Join agents over their deals: a self-join on integers, each pair counted once a deal."""
    import numpy as np

    order = np.lexsort((agents, deals))
    agents, deals = agents[order], deals[order]
    _, starts, sizes = np.unique(deals, return_index=True, return_counts=True)
    after = np.repeat(starts + sizes, sizes) - np.arange(len(deals)) - 1
    left = np.repeat(np.arange(len(deals)), after)
    offset = np.arange(len(left)) - np.repeat(np.cumsum(after) - after, after)
    pairs = agents[left] * len(nodes) + agents[left + 1 + offset]
    keys, counts = np.unique(pairs, return_counts=True)
    return Columns(nodes, keys // max(len(nodes), 1), keys % max(len(nodes), 1), counts.astype(np.float64))


def eigenvector(matrix: Any) -> Reals:
    """Return the leading eigenvector of a symmetric sparse matrix, of length one (Bonacich 1987).

    By the Lanczos method of ARPACK, from the same start each time.
    """
    import numpy as np
    from scipy.sparse.linalg import eigsh

    size = matrix.shape[0]
    if size < 3:
        return np.full(size, 1.0 / max(size, 1) ** 0.5)
    _, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(size))
    return np.asarray(np.abs(vectors[:, 0]))


def pagerank(matrix: Any, alpha: float = 0.85, tolerance: float = 1e-10) -> Reals:
    """Return PageRank by power iteration over a sparse matrix (Page, Brin, Motwani and Winograd 1999).

    Nodes without neighbours give their rank to all alike, as in networkx.
    """
    import numpy as np

    size = matrix.shape[0]
    strength = np.asarray(matrix.sum(axis=1)).ravel()
    share = np.divide(1.0, strength, out=np.zeros(size), where=strength > 0)
    lonely = np.flatnonzero(strength == 0)
    rank = np.full(size, 1.0 / size)
    for _ in range(1000):
        before = rank
        rank = alpha * (matrix.T @ (before * share) + before[lonely].sum() / size) + (1.0 - alpha) / size
        if np.abs(rank - before).sum() < tolerance:
            break
    return rank
