"""Numbered footnotes: publisher, title, date, address, and the day of reading when known."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from materiel.brief.model import Note
from materiel.evidence import cite
from materiel.store.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyoxigraph as ox

    from materiel.store.base import Store

_RETRIEVED = "SELECT ?source ?day WHERE {{ VALUES ?source {{ {iris} }} ?source mat:retrievedOn ?day }}"


def notes_of(store: Store, sources: Iterable[str]) -> Iterator[Note]:
    """Yield the footnotes of sources, numbered in the order in which they are first named."""
    wanted = list(dict.fromkeys(sources))
    query = _RETRIEVED.format(iris=" ".join(f"<{iri}>" for iri in wanted))
    read = {row["source"]: str(row["day"]) for row in Table.of(cast("ox.QuerySolutions", store.query(query)))}
    for number, (iri, c) in enumerate(cite(store, wanted).items(), 1):
        relayed = c.origin if c.origin != c.publisher else None
        yield Note(number, iri, c.publisher, c.title, c.published, c.url, read.get(iri), relayed)
