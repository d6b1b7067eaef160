"""A scope applied: a store of what the standing claims say, with the derived layer made anew."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pyoxigraph as ox

from materiel.standing import Standing
from materiel.store import build, ontology
from materiel.store.asserted import asserted, triples
from materiel.store.embedded import EmbeddedStore
from materiel.store.labels import NarrowedLabels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from materiel.scope import Left, Scope
    from materiel.store.base import Store

_REFUSED = "CONSTRUCT { ?s mat:refused ?p } WHERE { ?s mat:refused ?p }"
"""What files may not state is told in every scope."""


def view(store: Store, scope: Scope) -> tuple[EmbeddedStore, Left]:
    """Return the store of what stands in a scope, and what was left out.

    Args:
        store: The whole graph, derived layer included.
        scope: What to look at.
    """
    lines = store.asserted if isinstance(store, EmbeddedStore) else asserted(store, triples(store))
    standing = Standing(lines, scope, store)
    engine = ox.Store()
    engine.load(b"\n".join(keep(lines, standing)), format=ox.RdfFormat.N_TRIPLES)
    build.load(engine, ontology.files())
    build.derive(engine)
    engine.load(b"\n".join(triples(store, _REFUSED)), format=ox.RdfFormat.N_TRIPLES)

    def stands(iri: str) -> bool:
        return next(iter(engine.quads_for_pattern(ox.NamedNode(iri), None, None)), None) is not None

    return EmbeddedStore(engine, store.name, labels=NarrowedLabels(store.labels, stands, str(scope))), standing.left


def keep(lines: Iterable[bytes], standing: Standing) -> Iterator[bytes]:
    """Yield the lines, sorted by subject, that neither belong to nor point at a node that is left out."""
    nodes, statements = standing.lost_nodes, standing.lost_lines
    for subject, group in groupby(lines, key=lambda line: line[: line.index(b">") + 1]):
        if subject not in nodes:
            for line in group:
                if line[line.rfind(b"<") : -2] not in nodes and line not in statements:
                    yield line
