"""`materiel why`: the claims and sources behind each row of an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from materiel.cli.options import Output, form, query_text, reading, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from materiel.knowledge_graph import KnowledgeGraph


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("why")(why)


@reading
def why(
    text: Annotated[str, typer.Argument(help="A SELECT query, the name of a .rq file, or - for stdin.")],
    kg: Any,
    row: Annotated[
        list[int] | None, typer.Option("--row", "-r", help="Row to explain, from 1; may be repeated.")
    ] = None,
    format_: Annotated[
        str | None, typer.Option("--format", "-f", help="table, md or json; a table on a terminal, json in a pipe.")
    ] = None,
    output: Output = None,
) -> None:
    """Show the claims, sources and speakers behind each row of a SELECT query.

    Example: materiel why 'SELECT ?status WHERE { id:rheinmetall-udi-joint-venture mat:currentStatus ?status }'

    Example: materiel why 'SELECT ?x WHERE { ?x mat:partnerOf id:rheinmetall }' --row 1
    """
    from materiel.why import render
    from materiel.why import why as explain
    from materiel.why.render import FORMATS

    chosen, graph = form(format_, FORMATS, pipe="json"), kg()
    explanation = explain(graph.store, query_text(text), [number - 1 for number in row] if row else None)
    _check(row or [], len(explanation.table))
    write(render(graph.store, explanation, chosen, graph.notes), output)


def _check(rows: list[int], count: int) -> None:
    from materiel.errors import UsageError

    if beyond := [number for number in rows if not 1 <= number <= count]:
        raise UsageError(f"the answer has {count} row(s), there is no row {beyond[0]}", "Rows are counted from 1.")


def cited(kg: KnowledgeGraph, text: str, chosen: str, notes: Sequence[str] = ()) -> str:
    """Write the answer to a SELECT query with citations, for `query --why` and `ask --why`.

    The rows shown are those that were explained: a second run of a query may give its rows in another order.

    Args:
        kg: The graph.
        text: The query, with its parameters filled in.
        chosen: One of the forms of a table.
        notes: What the answer says of itself; the graph's scope when not given.
    """
    from materiel.why import answer
    from materiel.why import why as explain

    explanation = explain(kg.store, text)
    table = replace(explanation.table, notes=tuple(notes) or kg.notes)
    return answer(kg.store, table, explanation, chosen)
