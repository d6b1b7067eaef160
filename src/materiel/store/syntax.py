"""Syntax errors of SPARQL texts, told so that the place can be seen: line, column, the line with a caret."""

from __future__ import annotations

import re

_PLACE = re.compile(r"(?s)error at (\d+):(\d+): expected (?:one of )?(.*)")
_TOKEN = re.compile(r"(?:^|, )(\"(?:\\.|[^\"\\])+\"|[A-Z]{3,})(?=, |$)")
_REASONS = {
    "Prefix not found": "this prefix is not declared",
    "The SELECT contains a variable that is unbound": "SELECT names a variable that GROUP BY does not give",
    "IRI parsing failed": "this is not an IRI",
}
_FORMS = re.compile(r"(?is)\s*(?:(?:#[^\n]*\n|prefix\s+\S*\s*<[^>]*>|base\s*<[^>]*>)\s*)*")
_BEGINNING = "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
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
    line, column, expected = int(match[1]), int(match[2]), match[3]
    reason = _reason(expected, ended=not "\n".join(text.split("\n")[line - 1 :])[column - 1 :].strip())
    start = _FORMS.match(text)
    if start and not re.match(r"(?i)(select|ask|construct|describe)\b", text[start.end() :]):
        before = text[: start.end()]
        line, column, reason = before.count("\n") + 1, len(before) - before.rfind("\n"), _BEGINNING
    lines = text.split("\n")
    shown = lines[line - 1].rstrip() if line <= len(lines) else ""
    caret = "".join("\t" if c == "\t" else " " for c in shown[: column - 1]).ljust(column - 1) + "^"
    return f"line {line}, column {column}: {reason}\n    {shown}\n    {caret}"


def _reason(expected: str, *, ended: bool) -> str:
    for words, reason in _REASONS.items():
        if words in expected:
            return reason
    tokens = _TOKEN.findall(expected)
    if len(tokens) < 2 and all(token.isupper() for token in tokens):  # the grammar's last resort, which says nothing
        return "something here or just before cannot stand here"
    wanted = f"{', '.join(tokens[:_MOST])}{' or other' if len(tokens) > _MOST else ''}"
    return f"the query ends too early, expected {wanted}" if ended else f"expected {wanted}"
