"""Fifteen questions of analysts: rdflib and raw Oxigraph over asserted triples, ours with derived ones."""

from __future__ import annotations

import json
import math
import os
import select
import signal
import statistics
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

import measure
from materiel.store import build, ontology
from materiel.store.embedded import EmbeddedStore
from measure import Row, Unequal, clock, row
from queries import QUERIES, Query, full

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask: TypeAlias = Callable[[str], Any]
    Answer: TypeAlias = list[tuple[str, ...]]

DERIVED = {"two hops", "status of all on a day", "status of X on a day"}
"""Questions that derived triples are there for."""
SMALL = 200_000
"""Up to so many triples rdflib takes part."""
LIMIT = 30.0
"""Seconds after which a form of a question is given up."""


def run(size: int = 100_000, repeat: int = 5) -> list[Row]:
    """Ask all questions of a graph in memory, and of the same graph on disk."""
    path = measure.graph(size)
    store = ox.Store()
    build.load_file(store, path)
    build.load(store, ontology.files())
    build.derive(store)
    raw = ox.Store()
    raw.load(path=str(path))
    label = f"{size:,} triples"
    rows = _summary(f"{label}, memory", raw.query, EmbeddedStore(store, "").query, repeat)
    if size <= SMALL:
        rows = _with_rdflib(label, path, EmbeddedStore(store, "").query, repeat) + rows
    with tempfile.TemporaryDirectory(dir=measure.work(), ignore_cleanup_errors=True) as home:
        build.write_engine(store, Path(home) / "ours")
        build.write_engine(raw, Path(home) / "raw")
        flat, ours = (ox.Store.read_only(str(Path(home) / name)) for name in ("raw", "ours"))
        rows += _summary(f"{label}, on disk", flat.query, EmbeddedStore(ours, "").query, repeat)
    return rows


def _summary(label: str, raw: Ask, ours: Ask, repeat: int) -> list[Row]:
    """Compare with raw Oxigraph: each question, and the three that derived triples are there for."""
    rows, textbook = [], []
    for name, query in QUERIES.items():
        tries, best = _best(raw, query)
        _same(name, raw, best, ours, query.best)
        theirs, mine = _bursts(repeat, partial(raw, full(best)), partial(ours, query.best))
        rows.append(row(f"{name}, {label}", mine, "raw Oxigraph", theirs, "<= 1.25"))
        if name in DERIVED:
            first = tries[query.flat[0]]
            spent = statistics.median(theirs) if best == query.flat[0] else first or LIMIT
            middle, note = statistics.median(mine), ""
            if len(query.flat) > 1:
                note = (
                    f"the textbook's NOT EXISTS; with MAX it takes {statistics.median(theirs) / middle:.1f} times ours"
                )
            peer, ratio = "raw Oxigraph without derived edges", spent / middle
            textbook.append(Row(f"{name}, {label}", middle, peer, spent, ratio, ">= 30", note, first is None))
    return textbook + rows


def _with_rdflib(label: str, path: Path, ours: Ask, repeat: int) -> list[Row]:
    """Compare with rdflib, which takes the form of each question that suits it best."""
    import rdflib

    peer = rdflib.Graph()
    peer.parse(path, format="nt")
    rows = []
    for name, query in QUERIES.items():
        tries, best = _best(peer.query, query)
        spent, job = tries[best], f"{name}, {label}, memory"
        if spent is None:
            quick = statistics.median(_bursts(repeat, partial(ours, query.best))[0])
            rows.append(Row(job, quick, "rdflib", LIMIT, LIMIT / quick, least=True))
            continue
        _same(name, peer.query, best, ours, query.best)
        asks = partial(peer.query, full(best)), partial(ours, query.best)
        times = _bursts(repeat if spent < 1 else 1, *asks)
        rows.append(row(job, times[1], "rdflib", times[0]))
    columns = zip(*((r.ours, r.theirs, r.ratio) for r in rows), strict=True)
    mine, theirs, ratio = (statistics.geometric_mean(column) for column in columns)
    job, note = f"fifteen questions, {label}, memory", "geometric means"
    return [Row(job, mine, "rdflib", theirs, ratio, ">= 17", note), *rows]


def _best(ask: Ask, query: Query) -> tuple[dict[str, float | None], str]:
    """Return the seconds of each flat form, None where it was given up, and the quickest form."""
    tries = {text: _limited(ask, text) for text in query.flat}
    return tries, min(tries, key=lambda text: tries[text] or math.inf)


def _same(name: str, one: Ask, text: str, other: Ask, form: str) -> None:
    wanted, found = answer(one(full(text))), answer(other(form))
    if wanted != found:
        raise Unequal(f"{name}: {len(wanted)} rows and {len(found)} differ")


def answer(found: Any) -> Answer:
    """Return rows as sorted tuples of texts, whichever engine gave them."""
    if isinstance(found, ox.QueryTriples):
        return sorted({(t.subject.value, t.predicate.value, t.object.value) for t in found})
    if isinstance(found, ox.QuerySolutions):
        names = sorted(v.value for v in found.variables)
        return sorted(tuple(s[n].value if s[n] is not None else "" for n in names) for s in found)
    if found.type == "CONSTRUCT":
        return sorted({tuple(map(str, triple)) for triple in found})
    names = sorted(map(str, found.vars))
    return sorted(tuple("" if r[n] is None else str(r[n]) for n in names) for r in found)


def _spent(ask: Callable[[], Any]) -> float:
    start = clock()
    for _ in ask():
        pass
    return clock() - start


def _bursts(repeat: int, *asks: Callable[[], Any]) -> list[list[float]]:
    """Time several asks in turn; quick ones are asked often enough to be measured."""
    often = [max(1, min(50, int(0.02 / max(_spent(ask), 1e-6)))) for ask in asks]
    times: list[list[float]] = [[] for _ in asks]
    for _ in range(repeat):
        for ask, number, found in zip(asks, often, times, strict=True):
            found.append(statistics.mean(_spent(ask) for _ in range(number)))
    return times


def _limited(ask: Ask, text: str) -> float | None:
    """Ask once in a forked process, so that an endless query can be stopped; None when it was."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, json.dumps(_spent(lambda: ask(full(text)))).encode())
        finally:
            os._exit(0)
    os.close(writer)
    ready, _, _ = select.select([reader], [], [], LIMIT)
    data = os.read(reader, 100) if ready else b""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reader)
    return float(data) if data else None


if __name__ == "__main__":
    for found in run(*map(int, sys.argv[1:])):
        print(found)
