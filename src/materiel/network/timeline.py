"""How the graph grew, how the network changed, and where the pace of deals changed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from materiel.errors import UsageError
from materiel.network import igraph_backend as engine
from materiel.network.agreements import agreements
from materiel.network.chart import Lines
from materiel.network.measures import measure, prepared
from materiel.network.options import Options
from materiel.network.projection import project
from materiel.network.result import Result
from materiel.store.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import networkx as nx

    from materiel.network.deals import Agreement
    from materiel.network.graph import Graph

UNITS = {"month": 7, "year": 4}
"""Units of time, and how much of a date names them."""
COVERAGE = "Deals are counted when a page was found that tells of them: growth is also growth of attention"
KEYS: dict[str, Callable[[Agreement], str]] = {
    "all": lambda _: "all",
    "kind": lambda deal: deal.kind,
    "status": lambda deal: deal.status or "unknown",
}  # fmt: skip
"""Ways to split deals."""


def counted(deals: Sequence[Agreement], unit: str, by: str = "all") -> tuple[Counter[tuple[str, str]], int]:
    """Count deals by period of their first step and by group, and those whose date is too coarse for the period.

    Raises:
        UsageError: The unit or grouping is unknown.
    """
    if unit not in UNITS or by not in KEYS:
        raise UsageError(f"unknown unit or grouping {unit!r}, {by!r}", f"Use {', '.join(UNITS)} and {', '.join(KEYS)}.")
    length, coarse = UNITS[unit], 0
    found: Counter[tuple[str, str]] = Counter()
    for deal in deals:
        told = deal.opening.date if deal.opening else None
        if told is None or len(told) < length:
            coarse += 1
        else:
            found[told[:length], KEYS[by](deal)] += 1
    return found, coarse


def growth(kg: Graph, unit: str = "month", by: str = "all") -> Result:
    """Count the deals that began in each month or year, by kind or status, and how many there were by then.

    Raises:
        UsageError: The unit or grouping is unknown.
    """
    deals = agreements(kg)
    found, coarse = counted(deals.deals, unit, by)
    periods = periods_of({period for period, _ in found}, unit)
    groups = sorted({group for _, group in found})
    table: list[Any] = []
    for group in groups:
        total = 0
        for period in periods:
            total += found[period, group]
            table.append((period, group, found[period, group], total))
    largest = sorted(groups, key=lambda g: -sum(found[p, g] for p in periods))[:6]
    where = [number_of(period) for period in periods]
    series = {g: (where, [float(r[3]) for r in table if r[1] == g]) for g in sorted(largest)}
    return Result(
        f"New deals by {unit}" + ("" if by == "all" else f" and {by}"),
        Table((unit, by if by != "all" else "deals of", "new", "so far"), table),
        f"deals by the {unit} of their first dated step",
        "",
        deals.scope,
        (f"{coarse} deals are dated more coarsely than by {unit}, or not at all, and are left out", COVERAGE),
        Lines(series, "year", "deals so far", step=True),
    )


def periods_of(found: set[str], unit: str) -> list[str]:
    """Return all periods from the first to the last, those without deals too."""
    if not found:
        return []
    first, last = min(found), max(found)
    years = range(int(first[:4]), int(last[:4]) + 1)
    all_ = [str(y) for y in years] if unit == "year" else [f"{y}-{m:02}" for y in years for m in range(1, 13)]
    return [period for period in all_ if first <= period <= last]


def number_of(period: str) -> float:
    """Return a month or year as a number, for a figure's axis."""
    return int(period[:4]) + (int(period[5:7]) - 1) / 12 if len(period) > len("2023") else float(period)


def centralisation(graph: nx.Graph[Any]) -> float:
    """Return Freeman's centralisation by degree: 1 for a star, 0 when all have as many partners (Freeman 1979)."""
    degrees = [degree for _, degree in graph.degree()]
    size = len(degrees)
    return sum(max(degrees) - d for d in degrees) / ((size - 1) * (size - 2)) if size > 2 else 0.0


def over_time(kg: Graph, options: Options | None = None) -> Result:
    """Measure the network of organisations at the end of each year, of all deals begun and not known to have ended."""
    chosen = options or Options()
    whole = agreements(kg, collective=chosen.collective)
    years = sorted({str(deal.day)[:4] for deal in whole.deals if deal.day})
    table: list[Any] = []
    for year in years:
        graph = project(whole.only(lambda d, y=year: _live(d, y), whole.scope), options=chosen)  # type: ignore[misc]
        table.append((int(year), *_measured(graph)))
    columns = (
        "organisations",
        "links",
        "density",
        "mean partners",
        "largest part",
        "transitivity",
        "centralisation",
        "first by betweenness",
    )
    shown = ("largest part", "transitivity", "centralisation")
    series = {n: ([float(r[0]) for r in table], [r[columns.index(n) + 1] for r in table]) for n in shown}
    return Result(
        "The network year by year",
        Table(("year", *columns), table),
        f"organisations joined by deals begun and not ended by the end of the year ({chosen}); density: links over possible"
        " links; largest part: share of organisations in the largest connected part; transitivity: share of connected triples"
        " that are closed; centralisation by degree: 1 for a star",
        "Freeman, Centrality in social networks, Social Networks 1, 1979; Watts and Strogatz, Nature 393, 1998",
        whole.scope,
        (COVERAGE, "Density falls as a network grows; transitivity rises with each deal of many parties"),
        Lines(series, "year", "share"),
    )


def _live(deal: Agreement, year: str) -> bool:
    over = deal.since(("suspended", "terminated", "denied"))
    return bool(deal.day) and str(deal.day)[:4] <= year and not (over and str(over.last)[:4] <= year)


def _measured(graph: nx.Graph[Any]) -> tuple[Any, ...]:
    ready = prepared(graph)
    nodes, links = len(ready), ready.graph.ecount()
    if not links:
        return (nodes, links, 0.0, 0.0, 0.0, 0.0, 0.0, None)
    parts = [len(part) for part in engine.connected_components(ready)]
    between = measure(ready, "betweenness")
    first = max(between, key=lambda node: (between[node], str(node)))
    shares = (2 * links / (nodes * (nodes - 1)), 2 * links / nodes, max(parts) / nodes)
    rest = (engine.transitivity(ready), centralisation(graph))
    return (nodes, links, *(round(value, 4) for value in (*shares, *rest)), graph.nodes[first]["iri"])
