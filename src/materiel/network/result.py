"""What an analysis gives: a table that says its scope, its definition and its caveats, and what to draw of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from materiel.network.chart import Picture
from materiel.network.graph import store_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from materiel.network.chart import Chart
    from materiel.network.graph import Graph
    from materiel.store.table import Cell, Table


@dataclass(frozen=True)
class Result:
    """The answer of an analysis.

    Attributes:
        title: A few words.
        table: The rows; a column `sources` holds the addresses of the sources behind each.
        definition: What was computed, in words.
        formula: The paper that the formula comes from.
        scope: Which evidence it rests on.
        caveats: What it cannot tell, and what to mind in reading it.
        chart: What to draw, if anything.
    """

    title: str
    table: Table
    definition: str
    formula: str
    scope: str
    caveats: tuple[str, ...] = ()
    chart: Chart | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """Scope, definition, formula source and caveats, a line each."""
        told = [f"Scope: {self.scope}", f"Definition: {self.definition}"]
        told += [f"Formula: {self.formula}"] if self.formula else []
        return (*told, *(f"Caveat: {caveat}" for caveat in self.caveats))

    def to_frame(self) -> pd.DataFrame:
        """Return a data frame; its `attrs` keep the notes."""
        frame = self.table.to_frame()
        frame.attrs["notes"] = list(self.notes)
        return frame

    def to_text(self, form: str, show: Callable[[Cell], str] | None = None) -> str:
        """Return the result in one of `Table.FORMATS`.

        For a reader (`table`, `md`) the notes stand below, in `json` beside the rows; the others hold rows only.
        """
        if form == "json":
            told = {"title": self.title, "scope": self.scope, "definition": self.definition, "formula": self.formula}
            whole = {**told, "caveats": list(self.caveats), "rows": list(self.table)}
            return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
        text = self.table.to_text(form, show) if show else self.table.to_text(form)
        if form not in {"table", "md"}:
            return text
        bullet = "- " if form == "md" else ""
        return f"{text}\n" + "".join(f"{bullet}{note}\n" for note in self.notes)

    def readable(self, graph: Graph, limit: int | None = None) -> Result:
        """Return the result for a reader: things by their names, sources by their number, perhaps the first rows only."""
        from materiel.store.table import with_labels

        show = with_labels(store_of(graph).labels.label)
        at = self.table.columns.index("sources") if "sources" in self.table.columns else -1

        def told(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
            named = (show(c) if isinstance(c, str) else c for c in row)
            return tuple(len(str(row[i]).split()) if i == at else cell for i, cell in enumerate(named))

        rows = [told(row) for row in self.table.rows[:limit]]
        return replace(self, table=replace(self.table, rows=rows))

    def picture(self, dpi: int = 80) -> Picture:
        """Return the figure, as a notebook shows it.

        Raises:
            UsageError: There is nothing to draw.
        """
        from materiel.network.figures import rendered

        return Picture(rendered(self, "png", dpi))

    def _repr_html_(self) -> str:
        from html import escape

        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return f"<h4>{escape(self.title)}</h4>{self.table._repr_html_()}<ul>{notes}</ul>"
