"""`materiel ask`: named questions with citations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from materiel.cli.options import Format, Output, Why, form, reading, write

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph
    from materiel.questions import Question
    from materiel.store.table import Table


def register(app: typer.Typer) -> None:
    """Add the command."""
    settings = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
    app.command("ask", context_settings=settings)(ask)


def _names(incomplete: str) -> list[str]:
    from materiel.questions import library

    return [name for name in library() if name.startswith(incomplete)]


@reading
def ask(
    context: typer.Context,
    kg: Any,
    question: Annotated[str | None, typer.Argument(help="Name of the question.", autocompletion=_names)] = None,
    list_: Annotated[bool, typer.Option("--list", "-l", help="List the questions.")] = False,
    help_: Annotated[bool, typer.Option("--help", "-h", help="Show this message, or what a question needs.")] = False,
    format_: Format = None,
    output: Output = None,
    why: Why = False,
) -> None:
    """Ask a named question; every row of the answer has its sources.

    Parameters follow the question's name in their order, or as options: `materiel ask deals-between DE UA`,
    `materiel ask single-voice --since 2025`.
    """
    from materiel.questions import find
    from materiel.store.table import FORMATS

    if help_ and not question:
        write(context.get_help() + "\n")
    elif list_ or not question:
        write(_list(form(format_, FORMATS)), output)
    elif help_:
        write(_help(find(question)), output)
    else:
        graph = kg()
        write(
            _answered(graph, find(question), _values(find(question), context.args), form(format_, FORMATS), why), output
        )


def _answered(kg: KnowledgeGraph, question: Question, values: dict[str, str], chosen: str, why: bool) -> str:
    table = kg.ask(question.name, **values)
    if not table.rows:
        from materiel.coverage import nothing_found

        silence = nothing_found(kg.store, question, values, narrowed=not kg.scoped.is_whole)
        table = replace(table, notes=(*table.notes, *silence))
    if not why:
        return answer_text(kg, table, chosen)
    from materiel.cli.why import cited

    return cited(kg, question.bind(kg.store.labels, values), chosen, table.notes)


def _list(chosen: str) -> str:
    from materiel.questions import library
    from materiel.store.table import Cell, Table

    rows: list[tuple[Cell, ...]] = [
        (q.name, q.title, " ".join(p.name if p.default is None else f"[{p.name}]" for p in q.parameters), q.example)
        for q in library().values()
    ]
    return Table(("question", "title", "parameters", "example"), rows).to_text(chosen)


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


def answer_text(kg: KnowledgeGraph, table: Table, chosen: str) -> str:
    """Write an answer: with numbered sources below for a reader, with the sources themselves as data for a program."""
    from materiel.evidence import Footnotes
    from materiel.store.table import with_labels

    if chosen in {"json", "ndjson"}:
        return _structured(kg, table, chosen)
    if chosen not in {"table", "md"}:
        return table.to_text(chosen)
    notes = Footnotes(kg.store)
    marked = notes.mark(table).to_text(chosen, with_labels(kg.store.labels.label))
    cited = "\n".join(f"[{number}] {citation}" for number, citation in notes.citations())
    if table.rows:
        return f"{marked}\nSources\n{cited}\n" if cited else marked
    return "\n".join([marked, *table.notes, ""])


def _structured(kg: KnowledgeGraph, table: Table, chosen: str) -> str:
    import json
    from dataclasses import asdict

    from materiel.evidence import cite

    found = cite(kg.store, (iri for cell in table.column("sources") for iri in str(cell or "").split()))
    rows = [{**row, "sources": [asdict(found[iri]) for iri in str(row["sources"] or "").split()]} for row in table]
    if chosen == "json":
        return json.dumps({"notes": table.notes, "rows": rows}, ensure_ascii=False, indent=2) + "\n"
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
