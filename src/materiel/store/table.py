"""Answers as tables that know their columns, in the forms that people and programs read."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from pyoxigraph import Literal, NamedNode

from materiel.errors import QueryError
from materiel.vocabulary import BASE, XSD, compact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd
    import pyoxigraph as ox

Cell = str | int | float | bool | None
FORMATS = ("table", "csv", "tsv", "json", "ndjson", "md")
"""Forms of a table; `table` is for a terminal."""

_NUMBERS: dict[str, Callable[[str], Cell]] = {
    XSD + "integer": int,
    XSD + "decimal": float,
    XSD + "double": float,
    XSD + "boolean": "true".__eq__,
}
_GUARDED = ("=", "+", "-", "@", "\t", "\r")


def cell(term: object) -> Cell:
    """Return an RDF term as a Python value: an IRI and a text become strings, numbers numbers."""
    if isinstance(term, Literal):
        return _NUMBERS.get(term.datatype.value, str)(term.value)
    return term.value if isinstance(term, NamedNode) else None if term is None else str(term)


@dataclass(frozen=True)
class Table:
    """Rows of an answer.

    Attributes:
        columns: Names of the columns.
        rows: Values in the order of the columns: IRIs and texts as strings, numbers as numbers, None where unbound.
        notes: What the answer rests on and did not look at, a line each.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    notes: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, solutions: ox.QuerySolutions) -> Table:
        """Read all rows of a SELECT answer.

        Raises:
            QueryError: The engine fails while it answers.
        """
        columns = tuple(variable.value for variable in solutions.variables)
        try:
            return cls(columns, [tuple(cell(term) for term in cast("Any", row)) for row in solutions])
        except (OSError, RuntimeError, SyntaxError) as error:
            raise QueryError(f"the query failed: {error}") from None

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        """Iterate over the rows as dictionaries."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def column(self, name: str) -> list[Cell]:
        """Return one column."""
        index = self.columns.index(name)
        return [row[index] for row in self.rows]

    def to_frame(self) -> pd.DataFrame:
        """Return a pandas data frame (needs the extra `frames`)."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=list(self.columns))

    def to_text(self, form: str, show: Callable[[Cell], str] | None = None) -> str:
        """Return the table in one of `FORMATS`.

        Args:
            form: `csv`, `tsv`, `json` and `ndjson` keep full IRIs; `md` and `table` use `show`.
            show: How a value is shown to a reader; IRIs by prefix when not given.
        """
        writers = {"csv": self._csv, "tsv": self._tsv, "json": self._json, "ndjson": self._ndjson}
        if form in writers:
            return writers[form]()
        return self._markdown(show or shorten) if form == "md" else self._terminal(show or shorten)

    def _csv(self) -> str:
        """RFC 4180; a text that a spreadsheet would run as a formula is led by an apostrophe (OWASP ASVS 5, 1.2.10)."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows([_guard(value) for value in row] for row in self.rows)
        return out.getvalue()

    def _tsv(self) -> str:
        rows = [self.columns, *self.rows]
        return "".join("\t".join(_plain(value) for value in row) + "\n" for row in rows)

    def _json(self) -> str:
        return json.dumps({"notes": self.notes, "rows": list(self)}, ensure_ascii=False, indent=2) + "\n"

    def _ndjson(self) -> str:
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self)

    def _markdown(self, show: Callable[[Cell], str]) -> str:
        lines = [self.columns, ["---"] * len(self.columns), *([show(value) for value in row] for row in self.rows)]
        return "".join(
            "| " + " | ".join(str(v).replace("|", "\\|").replace("\n", " ") for v in line) + " |\n" for line in lines
        )

    def _terminal(self, show: Callable[[Cell], str]) -> str:
        from materiel.store.terminal import draw

        return draw(self.columns, [[show(value) for value in row] for row in self.rows])

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join("<tr>" + "".join(f"<td>{escape(shorten(v))}</td>" for v in row) + "</tr>" for row in self.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def shorten(value: Cell) -> str:
    """Show a value: IRIs of known namespaces by prefix, nothing for None."""
    if isinstance(value, str) and value.startswith("http"):
        return compact(value)
    return "" if value is None else str(value)


def is_iri_list(value: Cell) -> bool:
    """Tell whether a value is one or more IRIs of ours, separated by spaces."""
    return isinstance(value, str) and value.startswith(BASE) and all(part.startswith(BASE) for part in value.split())


def with_labels(label: Callable[[str], str]) -> Callable[[Cell], str]:
    """Return a way to show values that calls things by their names."""

    def show(value: Cell) -> str:
        if isinstance(value, str) and is_iri_list(value):
            return "; ".join(sorted(label(part) for part in value.split()))
        return shorten(value)

    return show


def _guard(value: Cell) -> Cell:
    return f"'{value}" if isinstance(value, str) and value.startswith(_GUARDED) else value


def _plain(value: Cell) -> str:
    return "" if value is None else str(value).replace("\t", " ").replace("\n", " ").replace("\r", " ")
