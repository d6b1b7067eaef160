"""The index of names: SQLite full-text search over labels and aliases, folded for case, accents and script."""

from __future__ import annotations

import sqlite3
import sys
import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from materiel.errors import Ambiguous, FileProblem, NotFound, OutOfScope
from materiel.vocabulary import CODE, ID, compact, fold, slug_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_QUERY = """
SELECT ?iri ?text ?preferred WHERE {
  { ?iri <http://www.w3.org/2000/01/rdf-schema#label> ?text BIND(1 AS ?preferred) } UNION
  { ?iri <http://www.w3.org/2004/02/skos/core#altLabel> ?text BIND(0 AS ?preferred) } UNION
  { ?iri <http://www.w3.org/2004/02/skos/core#prefLabel> ?text BIND(IF(LANG(?text) = "en", 1, 0) AS ?preferred) }
  FILTER(STRSTARTS(STR(?iri), "https://w3id.org/materiel/") && !CONTAINS(STR(?iri), "#"))
}"""
_SCHEMA = """
CREATE TABLE name (iri TEXT, text TEXT, folded TEXT, preferred INTEGER, space TEXT);
CREATE VIRTUAL TABLE part USING fts5(folded, content='name', tokenize='trigram');
"""
_FINISH = """
CREATE INDEX exact ON name (folded);
CREATE INDEX by_iri ON name (iri, preferred);
INSERT INTO part (part) VALUES ('rebuild');
"""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one thing.

    Attributes:
        iri: The thing.
        text: The name as written.
        label: The thing's English name.
    """

    iri: str
    text: str
    label: str

    @property
    def id(self) -> str:
        """The thing's slug."""
        return slug_of(self.iri)


def space_of(iri: str) -> str:
    """Return the namespace a name belongs to: `id`, `outlet`, or a code list such as `code/status`."""
    return iri.removeprefix("https://w3id.org/materiel/").rpartition("/")[0]


class Labels:
    """Names of everything in a store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use an index that `build` wrote; it is closed with the last use of this object."""
        self._db = connection
        weakref.finalize(self, connection.close)

    @classmethod
    def open(cls, path: Path) -> Labels:
        """Open an index file for reading."""
        try:
            return cls(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False))
        except sqlite3.Error as error:
            raise FileProblem(f"{path}: {error}", "Run `materiel build --no-cache`.") from None

    @classmethod
    def build(cls, query: Callable[[str], Any], path: Path | None = None) -> Labels:
        """Index all names that a store's query method finds, in memory or in a new file."""
        solutions = query(_QUERY)
        rows = {(s["iri"].value, s["text"].value, int(s["preferred"].value)) for s in solutions}
        db = sqlite3.connect(path or ":memory:", check_same_thread=False)
        db.executescript(_SCHEMA)
        db.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?)", cls._rows(rows))
        db.executescript(_FINISH)
        db.commit()
        return cls(db)

    @staticmethod
    def _rows(rows: Iterable[tuple[str, str, int]]) -> list[tuple[str, str, str, int, str]]:
        return [(iri, text, fold(text), preferred, space_of(iri)) for iri, text, preferred in sorted(rows)]

    def label(self, iri: str) -> str:
        """Return the English name of a thing, or a short form of its IRI."""
        row = self._db.execute("SELECT text FROM name WHERE iri = ? ORDER BY preferred DESC LIMIT 1", (iri,)).fetchone()
        return row[0] if row else compact(iri)

    def resolve(self, name: str, space: str = "id") -> str:
        """Return the IRI of the one thing that a name, alias or id stands for.

        Args:
            name: An id, or a name in any script, case and with or without accents.
            space: Where to look: `id` for things and deals, or a code list such as `code/role`.

        Raises:
            NotFound: Nothing has the name; near names are suggested.
            Ambiguous: Several things have it; they are listed.
        """
        base = ID if space == "id" else f"{CODE.removesuffix('code/')}{space}/"
        for slug in (name, name.upper() if space == "code/country" else name.lower()):
            if self._db.execute("SELECT 1 FROM name WHERE iri = ? LIMIT 1", (base + slug,)).fetchone():
                return base + slug
        found = self._exact(name, space)
        if len(found) > 1:
            raise Ambiguous(name, [(slug_of(iri), self.label(iri)) for iri in found])
        if not found:
            near = [f"{n.id} ({n.label})" for n in self.search(name, limit=3, space=space)]
            raise NotFound(name, near)
        return found[0]

    def _exact(self, name: str, space: str) -> list[str]:
        """Things with exactly this name; a preferred name wins over aliases."""
        rows = self._db.execute(
            "SELECT iri, MAX(preferred) FROM name WHERE folded = ? AND space = ? GROUP BY iri ORDER BY iri",
            (fold(name), space),
        ).fetchall()
        preferred = [iri for iri, is_preferred in rows if is_preferred]
        return preferred or [iri for iri, _ in rows]

    def search(self, text: str, limit: int = 20, space: str = "id") -> list[Name]:
        """Return the things whose names contain the text, or failing that share most of its three-letter parts.

        Returns:
            Best first: whole names, then names that begin with it, then the others.
        """
        folded = fold(text)
        if not folded:
            return []
        rows = self._containing(folded, space) or self._similar(folded, space)
        rows.sort(key=lambda row: (row[1] != folded, not row[1].startswith(folded), row[3], len(row[1]), row[0]))
        best: dict[str, Name] = {}
        for iri, _, written, _ in rows:
            best.setdefault(iri, Name(iri, written, self.label(iri)))
        return list(best.values())[:limit]

    def _containing(self, folded: str, space: str) -> list[tuple[str, str, str, float]]:
        sql = "SELECT iri, name.folded, text, 0.0 FROM name WHERE space = ? AND "
        if len(folded) < len("abc"):
            return self._db.execute(sql + "name.folded LIKE ? || '%'", (space, folded)).fetchall()
        match = '"' + folded.replace('"', "") + '"'
        return self._db.execute(sql + "rowid IN (SELECT rowid FROM part WHERE part MATCH ?)", (space, match)).fetchall()  # noqa: S608

    def _similar(self, folded: str, space: str) -> list[tuple[str, str, str, float]]:
        grams = {folded[i : i + 3] for i in range(len(folded) - 2)}
        if not grams:
            return []
        match = " OR ".join(f'"{gram}"' for gram in sorted(grams))
        sql = (
            "SELECT name.iri, name.folded, name.text, bm25(part) FROM part JOIN name ON name.rowid = part.rowid"
            " WHERE part MATCH ? AND space = ? ORDER BY bm25(part) LIMIT 50"
        )
        return self._db.execute(sql, (match, space)).fetchall()

    def complete(self, start: str, limit: int = 30) -> list[str]:
        """Return the ids that begin with a text, for shell completion."""
        rows = self._db.execute(
            "SELECT DISTINCT iri FROM name WHERE iri >= ? AND iri < ? ORDER BY iri LIMIT ?",
            (ID + start, ID + start + "\x7f", limit),
        )
        return [slug_of(row[0]) for row in rows]


class NarrowedLabels(Labels):
    """The names of a whole graph, in a scope that leaves some things out."""

    def __init__(self, whole: Labels, stands: Callable[[str], bool], scope: str) -> None:
        """Lend the names of the whole graph.

        Args:
            whole: The index of the whole graph; it stays open as long as this is used.
            stands: Tells whether a thing is in the scope.
            scope: The scope in words.
        """
        self._db, self._whole = whole._db, whole  # noqa: SLF001 - one of us
        self._stands, self._scope = stands, scope

    def resolve(self, name: str, space: str = "id") -> str:
        """Return the IRI of the one thing that a name stands for, if it is in the scope.

        Raises:
            NotFound: Nothing has the name.
            Ambiguous: Several things have it.
            OutOfScope: The thing is left out.
        """
        iri = super().resolve(name, space)
        if space == "id" and not self._stands(iri):
            raise OutOfScope(self.label(iri), self._scope)
        return iri

    def search(self, text: str, limit: int = 20, space: str = "id") -> list[Name]:
        """Return the things of the scope whose names contain the text; see `Labels.search`."""
        found = super().search(text, sys.maxsize, space)
        return [name for name in found if space != "id" or self._stands(name.iri)][:limit]
