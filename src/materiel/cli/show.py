"""`materiel show`, `search`: dossiers and names."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from materiel.cli.options import Format, Graph, NoCache, Output, form, opened, reading, write


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("show")(show)
    app.command("search")(search)


def _ids(incomplete: str) -> list[str]:
    return opened(None).store.labels.complete(incomplete)


@reading
def show(
    thing: Annotated[str, typer.Argument(help="Id, name or alias, in any script.", autocompletion=_ids)],
    kg: Any,
    format_: Annotated[str | None, typer.Option("--format", "-f", help="table, md or json.")] = None,
    output: Output = None,
) -> None:
    """Show the dossier of a thing: what it is, its deals and events with sources, and what is contradicted.

    Example: materiel show rheinmetall-udi-joint-venture

    Example: materiel show Умєров --format md
    """
    import json

    chosen = form(format_, ("table", "md", "json"), pipe="md")
    graph = kg()
    dossier = graph[thing]
    if chosen == "json":
        write(json.dumps({"notes": graph.notes, **dossier.to_dict()}, ensure_ascii=False, indent=2) + "\n", output)
    else:
        write(dossier.to_text(chosen), output)


def search(
    text: Annotated[str, typer.Argument(help="A part of a name, in any script.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Names to show at most.")] = 20,
    format_: Format = None,
    graph: Graph = None,
    no_cache: NoCache = False,
) -> None:
    """Find things by a part of a name or alias.

    Example: materiel search рейнметал
    """
    from materiel.store.table import FORMATS, Table

    chosen = form(format_, FORMATS)
    found = opened(graph, no_cache).store.labels.search(text, limit)
    write(
        Table(("id", "label", "found as"), [(name.id, name.label, name.text) for name in found]).to_text(chosen), None
    )
