"""A diff for readers: Markdown, JSON and an Atom feed (RFC 4287)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from materiel.errors import UsageError
from materiel.evidence import cite
from materiel.vocabulary import digest

if TYPE_CHECKING:
    from materiel.diff import Change, Diff
    from materiel.evidence import Citation

FORMATS = ("text", "md", "json", "atom")
_ATOM = "http://www.w3.org/2005/Atom"


def write(diff: Diff, form: str) -> str:
    """Write a diff in one of `FORMATS`.

    Raises:
        UsageError: The format is unknown.
    """
    if form == "json":
        return json.dumps(diff.to_dict(), ensure_ascii=False, indent=2) + "\n"
    if form not in FORMATS:
        raise UsageError(f"unknown format {form!r}", f"Use one of {', '.join(FORMATS)}.")
    cited = cite(diff.store, (iri for change in diff.changes for iri in change.sources))
    return _atom(diff, cited) if form == "atom" else _text(diff, cited, form)


def _text(diff: Diff, cited: dict[str, Citation], form: str) -> str:
    head, item = ("## ", "- **") if form == "md" else ("", "  ")
    lines = [f"{'# ' if form == 'md' else ''}From {diff.before} to {diff.after}", "", diff.summary, ""]
    kind = None
    for change in diff.changes:
        if change.kind != kind:
            kind = change.kind
            lines += ["", f"{head}{kind.capitalize()}", ""]
        name = f"{change.label}{'**' if form == 'md' else ''}"
        lines.append(f"{item}{name}{f' ({change.date})' if change.date else ''}: {change.text}")
        lines += [f"    {'- ' if form == 'md' else ''}{cited[iri]}" for iri in change.sources if iri in cited]
    return "\n".join(lines) + "\n"


def _atom(diff: Diff, cited: dict[str, Citation]) -> str:
    """Entries have stable ids (a hash of what changed) and the day of the step, so that a reader shows each once."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", f"https://w3id.org/materiel/changes/{digest(diff.before, diff.after)}")
    _add(feed, "title", f"materiel: from {diff.before} to {diff.after}")
    _add(feed, "subtitle", diff.summary)
    _add(feed, "updated", max((_day(change) for change in diff.changes), default="2000-01-01T00:00:00Z"))
    author = ET.SubElement(feed, f"{{{_ATOM}}}author")
    _add(author, "name", "materiel")
    for change in diff.changes:
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        _add(entry, "id", f"https://w3id.org/materiel/change/{digest(change.kind, change.subject, change.text)}")
        _add(entry, "title", f"{change.kind}: {change.label}")
        _add(entry, "updated", _day(change))
        ET.SubElement(entry, f"{{{_ATOM}}}link", href=change.subject)
        _add(entry, "content", "\n".join([change.text, *(str(cited[iri]) for iri in change.sources if iri in cited)]))
    ET.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _day(change: Change) -> str:
    return f"{((change.date or '2000') + '-01-01')[:10]}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}{name}").text = text
