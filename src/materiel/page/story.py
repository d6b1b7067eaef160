"""Story mode: ordered steps with a caption, each bound to a state of the page and, if wished, to a query.

The file is a strict small part of YAML, so that no YAML library is needed and an editor's YAML mode still helps::

    title: How the shells came
    steps:
      - caption: First reports
        as_of: 2022-05
      - caption: Around the firm
        focus: rheinmetall
        depth: 1
        query: deals-of

Every file that is read here means the same to a YAML library; anything beyond it (anchors, blocks, flow) is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

KEY = re.compile(r"([a-z_]+):(?:\s+(.*))?$")
SPECIAL = set("&*!|>%@`[]{}#\"'")


class StoryError(ValueError):
    """A story file says something that this small part of YAML does not hold."""


@dataclass(frozen=True, slots=True)
class StoryStep:
    """One step: a caption and what the page shows while it is read."""

    caption: str
    as_of: str = ""
    known_by: str = ""
    focus: str = ""
    depth: int = 1
    select: str = ""
    path_from: str = ""
    path_to: str = ""
    draw: str = ""
    query: str = ""
    show: tuple[str, ...] = ()

    def state(self, agreements: frozenset[str] = frozenset()) -> str:
        """Return the address part that puts the page into this state."""
        path = f"{self.path_from}~{self.path_to}" if self.path_from and self.path_to else ""
        parts = {
            "draw": self.draw,
            "ego": f"{self.focus}~{self.depth}" if self.focus else "",
            "add": " ".join(self.show),
            "asof": (self.known_by or self.as_of)[:7],
            "clock": "known" if self.known_by else "",
            "l" if self.select in agreements else "n": self.select,
            "path": path,
        }
        return "&".join(f"{key}={quote(value, safe='~')}" for key, value in parts.items() if value)


@dataclass(frozen=True, slots=True)
class Story:
    """A title and the steps in order."""

    title: str
    steps: tuple[StoryStep, ...] = field(default_factory=tuple)

    def as_data(self, agreements: frozenset[str] = frozenset()) -> dict[str, Any]:
        """Return the story as the page's script reads it."""
        steps = [{"caption": s.caption, "state": s.state(agreements), "query": s.query} for s in self.steps]
        return {"title": self.title, "steps": steps}

    def refreshed(self, answer: Callable[[str], Sequence[str]]) -> Story:
        """Ask each step's query again and show what it answers now."""
        steps = (replace(step, show=tuple(answer(step.query))) if step.query else step for step in self.steps)
        return replace(self, steps=tuple(steps))


def read_story(text: str) -> Story:
    """Read a story file; every complaint names the line."""
    title, steps = "", list[dict[str, str]]()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent, body = len(line) - len(line.lstrip(" ")), line.strip()
        if indent == 0:
            key, value = _pair(body, number)
            title = value if key == "title" else title
            if key not in {"title", "steps"} or (key == "steps" and value):
                raise StoryError(f"line {number}: expected 'title: …' or 'steps:', found {body!r}")
        elif body.startswith("- "):
            steps.append(dict([_pair(body[2:].strip(), number)]))
        elif steps and indent >= 4:
            key, value = _pair(body, number)
            if key in steps[-1]:
                raise StoryError(f"line {number}: {key!r} is given twice in one step")
            steps[-1][key] = value
        else:
            raise StoryError(f"line {number}: a step starts with '- ' under 'steps:', its other lines stand under it")
    return Story(title, tuple(_step(step, place) for place, step in enumerate(steps, 1)))


def _pair(body: str, number: int) -> tuple[str, str]:
    found = KEY.match(body)
    if not found:
        raise StoryError(f"line {number}: expected 'key: value', found {body!r}")
    key, value = found.group(1), (found.group(2) or "").strip()
    return key, _scalar(value, number)


def _scalar(value: str, number: int) -> str:
    """Read a plain or a double-quoted scalar without escapes."""
    if len(value) > 1 and value[0] == value[-1] == '"' and not set(value[1:-1]) & {'"', "\\"}:
        return value[1:-1]
    if value[:1] in SPECIAL or value.startswith(("- ", "? ")) or ": " in value or " #" in value or value.endswith(":"):
        raise StoryError(f"line {number}: put this text in double quotes: {value!r}")
    return value


def _step(given: dict[str, str], place: int) -> StoryStep:
    known = {entry.name for entry in fields(StoryStep)} - {"show"}
    strange = sorted(set(given) - known - {"show"})
    if strange:
        raise StoryError(f"step {place}: unknown key {strange[0]!r}; known are {', '.join(sorted(known))} and show")
    if not given.get("caption"):
        raise StoryError(f"step {place}: a caption is missing")
    if not given.get("depth", "1").isdigit():
        raise StoryError(f"step {place}: depth is a number, not {given['depth']!r}")
    plain = {key: value for key, value in given.items() if key not in {"depth", "show"}}
    return StoryStep(**plain, depth=int(given.get("depth", "1")), show=tuple(given.get("show", "").split()))
