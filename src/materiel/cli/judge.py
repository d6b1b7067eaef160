"""`materiel judge`: a verdict on a claim, recorded in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from materiel.cli.options import opened


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("judge")(judge)


def judge(
    claim: Annotated[str, typer.Argument(help="The claim: claim:… as `materiel why` shows it.")],
    verdict: Annotated[str, typer.Argument(help="accepted, contested, rejected or open.")],
    by: Annotated[str, typer.Option("--by", help="Who judges.")],
    why: Annotated[str, typer.Option("--why", help="The reason.")],
    day: Annotated[str | None, typer.Option("--on", help="Day of the judgement; today if not given.")] = None,
    graph: Annotated[
        Path, typer.Option("--graph", "-g", envvar="MATERIEL_GRAPH", help="Graph folder to write into.")
    ] = Path("graph"),
) -> None:
    """Record a verdict on a claim: who, when, why. No claim is changed; `--accepted` leaves rejected ones out.

    Example: materiel judge claim:insneo6yphhw rejected --by 'J. Doe' --why 'A slip: every other page has October 2023.'
    """
    from materiel.assessment import judge as record

    name = record(opened(str(graph)).store, graph, claim, verdict, by, why, day)
    typer.echo(f"{graph / name} written", err=True)
