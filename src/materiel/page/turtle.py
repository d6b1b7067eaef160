"""The graph's own Turtle of a thing or a deal: what was put in about it and about its parts, derived triples left out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from materiel.store.asserted import asserted, triples
from materiel.store.embedded import EmbeddedStore
from materiel.store.turtle import turtle_of_lines
from materiel.vocabulary import ID

if TYPE_CHECKING:
    from materiel.store.base import Store


class Extracts:
    """The asserted lines of a store by subject; a part such as a step is named by its whole, `whole--part`."""

    def __init__(self, store: Store) -> None:
        """Read the lines once."""
        lines = store.asserted if isinstance(store, EmbeddedStore) else asserted(store, triples(store))
        self._lines: dict[str, list[bytes]] = defaultdict(list)
        start = f"<{ID}".encode()
        for line in lines:
            if line.startswith(start):
                self._lines[line[len(start) : line.index(b">")].decode().partition("--")[0]].append(line)

    def of(self, slug: str) -> str:
        """Return the Turtle of a thing and its parts."""
        return turtle_of_lines(self._lines.get(slug, [])).decode()
