"""The ontology that is loaded with every graph: its terms and code lists."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from materiel.store import folder

if TYPE_CHECKING:
    from pathlib import Path


def files() -> list[Path]:
    """Return the Turtle files that are loaded with every graph: the terms and the code lists."""
    home = folder.bundled("ontology")
    return [home / "materiel.ttl", *folder.files(home / "codes")]


@cache
def store() -> ox.Store:
    """Return the ontology alone, read once a process; not to be written to."""
    engine = ox.Store()
    engine.load(folder.read_all(files()), format=ox.RdfFormat.TURTLE)
    return engine


@cache
def lines() -> frozenset[bytes]:
    """Return the ontology as N-Triples lines."""
    found = store().dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return frozenset((found or b"").splitlines())
