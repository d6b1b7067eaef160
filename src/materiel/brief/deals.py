"""Sentences about deals: parties, goods, money, steps, contradictions, open ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from materiel import policy
from materiel import wording as words
from materiel.brief import telling
from materiel.brief.model import Section, Sentence
from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from materiel.brief.conflicts import Conflict, Side
    from materiel.brief.facts import Claim


def sentence(text: str, claims: Iterable[Claim]) -> Sentence:
    """Return a sentence that rests on claims, with all their sources."""
    chosen = list(claims)
    sources = dict.fromkeys(source for claim in chosen for source in claim.sources)
    return Sentence(text, tuple(claim.iri for claim in chosen), tuple(sources))


def of(claims: Sequence[Claim], *predicates: str) -> list[Claim]:
    """Return the claims on some properties."""
    return [claim for claim in claims if claim.predicate in predicates]


def _taken(claims: Sequence[Claim]) -> list[Claim]:
    return [c for c in of(claims, "statusEvent") if "planned" not in str(c.value.get("modality", ""))]


def current_step(claims: Sequence[Claim]) -> Claim | None:
    """Return where a deal stands, by the policy of the code lists."""
    return policy.current(_taken(claims))


def last_step(claims: Sequence[Claim]) -> Claim | None:
    """Return what was told last, whatever it is."""
    taken = _taken(claims)
    return taken[-1] if taken else None


def parties(claims: Sequence[Claim], label: Callable[[str], str]) -> list[Sentence]:
    """Return who takes part, as what, with which share; then what the deal creates."""
    members = of(claims, "participation")
    ventures = [claim for claim in members if slug_of(str(claim.value["role"])) == "venture"]
    acting = [claim for claim in members if claim not in ventures]
    said = []
    if acting:
        names = words.listed([_party(claim, label) for claim in acting])
        said.append(
            sentence(words.stop(f"{words.capital(names)} {'take' if len(acting) > 1 else 'takes'} part"), acting)
        )
    if ventures:
        names = words.listed([label(str(claim.value["party"])) for claim in ventures])
        said.append(sentence(words.stop(f"The deal creates or is about {names}"), ventures))
    return said


def _party(claim: Claim, label: Callable[[str], str]) -> str:
    share = claim.value.get("sharePercent")
    part = label(str(claim.value["role"])) + (f", {share:g} per cent" if isinstance(share, int | float) else "")
    return f"{label(str(claim.value['party']))} ({part})"


def content(claims: Sequence[Claim], label: Callable[[str], str]) -> list[Sentence]:
    """Return kind, products, site, place and figures."""
    said = []
    for predicate, start in (
        ("kind", "It is of the kind"),
        ("concerns", "It concerns"),
        ("site", "The site is"),
        ("location", "The place is told as"),
    ):
        if chosen := of(claims, predicate):
            said.append(
                sentence(words.stop(f"{start} {words.listed([label(str(c.object)) for c in chosen], 8)}"), chosen)
            )
    figures = of(claims, "value", "quantity")
    return [*said, *(sentence(words.stop(f"The headline figure is {amount(claim)}"), [claim]) for claim in figures)]


def amount(claim: Claim) -> str:
    """Return a figure in words."""
    number, currency = claim.value.get("number"), claim.value.get("currency")
    value = float(number) if isinstance(number, int | float) else 0.0
    return words.money(value, str(currency)) if currency else f"{value:,.10g} {claim.value.get('unit')}"


def step(claim: Claim, label: Callable[[str], str], name: str = "") -> Sentence:
    """Return one step of a deal: when, what, in whose words, and how firm; the deal is called by a name or "the deal"."""
    what = telling.state(claim.status)
    if "planned" in str(claim.value.get("modality", "")):
        what = f"planned to be {what}"
    head = f"{name}, {what} {words.when(claim.date)}" if name else f"{words.when(claim.date)} the deal was {what}"
    return sentence(f"{words.stop(f'{words.capital(head)}: {claim.text}')} {telling.told(claim, label)}", [claim])


def open_end(claims: Sequence[Claim], newest: str, name: str = "The deal") -> list[Sentence]:
    """Return where a deal stands that is neither at work nor over, and that nothing later is on record."""
    stands, last = current_step(claims), last_step(claims)
    over = policy.marked("status", "achieved") + policy.marked("status", "halts")
    if stands is None or last is None or stands.status in over:
        return []
    told = f"{name}: {telling.state(stands.status)} {words.when(stands.date)}"
    if last is not stands:
        told += f"; last told of {words.when(last.date)}: {telling.state(last.status)}"
    told += f"; no later step is recorded as of {words.day(newest)}"
    return [sentence(words.stop(told), dict.fromkeys([stands, last]))]


def disputes(
    conflicts: Sequence[Conflict], claims: dict[str, list[Claim]], label: Callable[[str], str], *, named: bool
) -> list[Sentence]:
    """Return what sources disagree on, what each side says on whose word, and how far that has been dealt with."""
    said = []
    for conflict in conflicts:
        own = claims.get(conflict.about, [])
        sides = [claim for claim in own if claim.iri in {side.claim for side in conflict.sides}]
        sources = dict.fromkeys(source for side in conflict.sides for source in side.sources)
        rests = sentence(_dispute(conflict, label(conflict.about) if named else ""), sides or own)
        said.append(replace(rests, sources=tuple(sources) or rests.sources))
    return said


def _dispute(conflict: Conflict, name: str) -> str:
    about = f"on the {conflict.type}"
    head = f"{name}, {about}" if name else about
    sides = " against ".join(_said(side) for side in conflict.sides)
    return f"{words.capital(head)}: {conflict.text}. {words.capital(sides)} ({conflict.state})."


def _said(side: Side) -> str:
    return f"{side.says} ({words.count(len(side.sources), 'source')})" if side.sources else side.says


def sections_of(claims: Sequence[Claim], label: Callable[[str], str]) -> list[Section]:
    """Return parties, content and history of one deal."""
    steps = of(claims, "statusEvent")
    return [
        Section("Parties", tuple(parties(claims, label))),
        Section("What it is about", tuple(content(claims, label))),
        Section("What happened", tuple(step(claim, label) for claim in steps)),
    ]
