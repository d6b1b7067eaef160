"""`materiel demo`: the main job in one go."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from materiel.cli.options import Graph, opened, write

_QUESTION, _DEAL = "history", "rheinmetall-udi-joint-venture"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the page and the Turtle.")] = Path("out"),
    graph: Graph = None,
) -> None:
    """Build the graph, answer a question with its evidence, write a network page and Turtle, and say where they are.

    Example: materiel demo --output out
    """
    from materiel.cli.ask import answer_text
    from materiel.questions import find

    kg = opened(graph)
    typer.echo(f"1. Built: {len(kg.store):,} triples from {kg.store.name}\n")  # type: ignore[arg-type]
    typer.echo(f"2. {find(_QUESTION).text} (materiel ask {_QUESTION} {_DEAL})\n")
    write(answer_text(kg, kg.ask(_QUESTION, partnership=_DEAL), "table"))
    turtle = kg.export(output / "materiel.ttl")
    page = kg.page("rheinmetall").save(output / "rheinmetall.html")
    typer.echo(f"\n3. Network page, opens offline in any browser: {page.resolve()}")
    typer.echo(f"4. Turtle of the whole graph: {turtle.resolve()}")
