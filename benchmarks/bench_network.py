"""Network measures and projection against networkx, igraph, networkit and rdflib; conversion included, results compared.

    python benchmarks/bench_network.py            10 k, 100 k and 1 M edges, and projections of 100 k and 1 M triples
    python benchmarks/bench_network.py 10000      one size

Writes docs/benchmarks-network.md. A peer that is not installed is left out; what takes a peer longer than `PATIENCE`
seconds is stopped and told as a lower bound.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import platform
import resource
import sys
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import numpy as np

import measure
from materiel.network import igraph_backend as engine
from materiel.network.agreements import serialized
from materiel.network.columns import Columns, eigenvector, organisation_columns, pagerank
from materiel.network.igraph_graph import from_networkx
from materiel.network.report import leiden_groups, report

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (10_000, 100_000, 1_000_000)
PATIENCE = 90
LONG = 3
SOURCES = 100
TARGET = Path(__file__).parents[1] / "docs" / "benchmarks-network.md"
JOBS = ("build", "PageRank", "betweenness", "eigenvector", "components", "articulation", "core", "communities")


def columns_of(edges: int, seed: int = 1) -> Columns:
    """Return a network of a size whose degrees are skewed (preferential attachment, four links a node)."""
    import igraph as ig

    from materiel.network.igraph_graph import seeded

    graph = seeded(seed, lambda: ig.Graph.Barabasi(edges // 4 + 4, 4)).simplify()
    pairs = np.array(graph.get_edgelist(), np.int64)
    one, other = pairs.min(axis=1), pairs.max(axis=1)
    weight = 1.0 + (one + other) % 3
    return Columns([f"n{i}" for i in range(graph.vcount())], one, other, weight.astype(np.float64))


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """Return the least processor time of two runs (one, if it is long) and the last result."""
    best, found = float("inf"), None
    for _ in range(2):
        start = process_time()
        found = call()
        best = min(best, process_time() - start)
        if best > LONG:
            break
    return best, found


def by_igraph(columns: Columns) -> dict[str, tuple[float, Any]]:
    """Call igraph directly."""
    import igraph as ig

    def build() -> Any:
        made = ig.Graph(len(columns.nodes), np.column_stack([columns.one, columns.other]))
        made.es["weight"] = columns.weight.tolist()
        return made

    seconds, graph = timed(build)
    sources = _sources(columns)
    return {
        "build": (seconds, None),
        "PageRank": timed(lambda: graph.pagerank(weights="weight")),
        "betweenness": timed(lambda: graph.betweenness(sources=sources)),
        "eigenvector": timed(lambda: graph.eigenvector_centrality(weights="weight")),
        "components": timed(lambda: len(graph.connected_components())),
        "articulation": timed(lambda: len(graph.articulation_points())),
        "core": timed(graph.coreness),
        "communities": timed(
            lambda: graph.community_leiden(objective_function="modularity", weights="weight", n_iterations=2).membership
        ),
    }


def _sources(columns: Columns) -> list[int]:
    import networkx as nx

    picked = nx.utils.create_py_random_state(0).sample(list(range(len(columns.nodes))), SOURCES)
    return list(picked)


def by_networkit(columns: Columns) -> dict[str, tuple[float, Any]]:
    """Call networkit directly."""
    import networkit as nk

    nk.engineering.setSeed(1, useThreadId=False)
    nk.setNumberOfThreads(1)

    def build() -> Any:
        triple = (columns.weight, (columns.one.astype(np.uint64), columns.other.astype(np.uint64)))
        return nk.GraphFromCoo(triple, n=len(columns.nodes), weighted=True, directed=False)

    def run(algorithm: Any) -> Any:
        algorithm.run()
        return algorithm

    seconds, graph = timed(build)
    return {
        "build": (seconds, None),
        "PageRank": timed(lambda: run(nk.centrality.PageRank(graph, tol=1e-10)).scores()),
        "betweenness": timed(lambda: run(nk.centrality.EstimateBetweenness(graph, SOURCES)).scores()),
        "eigenvector": timed(lambda: run(nk.centrality.EigenvectorCentrality(graph, tol=1e-9)).scores()),
        "components": timed(lambda: run(nk.components.ConnectedComponents(graph)).numberOfComponents()),
        "articulation": timed(lambda: len(_cut_nodes(run(nk.components.BiconnectedComponents(graph)), graph))),
        "core": timed(lambda: run(nk.centrality.CoreDecomposition(graph)).scores()),
        "communities": timed(
            lambda: run(nk.community.ParallelLeiden(graph, randomize=False)).getPartition().getVector()
        ),
    }


def _cut_nodes(parts: Any, graph: Any) -> list[int]:
    return [node for node in graph.iterNodes() if len(parts.getComponentsOfNode(node)) > 1]


def by_us(columns: Columns) -> dict[str, tuple[float, Any]]:
    """Columns, and for each measure the library that the report takes."""
    seconds, ready = timed(columns.to_igraph)
    graph = ready.graph
    matrix_seconds, matrix = timed(columns.to_scipy)
    return {
        "build": (seconds + matrix_seconds, None),
        "PageRank": timed(lambda: pagerank(matrix).tolist()),
        "betweenness": timed(lambda: list(engine.betweenness_centrality(ready, k=SOURCES, seed=0).values())),
        "eigenvector": timed(lambda: eigenvector(matrix).tolist()),
        "components": timed(lambda: len(graph.connected_components())),
        "articulation": timed(lambda: len(graph.articulation_points())),
        "core": timed(graph.coreness),
        "communities": timed(lambda: leiden_groups(ready)),
        "report": timed(lambda: report(columns, SOURCES)),
    }


NETWORKX: dict[str, Callable[[Any], Any]] = {
    "PageRank": lambda g: list(_nx().pagerank(g, tol=1e-10, max_iter=500).values()),
    "betweenness": lambda g: list(_nx().betweenness_centrality(g, k=SOURCES, seed=0).values()),
    "eigenvector": lambda g: list(_nx().eigenvector_centrality(g, weight="weight", max_iter=2000, tol=1e-9).values()),
    "components": lambda g: _nx().number_connected_components(g),
    "articulation": lambda g: len(set(_nx().articulation_points(g))),
    "core": lambda g: list(_nx().core_number(g).values()),
    "communities": lambda g: _nx().community.louvain_communities(g, seed=1),
}


def _nx() -> Any:
    import networkx as nx

    return nx


def networkx_graph(columns: Columns) -> Any:
    """Build plain networkx from columns."""
    graph = _nx().Graph()
    graph.add_nodes_from(range(len(columns.nodes)))
    graph.add_weighted_edges_from(
        zip(columns.one.tolist(), columns.other.tolist(), columns.weight.tolist(), strict=True)
    )
    return graph


def by_networkx(columns: Columns) -> dict[str, tuple[float, Any]]:
    """Plain networkx, each measure in a process that is stopped when it takes too long."""
    _nx()
    start = process_time()
    graph = networkx_graph(columns)
    found: dict[str, tuple[float, Any]] = {"build": (process_time() - start, None)}
    for name, call in NETWORKX.items():
        found[name] = _patiently(call, graph)
    return found


def _patiently(call: Callable[[Any], Any], graph: Any) -> tuple[float, Any]:
    """Run in a forked process; (minus the time that it had, None) when it was stopped."""
    context = multiprocessing.get_context("fork")
    before = _children()
    queue = context.Queue()
    process = context.Process(target=_child, args=(call, graph, queue))
    process.start()
    try:
        return queue.get(timeout=PATIENCE)  # type: ignore[no-any-return]
    except Exception:  # noqa: BLE001 - queue.Empty of whichever context
        process.kill()
        process.join()
        return (before - _children(), None)
    finally:
        process.kill()
        process.join()


def _children() -> float:
    """Return the processor time of ended child processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _child(call: Callable[[Any], Any], graph: Any, queue: Any) -> None:
    start = process_time()
    found = call(graph)
    seconds = process_time() - start
    queue.put((seconds, None if isinstance(found, list) and found and isinstance(found[0], set) else found))


def by_backend(columns: Columns) -> dict[str, tuple[float, Any]]:
    """The networkx backend: a networkx graph converted to igraph, then networkx's functions on it."""
    graph = networkx_graph(columns)
    seconds, ready = timed(lambda: from_networkx(graph, {"weight": 1.0}))
    return {
        "build": (seconds, None),
        "PageRank": timed(lambda: list(engine.pagerank(ready).values())),
        "betweenness": timed(lambda: list(engine.betweenness_centrality(ready, k=SOURCES, seed=0).values())),
        "eigenvector": timed(lambda: list(engine.eigenvector_centrality(ready, weight="weight").values())),
        "components": timed(lambda: engine.number_connected_components(ready)),
        "articulation": timed(lambda: len(set(engine.articulation_points(ready)))),
        "core": timed(lambda: list(engine.core_number(ready).values())),
        "communities": timed(lambda: engine.leiden_communities(ready, max_level=2, seed=1)),
    }


WAYS = {
    "networkx": by_networkx,
    "igraph": by_igraph,
    "networkit": by_networkit,
    "our backend": by_backend,
    "ours": by_us,
}


def compared(found: dict[str, dict[str, tuple[float, Any]]]) -> list[str]:
    """Say where results differ: PageRank and eigenvector to 1e-6, cores and counts exactly, betweenness on same sources."""
    ours, told = found["ours"], []
    for way, results in found.items():
        for job in ("PageRank", "eigenvector", "betweenness", "core", "components", "articulation"):
            value, mine = results[job][1], ours[job][1]
            same_sources = job != "betweenness" or way in {"networkx", "our backend"}
            if value is None or not same_sources:
                continue
            if isinstance(mine, list):
                a, b = np.array(value, float), np.array(mine, float)
                b = b / np.linalg.norm(b) * np.linalg.norm(a) if job == "eigenvector" else b
                if not np.allclose(a, b, rtol=1e-3, atol=1e-6):
                    told.append(f"{job}: {way} differs by {np.abs(a - b).max():.2g}")
            elif value != mine:
                told.append(f"{job}: {way} {value}, ours {mine}")
    return told


def bench(edges: int) -> str:
    """Return the table of one size."""
    columns = columns_of(edges)
    found = {}
    for way, run in WAYS.items():
        try:
            found[way] = run(columns)
        except ImportError:
            continue
        print(edges, way, {job: round(seconds, 4) for job, (seconds, _) in found[way].items()}, flush=True)
    report_seconds = found["ours"].pop("report")[0]
    lines = [f"| {len(columns.one):,} edges, {len(columns.nodes):,} nodes | " + " | ".join(found) + " |"]
    lines.append("|---" * (len(found) + 1) + "|")
    lines += [f"| {job} | " + " | ".join(_cell(found[way][job][0]) for way in found) + " |" for job in JOBS]
    totals = {way: [seconds for seconds, _ in results.values()] for way, results in found.items()}
    lines.append("| together | " + " | ".join(_total(seconds) for seconds in totals.values()) + " |")
    plain = sum(map(abs, totals["networkx"]))
    best = sum(min(found[w][j][0] for w in found if found[w][j][0] > 0) for j in JOBS[1:])
    best += min(found[w]["build"][0] for w in found)
    more = "at least " if any(s < 0 for s in totals["networkx"]) else ""
    different = compared(found)
    lines.append(
        f"\nThe report in one call: {report_seconds:.3f} s, {more}{plain / report_seconds:,.0f} times as fast as plain"
        f" networkx, {report_seconds / best:.2f} times the sum of the best library for each job ({best:.3f} s)."
        f" Results: {'; '.join(different) if different else 'equal'}.\n"
    )
    return "\n".join(lines)


def _cell(seconds: float) -> str:
    return f"over {-seconds:.0f}" if seconds < 0 else f"{seconds:.4f}" if seconds < 0.1 else f"{seconds:.2f}"


def _total(seconds: list[float]) -> str:
    whole = sum(map(abs, seconds))
    return f"over {whole:.0f}" if min(seconds) < 0 else f"{whole:.3f}"


def projections(size: int) -> str:
    """Return the table of projecting a generated graph: columns, igraph, the narrow query alone, and a loop over rdflib."""
    from bench_project import PAIRS, _store, by_loop
    from materiel.network import columns as module

    store = _store(measure.graph(size))
    query_seconds, raw = timed(partial(serialized, store, module._PARTY_TO))  # noqa: SLF001
    column_seconds, columns = timed(partial(organisation_columns, store))
    igraph_seconds, _ = timed(lambda: organisation_columns(store).to_igraph())
    lines = [f"| projection out of {size:,} triples, {len(columns.one):,} edges | s | against |", "|---|---|---|"]
    lines.append(f"| the narrow query, serialised ({len(raw):,} bytes) | {query_seconds:.3f} | |")
    lines.append(f"| integer columns | {column_seconds:.3f} | {column_seconds / query_seconds:.2f} times the query |")
    lines.append(f"| igraph graph | {igraph_seconds:.3f} | {igraph_seconds / query_seconds:.2f} times the query |")
    if size <= 100_000:
        import rdflib

        asserted = rdflib.Graph()
        asserted.parse(measure.graph(size), format="nt")
        start = process_time()
        looped = by_loop(asserted)
        seconds = process_time() - start
        same = "same edges" if looped.number_of_edges() == len(columns.one) else f"{looped.number_of_edges():,} edges"
        lines.append(
            f"| rdflib query and loop ({same}) | {seconds:.2f} | {seconds / column_seconds:,.0f} times the columns |"
        )
        assert PAIRS
    return "\n".join(lines) + "\n"


def main(sizes: list[int]) -> None:
    """Run and write the page; parts that were not run anew are kept from before."""
    kept = measure.work() / "network.json"
    parts: dict[str, str] = json.loads(kept.read_text()) if kept.is_file() else {}
    for size in sizes or SIZES:
        parts[str(size)] = bench(size)
        _keep(kept, parts)
    for size in () if sizes else (100_000, 1_000_000):
        parts[f"project {size}"] = projections(size)
        _keep(kept, parts)


def _keep(kept: Path, parts: dict[str, str]) -> None:
    kept.write_text(json.dumps(parts))
    TARGET.write_text(page(parts), encoding="utf-8")
    print(f"wrote {TARGET}", flush=True)


def page(parts: dict[str, str]) -> str:
    """Return the page."""
    names = ["networkx", "igraph", "networkit", "scipy", "numpy", "rdflib", "pyoxigraph"]
    versions = ", ".join(f"{name} {_version(name)}" for name in names)
    order = [*(str(s) for s in SIZES), *(p for p in parts if p.startswith("project"))]
    return "\n".join(
        [
            HEAD,
            f"{platform.python_implementation()} {platform.python_version()}, {versions}.\n",
            *(parts[p] for p in order if p in parts),
        ]
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


HEAD = f"""# Benchmarks of the network analyses

Made by `python benchmarks/bench_network.py`. Seconds of processor time on one thread, the better of two runs
(one for networkx and for what takes long), side by side on a shared machine: mind ratios, not seconds. Networks of skewed degree (preferential attachment), the same from the same seed.
"build" is the conversion from integer columns (for "our backend": from a networkx graph). Betweenness is estimated from
{SOURCES} sources; communities are Louvain in networkx, which has no Leiden of its own, and Leiden elsewhere. What took networkx
more than {PATIENCE} seconds of the clock was stopped; what it had used by then is told as a lower bound.
"""

if __name__ == "__main__":
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    if threads.items() - os.environ.items():  # they are read when numpy is first imported: begin anew
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | threads)
    main([int(size) for size in sys.argv[1:]])
