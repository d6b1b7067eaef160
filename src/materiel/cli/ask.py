"""`materiel ask`: named questions with citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from materiel.cli.options import Format, Graph, NoCache, Output, form, opened, write

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph
    from materiel.questions import Question
    from materiel.store.table import Table


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "ask",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    )(ask)


def _names(incomplete: str) -> list[str]:
    from materiel.questions import library

    return [name for name in library() if name.startswith(incomplete)]


def ask(
    context: typer.Context,
    question: Annotated[str | None, typer.Argument(help="Name of the question.", autocompletion=_names)] = None,
    list_: Annotated[bool, typer.Option("--list", "-l", help="List the questions.")] = False,
    help_: Annotated[bool, typer.Option("--help", "-h", help="Show this message, or what a question needs.")] = False,
    format_: Format = None,
    output: Output = None,
    graph: Graph = None,
    no_cache: NoCache = False,
) -> None:
    """Ask a named question; every row of the answer has its sources.

    Parameters follow the question's name in their order, or as options: `materiel ask deals-between DE UA`,
    `materiel ask single-origin --since 2025`.
    """
    from materiel.questions import find
    from materiel.store.table import FORMATS

    if help_ and not question:
        write(context.get_help() + "\n", None)
    elif list_ or not question:
        write(_list(format_), output)
    elif help_:
        write(_help(find(question)), output)
    else:
        chosen = form(format_, FORMATS)
        kg = opened(graph, no_cache)
        table = kg.ask(question, **_values(find(question), context.args))
        write(_text(kg, table, chosen), output)


def _list(given: str | None) -> str:
    from materiel.questions import library
    from materiel.store.table import FORMATS, Table

    rows: list[tuple[str | None, ...]] = [
        (q.name, q.title, " ".join(p.name if p.default is None else f"[{p.name}]" for p in q.parameters), q.example)
        for q in library().values()
    ]
    return Table(("question", "title", "parameters", "example"), rows).to_text(form(given, FORMATS))  # type: ignore[arg-type]


def _help(question: Question) -> str:
    lines = [question.title, "", question.text, ""]
    for p in question.parameters:
        needed = "required" if p.default is None else f"default {p.default}"
        example = f", for example {p.example}" if p.example else ""
        lines.append(f"  {p.name:<14} {p.text} ({p.type}; {needed}{example})")
    return "\n".join([*lines, "", f"Answer: {question.answer}.", f"Example: {question.example}", ""])


def _values(question: Question, arguments: list[str]) -> dict[str, str]:
    """Read parameters given in order or as options."""
    from materiel.errors import UsageError

    values: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        if argument.startswith("--"):
            name, equals, value = argument[2:].partition("=")
            values[name] = value if equals else next(rest, "")
            continue
        free = [p.name for p in question.parameters if p.name not in values]
        if not free:
            raise UsageError(f"{question.name}: {argument!r} is one argument too many", f"Try: {question.example}")
        values[free[0]] = argument
    return values


def _text(kg: KnowledgeGraph, table: Table, chosen: str) -> str:
    """Write the answer: with numbered sources below for a reader, with the sources themselves as data for a program."""
    from materiel.evidence import Footnotes, cite
    from materiel.store.table import with_labels

    if chosen in {"table", "md"}:
        notes = Footnotes(kg.store)
        marked = notes.mark(table).to_text(chosen, with_labels(kg.store.labels.label))
        cited = "\n".join(f"[{number}] {citation}" for number, citation in notes.citations())
        return (
            f"{marked}\nSources\n{cited}\n"
            if cited
            else f"{marked}\nNo row: the graph has nothing that answers this.\n"
        )
    if chosen not in {"json", "ndjson"}:
        return table.to_text(chosen)
    import json
    from dataclasses import asdict

    found = cite(kg.store, (iri for cell in table.column("sources") for iri in str(cell or "").split()))
    rows = [{**row, "sources": [asdict(found[iri]) for iri in str(row["sources"] or "").split()]} for row in table]
    if chosen == "json":
        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
