"""Plain English: dates worded by their precision, money, counts and lists of names."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_SCALES = ((10**9, "billion"), (10**6, "million"))


def day(text: str) -> str:
    """Return a date without a preposition: `18 October 2023`, `October 2023` or `2023`."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == len(("year",)):
        return text
    month = f"{_MONTHS[parts[1] - 1]} {parts[0]}"
    return month if len(parts) == len(("year", "month")) else f"{parts[2]} {month}"


def when(text: str | None) -> str:
    """Return a date as it stands in a sentence: `on 18 October 2023`, `in October 2023`, `in 2023`."""
    if not text:
        return "on a day that no source gives"
    return f"{'on' if len(text) == len('2023-10-18') else 'in'} {day(text)}"


def months_before(text: str, months: int) -> str:
    """Return the day that lies a number of months before another, as ISO text."""
    at = date.fromisoformat(text)
    total = at.year * 12 + at.month - 1 - months
    return date(total // 12, total % 12 + 1, min(at.day, 28)).isoformat()


def count(number: int, noun: str, plural: str = "") -> str:
    """Return `one source`, `three sources` or `1,193 sources`."""
    many = plural or f"{noun}s"
    word = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    return f"{word} {noun if number == 1 else many}"


def listed(names: Sequence[str], limit: int = 0) -> str:
    """Return `A`, `A and B` or `A, B and C`; beyond a limit, how many more there are."""
    if limit and len(names) > limit:
        return f"{', '.join(names[:limit])} and {len(names) - limit} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def money(number: float, currency: str) -> str:
    """Return `EUR 142 million` or `USD 20,602,464`: rounded never, shortened only when nothing is lost."""
    for scale, word in _SCALES:
        if number >= scale and number * 100 % scale == 0:
            return f"{currency} {number / scale:,.10g} {word}"
    return f"{currency} {number:,.10g}"


def capital(text: str) -> str:
    """Return the text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def stop(text: str) -> str:
    """Return the text with a full stop at its end."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def ranges(numbers: Sequence[int]) -> list[str]:
    """Return `1-3` and `7` for 1, 2, 3 and 7."""
    ordered = sorted(set(numbers))
    starts = [n for n in ordered if n - 1 not in ordered]
    ends = [n for n in ordered if n + 1 not in ordered]
    return [str(start) if start == end else f"{start}-{end}" for start, end in zip(starts, ends, strict=True)]
