"""`materiel view`: the network page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from materiel.cli.options import reading


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("view")(view)


@reading
def view(
    kg: Any,
    things: Annotated[
        list[str] | None, typer.Argument(help="Things or deals to start from; the whole graph if none.")
    ] = None,
    depth: Annotated[
        int, typer.Option("--depth", "-d", min=0, help="Steps from them; a step leads over a deal to its parties.")
    ] = 1,
    title: Annotated[str, typer.Option("--title", help="Heading of the page.")] = "",
    output: Annotated[Path, typer.Option("--output", "-o", help="HTML file to write.")] = Path("network.html"),
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Write an interactive network page: one file, offline, every link with its evidence.

    Example: materiel view rheinmetall --depth 2 --output rheinmetall.html

    Example: materiel view --as-of 2024 --output as-of-2024.html
    """
    path = kg().page(*(things or []), depth=depth, title=title).save(output)
    typer.echo(f"{path}: open it in any browser", err=True)
    if show:
        typer.launch(path.resolve().as_uri())
