"""Scope: a narrower view against loading as many triples with the bare engine; conflicts and why; their growth."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

import measure
from materiel.scope import Scope
from materiel.store import build, ontology
from materiel.store.embedded import EmbeddedStore
from materiel.view import view
from materiel.why import why
from measure import Row, paired, row

if TYPE_CHECKING:
    from pathlib import Path

SCOPES = {
    "as of a day": Scope(as_of="2023-06"),
    "known by a day": Scope(known_by="2024"),
    "two page origins": Scope(origins=2),
    "without disputed claims": Scope(exclude_disputed=True),
}
_MIDDLING = """SELECT ?x WHERE { ?x mat:partnerOf ?y } GROUP BY ?x HAVING (COUNT(?y) >= 20 && COUNT(?y) <= 40)
ORDER BY ?x LIMIT 1"""
_CONFLICTS = build.rule("85-conflicts")


def run(size: int = 100_000, repeat: int = 3) -> list[Row]:
    """Make scopes over one graph, find its conflicts, and explain an answer."""
    store = _open(measure.graph(size))
    store.asserted  # noqa: B018 - read once, as an open graph has it
    rows = [_scope(store, name, scope, size, repeat) for name, scope in SCOPES.items()]
    return [*rows, _conflicts(store, size, repeat), _why(store, size, repeat)]


def _open(path: Path) -> EmbeddedStore:
    engine = ox.Store()
    build.load_file(engine, path)
    build.load(engine, ontology.files())
    build.derive(engine)
    return EmbeddedStore(engine, str(path))


def _scope(store: EmbeddedStore, name: str, scope: Scope, size: int, repeat: int) -> Row:
    lines = view(store, scope)[0].triples()
    count = lines.count(b"\n")

    def raw() -> None:
        ox.Store().load(lines, format=ox.RdfFormat.N_TRIPLES)

    times = paired(repeat, {"ours": lambda: view(store, scope), "raw": raw})
    label = f"scope {name}, {size:,} triples"
    return row(
        label, times["ours"], "loading the result", times["raw"], "<= 2", f"{count:,} triples stand, rules included"
    )


def _conflicts(store: EmbeddedStore, size: int, repeat: int) -> Row:
    lines = store.triples()
    times = paired(
        repeat,
        {
            "rule": lambda: store.engine.update(_CONFLICTS),
            "load": lambda: ox.Store().load(lines, format=ox.RdfFormat.N_TRIPLES),
        },
    )
    return row(f"find conflicts, {size:,} triples", times["rule"], "loading the graph", times["load"], "<=")


def _why(store: EmbeddedStore, size: int, repeat: int) -> Row:
    """Explain the partners of a party of middling degree against asking for them."""
    answer = store.query(_MIDDLING)
    iri = next(iter(cast("ox.QuerySolutions", answer)))["x"]
    query = f"SELECT ?partner WHERE {{ {iri} mat:partnerOf ?partner }}"
    explained = why(store, query)
    if not all(found.claims for found in explained.rows):
        raise measure.Unequal("a partner without a claim")
    times = paired(
        repeat, {"why": lambda: why(store, query), "ask": lambda: list(cast("ox.QuerySolutions", store.query(query)))}
    )
    label = f"why, {len(explained.rows)} partners, {size:,} triples"
    return row(label, times["why"], "asking without why", times["ask"], "<=")


if __name__ == "__main__":
    for found in run():
        print(found)
