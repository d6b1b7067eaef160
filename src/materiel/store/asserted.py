"""What was put into a store: its data without the triples that the rules derive, and without ontology and code lists."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from materiel.store import ontology, reserved
from materiel.vocabulary import BASE, CLAIM, ID, OUTLET, PREFIXES, RDF, SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from materiel.store.base import Store

_DATA = tuple(f"<{space}".encode() for space in (ID, SOURCE, OUTLET, CLAIM, BASE + "dataset/"))
_OURS = tuple(f"<{space}".encode() for space in reserved.SPACES)
_KNOWN = tuple(f"<{space}".encode() for space in PREFIXES.values())
_TYPE = f"<{RDF}type>".encode()
_SUPER = "SELECT ?class ?super WHERE { ?class rdfs:subClassOf+ ?super }"
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def triples(store: Store, query: str = _ALL) -> list[bytes]:
    """Return the triples of a CONSTRUCT query (all of them by default) as N-Triples lines."""
    answer = store.query(query)
    return (ox.serialize(cast("Iterable[ox.Triple]", answer), format=ox.RdfFormat.N_TRIPLES) or b"").splitlines()


def data(lines: Iterable[bytes]) -> list[bytes]:
    """Return the lines about data, sorted and each once: all but the ontology's terms and codes, and what rules find."""
    return sorted(line for line in set(lines) - ontology.lines() if not line.startswith(_OURS))


def foreign(lines: Iterable[bytes]) -> int:
    """Return how many lines are about what is outside our namespaces, or say it in words that we do not know."""
    return sum(not (line.startswith(_DATA) and line.split(b" ", 2)[1].startswith(_KNOWN)) for line in lines)


def asserted(store: Store, lines: Iterable[bytes]) -> list[bytes]:
    """Return the lines about data that no rule derived: no derived predicates, and of a thing's classes the narrowest."""
    return list(_without_derived(data(lines), store))


def _without_derived(found: list[bytes], store: Store) -> Iterator[bytes]:
    derived = {name.encode() for name in reserved.derived()}
    above = {
        (str(r["class"]).encode(), str(r["super"]).encode()) for r in cast("ox.QuerySolutions", store.query(_SUPER))
    }
    for _, group in groupby(found, key=lambda line: line.split(b" ", 1)[0]):
        statements = [(line, *line[:-2].split(b" ", 2)[1:]) for line in group]
        types = {value for _, predicate, value in statements if predicate == _TYPE}
        wide = {wider for narrow in types for wider in types if (narrow, wider) in above} if len(types) > 1 else set()
        for line, predicate, value in statements:
            if predicate not in derived and not (predicate == _TYPE and value in wide):
                yield line
