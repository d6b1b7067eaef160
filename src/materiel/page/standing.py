"""What stands of an agreement on a day, by the rule that the page's script follows, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from materiel import policy
from materiel.dates import PartialDate
from materiel.errors import BadDate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from materiel.page.model import Agreement, Link, Step


def last_day(date: str | None) -> str:
    """Return the last day that a date as reported can mean; a coarse date never counts sooner than was told."""
    try:
        return PartialDate(date[:10]).not_after.isoformat() if date else ""
    except BadDate:
        return ""  # the graphs of others call many things a date; such a one bounds nothing


def standing(deal: Agreement, day: str = "") -> Step | None:
    """Return the step at which an agreement stands, by the policy of the code lists."""
    return policy.current([step for step in deal.steps if _reached(step, day)])


def _reached(step: Step, day: str) -> bool:
    when = step.not_after or last_day(step.date)
    return not day or bool(when and when <= day)


def holds(link: Link, day: str = "", published: Iterable[str | None] = ()) -> bool:
    """Tell whether a relation holds; without a start day it does so from its first dated page on."""
    begins = last_day(link.valid_from) or min((last_day(date) for date in published if date), default="")
    ends = last_day(link.valid_until)
    return not day or ((not begins or begins <= day) and (not ends or ends >= day))
