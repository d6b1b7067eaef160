"""The reader of SELECT queries: it finds the groups and leaves expressions as they are."""

from __future__ import annotations

from materiel.errors import UsageError
from materiel.sparql.tokens import Reader, words
from materiel.why.syntax import Element, Exists, Group, Item, Kept, Opaque, Optional, Select, Triples, Union

_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_TAIL = frozenset({"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"})
_STARTS = frozenset({"OPTIONAL", "MINUS", "FILTER", "BIND", "VALUES", "GRAPH", "SERVICE", "LATERAL"})


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
    group = _braces(reader, prologue)
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


def _braces(reader: Reader, prologue: str) -> Group:
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
        branches = [_braces(reader, prologue)]
        while reader.skip("UNION"):
            branches.append(_braces(reader, prologue))
        return Union(tuple(branches))
    if word not in _STARTS:
        return _triples(reader)
    reader.take()
    if word == "OPTIONAL":
        return Optional(_braces(reader, prologue))
    if word == "FILTER":
        return _filter(reader, start, prologue)
    while reader.word() not in {"{", "("}:
        reader.take()
    listed = word == "VALUES" and reader.word() == "("
    reader.balanced()
    if listed:
        reader.balanced()
    text = reader.since(start)
    if word == "MINUS":
        return Kept(text, _missing(text))
    return Opaque(text, word) if word in {"GRAPH", "SERVICE", "LATERAL"} else Kept(text)


def _filter(reader: Reader, start: int, prologue: str) -> Element:
    if reader.skip("EXISTS"):
        group = _braces(reader, prologue)
        return Exists(reader.since(start), group)
    if reader.skip("NOT", "EXISTS"):
        reader.balanced()
        return Kept(reader.since(start), _missing(reader.since(start)))
    while reader.word() != "(":
        reader.take()
    reader.balanced()
    text = reader.since(start)
    told = words(text)
    hidden = "EXISTS" in told or any(told[i : i + 2] == ["!", "BOUND"] for i in range(len(told)))
    return Kept(text, f"what {_line(text)} finds or misses" if hidden else "")


def _missing(text: str) -> str:
    return f"the absence of {_line(text[text.index('{') :])}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _triples(reader: Reader) -> Triples:
    start, depth = reader.at, 0
    while depth or reader.word() not in {"{", "}", *_STARTS}:
        token = reader.take()
        if token.kind == "sign":
            depth += (token.text in "([") - (token.text in ")]")
    return Triples(reader.since(start))


def group(text: str, prologue: str) -> Group:
    """Read a group on its own."""
    return _braces(Reader.of(text), prologue)
