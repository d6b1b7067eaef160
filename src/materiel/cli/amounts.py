"""`materiel amounts`: money by currency, with what must not be added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from materiel.cli.options import Format, Output, form, reading, write

if TYPE_CHECKING:
    from materiel.amounts import Totals
    from materiel.store.base import Store


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("amounts")(amounts)


@reading
def amounts(
    kg: Any,
    first: Annotated[str, typer.Argument(help="Organisation, product, deal or country.")],
    second: Annotated[str | None, typer.Argument(help="A second one: the deals of both.")] = None,
    rates: Annotated[str | None, typer.Option("--rates", help="CSV file: date,currency,rate_to,rate.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Currency to convert to, with --rates.")] = None,
    format_: Format = None,
    output: Output = None,
) -> None:
    """Show the headline amounts of deals and their totals by currency; what may count money twice is named, not added.

    Example: materiel amounts DE UA

    Example: materiel amounts NO --rates ecb.csv --to EUR
    """
    from pathlib import Path

    from materiel.amounts import read_deals, read_rates, totals
    from materiel.brief.subject import subject
    from materiel.errors import UsageError
    from materiel.scope import Scope
    from materiel.store.table import FORMATS

    if bool(rates) != bool(to):
        raise UsageError("a conversion needs rates and a currency", "Give --rates FILE and --to CURRENCY together.")
    chosen = form(format_, FORMATS)
    graph = kg()
    store, whole = graph.store, graph.within(Scope()).store
    about = subject(store, first, second)
    around = read_deals(whole, subject(whole, first, second).deals) if whole is not store else []
    told = totals(store, about.deals, read_rates(Path(rates)) if rates else None, to, around)
    write(_text(store, told, chosen), output)


def _text(store: Store, told: Totals, chosen: str) -> str:
    import json

    from materiel.evidence import Footnotes
    from materiel.store.table import with_labels

    if chosen == "json":
        return json.dumps(told.to_dict(), ensure_ascii=False, indent=2) + "\n"
    if chosen not in {"table", "md"}:
        return told.data().to_text(chosen)
    notes = Footnotes(store)
    marked = notes.mark(told.table()).to_text(chosen, with_labels(store.labels.label))
    cited = [f"[{number}] {citation}" for number, citation in notes.citations()]
    return "\n".join([marked, *told.lines(), "", "Sources", *cited]) + "\n"
