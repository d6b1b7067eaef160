"""The one seam for engines: what a store can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Triple

    from materiel.store.labels import Labels

    Answer: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples | Iterable[Triple]
"""What a query gives: rows for SELECT, a truth value for ASK, triples for CONSTRUCT and DESCRIBE."""


class Store(Protocol):
    """A set of triples that answers SPARQL 1.1 queries over its default graph."""

    @property
    def name(self) -> str:
        """Where the triples are: a folder, a file or an address."""
        ...

    @property
    def labels(self) -> Labels:
        """The index of names of everything in the store."""
        ...

    def query(self, text: str) -> Answer:
        """Answer a query; the prefixes of `materiel.vocabulary` need not be declared.

        Raises:
            QueryError: The text cannot be read, or the engine refuses it.
        """
        ...
