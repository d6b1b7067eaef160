"""From promise to reality: how long deals take from one status to a further one, with those that are still open.

Durations run between the middles of the reported dates. A deal that has not got there by the last day of the data is
censored on that day, one that ended before on the day of its end (Kaplan and Meier, Nonparametric estimation from
incomplete observations, Journal of the American Statistical Association 53, 1958; by the library lifelines).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from materiel.errors import UsageError
from materiel.network.agreements import agreements, rows
from materiel.network.chart import Lines
from materiel.network.graph import store_of
from materiel.network.result import Result
from materiel.store.codes import code_list
from materiel.store.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from materiel.network.deals import Agreement, Agreements, Step
    from materiel.network.graph import Graph

ENDED = ("suspended", "terminated", "denied")
REAL = ("operational", "delivered", "expanded")
"""Statuses in which something has come out of a deal."""
GROUPS: dict[str, Callable[[Agreement, Agreements], list[str]]] = {
    "all": lambda _deal, _: ["all"],
    "kind": lambda deal, _: [deal.kind],
    "country": lambda deal, whole: sorted({c for m in deal.members if (c := whole.country(m)) and c != "UA"}),
    "category": lambda deal, whole: sorted({c for p in deal.products if (c := whole.products.get(p, ("", None))[1])}),
    "year": lambda deal, _: [str(deal.day)[:4]] if deal.day else [],
}  # fmt: skip
"""Ways to group deals; a deal with several countries or categories counts in each."""
_LAST = "SELECT (MAX(?day) AS ?last) WHERE { ?source mat:url ?url ; mat:notBefore ?day ; mat:notAfter ?day }"


@dataclass(frozen=True, slots=True)
class Case:
    """One deal on its way.

    Attributes:
        deal: The deal.
        start: Its step in the first status.
        days: From there to the further status, or to the day on which it was last looked at.
        reached: Whether it got there.
        ended: Whether it was suspended, terminated or denied before.
    """

    deal: Agreement
    start: Step
    days: float
    reached: bool
    ended: bool


def middle(step: Step) -> date:
    """Return the middle of the days that a step's date can mean."""
    first, last = date.fromisoformat(step.first or ""), date.fromisoformat(step.last or "")
    return first + (last - first) / 2


def goals(status: str) -> tuple[str, ...]:
    """Return the statuses that count as having got to one: `signed` is that or any later status of a deal that goes on.

    Raises:
        UsageError: There is no such status.
    """
    known = code_list("status")
    if status not in known or status in ENDED:
        raise UsageError(f"unknown status {status!r}", f"Use one of {', '.join(s for s in known if s not in ENDED)}.")
    return tuple(s for s, code in known.items() if code.order >= known[status].order and s not in ENDED)


def last_day(kg: Graph) -> date:
    """Return the last day of the data.

    That is the newest publication of a source that is dated to the day, or the day of the scope if it is earlier.
    """
    found = [row[0] for row in rows(store_of(kg), _LAST) if row[0]]
    scoped = getattr(kg, "scoped", None)
    found += [day for day in (scoped.as_of_day, scoped.known_by_day) if day] if scoped else []
    return date.fromisoformat(min(found)) if found else date.today()  # noqa: DTZ011 - a calendar day, not a moment


def cases(deals: Iterable[Agreement], start: str, goal: str, until: date) -> tuple[list[Case], int]:
    """Return the deals that were once in the first status, and how many were left out as never seen before the goal."""
    found, skipped = [], 0
    wanted = goals(goal)
    for deal in deals:
        first = deal.since([start])
        if first is None or middle(first) > until:
            skipped += first is None and deal.since(wanted) is not None
            continue
        end = deal.since(wanted)
        if end is not None and middle(end) < middle(first):
            skipped += 1
            continue
        over = deal.since(ENDED) if end is None else None
        stop = max(middle(end or over), middle(first)) if (end or over) else until  # type: ignore[arg-type]
        found.append(Case(deal, first, float((stop - middle(first)).days), end is not None, over is not None))
    return found, skipped


def fitted(days: Iterable[float], reached: Iterable[bool]) -> Any:
    """Return lifelines' Kaplan-Meier estimate."""
    from lifelines import KaplanMeierFitter

    return KaplanMeierFitter().fit(list(days), list(reached))


def median(fit: Any) -> tuple[float | None, float | None, float | None]:
    """Return the median time with its 95% interval (Brookmeyer and Crowley, Biometrics 38, 1982); None if not reached."""
    from lifelines.utils import median_survival_times

    bounds = median_survival_times(fit.confidence_interval_).iloc[0].tolist()
    values = (fit.median_survival_time_, min(bounds), max(bounds))
    return tuple(None if math.isinf(v) or math.isnan(v) else float(v) for v in values)  # type: ignore[return-value]


def share_by(fit: Any, days: float) -> tuple[float, float, float]:
    """Return the share that got there by a day, with its 95% interval."""
    interval = fit.confidence_interval_survival_function_
    at = interval.index[interval.index <= days][-1]
    low, high = sorted(1.0 - value for value in interval.loc[at].tolist())
    return 1.0 - float(fit.predict(days)), low, high


def time_to(
    kg: Graph, start: str = "announced", goal: str = "operational", by: str = "all", *, least: int = 5
) -> Result:
    """Estimate how long deals take from one status to a further one, by group.

    Args:
        kg: Which deals.
        start: Status from which on time runs.
        goal: Status that ends it; any later one counts too.
        by: One of `GROUPS`.
        least: Groups of fewer deals are left out.

    Raises:
        UsageError: A status or grouping is unknown.
    """
    if by not in GROUPS:
        raise UsageError(f"unknown grouping {by!r}", f"Use one of {', '.join(GROUPS)}.")
    whole, until = agreements(kg), last_day(kg)
    found, skipped = cases(whole.deals, start, goal, until)
    grouped: dict[str, list[Case]] = {}
    for case in found:
        for group in GROUPS[by](case.deal, whole):
            grouped.setdefault(group, []).append(case)
    large = {group: part for group, part in sorted(grouped.items()) if len(part) >= least}
    fits = {group: fitted([c.days for c in part], [c.reached for c in part]) for group, part in large.items()}
    table = [_row(group, part, fits[group]) for group, part in large.items()]
    coarse = sum(len(case.start.date or "") < len("2023-10-18") for case in found)
    return Result(
        f"From {start} to {goal} or further",
        Table(
            (
                "group",
                "deals",
                "got there",
                "ended",
                "median days",
                "low",
                "high",
                "1 year",
                "low 1",
                "high 1",
                "2 years",
            ),
            table,
        ),
        f"Kaplan-Meier estimate over deals that were once {start}; open deals are censored on {until}, the last day of the"
        f" data, ended ones on their end; medians and shares after one and two years with 95% intervals; groups of at"
        f" least {least} deals by {by}",
        "Kaplan and Meier, JASA 53, 1958; Brookmeyer and Crowley, Biometrics 38, 1982",
        whole.scope,
        (
            f"{skipped} deals were first seen at or past {goal}, or in another order, and are left out: quick deals are missing",
            f"{coarse} of {len(found)} starts are known by month or year only and count from its middle",
            "A step that nobody reported looks like one not taken: true times are shorter than these",
            "Ended deals are censored, which is right only if they would else have gone on like the others",
        ),
        _curves(fits),
    )


def _row(group: str, part: list[Case], fit: Any) -> tuple[Any, ...]:
    middle_, low, high = median(fit)
    share, least, most = share_by(fit, 365)
    counts = (len(part), sum(case.reached for case in part), sum(case.ended for case in part))
    return (group, *counts, middle_, low, high, *(round(v, 3) for v in (share, least, most, share_by(fit, 730)[0])))


def _curves(fits: dict[str, Any]) -> Lines:
    """Return the share that got there over time, for the largest groups."""
    chosen = sorted(fits, key=lambda group: -fits[group].event_table["at_risk"].iloc[0])[:6]
    series, bands = {}, {}
    for group in sorted(chosen):
        survival, interval = fits[group].survival_function_, fits[group].confidence_interval_survival_function_
        days = [float(day) for day in survival.index]
        series[group] = (days, [1.0 - float(v) for v in survival.iloc[:, 0]])
        if len(chosen) <= 2:
            bands[group] = tuple([1.0 - float(v) for v in interval.iloc[:, i]] for i in (1, 0))
    return Lines(series, "days since the start", "share of deals that got there", bands, step=True)  # type: ignore[arg-type]
