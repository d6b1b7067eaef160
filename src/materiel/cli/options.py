"""Options that commands share, and the way they open the graph."""

from __future__ import annotations

import functools
import inspect
import sys
from typing import TYPE_CHECKING, Annotated, Any

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
        help="Graph folder, RDF file or SPARQL endpoint; else the shipped graph.",
    ),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Build in memory, neither reading nor writing the cache.")]
Format = Annotated[
    str | None,
    typer.Option("--format", "-f", help="table, csv, tsv, json, ndjson or md; a table on a terminal, tsv in a pipe."),
]
Output = Annotated[str | None, typer.Option("--output", "-o", help="File to write; stdout if not given.")]
Why = Annotated[bool, typer.Option("--why", help="Add the claims, sources and speakers behind each row.")]

_PANEL = "Scope"
AsOf = Annotated[
    str | None, typer.Option("--as-of", help="What had happened by this day, month or year.", rich_help_panel=_PANEL)
]
KnownBy = Annotated[
    str | None, typer.Option("--known-by", help="What had been published by this day.", rich_help_panel=_PANEL)
]
Voices = Annotated[
    int, typer.Option("--voices", help="Least number of independent voices behind a claim.", rich_help_panel=_PANEL)
]
Origins = Annotated[
    int, typer.Option("--origins", help="Least number of page origins behind a claim.", rich_help_panel=_PANEL)
]
Status = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        help="Latest status of deals; signed+ means signed or later. May be repeated.",
        rich_help_panel=_PANEL,
    ),
]
ExcludeDisputed = Annotated[
    bool, typer.Option("--exclude-disputed", help="Without claims in open conflict.", rich_help_panel=_PANEL)
]
ExcludeAffiliation = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude-affiliation",
        help="Without such sources: state:RU, aligned. May be repeated.",
        rich_help_panel=_PANEL,
    ),
]
ExcludePublisher = Annotated[
    list[str] | None,
    typer.Option("--exclude-publisher", help="Without this publisher. May be repeated.", rich_help_panel=_PANEL),
]
Accepted = Annotated[
    bool, typer.Option("--accepted", help="Without claims that were judged wrong.", rich_help_panel=_PANEL)
]

_READING: dict[str, tuple[Any, Any]] = {
    "as_of": (AsOf, None),
    "known_by": (KnownBy, None),
    "voices": (Voices, 1),
    "origins": (Origins, 1),
    "statuses": (Status, None),
    "exclude_disputed": (ExcludeDisputed, False),
    "exclude_affiliations": (ExcludeAffiliation, None),
    "exclude_publishers": (ExcludePublisher, None),
    "accepted": (Accepted, False),
    "graph": (Graph, None),
    "no_cache": (NoCache, False),
}


def reading(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say which graph and which scope it reads.

    The command's parameter `kg` is filled by a function that opens the graph in that scope and tells the scope on stderr.
    """

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        given = {name: kwargs.pop(name) for name in _READING}
        command(*args, kg=lambda: _within(given), **kwargs)

    own = inspect.signature(command, eval_str=True)
    kept = [p for p in own.parameters.values() if p.name != "kg"]
    added = [
        inspect.Parameter(n, inspect.Parameter.KEYWORD_ONLY, default=d, annotation=a) for n, (a, d) in _READING.items()
    ]
    wrapped.__signature__ = own.replace(parameters=[*kept, *added])  # type: ignore[attr-defined]
    wrapped.__annotations__ = {p.name: p.annotation for p in [*kept, *added]}
    return wrapped


def _within(given: dict[str, Any]) -> KnowledgeGraph:
    kg = opened(given.pop("graph"), given.pop("no_cache"))
    limits = {name: value for name, value in given.items() if value is not None}
    scoped = kg.scope(**limits)
    if sys.stderr.isatty() or not scoped.scoped.is_whole:
        typer.echo("\n".join(scoped.notes), err=True)
    return scoped


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


def write(text: str | bytes, output: str | None = None) -> None:
    """Write to a file, whole or not at all, or to stdout."""
    data = text.encode() if isinstance(text, str) else text
    if output and output != "-":
        from pathlib import Path

        from materiel.files import save

        save(data, Path(output))
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()


def query_text(text: str) -> str:
    """Return the query: the argument itself, a file's text, or stdin."""
    from pathlib import Path

    from materiel.errors import FileProblem

    if text == "-":
        return sys.stdin.read()
    if not text.endswith((".rq", ".sparql")):
        return text
    try:
        return Path(text).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileProblem(f"{text}: {error}", "Give a readable UTF-8 file with a query.") from None
