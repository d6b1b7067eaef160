"""The deterministic Turtle writer: sorted, prefixed, one statement a line; equal triples give equal bytes."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, serialize

from materiel.vocabulary import CLAIM, ID, MAT, OUTLET, PREFIXES, RDF, SOURCE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NAMESPACES = {namespace.encode(): prefix.encode() for prefix, namespace in PREFIXES.items()}
_LOCAL = re.compile(rb"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_TYPE = f"<{RDF}type>".encode()
_INTEGER = f"^^<{XSD}integer>".encode()
_BOOLEAN = f"^^<{XSD}boolean>".encode()
_DECIMAL = f"^^<{XSD}decimal>".encode()
_DIGITS = re.compile(rb"[+-]?[0-9]+")
_POINT = re.compile(rb"[+-]?[0-9]*\.[0-9]+")
_ORDER = [b"<" + namespace.encode() for namespace in (ID, SOURCE, OUTLET, CLAIM, MAT)]


def turtle(triples: Iterable[Triple]) -> bytes:
    """Write triples as Turtle.

    Things come first, then their claims, each sorted by IRI; `a` leads, the other predicates are sorted;
    each object stands on a line of its own. No blank nodes are expected (the model has none).

    Returns:
        UTF-8 text whose bytes depend only on the set of triples.
    """
    return turtle_of_lines((serialize(triples, format=RdfFormat.N_TRIPLES) or b"").splitlines())


def turtle_of_lines(lines: Sequence[bytes]) -> bytes:
    """Write N-Triples lines, in any order and perhaps repeated, as Turtle."""
    names = _Names()
    statements = [line[:-2].split(b" ", 2) for line in sorted(set(lines))]
    blocks = [(subject, list(block)) for subject, block in groupby(statements, key=lambda s: s[0])]
    blocks.sort(key=lambda block: (_rank(block[0]), block[0][:-1]))
    body = b"\n".join(_block(subject, block, names) for subject, block in blocks)
    head = b"".join(
        b"@prefix %s: <%s> .\n" % (names.used[ns], ns) for ns in sorted(names.used, key=names.used.__getitem__)
    )
    return head + b"\n" + body if body else head


def _rank(subject: bytes) -> int:
    return next((i for i, namespace in enumerate(_ORDER) if subject.startswith(namespace)), len(_ORDER))


def _block(subject: bytes, block: list[list[bytes]], names: _Names) -> bytes:
    types = [s for s in block if s[1] == _TYPE]
    ordered = types + [s for s in block if s[1] != _TYPE] if types and block[0][1] != _TYPE else block
    return names[subject] + b" " + b" ;\n    ".join(_pairs(ordered, names)) + b" .\n"


def _pairs(block: list[list[bytes]], names: _Names) -> Iterator[bytes]:
    for _, predicate, obj in block:
        yield (b"a" if predicate == _TYPE else names[predicate]) + b" " + names[obj]


class _Names(dict[bytes, bytes]):
    """N-Triples term -> Turtle term, made once a term; `used` collects the prefixes."""

    def __init__(self) -> None:
        super().__init__()
        self.used: dict[bytes, bytes] = {}

    def __missing__(self, term: bytes) -> bytes:
        self[term] = name = self._iri(term) if term.startswith(b"<") else self._literal(term)
        return name

    def _iri(self, term: bytes) -> bytes:
        cut = max(term.rfind(b"/"), term.rfind(b"#")) + 1
        prefix = _NAMESPACES.get(term[1:cut])
        if prefix is None or not _LOCAL.fullmatch(term[cut:-1]):
            return term
        self.used[term[1:cut]] = prefix
        return prefix + b":" + term[cut:-1]

    def _literal(self, term: bytes) -> bytes:
        if not term.endswith(b">"):
            return term
        text, _, datatype = term.rpartition(b"^^")
        bare = text[1:-1]
        short = {_INTEGER: _DIGITS, _DECIMAL: _POINT}.get(b"^^" + datatype)
        if (short and short.fullmatch(bare)) or (b"^^" + datatype == _BOOLEAN and bare in {b"true", b"false"}):
            return bare
        return text + b"^^" + self[datatype]
