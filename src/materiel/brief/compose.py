"""From a name, or two, to a brief: what the thing is, its deals, its conflicts, its open ends, and the footnotes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from materiel import wording as words
from materiel.brief import deals, things
from materiel.brief.brief import Brief
from materiel.brief.conflicts import conflicts_about
from materiel.brief.facts import claims_about
from materiel.brief.footnotes import notes_of
from materiel.brief.model import Section
from materiel.brief.subject import Subject, subject
from materiel.coverage import coverage, newest
from materiel.scope import WHOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from materiel.brief.conflicts import Conflict
    from materiel.brief.facts import Claim
    from materiel.scope import Scope
    from materiel.store.base import Store

SILENT_MONTHS = 12
"""A deal without a step for so long, counted back from the newest source, is listed among the open ends."""


def brief(
    store: Store,
    first: str,
    second: str | None = None,
    *,
    limit: int = 5,
    scope: Scope = WHOLE,
    notes: Sequence[str] = (),
) -> Brief:
    """Write a brief.

    Args:
        store: The graph, in whatever scope it is.
        first: An organisation, person, product, deal or country.
        second: A second one: the brief is then about the deals of both.
        limit: How many deals, conflicts and open ends are told at most; the rest is counted.
        scope: The scope that the store is in.
        notes: What every answer states: the scope in words, and what it left out.

    Raises:
        NotFound: Nothing has the name.
        Ambiguous: Several things have the name.
    """
    about = subject(store, first, second)
    today = min(day for day in (newest(store), scope.as_of_day, "9999") if day)
    told = claims_about(store, about.deals)
    sections = _deal(store, about, told, today) if about.is_deal else _many(store, about, told, today, limit)
    kept = tuple(section for section in sections if section.sentences)
    sources = dict.fromkeys(iri for section in kept for s in section.sentences for iri in s.sources)
    read = [str(coverage(store, iri, narrowed=not scope.is_whole)) for iri in about.iris]
    ends = tuple(
        words.stop(words.capital(line)) for line in [*_counts(about, told, store), *read, "Silence is no proof"]
    )
    stated = " ".join(notes) or f"Scope: {scope}."
    return Brief(about.title, about.lead, kept, stated, ends, tuple(notes_of(store, sources)))


def _deal(store: Store, about: Subject, told: dict[str, list[Claim]], today: str) -> list[Section]:
    label = store.labels.label
    claims = told.get(about.iris[0], [])
    disputed = deals.disputes(conflicts_about(store, about.iris), told, label, named=False)
    ends = deals.open_end(claims, today)
    return [
        *deals.sections_of(claims, label),
        Section("Where sources disagree", tuple(disputed)),
        Section("Open end", tuple(ends)),
    ]


def _many(store: Store, about: Subject, told: dict[str, list[Claim]], today: str, limit: int) -> list[Section]:
    label = store.labels.label
    order = _by_last_step(about, told)
    sections = [_latest(order, told, store, limit), *_standing(store, about)]
    rank = {iri: place for place, iri in enumerate(order)}
    conflicts = _in_turn(conflicts_about(store, [*order, *about.things]), rank)
    own = {**told, **(claims_about(store, about.things) if about.things else {})}
    disputed = deals.disputes(conflicts[:limit], own, label, named=True)
    more = words.count(len(conflicts) - limit, "more conflict") if len(conflicts) > limit else ""
    return [
        *sections,
        Section("Where sources disagree", tuple(disputed), _more(more)),
        _open_ends(order, told, store, today, limit),
    ]


def _in_turn(conflicts: Sequence[Conflict], rank: dict[str, int]) -> list[Conflict]:
    """Return the conflicts so that each deal has one told before any has two."""
    seen: Counter[str] = Counter()
    keyed = []
    for conflict in conflicts:
        keyed.append(
            ((conflict.type == "unclassified", seen[conflict.about], rank.get(conflict.about, len(rank))), conflict)
        )
        seen[conflict.about] += 1
    return [conflict for _, conflict in sorted(keyed, key=lambda pair: pair[0])]


def _counts(about: Subject, told: dict[str, list[Claim]], store: Store) -> list[str]:
    """Return how many deals stand where."""
    if about.is_deal or not about.deals:
        return []
    steps = [step for iri in about.deals if (step := deals.current_step(told.get(iri, [])))]
    standing = Counter(store.labels.label(str(step.value["status"])) for step in steps)
    ranked = [f"{number} {status}" for status, number in sorted(standing.items(), key=lambda item: (-item[1], item[0]))]
    return [f"{words.count(len(about.deals), 'deal')} in the graph, by how far they have come: {words.listed(ranked)}"]


def _more(words_: str) -> str:
    return words.stop(f"{words.capital(words_)} not told here") if words_ else ""


def _by_last_step(about: Subject, told: dict[str, list[Claim]]) -> list[str]:
    """Return the deals, those with the newest last step first."""

    def key(iri: str) -> tuple[str, str]:
        step = deals.last_step(told.get(iri, []))
        return (step.date or "") if step else "", iri

    return sorted(about.deals, key=key, reverse=True)


def _latest(order: Sequence[str], told: dict[str, list[Claim]], store: Store, limit: int) -> Section:
    steps = [(iri, deals.last_step(told.get(iri, []))) for iri in order]
    known = [(iri, step) for iri, step in steps if step is not None]
    said = [deals.step(step, store.labels.label, store.labels.label(iri)) for iri, step in known[:limit]]
    more = words.count(len(known) - limit, "more deal") if len(known) > limit else ""
    return Section("Deals, newest step first", tuple(said), _more(more))


def _standing(store: Store, about: Subject) -> list[Section]:
    found = []
    for iri in about.things:
        own, others, inside, said = (
            claims_about(store, [iri], end).get(iri, []) for end in ("subject", "object", "inside", "speaker")
        )
        name = store.labels.label(iri)
        found += things.standing(own, [*others, *inside], name, store.labels.label)
        found += [things.words_of(said, name, store.labels.label)] if about.is_person else []
    return found


def _open_ends(order: Sequence[str], told: dict[str, list[Claim]], store: Store, today: str, limit: int) -> Section:
    before = words.months_before(today, SILENT_MONTHS) if today != "9999" else ""
    silent = []
    for iri in reversed(order):
        step = deals.last_step(told.get(iri, []))
        if step is not None and step.date and step.date < before:
            silent += deals.open_end(told[iri], today, store.labels.label(iri))
    more = words.count(len(silent) - limit, "more deal") if len(silent) > limit else ""
    return Section("Open ends, longest silence first", tuple(silent[:limit]), _more(more))
