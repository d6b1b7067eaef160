"""The embedded engine: Oxigraph in memory, or on disk and opened read-only."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from materiel.errors import FileProblem, QueryError
from materiel.store.labels import Labels
from materiel.vocabulary import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from materiel.store.base import Answer


class EmbeddedStore:
    """Triples in an Oxigraph store, with the index of names that belongs to it."""

    def __init__(self, engine: ox.Store, name: str, labels_path: Path | None = None) -> None:
        """Wrap an engine; names are indexed in memory when no index file is given."""
        self.engine = engine
        self.name = name
        self._labels_path = labels_path

    @classmethod
    def open(cls, path: Path, name: str) -> EmbeddedStore:
        """Open a built store (`engine/` and `labels.sqlite`) for reading."""
        return cls(ox.Store.read_only(str(path / "engine")), name, path / "labels.sqlite")

    @cached_property
    def labels(self) -> Labels:
        """The index of names."""
        return Labels.open(self._labels_path) if self._labels_path else Labels.build(self.engine.query)

    def query(self, text: str) -> Answer:
        """Answer a SPARQL query over the default graph.

        Raises:
            QueryError: With line and column of what cannot be read.
        """
        try:
            return self.engine.query(text, prefixes=PREFIXES)
        except SyntaxError as error:
            raise QueryError(
                f"the query cannot be read: {error.msg or error}", "See `materiel query --help`."
            ) from None
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"the query failed: {error}") from None

    def triples(self) -> bytes:
        """Return the default graph as N-Triples, in no particular order."""
        data = self.engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        if data is None:  # pragma: no cover - only when an output is given
            raise FileProblem("the engine wrote nothing")
        return data

    def __len__(self) -> int:
        """Return the number of triples."""
        return len(self.engine)
