"""Rates of exchange, only ever those that the user gives."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from materiel.dates import PartialDate
from materiel.errors import BadDate, FileProblem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COLUMNS = ("date", "currency", "rate_to", "rate")


@dataclass(frozen=True)
class Rates:
    """Rates from one file.

    Attributes:
        name: The file, with the start of its content's hash: the source of every conversion.
        rows: Day, rate by (currency, rate_to), sorted by day.
    """

    name: str
    rows: Mapping[tuple[str, str], list[tuple[str, Decimal]]]

    def convert(self, number: Decimal, currency: str, to: str, day: str | None) -> tuple[Decimal, str] | None:
        """Return the amount in another currency and the day of the rate, or None when no rate fits.

        The rate is the newest that is not later than the last day that the amount's date can mean.
        """
        if currency == to:
            return number, day or ""
        limit = PartialDate(day).not_after.isoformat() if day else None
        for pair, turned in (((currency, to), False), ((to, currency), True)):
            fitting = [(at, rate) for at, rate in self.rows.get(pair, []) if limit and at <= limit]
            if fitting:
                at, rate = fitting[-1]
                return (number / rate if turned else number * rate), at
        return None


def read_rates(path: Path) -> Rates:
    """Read a CSV file with the columns date, currency, rate_to, rate: one unit of currency is `rate` units of rate_to.

    Raises:
        FileProblem: The file cannot be read; the message names the line.
    """
    try:
        data = path.read_bytes()
        lines = data.decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileProblem(f"{path}: {error}", "Give a readable UTF-8 file of rates.") from None
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise FileProblem(f"{path}:1: the columns are not {','.join(COLUMNS)}", "Write this line first.")
    rows: dict[tuple[str, str], list[tuple[str, Decimal]]] = {}
    for row in reader:
        pair, day, rate = _rate(path, reader.line_num, row)
        rows.setdefault(pair, []).append((day, rate))
    return Rates(
        f"{path.name} (SHA-256 {hashlib.sha256(data).hexdigest()[:12]})", {p: sorted(r) for p, r in rows.items()}
    )


def _rate(path: Path, line: int, row: Mapping[str, str | None]) -> tuple[tuple[str, str], str, Decimal]:
    try:
        day = PartialDate(row["date"] or "").not_before.isoformat()
        rate = Decimal(row["rate"] or "")
    except (BadDate, InvalidOperation) as error:
        raise FileProblem(f"{path}:{line}: {error or 'the rate is no number'}", "Correct this line.") from None
    if not rate.is_finite() or rate <= 0:
        raise FileProblem(f"{path}:{line}: a rate is above zero", "Correct this line.")
    return ((row["currency"] or "").strip(), (row["rate_to"] or "").strip()), day, rate
