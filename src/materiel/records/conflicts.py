"""Written contradictions as conflict objects: typed by their words, tied to the claims that are their sides."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from materiel.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from materiel.records.model import Event

# The first type whose words occur decides; a label before a colon ("Value: ...") decides before the rest of the text.
_WORDS = {
    "share": r"percent|stakes?\b|shares? of|\bshares\b|ownership|shareholding|owned|majority",
    "date": r"dated?\b|dates\b|\bdays?\b|\bmonths?\b|\byears? inferred|undated|when\b|start of|begin|before|schedule|timetable|weeks\b|delay|time\b",
    "amount": r"values?\b|amounts?\b|prices?\b|sums?\b|\beur\b|\busd\b|\bcad\b|\bsek\b|\bdkk\b|\bgbp\b|euros?\b|dollars?|pounds|crowns"
    r"|kroner|hryvnia|million|billion|money|budget|cost|number|numbers|capacity|quantity|output|size|count(s|ed)?\b|funding",
    "kind": r"memorandum|letter of intent|statement of intent|framework|contract\b|agreement\b|form\b|kind\b|called a|licen[cs]e|joint venture",
    "status": r"deliver|operational|under construction|opened?\b|running|begun|exploratory|denie[sd]|suspend|halt|cancel|announced|planned"
    r"|production|ordered|completed?|signed|founded|registered|frozen|state\b|progress",
    "product": r"\btypes?\b|models?\b|calibres?|mm\b|drones?|missiles?|shells?|vehicles?|howitzers?|radars?|systems?|aircraft|scope",
    "party": r"name[ds]?\b|compan(y|ies)|firms?\b|partners?\b|minister|signator|parties|who\b|states?\b|lists?\b|part(ies|y)\b|ministry|parent|group",
    "attribution": r"according to|quotes?d?|single source|attribut|outlets?|source|reports?\b|press|spokes",
}
_LABEL = re.compile(r"[^:]{3,40}(?=: )")
_MONTHS = {
    name: f"{n:02}"
    for n, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_DAY = re.compile(rf"\b(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)}) (\d{{4}})\b|\b(20\d\d)\b")


def conflict_type(text: str) -> str:
    """Return the notation of the code list conflict-type that the words of a contradiction point to."""
    lowered = text.lower()
    if re.search(
        r"\b(undated|no date|date is not|year inferred|month (is )?inferred|dates? (of|are) .*inferred)", lowered
    ):
        return "date"
    label = _LABEL.match(lowered)
    for part in ([label[0]] if label else []) + [lowered]:
        for name, words in _WORDS.items():
            if re.search(words, part):
                return name
    return "unclassified"


def dates_in(text: str) -> set[str]:
    """Return the dates that a text names, as partial dates: "18 October 2023", "October 2023" and "2023"."""
    found = set()
    for day, month, year, bare in _DAY.findall(text.lower()):
        found.add(bare or (f"{year}-{_MONTHS[month]}-{int(day):02}" if day else f"{year}-{_MONTHS[month]}"))
    return found


def sides(
    text: str, kind: str, claims: Mapping[str, Sequence[tuple[str, str]]], events: Iterable[tuple[str, Event]]
) -> list[str]:
    """Return the claims that a contradiction is between, as far as its words tell.

    Args:
        text: The contradiction.
        kind: Its type.
        claims: For each type, (claim, words that name it) of the deal.
        events: The deal's events with their claims.
    """
    if kind == "date":
        named = dates_in(text)
        return [claim for claim, event in events if event.date and any(_meets(event.date, day) for day in named)]
    if kind == "status":
        return [claim for claim, event in events if event.status.split("-")[-1][:7] in text.lower()]
    folded = f" {fold(text)} "
    return [claim for claim, words in claims.get(kind, ()) if not words or f" {fold(words)} " in folded]


def _meets(date: str, day: str) -> bool:
    """Tell whether two partial dates name the same day, or one the other's month; a bare year only meets itself."""
    shorter = min(len(date), len(day))
    return date == day if shorter == len("2023") else date[:shorter] == day[:shorter]
