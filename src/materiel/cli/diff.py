"""`materiel diff`: what changed between two days, folders or revisions."""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from materiel.cli.options import Graph, NoCache, Output, form, opened, write

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("diff")(diff)


def diff(
    before: Annotated[str, typer.Argument(help="A day, month or year; a graph folder or file; or a git revision.")],
    after: Annotated[str, typer.Argument(help="The same, later; `now` is the graph as it is.")] = "now",
    known: Annotated[
        bool, typer.Option("--known", help="Compare what was known by the days, not what had happened.")
    ] = False,
    format_: Annotated[str | None, typer.Option("--format", "-f", help="text, md, json or atom.")] = None,
    output: Output = None,
    graph: Graph = None,
    no_cache: NoCache = False,
) -> None:
    """Tell what changed: new deals, status moves, ends, disputes, corroboration, identity; each with its sources.

    Example: materiel diff 2023 2024

    Example: materiel diff v0.1.0 now --format atom --output changes.xml
    """
    from materiel.diff import diff as compare
    from materiel.exchange.feed import FORMATS
    from materiel.exchange.feed import write as told

    chosen = form(format_, FORMATS, terminal="text", pipe="text")
    kg = opened(graph, no_cache)
    one, other = _state(before, kg, known=known), _state(after, kg, known=known)
    write(told(compare(one.store, other.store, (before, after)), chosen), output)


def _state(point: str, kg: KnowledgeGraph, *, known: bool) -> KnowledgeGraph:
    from materiel.dates import PartialDate
    from materiel.errors import BadDate

    if point == "now":
        return kg
    if Path(point).exists():
        return opened(point)
    try:
        PartialDate(point)
    except BadDate:
        return _revision(point)
    return kg.scope(known_by=point) if known else kg.scope(as_of=point)


def _revision(revision: str) -> KnowledgeGraph:
    """Open the graph folder of a git revision of the current repository."""
    from materiel.errors import UsageError

    remedy = "Give a day (2024-06), an existing folder or file, a git revision of this repository, or now."
    try:
        command = ["git", "archive", "--end-of-options", revision, "graph"]
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - git itself parses the revision
    except OSError:
        raise UsageError(f"{revision!r} is neither a day nor a folder, and git is not installed", remedy) from None
    if done.returncode:
        raise UsageError(f"{revision!r} is neither a day, a folder, nor a revision with a graph/ folder", remedy)
    with tempfile.TemporaryDirectory() as folder, tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")
        return opened(str(Path(folder) / "graph"), no_cache=True)
