"""`materiel brief`: one page with footnotes."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from materiel.cli.options import Output, form, reading, write


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("brief")(brief)


def _ids(incomplete: str) -> list[str]:
    from materiel.cli.options import opened

    return opened(None).store.labels.complete(incomplete)


@reading
def brief(
    kg: Any,
    first: Annotated[str, typer.Argument(help="Organisation, person, product, deal or country.", autocompletion=_ids)],
    second: Annotated[str | None, typer.Argument(help="A second one: the deals of both.", autocompletion=_ids)] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Deals and conflicts to tell at most.")] = 5,
    format_: Annotated[str | None, typer.Option("--format", "-f", help="md, html or json.")] = None,
    output: Output = None,
) -> None:
    """Write a one-page brief: plain sentences, each resting on claims, with numbered footnotes.

    Example: materiel brief rheinmetall-udi-joint-venture

    Example: materiel brief DE UA --format html --output germany-ukraine.html
    """
    from materiel.brief import brief as compose
    from materiel.brief.brief import FORMS

    chosen = form(format_ or _by_name(output), FORMS, terminal="md", pipe="md")
    graph = kg()
    write(
        compose(graph.store, first, second, limit=limit, scope=graph.scoped, notes=graph.notes).to_text(chosen), output
    )


def _by_name(output: str | None) -> str | None:
    """Return the format that a file's ending asks for."""
    ending = (output or "").rpartition(".")[2].lower()
    return {"md": "md", "html": "html", "htm": "html", "json": "json"}.get(ending)
