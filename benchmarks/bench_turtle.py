"""Turtle: our deterministic writer against rdflib's serialiser and the engine's unsorted dump."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

import measure
from materiel.store.turtle import turtle_of_lines
from materiel.vocabulary import PREFIXES
from measure import Row, Unequal, row

if TYPE_CHECKING:
    import rdflib

SMALL = 200_000
"""Up to so many triples rdflib takes part."""


def run(size: int = 100_000, repeat: int = 5) -> list[Row]:
    """Write one graph, loaded before, in each way; each output has to be the same set of triples."""
    path, store = measure.graph(size), ox.Store()
    store.load(path=str(path))
    label = f"{size:,} triples"
    unsorted = partial(store.dump, format=ox.RdfFormat.TURTLE, from_graph=ox.DefaultGraph(), prefixes=PREFIXES)
    _same(ours(store), unsorted() or b"")
    if ours(store) != ours(store):
        raise Unequal("two runs of our writer differ")
    times = measure.paired(repeat, {"ours": partial(ours, store), "engine": unsorted})
    rows = [row(f"deterministic Turtle, {label}", times["ours"], "the engine's unsorted dump", times["engine"], "<= 3")]
    if size <= SMALL:
        import rdflib

        peer = rdflib.Graph()
        peer.parse(path, format="nt")
        for prefix, namespace in PREFIXES.items():
            peer.bind(prefix, namespace)
        _same(ours(store), theirs(peer))
        times = measure.paired(min(repeat, 3), {"ours": partial(ours, store), "rdflib": partial(theirs, peer)})
        rows.insert(0, row(f"deterministic Turtle, {label}", times["ours"], "rdflib turtle", times["rdflib"], ">= 60"))
    return rows


def ours(store: ox.Store) -> bytes:
    """Write the default graph as `materiel export` does."""
    lines = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""
    return turtle_of_lines(lines.splitlines())


def theirs(graph: rdflib.Graph) -> bytes:
    return graph.serialize(format="turtle", encoding="utf-8")


def _same(one: bytes, other: bytes) -> None:
    first, second = ({str(q.triple) for q in ox.parse(text, format=ox.RdfFormat.TURTLE)} for text in (one, other))
    if first != second:
        raise Unequal(f"{len(first ^ second)} triples differ")


if __name__ == "__main__":
    for found in run(*map(int, sys.argv[1:])):
        print(found)
