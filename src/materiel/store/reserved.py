"""What is not the data's to say: what rules derive, and what the ontology says of its terms and codes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from materiel.store import ontology
from materiel.vocabulary import BASE, CODE, MAT, ONTOLOGY, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

SPACES = (MAT, CODE, ONTOLOGY, BASE + "derived/")
"""Where the ontology and the rules name things, and nobody else."""
_PROPERTIES = """
SELECT DISTINCT ?p WHERE {
  { ?p mat:derived true } UNION { ?p a owl:AnnotationProperty FILTER(STRSTARTS(STR(?p), STR(mat:))) }
}"""
_SUBJECTS = f"""
SELECT DISTINCT ?s WHERE {{ ?s ?p ?o FILTER({" || ".join(f'STRSTARTS(STR(?s), "{space}")' for space in SPACES)}) }}"""


@cache
def derived() -> frozenset[str]:
    """Return the properties that rules write, as the ontology of this installation has them, whatever a graph says."""
    marked = ontology.store().quads_for_pattern(None, ox.NamedNode(MAT + "derived"), None)
    return frozenset(str(quad.subject) for quad in marked)


def stated(engine: ox.Store) -> set[ox.Quad]:
    """Return the triples of some data that only rules or the ontology may state.

    They have a derived property, or one that steers rules, such as `mat:derived` itself; or their subject is a term, a
    code, or named as only the ontology and rules name things.
    """
    return {quad for pattern in _patterns(engine) for quad in engine.quads_for_pattern(*pattern, None)}


def _patterns(engine: ox.Store) -> Iterator[tuple[ox.NamedNode | None, ox.NamedNode | None]]:
    for row in cast("ox.QuerySolutions", ontology.store().query(_PROPERTIES, prefixes=PREFIXES)):
        yield None, cast("ox.NamedNode", row["p"])
    terms = {quad.subject for quad in ontology.store() if isinstance(quad.subject, ox.NamedNode)}
    named = {cast("ox.NamedNode", row["s"]) for row in cast("ox.QuerySolutions", engine.query(_SUBJECTS))}
    for subject in terms | named:
        yield subject, None
