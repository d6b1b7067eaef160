"""`materiel validate`: shapes and checks over a graph, in a scope."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from materiel.cli.options import Output, form, reading, write


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("validate")(validate)


@reading
def validate(
    kg: Any,
    format_: Annotated[str | None, typer.Option("--format", "-f", help="text, json, html, sarif or junit.")] = None,
    output: Output = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 4 on warnings, too.")] = False,
) -> None:
    """Validate a graph: no statement without a source, dates and shares that can hold, voices enough, and more.

    Exits with 4 when there is a violation.

    Example: materiel validate --graph graph/

    Example: materiel validate --as-of 2024 --format sarif --output findings.sarif
    """
    from materiel.validation import RENDERERS

    chosen = form(format_, RENDERERS, terminal="text", pipe="text")
    report = kg().validate()
    write(RENDERERS[chosen](report), output)
    if not report.conforms or (strict and report.counts["Warning"]):
        raise typer.Exit(4)
