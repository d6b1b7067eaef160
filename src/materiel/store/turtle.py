"""The deterministic Turtle writer: sorted, prefixed, one statement a line; equal triples give equal bytes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from itertools import repeat
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, serialize

from materiel.vocabulary import CLAIM, ID, MAT, OUTLET, PREFIXES, RDF, SOURCE, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NAMESPACES = {b"<" + namespace.encode(): prefix.encode() for prefix, namespace in PREFIXES.items()}
_LOCAL = re.compile(rb"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_TYPE = f"<{RDF}type> ".encode()
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
    blocks: dict[bytes, list[bytes]] = defaultdict(list)
    for subject, _, rest in map(bytes.partition, lines, repeat(b" ")):
        blocks[subject].append(rest)
    names = _Names()
    tails = _Tails(names)
    body = b"\n".join([_block(names[subject], blocks[subject], tails) for subject in _ordered(blocks)])
    head = b"".join(
        b"@prefix %s: <%s> .\n" % (prefix, PREFIXES[prefix.decode()].encode()) for prefix in sorted(names.used)
    )
    return head + b"\n" + body if body else head


def _ordered(subjects: Iterable[bytes]) -> list[bytes]:
    """Return things, then sources, outlets, claims and terms, then the rest, each sorted."""
    rest, ordered = sorted(subjects, key=_open), []
    for namespace in _ORDER:
        start = bisect_left(rest, namespace, key=_open)
        end = bisect_left(rest, namespace + b"\xff", key=_open)
        ordered += rest[start:end]
        del rest[start:end]
    return ordered + rest


def _open(subject: bytes) -> bytes:
    """Return a term without its last character, so that `a` sorts before `a-1`."""
    return subject[:-1]


def _block(subject: bytes, rests: list[bytes], tails: _Tails) -> bytes:
    ordered = sorted(set(rests))
    start = bisect_left(ordered, _TYPE)
    if start and start < len(ordered) and ordered[start].startswith(_TYPE):
        end = bisect_left(ordered, _TYPE + b"\xff", start)
        ordered[:end] = ordered[start:end] + ordered[:start]
    return subject + b" " + b" ;\n    ".join(map(tails.__getitem__, ordered)) + b" .\n"


class _Tails(dict[bytes, bytes]):
    """Predicate and object of an N-Triples line -> the same in Turtle, made once: many lines end alike."""

    def __init__(self, names: _Names) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, tail: bytes) -> bytes:
        predicate, _, value = tail[:-2].partition(b" ")
        verb = b"a" if predicate == _TYPE[:-1] else self._names[predicate]
        self[tail] = told = verb + b" " + self._names[value]
        return told


class _Names(dict[bytes, bytes]):
    """N-Triples term -> Turtle term, made once a term; `used` collects the prefixes."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[bytes] = set()

    def __missing__(self, term: bytes) -> bytes:
        self[term] = name = self._iri(term) if term.startswith(b"<") else self._literal(term)
        return name

    def _iri(self, term: bytes) -> bytes:
        for mark in (b"/", b"#"):
            cut = term.rfind(mark) + 1
            prefix = _NAMESPACES.get(term[:cut])
            if prefix and _LOCAL.fullmatch(term, cut, len(term) - 1):
                self.used.add(prefix)
                return prefix + b":" + term[cut:-1]
        return term

    def _literal(self, term: bytes) -> bytes:
        if not term.endswith(b">"):
            return term
        text, _, datatype = term.rpartition(b"^^")
        bare = text[1:-1]
        short = {_INTEGER: _DIGITS, _DECIMAL: _POINT}.get(b"^^" + datatype)
        if (short and short.fullmatch(bare)) or (b"^^" + datatype == _BOOLEAN and bare in {b"true", b"false"}):
            return bare
        return text + b"^^" + self[datatype]
