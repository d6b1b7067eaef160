"""Where the pace of new deals changed, named plainly."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from materiel.network.agreements import agreements
from materiel.network.chart import Lines
from materiel.network.result import Result
from materiel.network.timeline import COVERAGE, counted, number_of, periods_of
from materiel.store.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from materiel.network.graph import Graph


def segments(counts: Sequence[int], penalty: float | None = None, least: int = 3) -> list[int]:
    """Return where the rate of a series of counts changes: the first index of each segment but the first.

    Optimal partitioning under a Poisson model, with a penalty for each change (Jackson et al., An algorithm for optimal
    partitioning of data on an interval, IEEE Signal Processing Letters 12, 2005; Killick, Fearnhead and Eckley, JASA
    107, 2012). The default penalty is that of the Schwarz criterion for two parameters a change: 2 log n.
    """
    size = len(counts)
    price = 2 * math.log(max(size, 2)) if penalty is None else penalty
    sums = [0]
    for count in counts:
        sums.append(sums[-1] + count)
    best, last = [0.0 - price], [0]
    for end in range(1, size + 1):
        options = [
            (best[start] + _cost(sums[end] - sums[start], end - start) + price, start)
            for start in range(end)
            if end - start >= min(least, end) and best[start] < math.inf
        ]
        value, start = min(options, default=(math.inf, 0))
        best.append(value)
        last.append(start)
    changes, at = [], size
    while at > 0:
        at = last[at]
        changes.append(at)
    return sorted(change for change in changes if change > 0)


def _cost(total: int, length: int) -> float:
    """Return twice the negative log likelihood of a Poisson segment, up to what does not depend on the partition."""
    return 2 * (total - total * math.log(total / length)) if total else 0.0


def change_points(kg: Graph, since: str = "2016-01") -> Result:
    """Name the months at which the pace of new deals changed, with the pace before and after."""
    deals = agreements(kg)
    found, coarse = counted(deals.deals, "month")
    periods = [p for p in periods_of({period for period, _ in found}, "month") if p >= since]
    counts = [found[period, "all"] for period in periods]
    cuts = segments(counts)
    edges = [0, *cuts, len(counts)]
    rates = [sum(counts[a:b]) / (b - a) if b > a else 0.0 for a, b in pairwise(edges)]
    table: list[Any] = []
    for i, cut in enumerate(cuts):
        said = f"from {periods[cut]} on {rates[i + 1]:.1f} deals a month after {rates[i]:.1f}"
        table.append((periods[cut], round(rates[i], 2), round(rates[i + 1], 2), said))
    where = [number_of(period) for period in periods]
    level = [rate for rate, (a, b) in zip(rates, pairwise(edges), strict=True) for _ in range(a, b)]
    return Result(
        "Where the pace of new deals changed",
        Table(("month", "before", "after", "in words"), table),
        f"changes of the monthly number of new deals since {since}, by optimal partitioning under a Poisson model with the"
        " Schwarz penalty; segments of at least three months",
        "Jackson et al., IEEE Signal Processing Letters 12, 2005; Killick, Fearnhead and Eckley, JASA 107, 2012",
        deals.scope,
        (
            f"{coarse} deals are dated more coarsely than by month and are left out",
            COVERAGE,
            "The last months are always incomplete: a fall at the end is most likely reporting delay",
        ),
        Lines(
            {"new deals": (where, [float(c) for c in counts]), "pace": (where, level)},
            "year",
            "deals a month",
            step=True,
        ),
    )
