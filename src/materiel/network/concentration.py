"""How concentrated the deals about a product category are, by firm and by country, year by year."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from materiel.errors import UsageError
from materiel.network.agreements import agreements
from materiel.network.brokerage import FIRMS, sector
from materiel.network.chart import Lines
from materiel.network.graph import store_of
from materiel.network.result import Result
from materiel.network.survival import ENDED
from materiel.store.table import Table
from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from materiel.network.deals import Agreement, Agreements
    from materiel.network.graph import Graph

MAKING = ("supplier", "licensee", "lead", "partner", "majority-owner", "minority-owner", "signatory")
"""Roles in which a firm makes or is to make the product of a deal."""


def herfindahl(shares: Iterable[float]) -> float:
    """Return the sum of the squared shares: 1 for a single holder, 1/n for n equal ones.

    Hirschman, The paternity of an index, American Economic Review 54, 1964.
    """
    values = list(shares)
    total = sum(values)
    return sum((value / total) ** 2 for value in values) if total else 0.0


def makers(deals: Agreements, deal: Agreement) -> list[str]:
    """Return the named firms that make or are to make the product of a deal."""
    found = {agent for agent, role in deal.roles if role in MAKING}
    agents = deals.agents
    return sorted(a for a in found if sector(agents[a].type) in FIRMS and not agents[a].undisclosed)


def concentration(kg: Graph, category: str, by: str = "firm") -> Result:
    """Follow the concentration of the deals about a product category over the years.

    Args:
        kg: Which deals.
        category: Notation of a product category, such as `artillery-ammunition`.
        by: `firm` or `country`.

    Raises:
        NotFound: There is no such category.
        UsageError: The grouping is unknown.
    """
    if by not in {"firm", "country"}:
        raise UsageError(f"unknown grouping {by!r}", "Use firm or country.")
    iri = store_of(kg).labels.resolve(category, "code/product-category")
    whole = agreements(kg)
    about = [d for d in whole.deals if any(whole.products.get(p, ("", None))[1] == slug_of(iri) for p in d.products)]
    dated = [(deal, holders) for deal in about if deal.day and (holders := _holders(whole, deal, by))]
    years = sorted({str(deal.day)[:4] for deal, _ in dated})
    table: list[Any] = []
    for year in range(int(years[0]), int(years[-1]) + 1) if years else ():
        counts, live = _shares(dated, str(year))
        index = herfindahl(counts.values())
        lead = max(counts, key=lambda name: (counts[name], name), default=None)
        share = counts[lead] / sum(counts.values()) if lead else None
        sources = " ".join(sorted({source for deal in live for source in deal.sources}))
        told = _iri(whole, lead, by)
        row = (year, len(live), len(counts), round(index, 4), round(1 / index, 2) if index else None, told)
        table.append((*row, None if share is None else round(share, 3), sources))
    points = [(float(row[0]), row[3]) for row in table if row[1]]
    label, many = f"{slug_of(iri)} by {by}", {"firm": "firms", "country": "countries"}[by]
    return Result(
        f"Concentration of {slug_of(iri)} by {by}",
        Table(("year", "deals", many, "index", f"equal {many}", "largest", "largest share", "sources"), table),
        f"Herfindahl-Hirschman index of the deals about the category that had begun and not ended by the end of the year;"
        f" each deal counts one, split evenly among the {many} of its named makers; equal {many}: 1/index",
        "Hirschman, The paternity of an index, American Economic Review 54, 1964",
        whole.scope,
        (
            "Deals are counted, not output: a memorandum counts like a plant; narrow the status to count less",
            f"{len(about) - len(dated)} of {len(about)} deals about the category name no maker or no date and are left out",
            "With few deals the index is high by itself: 1/deals at the least",
        ),
        Lines({label: ([x for x, _ in points], [y for _, y in points])}, "year", "Herfindahl-Hirschman index"),
    )


def _holders(deals: Agreements, deal: Agreement, by: str) -> list[str]:
    found = makers(deals, deal)
    return found if by == "firm" else sorted({code for m in found if (code := deals.country(m))})


def _shares(dated: list[tuple[Agreement, list[str]]], year: str) -> tuple[Counter[str], list[Agreement]]:
    """Return what each holds at the end of a year, and the deals that count."""
    counts: Counter[str] = Counter()
    live = []
    for deal, holders in dated:
        over = deal.since(ENDED)
        if str(deal.day)[:4] <= year and not (over and str(over.last)[:4] <= year):
            live.append(deal)
            for name in holders:
                counts[name] += 1 / len(holders)  # type: ignore[assignment]
    return counts, live


def _iri(deals: Agreements, name: str | None, by: str) -> str | None:
    return deals.agents[name].iri if name and by == "firm" else name
