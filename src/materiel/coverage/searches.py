"""Searches as data: what was looked for, where, when, in which language, with what outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from pyoxigraph import Literal, NamedNode, Triple

from materiel import wording as words
from materiel.dates import PartialDate, day_done
from materiel.errors import UsageError
from materiel.store import folder
from materiel.store.codes import code_list
from materiel.store.table import Table
from materiel.store.turtle import turtle
from materiel.vocabulary import DESCRIPTION, TYPE, code, digest, english, mat, slug_of, slugify, thing

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox

    from materiel.store.base import Store

_SEARCHES = """
SELECT ?search ?about ?terms ?place ?day ?language ?outcome ?note WHERE {
  ?search a mat:SearchRecord .
  OPTIONAL { ?search mat:about ?about }
  OPTIONAL { ?search mat:searchTerms ?terms }
  OPTIONAL { ?search mat:searchedIn ?place }
  OPTIONAL { ?search mat:searchedOn ?day }
  OPTIONAL { ?search mat:language ?language }
  OPTIONAL { ?search mat:outcome ?outcome }
  OPTIONAL { ?search dct:description ?note }
} ORDER BY ?day ?search"""


@dataclass(frozen=True, slots=True)
class Search:
    """One search.

    Attributes:
        terms: The words that were looked for.
        place: Where.
        outcome: `found`, `partial` or `nothing-found`.
        day: The day of the search as ISO text, or None when it was not recorded.
        language: BCP 47 tag of the words, or None.
        about: IRI of the thing that was looked for, or None.
        note: What else is known about the search, such as its limits.
    """

    terms: str
    place: str
    outcome: str
    day: str | None = None
    language: str | None = None
    about: str | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        """Refuse days that do not exist and outcomes that the list does not have.

        Raises:
            BadDate: The day is no date.
            UsageError: The outcome is unknown.
        """
        if self.day is not None:
            PartialDate(self.day)
        if self.outcome not in code_list("search-outcome"):
            raise UsageError(
                f"unknown outcome {self.outcome!r}", f"Use one of {', '.join(code_list('search-outcome'))}."
            )

    def __str__(self) -> str:
        """Return the search in one or two sentences."""
        asked = f"Searched {words.when(self.day) if self.day else 'on a day that was not recorded'}"
        tongue = f", in {self.language}" if self.language else ""
        found = self.outcome.replace("-", " ")
        note = f" {words.stop(self.note)}" if self.note else ""
        return f"{asked} for “{self.terms}” in {self.place}{tongue}: {found}.{note}"

    @property
    def slug(self) -> str:
        """The record's id, which is also the name of its file."""
        subject = slug_of(self.about) if self.about else "-".join(slugify(self.terms).split("-")[:5])
        parts = (self.terms, self.place, self.outcome, self.day or "", self.language or "", self.about or "")
        return f"search-{subject}-{digest(*parts, length=6)}"

    def triples(self) -> list[Triple]:
        """Return the record as triples."""
        node = thing(self.slug)
        facts: list[tuple[NamedNode, NamedNode | Literal]] = [
            (TYPE, mat("SearchRecord")),
            (mat("searchTerms"), Literal(self.terms)),
            (mat("searchedIn"), Literal(self.place)),
        ]
        facts += [(mat("outcome"), code("search-outcome", self.outcome))]
        facts += [(mat("searchedOn"), PartialDate(self.day).literal)] if self.day else []
        facts += [(mat("language"), Literal(self.language))] if self.language else []
        facts += [(mat("about"), NamedNode(self.about))] if self.about else []
        facts += [(DESCRIPTION, english(self.note))] if self.note else []
        return [Triple(node, predicate, value) for predicate, value in facts]


def searches(store: Store, about: str | None = None) -> list[Search]:
    """Return the searches on record about a thing, and those that were about nothing in particular; None gives all."""
    rows = Table.of(cast("ox.QuerySolutions", store.query(_SEARCHES)))
    found = [
        Search(
            str(row["terms"] or ""),
            str(row["place"] or "a place that was not recorded"),
            slug_of(str(row["outcome"] or "partial")),
            cast("str | None", row["day"]),
            cast("str | None", row["language"]),
            cast("str | None", row["about"]),
            cast("str | None", row["note"]),
        )
        for row in rows
    ]
    return [search for search in found if about is None or search.about in {None, about}]


def write(graph: Path, search: Search) -> list[str]:
    """Write a record to `searches/` of a graph folder; nothing changes when it stands there already.

    Returns:
        The paths of the files that changed.

    Raises:
        BadDate: The day of the search is none, or still to come.
    """
    if search.day is not None:
        day_done(search.day)
    return folder.write(graph / "searches", {f"{search.slug}.ttl": turtle(search.triples())})
