"""Loading: into memory against rdflib and the engine's parser, with the rules, and onto disk."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pyoxigraph as ox

import measure
from materiel.store import build, ontology
from measure import Row, clock, row

LARGE = 300_000
"""Above so many triples rdflib and the disk get one run instead of several."""


def run(size: int = 1_000_000, repeat: int = 3) -> list[Row]:
    """Load one graph in all ways."""
    path, rows = measure.graph(size), []
    few = 1 if size > LARGE else repeat  # for what takes minutes
    label = f"{size:,} triples"
    memory = measure.fresh(__file__, repeat, ["ours", "parser", "engine", "ours_derived"], path)
    rows.append(row(f"load into memory, {label}", memory["ours"], "pyoxigraph.parse", memory["parser"], "<= 2.5",
                    "the engine's own `load` is the row below"))  # fmt: skip
    rows.append(row(f"the same, {label}", memory["engine"], "pyoxigraph.parse", memory["parser"],
                    "<=", "here *ours* is `pyoxigraph.Store.load` alone: what no caller can undercut"))  # fmt: skip
    slow = measure.fresh(__file__, few, ["ours", "rdflib"], path)
    rows.append(row(f"load into memory, {label}", slow["ours"], "rdflib", slow["rdflib"], ">= 10"))
    rows.append(row(f"load and derive, {label}", memory["ours_derived"], "loading alone", memory["ours"], "<= 2"))
    disk = measure.fresh(__file__, few, ["ours_disk", "plain_disk"], path)
    rows.append(row(f"build on disk with rules, {label}", disk["ours_disk"], "`bulk_load` and rules on disk",
                    disk["plain_disk"], "<= 1.3"))  # fmt: skip
    whole = measure.fresh(__file__, few, ["ours_built"], measure.graph(size, ".ttl"))
    rows.append(row(f"the whole cached build, {label}", whole["ours_built"], "`bulk_load` and rules on disk",
                    disk["plain_disk"], "<=", "with the index of names, from one Turtle file"))  # fmt: skip
    return rows


def parser(path: Path) -> tuple[float, int]:
    start, count = clock(), 0
    for _ in ox.parse(path=str(path)):
        count += 1
    return clock() - start, count


def engine(path: Path) -> tuple[float, int]:
    store, start = ox.Store(), clock()
    store.load(path=str(path))
    return clock() - start, len(store)


def ours(path: Path) -> tuple[float, int]:
    store, start = ox.Store(), clock()
    build.load_file(store, path)
    return clock() - start, len(store)


def rdflib_memory(path: Path) -> tuple[float, int]:
    import rdflib

    found, start = rdflib.Graph(), clock()
    found.parse(path, format="nt")
    return clock() - start, len(found)


def _derived(store: ox.Store, path: Path) -> int:
    build.load_file(store, path)
    asserted = len(store)
    build.load(store, ontology.files())
    build.derive(store)
    return asserted


def ours_derived(path: Path) -> tuple[float, int]:
    store, start = ox.Store(), clock()
    asserted = _derived(store, path)
    return clock() - start, asserted


def ours_disk(path: Path) -> tuple[float, int]:
    with tempfile.TemporaryDirectory(dir=measure.work(), ignore_cleanup_errors=True) as folder:
        store, start = ox.Store(), clock()
        _derived(store, path)
        build.write_engine(store, Path(folder) / "engine")
        return clock() - start, len(store)


def plain_disk(path: Path) -> tuple[float, int]:
    with tempfile.TemporaryDirectory(dir=measure.work(), ignore_cleanup_errors=True) as folder:
        start, store = clock(), ox.Store(folder)
        store.bulk_load(path=str(path))
        for terms in ontology.files():
            store.bulk_load(path=str(terms))
        build.derive(store)
        store.flush()
        return clock() - start, len(store)


def ours_built(path: Path) -> tuple[float, int]:
    with tempfile.TemporaryDirectory(dir=measure.work(), ignore_cleanup_errors=True) as folder:
        os.environ["MATERIEL_CACHE"] = str(Path(folder) / "cache")
        home = Path(folder) / "graph"
        home.mkdir()
        shutil.copy(path, home / path.name)
        start = clock()
        store = build.open_graph(home)
        return clock() - start, len(store)


CASES: dict[str, measure.Case] = {
    "parser": parser, "engine": engine, "ours": ours, "rdflib": rdflib_memory, "ours_derived": ours_derived,
    "ours_disk": ours_disk, "plain_disk": plain_disk, "ours_built": ours_built,
}  # fmt: skip

if __name__ == "__main__":
    if sys.argv[1:2] == ["--case"]:
        measure.child(CASES)
    else:
        for found in run(*map(int, sys.argv[1:])):
            print(found)
