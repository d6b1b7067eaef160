"""A query cut into tokens: enough of SPARQL's grammar to find groups without touching strings, IRIs and comments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from materiel.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"""
    (?P<string>\"{3}(?:[^\\]|\\.)*?\"{3}|'{3}(?:[^\\]|\\.)*?'{3}|"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<iri><(?:[^\x00-\x20<>"{}|\\^`]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<blank>\s+|\#[^\n\r]*)
  | (?P<variable>[?$]\w+)
  | (?P<name>_:\w(?:[\w.-]*[\w-])?
      |(?:[^\W\d](?:[\w.-]*[\w-])?)?:(?:(?:[\w:%]|\\.)(?:[\w:%-]|\\.|\.+(?=[\w:%\\-]))*)?)
  | (?P<word>@?[^\W\d][\w-]*)
  | (?P<number>(?:\d+\.\d+|\d+|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<sign>\^\^|&&|\|\||!=|<=|>=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
"""A local name begins with neither `-` nor `.`: `x:-1` is a name and a number."""
_ADDRESS = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_PAIRS = {"(": ")", "{": "}", "[": "]"}


class Token(NamedTuple):
    """A token and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def _token(match: re.Match[str]) -> Token:
    return Token(str(match.lastgroup), match.group(), match.start(), match.end())


def every_reading(text: str) -> Iterator[Token]:
    """Yield the tokens of all readings of a text, for whoever must not be deceived by one of them.

    `1<2#>` is a number, a sign and a comment, or a number and an IRI; after `<http://` there is no doubt. A local name with
    several dots is ended before the second of them by Oxigraph, and by the grammar not at all.
    """
    seen: set[int] = set()
    starts = [0]
    while starts:
        start = starts.pop()
        if start in seen or not (match := _TOKEN.match(text, start)):
            continue
        seen.add(start)
        token = _token(match)
        yield token
        starts += [token.end, *_other_starts(token)]


def _other_starts(token: Token) -> list[int]:
    if token.kind == "iri":
        return [] if _ADDRESS.match(token.text) else [token.start + 1]
    local = token.text.find(":") + 1 if token.kind == "name" else 0
    return [token.start + place for place, sign in enumerate(token.text) if sign == "." and place >= local > 0]


@dataclass
class Reader:
    """A cursor over the tokens of a text.

    Attributes:
        text: The whole query.
        tokens: Its tokens, without blanks and comments.
        at: The number of the next token.
    """

    text: str
    tokens: list[Token]
    at: int = 0

    @classmethod
    def of(cls, text: str) -> Reader:
        """Cut a text into tokens."""
        found = map(_token, _TOKEN.finditer(text))
        return cls(text, [token for token in found if token.kind != "blank"])

    def word(self, ahead: int = 0) -> str:
        """Return the next token in capitals, or nothing at the end."""
        place = self.at + ahead
        return self.tokens[place].text.upper() if place < len(self.tokens) else ""

    def take(self, *expected: str) -> Token:
        """Return the next token and go on.

        Raises:
            QueryError: The text ends, or another token was expected.
        """
        if self.at >= len(self.tokens) or (expected and self.word() not in expected):
            raise QueryError(f"the query cannot be read: {' or '.join(expected) or 'more text'} expected")
        self.at += 1
        return self.tokens[self.at - 1]

    def skip(self, *words: str) -> bool:
        """Go over these words if they come next, and tell whether they did."""
        if any(self.word(i) != word for i, word in enumerate(words)):
            return False
        self.at += len(words)
        return True

    def balanced(self) -> None:
        """Go over a bracket and all that it holds."""
        closing = [_PAIRS[self.take(*_PAIRS).text]]
        while closing:
            token = self.take()
            if token.kind == "sign" and token.text in _PAIRS:
                closing.append(_PAIRS[token.text])
            elif token.text == closing[-1]:
                closing.pop()

    def since(self, start: int) -> str:
        """Return the text from a token to the last one taken."""
        return self.text[self.tokens[start].start : self.tokens[self.at - 1].end] if self.at > start else ""


def variables(text: str) -> frozenset[str]:
    """Return the names of the variables in a piece of a query."""
    return frozenset(token.text[1:] for token in Reader.of(text).tokens if token.kind == "variable")


def words(text: str) -> list[str]:
    """Return the tokens of a piece of a query in capitals."""
    return [token.text.upper() for token in Reader.of(text).tokens]
