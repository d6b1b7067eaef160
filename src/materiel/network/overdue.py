"""Deals that got no further, deals without news, and the steps between statuses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from materiel.network.agreements import agreements, rows
from materiel.network.graph import store_of
from materiel.network.result import Result
from materiel.network.survival import ENDED, REAL, cases, last_day, middle
from materiel.store.codes import code_list
from materiel.store.table import Table

if TYPE_CHECKING:
    from materiel.network.graph import Graph

_NEWEST = """
SELECT ?deal (MAX(?day) AS ?last) WHERE { ?deal a mat:Partnership ; mat:reportedIn ?source . ?source mat:notBefore ?day }
GROUP BY ?deal"""


def overdue(kg: Graph, start: str = "announced", goal: str = "signed", days: int = 365) -> Result:
    """List deals that have been in a status for longer than so many days without getting further, longest first.

    Raises:
        UsageError: A status is unknown.
    """
    whole, until = agreements(kg), last_day(kg)
    found, _ = cases(whole.deals, start, goal, until)
    late = [case for case in found if not case.reached and not case.ended and case.days > days]
    late.sort(key=lambda case: (-case.days, case.deal.slug))
    rows_: list[Any] = [
        (c.deal.iri, c.deal.kind, c.start.date, int(c.days), len(c.deal.origins), " ".join(c.deal.sources))
        for c in late
    ]
    return Result(
        f"Still not {goal}, {days} days after being {start}",
        Table(("partnership", "kind", f"{start} on", "days", "origins", "sources"), rows_),
        f"deals that were {start} more than {days} days before {until}, the last day of the data, with no step {goal} or"
        f" further, nor an end; {len(late)} of {len(found)} that were once {start}",
        "",
        whole.scope,
        (
            "No report of a step is no proof that it was not taken: look at the sources before writing that a deal stalled",
        ),
    )


def silent(kg: Graph, days: int = 365) -> Result:
    """List open deals of which no source has told anything for so many days, longest first."""
    whole, until = agreements(kg), last_day(kg)
    newest = {deal: date.fromisoformat(day) for deal, day in rows(store_of(kg), _NEWEST) if day}
    found = []
    for deal in whole.deals:
        if deal.status in (*ENDED, *REAL):
            continue
        told = [newest[deal.iri]] if deal.iri in newest else []
        told += [middle(step) for step in deal.steps if step.first and not step.planned]
        if told and max(told) < until - timedelta(days=days):
            found.append((max(told), deal))
    found.sort(key=lambda entry: (entry[0], entry[1].slug))
    rows_: list[Any] = [
        (d.iri, d.kind, d.status, day.isoformat(), (until - day).days, len(d.origins), " ".join(d.sources))
        for day, d in found
    ]
    return Result(
        f"Open deals without news for {days} days",
        Table(("partnership", "kind", "status", "last news", "days", "origins", "sources"), rows_),
        f"deals neither in work, delivered nor ended, of which neither a dated source nor a dated step is newer than {days}"
        f" days before {until}, the last day of the data",
        "",
        whole.scope,
        ("Silence is of the pages that were found: search anew before writing that nothing happened",),
    )


def transitions(kg: Graph) -> Result:
    """Count the steps from each status to the next one, with the median of the days between, and where deals stand."""
    whole = agreements(kg)
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for deal in whole.deals:
        steps = [s for s in deal.steps if not s.planned]
        kept = [s for s in steps if s.status != "reported"] or steps
        for one, other in zip(kept, [*kept[1:], None], strict=True):
            if other is None:
                found.setdefault((one.status, "(stands there)"), []).append((deal.iri, -1))
            elif one.status != other.status:
                gap = (middle(other) - middle(one)).days if one.first and other.first else -1
                found.setdefault((one.status, other.status), []).append((deal.iri, gap))
    order = {status: code.order for status, code in code_list("status").items()}
    keys = sorted(found, key=lambda pair: (order.get(pair[0], 0), order.get(pair[1], 999)))
    table: list[Any] = [
        (*key, len({d for d, _ in found[key]}), _middle([g for _, g in found[key] if g >= 0])) for key in keys
    ]
    return Result(
        "Steps between statuses",
        Table(("from", "to", "deals", "median days"), table),
        "steps in the order of the record, reports by third parties aside, repeated statuses as one; median of the days"
        " between the middles of the two dates; (stands there): the last step known",
        "",
        whole.scope,
        ("Steps that no source told of are missing: announced to operational may have passed signed unseen",),
    )


def _middle(values: list[int]) -> float | None:
    ordered = sorted(values)
    half = len(ordered) // 2
    if not ordered:
        return None
    return float(ordered[half]) if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
