"""How a step is told: what happened, and who stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from materiel import policy
from materiel.wording import capital, count, listed, stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from materiel.brief.facts import Claim

_STATE = {
    "damaged": "hit",
    "delayed": "put off",
    "delivered": "delivered in whole or in part",
    "expanded": "widened",
    "negotiating": "under negotiation",
    "operational": "at work",
    "suspended": "halted",
    "terminated": "ended",
    "under-construction": "being built",
}


def state(status: str) -> str:
    """Return a status as it stands after "was": `signed`, `at work`."""
    return _STATE.get(status, status.replace("-", " "))


def told(claim: Claim, label: Callable[[str], str]) -> str:
    """Return who stands behind a claim: how many pages, of how many origins, whom they quote, and whose voice that is."""
    pages = count(len(claim.sources), "source")
    if len(claim.sources) > 1 and claim.origins:
        pages += f" of {count(claim.origins, 'origin')}"
    verb = "s" if len(claim.sources) == 1 else ""
    if claim.speakers:
        words = f"{pages} quote{verb} {_names(claim, label)}"
        if 0 < len(claim.quoting) < len(claim.sources):
            words = f"{pages} say{verb} so, {count(len(claim.quoting), 'source').split()[0]} of them quoting {_names(claim, label)}"
    else:
        words = f"{pages} say{verb} so"
    return stop(capital(words + _sides(claim)))


def _names(claim: Claim, label: Callable[[str], str]) -> str:
    return listed([label(speaker) for speaker in claim.speakers], limit=3)


def _sides(claim: Claim) -> str:
    if claim.parties and len(claim.parties) >= claim.voices:
        if claim.status in policy.from_on("registered"):
            return ", and nobody outside the deal is quoted for it"
        return ", on the parties' side" if claim.speakers else ", speaking for a party"
    return (
        ", and no party is quoted" if claim.status in policy.marked("status", "hearsay") and not claim.parties else ""
    )
