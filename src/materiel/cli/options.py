"""Options that commands share, and the way they open the graph."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from materiel.knowledge_graph import KnowledgeGraph

Graph = Annotated[
    str | None,
    typer.Option(
        "--graph",
        "-g",
        envvar="MATERIEL_GRAPH",
        help="Graph folder, RDF file or SPARQL endpoint; the shipped graph if not given.",
    ),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Build in memory, neither reading nor writing the cache.")]
Format = Annotated[
    str | None,
    typer.Option("--format", "-f", help="table, csv, tsv, json, ndjson or md; a table on a terminal, tsv in a pipe."),
]
Output = Annotated[str | None, typer.Option("--output", "-o", help="File to write; stdout if not given.")]


def opened(graph: str | None, no_cache: bool = False) -> KnowledgeGraph:
    """Open the graph that a command works on, telling on stderr when it has to be built."""
    from materiel.knowledge_graph import open as open_graph

    return open_graph(graph, cache=not no_cache, step=progress())


def progress() -> Callable[[str], None]:
    """Return a function that tells the steps of a build on stderr: a line that is redrawn on a terminal."""
    if not sys.stderr.isatty():
        return lambda _: None
    steps = ["reading", "deriving", "indexing names", "writing the store"]

    def step(name: str) -> None:
        done = steps.index(name) + 1 if name in steps else len(steps)
        bar = "#" * done * 6 + "." * (len(steps) - done) * 6
        typer.echo(f"\rbuilding the graph [{bar}] {name:<18}", err=True, nl=done == len(steps))

    return step


def form(given: str | None, known: Iterable[str], terminal: str = "table", pipe: str = "tsv") -> str:
    """Return the format to write: the one given, else one for the terminal or the pipe.

    Raises:
        UsageError: The format is unknown.
    """
    from materiel.errors import UsageError

    chosen = given or (terminal if sys.stdout.isatty() else pipe)
    if chosen not in known:
        raise UsageError(f"unknown format {chosen!r}", f"Use one of {', '.join(known)}.")
    return chosen


def write(text: str | bytes, output: str | None) -> None:
    """Write to a file, whole or not at all, or to stdout."""
    data = text.encode() if isinstance(text, str) else text
    if output and output != "-":
        from pathlib import Path

        from materiel.exchange.rdf import save

        save(data, Path(output))
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
