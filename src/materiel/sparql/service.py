"""No query reaches the network: SERVICE is found in the tokens of a query, as an engine's grammar would find it."""

from __future__ import annotations

import re

from materiel.sparql.tokens import Reader, Token

_WORD = "service"
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_NOT_IN_AN_IRI = frozenset("')")


def calls_service(text: str) -> bool:
    """Tell whether a query may call another endpoint.

    The grammar needs no blank after a keyword or a number, so `SERVICESILENT`, `1SERVICE`, `trueSERVICE` and `SERVICEx:y`
    are calls. Where `<` may be a comparison rather than the start of an IRI, the text is read both ways. What is doubtful
    counts as a call: a prefix or a word with "service" in it is refused, `?service`, `x:service` and texts are not.

    Args:
        text: A SPARQL query.
    """
    plain = _ESCAPE.sub(_character, text)
    if _WORD not in plain.casefold():
        return False
    tokens = Reader.of(plain).tokens
    return any(map(_calls, tokens)) or any(map(_is_doubtful, tokens))


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]


def _calls(token: Token) -> bool:
    named = {"word": token.text, "name": token.text.partition(":")[0]}
    return _WORD in named.get(token.kind, "").casefold()


def _is_doubtful(token: Token) -> bool:
    """Tell whether what looks like an IRI could be a comparison that hides what follows."""
    return token.kind == "iri" and bool(_NOT_IN_AN_IRI & set(token.text))
