"""Runs of triple patterns: read by rdflib's SPARQL grammar, with paths taken apart so that every step can be seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

from materiel.errors import QueryError
from materiel.sparql.tokens import Reader
from materiel.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.paths import Path

    Node: TypeAlias = ox.NamedNode | ox.Literal | ox.Variable


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern; its predicate may be a path that has no fixed number of steps.

    Attributes:
        subject: A term or a variable.
        predicate: A term, a variable or a path.
        object: A term or a variable.
        guards: The marks that a solution has bound when it matched this pattern.
    """

    subject: Node
    predicate: Node | Path
    object: Node
    guards: tuple[str, ...]


@dataclass
class Names:
    """Names of variables that a query does not use.

    Attributes:
        taken: The text in which none of them may occur.
    """

    taken: str
    _count: int = 0
    _stem: str = field(default="", init=False)

    def __post_init__(self) -> None:
        """Choose a stem that the query has not."""
        self._stem = "why"
        while self._stem in self.taken:
            self._stem += "_"

    def fresh(self) -> str:
        """Return a new name."""
        self._count += 1
        return f"{self._stem}{self._count}"

    def blank(self, identifier: str) -> str:
        """Return the name that stands for a blank node."""
        return f"{self._stem}_{identifier}"


def read(text: str, prologue: str) -> list[tuple[Any, Any, Any]]:
    """Return the triple patterns of a run of them, in rdflib's terms.

    Raises:
        QueryError: rdflib cannot read it.
    """
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        query = translateQuery(
            parseQuery(f"{prologue}\nSELECT * WHERE {{ {_without_inverse(text)} }}"), initNs=PREFIXES
        )
    except Exception as error:  # the parser raises errors of many sorts  # noqa: BLE001
        raise QueryError(f"these triple patterns cannot be explained: {text} ({error})") from None
    return [triple for part in _parts(query.algebra) for triple in part]


def _without_inverse(text: str) -> str:
    """Write `!(a|^b)` as `(!(a)|^(!(b)))`, which means the same; rdflib loses the predicate of the former."""
    reader = Reader.of(text)
    pieces, done = [], 0
    while reader.at < len(reader.tokens):
        token = reader.take()
        if token.kind == "sign" and token.text == "!":
            barred = _barred(reader)
            pieces += [text[done : token.start], barred]
            done = reader.tokens[reader.at - 1].end
    return "".join([*pieces, text[done:]])


def _barred(reader: Reader) -> str:
    """Read what follows the `!` of a path."""
    start = reader.at
    if reader.word() == "(":
        reader.balanced()
    else:
        reader.at += 2 if reader.word() == "^" else 1
    onward: list[str] = []
    back: list[str] = []
    for i in range(start, reader.at):
        token = reader.tokens[i]
        if token.kind != "sign":
            (back if reader.tokens[i - 1].text == "^" else onward).append(token.text)
    ways = [f"!({'|'.join(onward)})"] if onward or not back else []
    ways += [f"^(!({'|'.join(back)}))"] if back else []
    return f"({'|'.join(ways)})"


def _parts(part: Any) -> Iterator[Any]:
    if getattr(part, "name", "") == "BGP":
        yield part.triples
    elif isinstance(part, dict):
        for value in part.values():
            yield from _parts(value)


def node(term: Any, names: Names) -> Node:
    """Return rdflib's term as the engine's; a blank node becomes a variable."""
    import rdflib

    if isinstance(term, rdflib.BNode):
        return ox.Variable(names.blank(str(term)))
    if isinstance(term, rdflib.Variable):
        return ox.Variable(str(term))
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)


def steps(subject: Node, predicate: Any, obj: Node, names: Names, guards: tuple[str, ...]) -> tuple[str, list[Pattern]]:
    """Take a path apart.

    A sequence becomes a chain over new variables, an inverse is turned round, an alternative becomes a UNION whose
    branches leave a mark; a path without a fixed number of steps stays.

    Returns:
        The patterns as SPARQL, and one by one.
    """
    from rdflib import paths

    if isinstance(predicate, paths.InvPath):
        return steps(obj, predicate.arg, subject, names, guards)
    if isinstance(predicate, paths.SequencePath):
        return _chain(subject, predicate.args, obj, names, guards)
    if isinstance(predicate, paths.AlternativePath):
        return _either(subject, predicate.args, obj, names, guards)
    kept = predicate if isinstance(predicate, paths.Path) else node(predicate, names)
    text = render(predicate) if isinstance(predicate, paths.Path) else str(kept)
    return f"{subject} {text} {obj} .", [Pattern(subject, kept, obj, guards)]


def _chain(
    subject: Node, parts: list[Any], obj: Node, names: Names, guards: tuple[str, ...]
) -> tuple[str, list[Pattern]]:
    stops = [subject, *(ox.Variable(names.fresh()) for _ in parts[1:]), obj]
    links = [steps(stops[i], part, stops[i + 1], names, guards) for i, part in enumerate(parts)]
    return " ".join(text for text, _ in links), [pattern for _, found in links for pattern in found]


def _either(
    subject: Node, parts: list[Any], obj: Node, names: Names, guards: tuple[str, ...]
) -> tuple[str, list[Pattern]]:
    texts, patterns = [], []
    for part in parts:
        mark = names.fresh()
        text, found = steps(subject, part, obj, names, (*guards, mark))
        texts.append(f"{{ {text} BIND(1 AS ?{mark}) }}")
        patterns += found
    return " UNION ".join(texts), patterns


def render(path: Any) -> str:
    """Write a path as SPARQL."""
    from rdflib import paths

    if isinstance(path, paths.InvPath):
        return f"^{render(path.arg)}"
    if isinstance(path, paths.SequencePath):
        return f"({'/'.join(map(render, path.args))})"
    if isinstance(path, paths.AlternativePath):
        return f"({'|'.join(map(render, path.args))})"
    if isinstance(path, paths.MulPath):
        return f"({render(path.path)}){path.mod}"
    if isinstance(path, paths.NegatedPath):
        return f"!({'|'.join(map(render, path.args))})"
    return f"<{path}>"
