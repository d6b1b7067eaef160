"""`materiel analyse`: network, time, dependence and money, each with scope, definition and caveats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from materiel.cli.options import Format, Output, form, reading, write

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph
    from materiel.network.library import Analysis
    from materiel.network.result import Result


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "analyse",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    )(analyse)


def _names(incomplete: str) -> list[str]:
    from materiel.network.library import ANALYSES

    return [name for name in ANALYSES if name.startswith(incomplete)]


@reading
def analyse(
    context: typer.Context,
    kg: Any,
    what: Annotated[str | None, typer.Argument(help="Name of the analysis.", autocompletion=_names)] = None,
    list_: Annotated[bool, typer.Option("--list", "-l", help="List the analyses.")] = False,
    help_: Annotated[bool, typer.Option("--help", "-h", help="Show this, or what an analysis takes.")] = False,
    figure: Annotated[str | None, typer.Option("--figure", help="Also draw it: a .svg, .png or .pdf file.")] = None,
    weight: Annotated[str, typer.Option("--weight", help="Of links: count, shared, origin or status.")] = "count",
    without_beneficiaries: Annotated[
        bool, typer.Option("--without-beneficiaries", help="Parties that only receive do not join.")
    ] = False,
    max_parties: Annotated[
        int | None, typer.Option("--max-parties", help="Deals of more parties do not join.", min=2)
    ] = None,
    format_: Format = None,
    output: Output = None,
) -> None:
    """Analyse the graph; every result states its scope, definition and caveats.

    Parameters follow the analysis's name in their order, or as options: `materiel analyse robust pagerank`,
    `materiel analyse time-to --by kind`.

    Example: materiel analyse centrality --origins 2

    Example: materiel analyse time-to announced signed kind --figure signed.svg
    """
    from materiel.network.library import find, run

    if help_ and not what:
        write(context.get_help() + "\n")
    elif list_ or not what:
        write(_list(format_), output)
    elif help_:
        write(_help(find(what)), output)
    else:
        from materiel.store.table import FORMATS

        chosen = form(format_, FORMATS)
        joining = _joining(weight, without_beneficiaries, max_parties)
        graph = kg()
        result = run(graph, what, _values(find(what), context.args), **joining)
        if figure:
            from materiel.network.figures import save

            typer.echo(f"figure: {save(result, figure)}", err=True)
        write(_text(graph, result, chosen), output)


def _joining(weight: str, without_beneficiaries: bool, max_parties: int | None) -> dict[str, object]:
    given: dict[str, object] = {"weight": weight} if weight != "count" else {}
    if without_beneficiaries:
        given["beneficiaries"] = False
    if max_parties:
        given["parties"] = max_parties
    return given


def _list(given: str | None) -> str:
    from materiel.network.library import ANALYSES, REQUIRED
    from materiel.store.table import FORMATS, Cell, Table

    def told(name: str, default: object) -> str:
        return name if default == REQUIRED else f"[{name}]"

    rows: list[tuple[Cell, ...]] = [
        (a.name, a.title, " ".join(told(n, d) for n, (d, _) in a.parameters.items()), a.example)
        for a in ANALYSES.values()
    ]
    return Table(("analysis", "what it tells", "parameters", "example"), rows).to_text(form(given, FORMATS))


def _help(analysis: Analysis) -> str:
    lines = [analysis.title, ""]
    for name, (default, text) in analysis.parameters.items():
        lines.append(f"  {name:<10} {text} ({'required' if default == '' else f'default {default}'})")
    lines += ["", *(["Takes --weight, --without-beneficiaries and --max-parties."] if analysis.joins else [])]
    return "\n".join([*lines, f"Example: {analysis.example}", ""])


def _values(analysis: Analysis, arguments: list[str]) -> dict[str, str]:
    """Read parameters given in order or as options."""
    from materiel.errors import UsageError

    values: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        if argument.startswith("--"):
            name, equals, value = argument[2:].replace("-", "_").partition("=")
            values[name] = value if equals else next(rest, "")
            continue
        free = [name for name in analysis.parameters if name not in values]
        if not free:
            raise UsageError(f"{analysis.name}: {argument!r} is one too many", f"Try: {analysis.example}")
        values[free[0]] = argument
    return values


def _text(kg: KnowledgeGraph, result: Result, chosen: str) -> str:
    """Write the result: with names and numbered sources for a reader, with full addresses as data for a program."""
    if chosen not in {"table", "md"}:
        return result.to_text(chosen)
    from dataclasses import replace

    from materiel.evidence import Footnotes
    from materiel.store.table import with_labels

    notes = Footnotes(kg.store)
    marked = replace(result, table=notes.mark(result.table))
    text = f"{result.title}\n\n{marked.to_text(chosen, with_labels(kg.store.labels.label))}"
    cited = "\n".join(f"[{number}] {citation}" for number, citation in notes.citations())
    return f"{text}\nSources\n{cited}\n" if cited else text
