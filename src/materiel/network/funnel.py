"""What came out of a meeting: deals that were announced around it, later signed, later real."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from materiel.errors import NotFound, UsageError
from materiel.network.agreements import agreements, rows
from materiel.network.chart import Bars
from materiel.network.graph import store_of
from materiel.network.result import Result
from materiel.network.survival import ENDED, REAL, goals
from materiel.store.table import Table
from materiel.vocabulary import fold

if TYPE_CHECKING:
    from materiel.network.deals import Agreement
    from materiel.network.graph import Graph
    from materiel.store.base import Store

_MONTHS = tuple(month_name[1:])
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")
STAGES = ("linked", "announced or further", "signed or further", "in work, delivered or expanded", "ended")
"""Stages of the funnel."""
_ABOUT = """
SELECT ?source WHERE {{
  {{ <{meeting}> mat:describedIn ?source }} UNION
  {{ ?claim rdf:object <{meeting}> ; mat:attestation ?attestation . ?attestation mat:source ?source }}
}}"""
_DAYS = """
SELECT DISTINCT ?day WHERE {{
  {{ ?claim rdf:object <{meeting}> ; mat:statedOn ?day }} UNION
  {{ <{meeting}> mat:date ?day }}
}}"""
_NAMES = "SELECT ?name WHERE {{ <{meeting}> rdfs:label|skos:altLabel ?name }}"
_TOLD = """
SELECT ?event ?source ?text WHERE {
  ?event a mat:StatusEvent ; mat:reportedIn ?source .
  OPTIONAL { ?event dct:description ?text }
}"""


def held_on(store: Store, meeting: str) -> date | None:
    """Return the day that a meeting's name tells, else the first day on which a source places somebody there."""
    for (name,) in rows(store, _NAMES.format(meeting=meeting)):
        if match := _DAY.search(name):
            return date(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
    days = sorted(row[0] for row in rows(store, _DAYS.format(meeting=meeting)) if len(row[0]) == len("2023-09-29"))
    return date.fromisoformat(days[0]) if days else None


def linked(kg: Graph, meeting: str, day: date, window: int) -> dict[str, tuple[str, str]]:
    """Return why each deal is linked to a meeting, and the sources of it, by the deal's IRI.

    A step is linked if it lies within the window and its page also tells of the meeting, or if its text names it.
    """
    store = store_of(kg)
    pages = {row[0] for row in rows(store, _ABOUT.format(meeting=meeting))}
    names = {fold(row[0]) for row in rows(store, _NAMES.format(meeting=meeting)) if len(row[0]) >= len("DFNC1")}
    told: dict[str, list[tuple[str, str]]] = {}
    for event, source, text in rows(store, _TOLD):
        told.setdefault(event, []).append((source, text))
    found: dict[str, tuple[str, str]] = {}
    for deal in agreements(kg).deals:
        for step in deal.steps:
            reason = _reason(told.get(step.iri, []), pages, names, _near(step.first, step.last, day, window))
            if reason:
                found.setdefault(deal.iri, reason)
    return found


def _near(first: str | None, last: str | None, day: date, window: int) -> bool:
    """Tell whether a date of at least month precision can lie within the window."""
    if not first or not last or (date.fromisoformat(last) - date.fromisoformat(first)).days > 31:
        return False
    slack = timedelta(days=window)
    return date.fromisoformat(first) <= day + slack and date.fromisoformat(last) >= day - slack


def _reason(told: list[tuple[str, str]], pages: set[str], names: set[str], near: bool) -> tuple[str, str] | None:
    named = sorted({source for source, text in told if any(name in fold(text) for name in names)})
    if named:
        return "named in the text", " ".join(named)
    shared = sorted({source for source, _ in told if source in pages})
    return ("same page, near in time", " ".join(shared)) if near and shared else None


def funnel(kg: Graph, meeting: str, day: str | None = None, window: int = 21) -> Result:
    """Count the deals that came out of a meeting, by how far they got.

    Args:
        kg: Where to look.
        meeting: Id, name or alias of a meeting.
        day: Its day; if not given, the day in its name or the first on which a source places somebody there.
        window: Days before and after in which a step can belong to it.

    Raises:
        NotFound: Nothing has the name.
        UsageError: No source dates the meeting, and no day was given.
    """
    store = store_of(kg)
    iri = store.labels.resolve(meeting)
    if not rows(store, f"SELECT ?x WHERE {{ <{iri}> a mat:Meeting BIND(1 AS ?x) }}"):
        raise NotFound(f"{meeting} among the meetings")
    when = date.fromisoformat(day) if day else held_on(store, iri)
    if when is None:
        raise UsageError("no source dates the meeting", "Give its day, such as --day 2023-09-29.")
    deals = agreements(kg)
    reasons = linked(kg, iri, when, window)
    found = [deal for deal in deals.deals if deal.iri in reasons]
    table: list[Any] = [(d.iri, d.kind, d.status, *_reached(d), *reasons[d.iri]) for d in found]
    counts = [len(found), *(sum(row[i] for row in table) for i in (3, 4, 5, 6))]
    told = ", ".join(f"{stage} {count}" for stage, count in zip(STAGES, counts, strict=True))
    return Result(
        f"What came out of {store.labels.label(iri)}",
        Table(("partnership", "kind", "status", *STAGES[1:], "link", "sources"), table),
        f"deals with a step whose text names the meeting, or that lies within {window} days of {when} and stands on a page"
        f" that also tells of the meeting. {told}",
        "",
        deals.scope,
        (
            "The link between a deal and a meeting is inferred from pages, no source is asked for it: check each row",
            "A press round-up tells of many deals at once and so links some that only share the page",
        ),
        Bars(STAGES, [float(count) for count in counts], "deals"),
    )


def _reached(deal: Agreement) -> tuple[bool, bool, bool, bool]:
    """Tell which stages a deal has reached at any time."""
    statuses = {step.status for step in deal.steps if not step.planned}
    stages = (goals("announced"), goals("signed"), REAL, ENDED)
    return tuple(bool(statuses & set(stage)) for stage in stages)  # type: ignore[return-value]
