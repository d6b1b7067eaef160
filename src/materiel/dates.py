"""Partial dates: a day, a month or a year, kept as reported and compared by their bounds."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from pyoxigraph import Literal, NamedNode

from materiel.errors import BadDate
from materiel.vocabulary import XSD

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DATATYPES = {4: NamedNode(XSD + "gYear"), 7: NamedNode(XSD + "gYearMonth"), 10: NamedNode(XSD + "date")}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date of day, month or year precision (ISO 8601 reduced precision; EDTF level 0).

    Attributes:
        text: The date as reported: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    """

    text: str

    def __post_init__(self) -> None:
        """Refuse what is not a date of the Gregorian calendar.

        Raises:
            BadDate: The text has another form, or names a day that does not exist.
        """
        match = _FORM.fullmatch(self.text)
        if not match or not self.text.isascii():
            raise BadDate(self.text, "is not of the form YYYY-MM-DD, YYYY-MM or YYYY")
        year, month, day = (int(part) if part else 1 for part in match.groups())
        try:
            date(year, month, day)
        except ValueError as error:
            raise BadDate(self.text, f"does not exist in the calendar ({error})") from None

    @property
    def not_before(self) -> date:
        """The first day that the date can mean."""
        return date.fromisoformat((self.text + "-01-01")[:10])

    @property
    def not_after(self) -> date:
        """The last day that the date can mean."""
        first = self.not_before
        month = first.month if len(self.text) > len("2023") else 12
        day = first.day if len(self.text) == len("2023-10-18") else monthrange(first.year, month)[1]
        return date(first.year, month, day)

    @property
    def literal(self) -> Literal:
        """The date as an RDF literal: `xsd:date`, `xsd:gYearMonth` or `xsd:gYear`."""
        return Literal(self.text, datatype=_DATATYPES[len(self.text)])

    def __str__(self) -> str:
        """Return the date as reported."""
        return self.text


def today() -> PartialDate:
    """Return the day that it is where the program runs."""
    return PartialDate(datetime.now().astimezone().date().isoformat())


def day_done(text: str) -> PartialDate:
    """Return the day on which something was done.

    Args:
        text: The day, YYYY-MM-DD.

    Raises:
        BadDate: The text is no day, or one that is still to come.
    """
    day = PartialDate(text)
    if len(text) < len("2026-11-20"):
        raise BadDate(text, "is not one day", "Write the day, such as 2023-10-18.")
    if day.not_before > today().not_before:
        raise BadDate(text, "is still to come", "Write the day on which it was done.")
    return day
