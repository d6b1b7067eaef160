"""The structure of a SELECT query: its head, its groups and what stands in them; expressions are kept as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from materiel.errors import UsageError
from materiel.why.tokens import Reader, words

_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_TAIL = frozenset({"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})
_STARTS = frozenset({"OPTIONAL", "MINUS", "FILTER", "BIND", "VALUES", "GRAPH", "SERVICE", "LATERAL"})


@dataclass(frozen=True, slots=True)
class Triples:
    """A run of triple patterns, as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A FILTER, BIND or VALUES, as written; `absence` says what must be missing for it to hold, if it says so."""

    text: str
    absence: str = ""


@dataclass(frozen=True, slots=True)
class Opaque:
    """A GRAPH, SERVICE or LATERAL, as written: kept, but what it matches is not explained."""

    text: str
    what: str


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between braces."""

    elements: tuple[Element, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Exists:
    """A FILTER EXISTS."""

    text: str
    group: Group


@dataclass(frozen=True, slots=True)
class Optional:
    """An OPTIONAL group."""

    group: Group


@dataclass(frozen=True, slots=True)
class Union:
    """One group, or several of which any may hold."""

    branches: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A column or a group key: a variable, an expression, or an expression under a name."""

    variable: str | None
    expression: str | None


@dataclass(frozen=True, slots=True)
class Select:
    """A SELECT query or sub-query.

    Attributes:
        text: The whole of it, as written, without the prologue.
        prologue: The declarations before it.
        items: The columns; None for `*`.
        dataset: The FROM clauses.
        group: The WHERE group.
        keys: What the solutions are grouped by.
        having: The HAVING clause with its word.
        values: The VALUES clause after the group.
        aggregated: Whether rows stand for groups of solutions.
        sliced: Whether LIMIT or OFFSET cut the rows.
    """

    text: str
    prologue: str
    items: tuple[Item, ...] | None
    dataset: str
    group: Group
    keys: tuple[Item, ...]
    having: str
    values: str
    aggregated: bool
    sliced: bool


Element: TypeAlias = Triples | Kept | Opaque | Exists | Optional | Union | Select


def parse(text: str) -> Select:
    """Read a SELECT query.

    Raises:
        UsageError: It is another form of query.
        QueryError: The text cannot be read.
    """
    reader = Reader.of(text)
    while reader.word() in {"PREFIX", "BASE"}:
        reader.at += 3 if reader.word() == "PREFIX" else 2
    prologue = reader.since(0)
    if reader.word() != "SELECT":
        raise UsageError("only the rows of a SELECT query can be explained", "Write SELECT … WHERE { … }.")
    return _select(reader, prologue)


def _select(reader: Reader, prologue: str) -> Select:
    start = reader.at
    reader.take("SELECT")
    _ = reader.skip("DISTINCT") or reader.skip("REDUCED")
    items = None if reader.skip("*") else _items(reader)
    mark = reader.at
    while reader.word() not in {"WHERE", "{"}:
        reader.take()
    dataset = reader.since(mark)
    reader.skip("WHERE")
    group = _group(reader, prologue)
    tail = _tail(reader)
    keys = _items(Reader.of(tail.get("GROUP", "")))
    told = words(" ".join(item.expression or "" for item in items or ()) + tail.get("HAVING", ""))
    return Select(
        reader.since(start),
        prologue,
        items,
        dataset,
        group,
        keys,
        tail.get("HAVING", ""),
        tail.get("VALUES", ""),
        bool(keys or _AGGREGATES & set(told)),
        bool({"LIMIT", "OFFSET"} & set(tail)),
    )


def _items(reader: Reader) -> tuple[Item, ...]:
    """Read columns or group keys: variables, `(expression AS ?name)`, bare expressions and calls."""
    reader.skip("GROUP", "BY")
    items = []
    while reader.word() and reader.word() not in {"WHERE", "{", "FROM", *_TAIL}:
        start = reader.at
        token = reader.take()
        if token.kind == "variable":
            items.append(Item(token.text[1:], None))
            continue
        if token.text == "(":
            reader.at -= 1
        reader.balanced()
        items.append(_named(reader, start) if token.text == "(" else Item(None, reader.since(start)))
    return tuple(items)


def _named(reader: Reader, start: int) -> Item:
    """Split `(expression AS ?name)`."""
    if reader.word(-3) == "AS" and reader.tokens[reader.at - 2].kind == "variable":
        expression = reader.text[reader.tokens[start].end : reader.tokens[reader.at - 3].start]
        return Item(reader.tokens[reader.at - 2].text[1:], expression.strip())
    return Item(None, reader.since(start))


def _tail(reader: Reader) -> dict[str, str]:
    """Return the clauses after the WHERE group, by their first word."""
    clauses: dict[str, str] = {}
    while reader.word() in _TAIL:
        start, name = reader.at, reader.take().text.upper()
        while reader.word() and reader.word() not in {*_TAIL, "}"}:
            if reader.word() in {"(", "{"}:
                reader.balanced()
            else:
                reader.take()
        clauses[name] = reader.since(start)
    return clauses


def _group(reader: Reader, prologue: str) -> Group:
    start = reader.at
    reader.take("{")
    elements: list[Element] = []
    if reader.word() == "SELECT":
        elements.append(_select(reader, prologue))
    while reader.word() != "}":
        if not reader.skip("."):
            elements.append(_element(reader, prologue))
    reader.take("}")
    return Group(tuple(elements), reader.since(start))


def _element(reader: Reader, prologue: str) -> Element:
    start, word = reader.at, reader.word()
    if word == "{":
        branches = [_group(reader, prologue)]
        while reader.skip("UNION"):
            branches.append(_group(reader, prologue))
        return Union(tuple(branches))
    if word not in _STARTS:
        return _triples(reader)
    reader.take()
    if word == "OPTIONAL":
        return Optional(_group(reader, prologue))
    if word == "FILTER":
        return _filter(reader, start, prologue)
    while reader.word() not in {"{", "("}:
        reader.take()
    reader.balanced()
    if word == "VALUES" and reader.word() == "{":
        reader.balanced()
    text = reader.since(start)
    if word == "MINUS":
        return Kept(text, " ".join(text.split()))
    return Opaque(text, word) if word in {"GRAPH", "SERVICE", "LATERAL"} else Kept(text)


def _filter(reader: Reader, start: int, prologue: str) -> Element:
    if reader.skip("EXISTS"):
        group = _group(reader, prologue)
        return Exists(reader.since(start), group)
    if reader.skip("NOT", "EXISTS"):
        reader.balanced()
        return Kept(reader.since(start), " ".join(reader.since(start).split()))
    while reader.word() != "(":
        reader.take()
    reader.balanced()
    text = reader.since(start)
    told = words(text)
    hidden = "EXISTS" in told or any(told[i : i + 2] == ["!", "BOUND"] for i in range(len(told)))
    return Kept(text, " ".join(text.split()) if hidden else "")


def _triples(reader: Reader) -> Triples:
    start, depth = reader.at, 0
    while depth or reader.word() not in {"{", "}", *_STARTS}:
        token = reader.take()
        if token.kind == "sign":
            depth += (token.text in "([") - (token.text in ")]")
    return Triples(reader.since(start))


def group(text: str, prologue: str) -> Group:
    """Read a group on its own."""
    return _group(Reader.of(text), prologue)
