"""`materiel build`: the store from the files."""

from __future__ import annotations

import typer

from materiel.cli.options import Graph, NoCache, opened


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("build")(build)


def build(graph: Graph = None, no_cache: NoCache = False) -> None:
    """Build the store of a graph: load the files, run the rules, index the names. Other commands do it when needed.

    Example: materiel build --graph graph/
    """
    kg = opened(graph, no_cache)
    typer.echo(f"{kg.store.name}: {len(kg.store)} triples", err=True)  # type: ignore[arg-type]
