"""Syntax errors of SPARQL texts, told so that the place can be seen: line, column, the line with a caret."""

from __future__ import annotations

import re

_PLACE = re.compile(r"(?s)error at (\d+):(\d+): expected (?:one of )?(.*)")
_TOKEN = re.compile(r"(?:^|, )(\"(?:\\.|[^\"\\])+\"|[A-Z]{3,})(?=, |$)")
_REASONS = {
    "The SELECT contains a variable that is unbound": "SELECT names a variable that GROUP BY does not give",
    "IRI parsing failed": "this is not an IRI",
}
_START = re.compile(r"(?is)\s*(?:(?:#[^\n]*\n|prefix\s+\S*\s*<[^>]*>|base\s*<[^>]*>)\s*)*")
_MOST = 5


def explain(text: str, message: str) -> str:
    """Return what is wrong with a query, where, and the line with a caret under the place.

    Args:
        text: The query.
        message: The engine's words, which list every token that its grammar would take.
    """
    match = _PLACE.fullmatch(message)
    if not match:
        return message
    place = sum(len(line) for line in text.splitlines(keepends=True)[: int(match[1]) - 1]) + int(match[2]) - 1
    ended = not text[place:].strip()
    start = _START.match(text)
    if start and not re.match(r"(?i)(select|ask|construct|describe)\b", text[start.end() :]):
        return _shown(text, start.end(), "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE")
    if name := re.search(r"[^\s:]*:\S*$", text[:place]) if "Prefix not found" in match[3] else None:
        return _shown(text, name.start(), "this prefix is not declared")
    return _shown(text, len(text.rstrip()) if ended else place, _reason(match[3], ended=ended))


def _shown(text: str, place: int, reason: str) -> str:
    before = text[:place].split("\n")
    shown = text.split("\n")[len(before) - 1].rstrip()
    space = re.sub(r"[^\t]", " ", before[-1])
    return f"line {len(before)}, column {len(before[-1]) + 1}: {reason}\n    {shown}\n    {space}^"


def _reason(expected: str, *, ended: bool) -> str:
    for words, reason in _REASONS.items():
        if words in expected:
            return reason
    tokens = ["a number"] * ("['0'..='9']" in expected) + _TOKEN.findall(expected)
    if len(tokens) < 2 and all(token.isupper() for token in tokens):  # the grammar's last resort, which says nothing
        return "something here or just before cannot stand here"
    wanted = f"{', '.join(tokens[:_MOST])}{' or other' if len(tokens) > _MOST else ''}"
    return f"the query ends too early, expected {wanted}" if ended else f"expected {wanted}"
