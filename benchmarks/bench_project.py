"""Projection: organisations joined by shared deals, as networkx and igraph graphs, against kglab and rdflib."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import networkx as nx
import pyoxigraph as ox

import measure
from materiel.network.columns import organisation_columns
from materiel.network.projection import network
from materiel.store import build, ontology
from materiel.store.embedded import EmbeddedStore
from materiel.vocabulary import ID
from measure import Row, Unequal, row
from queries import full

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import rdflib

PAIRS = full("""SELECT DISTINCT ?subject ?object WHERE {
  ?d mat:participation ?a , ?b . ?a mat:party ?subject ; mat:role ?r . ?b mat:party ?object ; mat:role ?s .
  FILTER(?r != role:venture && ?s != role:venture && STR(?subject) < STR(?object)) }""")
"""What kglab and rdflib are asked, as their documentation shows: pairs from the graph as it is asserted."""


def run(size: int = 100_000, repeat: int = 3) -> list[Row]:
    """Project one graph, loaded before, in each way; all have the same edges."""
    import kglab
    import rdflib

    path = measure.graph(size)
    store = _store(path)
    asserted = rdflib.Graph()
    asserted.parse(path, format="nt")
    kg = kglab.KnowledgeGraph(import_graph=asserted)
    label = f"{size:,} triples"
    runs: dict[str, Callable[[], Any]] = {
        "networkx": partial(to_networkx, store),
        "igraph": partial(organisation_columns, store),
        "rdflib": partial(by_loop, asserted),
        "kglab": partial(by_kglab, kg, nx.DiGraph()),
    }
    edges = {name: _edges(run()) for name, run in runs.items()}
    if len({frozenset(found) for found in edges.values()}) != 1:
        raise Unequal(f"edges differ: { {name: len(found) for name, found in edges.items()} }")
    runs["igraph"] = lambda: organisation_columns(store).to_igraph()
    runs["kglab-igraph"] = partial(_kglab_igraph, kg)
    times = measure.paired(repeat, runs)
    note = f"{len(edges['networkx']):,} edges; ours carry deals, sources and dates"
    return [
        row(f"projection to networkx, {label}", times["networkx"], "kglab", times["kglab"], ">= 10", note),
        row(f"projection to networkx, {label}", times["networkx"], "rdflib and a loop", times["rdflib"], "", note),
        row(f"projection to igraph, {label}", times["igraph"], "kglab", times["kglab-igraph"], ">= 50"),
    ]


def _store(path: Path) -> EmbeddedStore:
    engine = ox.Store()
    build.load_file(engine, path)
    build.load(engine, ontology.files())
    build.derive(engine)
    return EmbeddedStore(engine, "")


def to_networkx(store: EmbeddedStore) -> nx.Graph[str]:
    return network(store, "organisations", collective=True)


def by_loop(asserted: rdflib.Graph) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    for one, other in asserted.query(PAIRS):  # type: ignore[misc]
        graph.add_edge(str(one), str(other))
    return graph


def by_kglab(kg: Any, graph: nx.DiGraph[int]) -> nx.DiGraph[int]:
    import kglab

    graph.clear()
    matrix = kglab.SubgraphMatrix(kg, PAIRS)
    return matrix.build_nx_graph(graph)  # type: ignore[no-any-return]


def _kglab_igraph(kg: Any) -> Any:
    import igraph
    import kglab

    return kglab.SubgraphMatrix(kg, PAIRS).build_ig_graph(igraph.Graph())


def _edges(graph: Any) -> set[frozenset[str]]:
    """Return the edges by the slugs of their ends."""
    if isinstance(graph, nx.Graph):
        names = {
            node: str(told.get("label", node) if graph.is_directed() else node) for node, told in graph.nodes(data=True)
        }
        ends = list(graph.edges())
    else:
        names = dict(enumerate(graph.nodes))
        ends = list(zip(graph.one.tolist(), graph.other.tolist(), strict=True))
    return {frozenset((_slug(names[one]), _slug(names[other]))) for one, other in ends}


def _slug(name: str) -> str:
    return name.strip("<>").removeprefix(ID).rpartition(":")[2]


if __name__ == "__main__":
    for found in run(*map(int, sys.argv[1:])):
        print(found)
