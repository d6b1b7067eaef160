"""A record for a thing that exists adds to it: lists are united, what is told anew joins, what differs is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from materiel.dates import PartialDate
from materiel.records.model import About, Attested, Partnership, Record

if TYPE_CHECKING:
    from materiel.records.model import Event, Side

_KEYS = (("id",), ("subject", "predicate", "object", "role", "start", "end", "share_percent"), ("status", "date", "claim"), ("entity", "role"), ("type", "text"))  # fmt: skip

_DESCRIBING = frozenset(
    {"name", "title", "description", "country", "instrument", "date_basis", "attributed_to", "wikidata"}
)
"""Fields that say how a thing is called or filed: two records that differ in them still state the same."""
_EVIDENCE = frozenset({"sources", "observed"})


def identity(item: Any) -> Any:
    """Return what makes two records, or two items of a list, the same one."""
    if isinstance(item, Attested | About):
        return item.source if isinstance(item, Attested) else item.value
    if not isinstance(item, Record):
        return item
    names = type(item).model_fields
    key = next((key for key in _KEYS if all(name in names for name in key)), tuple(names))
    return tuple(repr(getattr(item, name)) for name in key)


def merge(old: Record, new: Record, place: str, differs: list[str]) -> Record:
    """Return the old record with what the new one adds.

    Args:
        old: What the graph holds; its values stay.
        new: What is told now.
        place: How to name the record in a report.
        differs: Filled with a line for each value that is told otherwise.
    """
    if {"attributed_to", "sources"} <= type(old).model_fields.keys() and old.attributed_to != new.attributed_to:  # type: ignore[attr-defined]
        old, new = _with_own_speakers(old), _with_own_speakers(new)
    if isinstance(old, Partnership) and isinstance(new, Partnership):
        old, new = _in_one_order(old, new)
    joined, other = _scalars(old, new, place, differs)
    for name in type(old).model_fields:
        if isinstance(was := getattr(old, name), list):
            told = [] if other and name in _EVIDENCE else getattr(new, name)
            joined[name] = _united(was, told, f"{place}.{name}", differs)
    if "observed" in joined:
        joined["observed"] = sorted(joined["observed"])
        joined["date"] = next(iter(joined["observed"]), None)
    return old.model_copy(update=joined)


def _scalars(old: Record, new: Record, place: str, differs: list[str]) -> tuple[dict[str, Any], bool]:
    """Return the values that are no lists, and whether the new record tells something else, so that its sources speak of that."""
    joined: dict[str, Any] = {}
    other = False
    own = bool(getattr(old, "sources", []))
    for name, field in type(old).model_fields.items():
        was, told = getattr(old, name), getattr(new, name)
        if isinstance(was, list):
            continue
        fills = was == field.default and not (own and name not in _DESCRIBING)
        if isinstance(was, Record) and isinstance(told, Record):
            joined[name] = merge(was, told, f"{place}.{name}", differs)
        elif told in (was, field.default):
            joined[name] = was
        elif fills:
            joined[name] = told
        else:
            joined[name] = was
            other = other or name not in _DESCRIBING
            differs.append(f"{place}.{name}: {was!r} stays, {told!r} is told")
    return joined, other


def _in_one_order(old: Partnership, new: Partnership) -> tuple[Partnership, Partnership]:
    """Put the steps of both into one order, and let the sides of contradictions name them by it.

    A step stands before the first that is certain to be later; without a date it stands last.
    """
    steps = list(old.events)
    for event in new.events:
        if identity(event) not in map(identity, steps):
            steps.insert(_place(event, steps), event)
    order = {identity(event): number for number, event in enumerate(steps, 1)}
    return _numbered(old, steps, order), _numbered(new, [], order)


def _place(event: Event, steps: list[Event]) -> int:
    if event.date is None:
        return len(steps)
    last = PartialDate(event.date).not_after
    later = (n for n, step in enumerate(steps) if step.date and PartialDate(step.date).not_before > last)
    return next(later, len(steps))


def _numbered(deal: Partnership, steps: list[Event], order: dict[Any, int]) -> Partnership:
    """Return a deal whose sides name steps by the common order; its own steps come first if none are given."""

    def side(each: Side) -> Side:
        return each.model_copy(update={"step": order[identity(deal.events[each.step - 1])]}) if each.step else each

    conflicts = [c.model_copy(update={"sides": [side(s) for s in c.sides]}) for c in deal.conflicts]
    return deal.model_copy(update={"conflicts": conflicts, **({"events": steps} if steps else {})})


def _united(old: list[Any], new: list[Any], place: str, differs: list[str]) -> list[Any]:
    found = {identity(item): item for item in old}
    for item in new:
        key = identity(item)
        if key in found and isinstance(item, Record):
            was = found[key]
            found[key] = merge(was, item, place, differs) if isinstance(was, Record) else item
        found.setdefault(key, item)
    return list(found.values())


def _with_own_speakers(record: Record) -> Record:
    """Move the speaker of a record to each of its sources, so that it comes to stand on no page of another record."""
    speaker, given = record.attributed_to, record.sources  # type: ignore[attr-defined]
    if speaker is None:
        return record
    told = [Attested(source=s) if isinstance(s, str) else s for s in given]
    sources = [a.model_copy(update={"attributed_to": a.attributed_to or speaker}) for a in told]
    return record.model_copy(update={"attributed_to": None, "sources": sources})
