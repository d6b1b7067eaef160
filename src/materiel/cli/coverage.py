"""`materiel coverage`, `searched`: what was read, what was searched, and a record of a search."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from materiel.cli.options import Format, Graph, Output, form, reading, write


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("coverage")(coverage)
    app.command("searched")(searched)


@reading
def coverage(
    kg: Any,
    thing: Annotated[str | None, typer.Argument(help="A thing or country; the whole graph if not given.")] = None,
    format_: Format = None,
    output: Output = None,
) -> None:
    """Show what the graph rests on: pages by language, kind, country and time, and the searches on record.

    Example: materiel coverage

    Example: materiel coverage rheinmetall --format csv
    """
    from materiel.brief.subject import find
    from materiel.coverage import coverage as count
    from materiel.store.table import FORMATS

    chosen = form(format_, FORMATS)
    graph = kg()
    about = find(graph.store, thing) if thing else None
    read = count(graph.store, about, narrowed=not graph.scoped.is_whole)
    write("\n".join(read.lines()) + "\n" if chosen == "table" else read.table().to_text(chosen), output)


def searched(
    terms: Annotated[str, typer.Argument(help="The words that were looked for.")],
    place: Annotated[str, typer.Option("--in", help="Where: a site, a register, the web.")],
    outcome: Annotated[str, typer.Option("--outcome", help="found, partial or nothing-found.")],
    day: Annotated[str, typer.Option("--on", help="Day of the search, YYYY-MM-DD.")],
    about: Annotated[str | None, typer.Option("--about", help="The thing that was looked for.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="Language of the words, such as uk.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="What else to know, such as limits.")] = None,
    graph: Graph = None,
) -> None:
    """Record a search in the folder `searches/` of a graph, so that silence can be judged.

    Example: materiel searched "Antonov An-178 contract" --in prozorro.gov.ua --outcome nothing-found --on 2026-11-20 --about antonov --graph graph
    """
    from pathlib import Path

    from materiel.brief.subject import find
    from materiel.cli.options import opened
    from materiel.coverage import Search
    from materiel.coverage import write as record
    from materiel.errors import UsageError

    if graph is None or not Path(graph).is_dir():
        raise UsageError("a search is recorded in a graph folder", "Give it with --graph FOLDER.")
    iri = find(opened(graph).store, about) if about else None
    changed = record(Path(graph), Search(terms, place, outcome, day, language, iri, note))
    write("".join(f"{Path(graph) / 'searches' / name}\n" for name in changed))
