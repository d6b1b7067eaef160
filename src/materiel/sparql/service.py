"""No query reaches the network: SERVICE is found in the tokens of a query, as an engine's grammar would find it."""

from __future__ import annotations

import re

from materiel.sparql.tokens import Token, every_reading

_WORD = "service"
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SOUND = re.compile(
    r"""(?:[^\\]|\\[tbnrf"'\\]|\\u(?![dD][89A-Fa-f])[0-9A-Fa-f]{4}|\\U000[1-9A-Fa-f][0-9A-Fa-f]{4})*""", re.DOTALL
)
"""A text all of whose escapes the grammar knows."""


def calls_service(text: str) -> bool:
    r"""Tell whether a query may call another endpoint.

    The grammar needs no blank after a keyword or a number, so `SERVICESILENT`, `1SERVICE`, `trueSERVICE` and `x:-1SERVICE`
    are calls. Engines differ in when they resolve `\u0022`, so the text is read with and without; and where `<` may compare
    rather than begin an IRI, it is read both ways. What is doubtful counts as a call: a prefix or a word with "service" in
    it is refused, `?service`, `x:service` and texts are not.

    Args:
        text: A SPARQL query.
    """
    plain = _ESCAPE.sub(_character, text)
    if _WORD not in plain.casefold():
        return False
    return any(_calls(token) for form in {text, plain} for token in every_reading(form))


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]


def _calls(token: Token) -> bool:
    """Tell whether a token holds the keyword, or is a long text that an unknown escape may turn into two short ones."""
    if token.kind == "string":
        return not _SOUND.fullmatch(token.text)
    named = {"word": token.text, "name": token.text.partition(":")[0]}
    return _WORD in named.get(token.kind, "").casefold()
