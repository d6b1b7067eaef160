"""Evidence: the sources behind a statement, and how they are cited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from materiel.store.table import Cell, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from materiel.store.base import Store

_SOURCES = """
SELECT ?source ?title ?publisher ?published ?url ?origin ?archived WHERE {{
  VALUES ?source {{ {iris} }}
  ?source mat:url ?url .
  OPTIONAL {{ ?source dct:title ?title }}
  OPTIONAL {{ ?source mat:publisher/rdfs:label ?publisher }}
  OPTIONAL {{ ?source mat:publishedOn ?published }}
  OPTIONAL {{ ?source mat:origin/rdfs:label ?origin }}
  OPTIONAL {{ ?source mat:archivedAt ?archived }}
}}"""


@dataclass(frozen=True, slots=True)
class Citation:
    """How a source is cited.

    Attributes:
        iri: The source.
        publisher: Site on which the page was read.
        title: What the page is about.
        published: Date as the page shows it, or None.
        url: Address.
        origin: What counts as one voice.
        archived: Address of an archived copy, or None.
    """

    iri: str
    publisher: str
    title: str
    published: str | None
    url: str
    origin: str
    archived: str | None = None

    def __str__(self) -> str:
        """Return publisher, title, date and address in one line."""
        voice = f", after {self.origin}" if self.origin != self.publisher else ""
        return f"{self.publisher}{voice}: {self.title} ({self.published or 'undated'}). {self.url}"


def cite(store: Store, sources: Iterable[str]) -> dict[str, Citation]:
    """Return the citations of sources, by IRI, in the order in which they were first named."""
    wanted = list(dict.fromkeys(sources))
    if not wanted:
        return {}
    query = _SOURCES.format(iris=" ".join(f"<{iri}>" for iri in wanted))
    found = {}
    for row in cast("ox.QuerySolutions", store.query(query)):
        told = {
            name: row[name].value if row[name] is not None else None
            for name in ("title", "publisher", "published", "url", "origin", "archived")
        }
        publisher = told["publisher"] or "unknown publisher"
        found[row["source"].value] = Citation(
            row["source"].value,
            publisher,
            told["title"] or told["url"] or "",
            told["published"],
            told["url"] or "",
            told["origin"] or publisher,
            told["archived"],
        )
    return {iri: found[iri] for iri in wanted if iri in found}


class Footnotes:
    """Numbers for sources, in the order in which they are first shown."""

    def __init__(self, store: Store) -> None:
        """Start without any."""
        self._store = store
        self._numbers: dict[str, int] = {}

    def mark(self, table: Table) -> Table:
        """Replace the addresses in the column `sources` by footnote numbers."""
        if "sources" not in table.columns:
            return table
        index = table.columns.index("sources")
        rows = [(*row[:index], self._marks(row[index]), *row[index + 1 :]) for row in table.rows]
        return Table(table.columns, rows, table.notes)

    def _marks(self, cell: Cell) -> str:
        numbers = sorted(self._numbers.setdefault(iri, len(self._numbers) + 1) for iri in str(cell or "").split())
        return f"[{', '.join(_ranges(numbers))}]" if numbers else ""

    def citations(self) -> list[tuple[int, Citation]]:
        """Return the numbered citations of all sources marked so far."""
        found = cite(self._store, self._numbers)
        return [(self._numbers[iri], citation) for iri, citation in found.items()]


def _ranges(numbers: list[int]) -> list[str]:
    """Return 1-3 and 7 for 1, 2, 3 and 7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
