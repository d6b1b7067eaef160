"""The embedded engine: Oxigraph in memory, or on disk and opened read-only."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from materiel.errors import FileProblem, QueryError
from materiel.sparql.complaint import explain
from materiel.sparql.service import calls_service
from materiel.store.asserted import asserted
from materiel.store.labels import Labels
from materiel.vocabulary import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

    from materiel.store.base import Answer


class EmbeddedStore:
    """Triples in an Oxigraph store, with the index of names that belongs to it."""

    def __init__(self, engine: ox.Store, name: str, built: Path | None = None, labels: Labels | None = None) -> None:
        """Wrap an engine; `built` is the folder of a built store; without it and `labels` names are indexed in memory."""
        self.engine = engine
        self.name = name
        self._built = built
        if labels is not None:
            self.labels = labels

    @classmethod
    def open(cls, path: Path, name: str) -> EmbeddedStore:
        """Open a built store (`engine/` and `labels.sqlite`) for reading."""
        return cls(ox.Store.read_only(str(path / "engine")), name, path)

    @cached_property
    def labels(self) -> Labels:
        """The index of names."""
        return Labels.open(self._built / "labels.sqlite") if self._built else Labels.build(self.engine.query)

    @cached_property
    def asserted(self) -> list[bytes]:
        """What was put in: sorted N-Triples lines without ontology and derived triples."""
        if self._built:
            return (self._built / "asserted.nt").read_bytes().splitlines()
        return asserted(self, self.triples().splitlines())

    def query(self, text: str) -> Answer:
        """Answer a SPARQL query over the default graph.

        Raises:
            QueryError: With line and column of what cannot be read.
        """
        if calls_service(text):
            raise QueryError(
                "SERVICE is refused: no query reaches the network", "Query the endpoint itself with --graph."
            )
        try:
            return self.engine.query(text, prefixes=_prefixes_in(text))
        except SyntaxError as error:
            reason = explain(text, error.msg or str(error))
            raise QueryError(f"the query cannot be read: {reason}", "See `materiel query --help`.") from None
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


def _prefixes_in(text: str) -> dict[str, str]:
    """Return the known prefixes that a text may use: handing the engine all of them costs more than a look-up."""
    return {prefix: namespace for prefix, namespace in PREFIXES.items() if f"{prefix}:" in text}
