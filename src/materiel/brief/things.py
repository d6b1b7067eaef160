"""Sentences about firms, bodies, people and products: owners, offices, goods, meetings, words said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from materiel import wording as words
from materiel.brief import telling
from materiel.brief.deals import of, sentence
from materiel.brief.model import Section

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from materiel.brief.facts import Claim
    from materiel.brief.model import Sentence

_EDGES = {
    "parent": ("stands below", "stands above"),
    "partOf": ("is part of", "has as parts"),
    "memberOf": ("is a member of", "has as members"),
    "successorOf": ("is the successor of", "was succeeded by"),
    "produces": ("makes", "is made by"),
    "operates": ("runs", "is run by"),
    "funds": ("gives money to", "receives money from"),
    "suppliesTo": ("supplies", "is supplied by"),
    "procuresFrom": ("buys from", "sells to"),
    "regulates": ("supervises", "is supervised by"),
    "sanctionedBy": ("is under sanctions of", "has put under sanctions"),
    "organised": ("organised", "was organised by"),
    "attended": ("attended", "was attended by"),
    "locatedIn": ("lies in", "is the place of"),
}
"""Each plain edge from its subject and from its object."""


def standing(own: Sequence[Claim], others: Sequence[Claim], name: str, label: Callable[[str], str]) -> list[Section]:
    """Return who owns, leads and supplies whom."""
    ties = [
        *holdings(own, others, name, label),
        *offices(own, others, name, label),
        *edges(own, _new(own, others), name, label),
    ]
    said = [statement(claim, label) for claim in of(own, "observation")]
    return [Section("Owners, offices and ties", tuple(ties)), Section("Figures and statements", tuple(said))]


def _new(own: Sequence[Claim], others: Sequence[Claim]) -> list[Claim]:
    """Return the others without those that call a child what a holding of ours tells already."""
    held = {claim.value.get("heldOrganization") for claim in of(own, "holding")}
    return [claim for claim in others if claim.predicate != "parent" or claim.subject not in held]


def edges(own: Sequence[Claim], others: Sequence[Claim], name: str, label: Callable[[str], str]) -> list[Sentence]:
    """Return one sentence for each plain edge and direction."""
    said = []
    for predicate, (forth, back) in _EDGES.items():
        for claims, verb, end in ((of(own, predicate), forth, "object"), (of(others, predicate), back, "subject")):
            if claims:
                names = list(dict.fromkeys(label(str(getattr(claim, end))) for claim in claims))
                said.append(sentence(words.stop(f"{name} {verb} {words.listed(names, 12)}"), claims))
    return said


def holdings(own: Sequence[Claim], others: Sequence[Claim], name: str, label: Callable[[str], str]) -> list[Sentence]:
    """Return who holds what share of whom, and since or until when."""
    said = [_holding(name, label(str(c.value["heldOrganization"])), c) for c in of(own, "holding")]
    return said + [_holding(label(claim.subject), name, claim) for claim in of(others, "holding")]


def _holding(holder: str, organisation: str, claim: Claim) -> Sentence:
    share = claim.value.get("sharePercent")
    what = f"{share:g} per cent of {organisation}" if isinstance(share, int | float) else f"a stake in {organisation}"
    if "subsidiary" in str(claim.value.get("kind")):
        what = f"{organisation} as a subsidiary" + (f", {share:g} per cent" if isinstance(share, int | float) else "")
    return sentence(words.stop(f"{holder} holds {what}{term(claim)}"), [claim])


def offices(own: Sequence[Claim], others: Sequence[Claim], name: str, label: Callable[[str], str]) -> list[Sentence]:
    """Return who held which post where, and when sources say so."""
    said = [_office(name, label(str(claim.value["atOrganization"])), claim) for claim in of(own, "tenure")]
    return said + [_office(label(claim.subject), name, claim) for claim in of(others, "tenure")]


def _office(person: str, organisation: str, claim: Claim) -> Sentence:
    post = claim.value.get("roleAsStated") or ("head" if "head" in str(claim.value.get("kind")) else "on the staff")
    seen = f", as stated {words.listed([words.when(d) for d in claim.stated], 4)}" if claim.stated else ""
    return sentence(words.stop(f"{person}: {post}, {organisation}{term(claim)}{seen}"), [claim])


def term(claim: Claim) -> str:
    """Return from when until when, as far as a source tells."""
    start, end = claim.value.get("validFrom"), claim.value.get("validUntil")
    parts = [f"from {words.day(str(start))}"] if start else []
    return ", " + " ".join([*parts, f"until {words.day(str(end))}"]) if end else f", {parts[0]}" if parts else ""


def statement(claim: Claim, label: Callable[[str], str]) -> Sentence:
    """Return a statement that is neither a deal nor a bond."""
    return sentence(
        f"{words.capital(words.when(claim.date))}: {words.stop(claim.text)} {telling.told(claim, label)}", [claim]
    )


def words_of(said: Sequence[Claim], name: str, label: Callable[[str], str], limit: int = 8) -> Section:
    """Return the newest steps of deals for which a person is quoted."""
    steps = sorted(of(said, "statusEvent"), key=lambda claim: claim.date or "", reverse=True)
    told = [
        sentence(
            f"{words.capital(words.when(c.date))}, {name} is quoted on {label(c.subject)} ({label(str(c.value['status']))}): {words.stop(c.text)}",
            [c],
        )
        for c in steps[:limit]
    ]
    more = (
        words.stop(f"{words.capital(words.count(len(steps) - limit, 'more step'))} not told here")
        if len(steps) > limit
        else ""
    )
    return Section("Quoted for", tuple(told), more)
