"""What was read: the sources behind the graph, or behind one thing, by language, type, country and time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from materiel import wording as words
from materiel.coverage.searches import Search, searches
from materiel.store.table import Cell, Table
from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    import pyoxigraph as ox

    from materiel.store.base import Store

_PAGES = """
SELECT ?source ?property ?value WHERE {
  ?source a mat:Source ; ?property ?value .
  FILTER(?property IN (mat:language, mat:sourceType, mat:country, mat:publisher, mat:origin, mat:notBefore))
}"""
_ABOUT = """
SELECT DISTINCT ?source WHERE {{
  {{ <{iri}> mat:describedIn ?source }}
  UNION {{ <{iri}> mat:reportedIn ?source }}
  UNION {{ ?claim rdf:subject <{iri}> . ?claim mat:attestation ?attestation . ?attestation mat:source ?source }}
  UNION {{ ?claim rdf:object <{iri}> . ?claim mat:attestation ?attestation . ?attestation mat:source ?source }}
  UNION {{ ?node mat:party <{iri}> ; mat:reportedIn ?source }}
  UNION {{ ?node mat:heldOrganization <{iri}> ; mat:reportedIn ?source }}
  UNION {{ ?node mat:atOrganization <{iri}> ; mat:reportedIn ?source }}
  UNION {{ ?attestation mat:attributedTo <{iri}> ; mat:source ?source }}
  UNION {{ ?deal mat:concerns <{iri}> ; mat:reportedIn ?source }}
  UNION {{ ?member mat:country <{iri}> ; mat:partyTo ?deal . ?deal mat:reportedIn ?source }}
}}"""
_USED = "SELECT DISTINCT ?source WHERE { ?attestation mat:source ?source }"
_NEWEST = "SELECT (MAX(?day) AS ?newest) WHERE { ?attestation mat:source ?source . ?source mat:notBefore ?day }"


@dataclass(frozen=True)
class Coverage:
    """What was read, and what is known to have been searched.

    Attributes:
        about: Name of the thing, or None for the whole graph.
        sources: Number of pages.
        publishers: Number of sites.
        origins: Number of origins; pages that copy one another share one.
        languages: Pages by language tag.
        types: Pages by type of source.
        countries: Pages by country of the site.
        first: First day of publication, as ISO text, or None.
        last: Newest day of publication that is certain, or None.
        undated: Pages without a date.
        searches: Searches on record.
    """

    about: str | None
    sources: int
    publishers: int
    origins: int
    languages: Counter[str]
    types: Counter[str]
    countries: Counter[str]
    first: str | None
    last: str | None
    undated: int
    searches: tuple[Search, ...] = field(default=())

    @property
    def span(self) -> str:
        """The time of publication in words."""
        told = (
            f"published {words.day(self.first)} to {words.day(self.last)}"
            if self.first and self.last
            else "no page dated"
        )
        return f"{told}, {self.undated:,} undated" if self.undated and self.first else told

    def __str__(self) -> str:
        """Return the coverage in one line."""
        if not self.sources:
            return f"no source about {self.about}" if self.about else "no source"
        about = f"about {self.about}: " if self.about else ""
        tongues = f"{words.count(len(self.languages), 'language')} ({_top(self.languages, 4)})"
        pages = f"{words.count(self.sources, 'source')} of {words.count(self.origins, 'origin')}"
        return f"{about}{pages} in {tongues}, {self.span}"

    def lines(self) -> list[str]:
        """Return the coverage for a reader, a few lines."""
        told = [words.stop(words.capital(str(self)))]
        if self.sources:
            told += [f"Kinds of page: {_top(self.types, 6)}.", f"Sites in: {_top(self.countries, 6)}."]
        told += [str(search) for search in self.searches]
        return [*told, *([] if self.searches else ["No search is on record."]), "Silence is no proof."]

    def table(self) -> Table:
        """Return the counts as rows: measure, value, number of sources."""
        rows: list[tuple[Cell, ...]] = [("sources", None, self.sources), ("publishers", None, self.publishers)]
        rows += [("origins", None, self.origins), ("undated", None, self.undated)]
        rows += [("published", self.first, None), ("published", self.last, None)]
        for measure, counts in (("language", self.languages), ("type", self.types), ("country", self.countries)):
            rows += [(measure, value, number) for value, number in _ranked(counts)]
        return Table(("measure", "value", "sources"), rows, tuple(map(str, self.searches)))


def coverage(store: Store, about: str | None = None, *, narrowed: bool = False) -> Coverage:
    """Count what was read.

    Args:
        store: The graph, in whatever scope it is.
        about: IRI of a thing or country; None is the whole graph.
        narrowed: Whether the graph is in a narrower scope: pages that make no claim in it are then not counted.
    """
    pages = _pages(store, about, narrowed)
    days = sorted(page["notBefore"] for page in pages.values() if "notBefore" in page)
    return Coverage(
        store.labels.label(about) if about else None,
        len(pages),
        len({page.get("publisher") for page in pages.values()}),
        len({page.get("origin", iri) for iri, page in pages.items()}),
        Counter(page.get("language", "unknown") for page in pages.values()),
        Counter(
            store.labels.label(page["sourceType"]) if "sourceType" in page else "unknown" for page in pages.values()
        ),
        Counter(slug_of(page.get("country", "unknown")) for page in pages.values()),
        days[0] if days else None,
        days[-1] if days else None,
        len(pages) - len(days),
        tuple(searches(store, about)),
    )


def newest(store: Store) -> str | None:
    """Return the newest day on which a source that makes a claim was published for certain, as ISO text."""
    found = _rows(store, _NEWEST)[0]["newest"]
    return str(found) if found else None


def _pages(store: Store, about: str | None, narrowed: bool) -> dict[str, dict[str, str]]:
    """Return the properties of the pages that were read about a thing."""
    pages: dict[str, dict[str, str]] = {}
    for row in _rows(store, _PAGES):
        pages.setdefault(str(row["source"]), {})[slug_of(str(row["property"]))] = str(row["value"])
    for query in ([_ABOUT.format(iri=about)] if about else []) + ([_USED] if narrowed else []):
        wanted = {str(row["source"]) for row in _rows(store, query)}
        pages = {iri: page for iri, page in pages.items() if iri in wanted}
    return pages


def _rows(store: Store, query: str) -> list[dict[str, Cell]]:
    return list(Table.of(cast("ox.QuerySolutions", store.query(query))))


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _top(counts: Counter[str], limit: int) -> str:
    ranked = _ranked(counts)
    more = [f"{len(ranked) - limit} more"] if len(ranked) > limit else []
    return words.listed([*(f"{value} {number:,}" for value, number in ranked[:limit]), *more])
