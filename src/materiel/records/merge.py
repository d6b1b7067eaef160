"""A record for a thing that exists adds to it: lists are united, what is told anew joins, what differs is reported."""

from __future__ import annotations

from typing import Any

from materiel.records.model import About, Attested, Record

_KEYS = (("id",), ("subject", "predicate", "object", "role", "start", "end", "share_percent"), ("status", "date", "claim"), ("entity", "role"), ("type", "text"))  # fmt: skip


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
    joined: dict[str, Any] = {}
    for name, field in type(old).model_fields.items():
        was, told = getattr(old, name), getattr(new, name)
        where = f"{place}.{name}"
        if isinstance(was, list):
            joined[name] = _united(was, told, where, differs)
        elif told in (was, field.default):
            joined[name] = was
        elif was == field.default:
            joined[name] = told
        else:
            joined[name] = was
            differs.append(f"{where}: {was!r} stays, {told!r} is told")
    if "observed" in joined:
        joined["observed"] = sorted(joined["observed"])
        joined["date"] = next(iter(joined["observed"]), None)
    return old.model_copy(update=joined)


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
