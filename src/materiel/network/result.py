"""What an analysis gives: a table that says its scope, its definition and its caveats, and what to draw of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd

    from materiel.knowledge_graph import KnowledgeGraph
    from materiel.store.base import Store
    from materiel.store.table import Cell, Table

    Graph: TypeAlias = KnowledgeGraph | Store
    """What an analysis is asked of: a knowledge graph in its scope, or a bare store."""


@dataclass(frozen=True)
class Bars:
    """One bar a row, with an interval where there is one.

    Attributes:
        labels: What each bar is.
        values: Its length.
        axis: What is measured, with its unit.
        low: Lower ends of the intervals, or empty.
        high: Upper ends.
        dots: Whether to draw points, for a scale that does not begin at zero, such as ranks.
    """

    labels: Sequence[str]
    values: Sequence[float]
    axis: str
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    dots: bool = False


@dataclass(frozen=True)
class Lines:
    """Series over a common axis.

    Attributes:
        series: Points of each series, by its label.
        x_axis: What runs to the right.
        y_axis: What runs up.
        bands: Lower and upper line of a series, by its label.
        step: Whether values hold until the next point.
        marks: Places on the x axis that are named.
    """

    series: Mapping[str, tuple[Sequence[float], Sequence[float]]]
    x_axis: str
    y_axis: str
    bands: Mapping[str, tuple[Sequence[float], Sequence[float]]] = field(default_factory=dict)
    step: bool = False
    marks: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Flow:
    """Weighted links from left to right, for a Sankey diagram.

    Attributes:
        links: (from, to, value).
        unit: What the values are.
    """

    links: Sequence[tuple[str, str, float]]
    unit: str


Chart: TypeAlias = Bars | Lines | Flow


@dataclass(frozen=True, repr=False)
class Picture:
    """A picture that a notebook shows.

    Attributes:
        png: The bytes of a PNG file.
    """

    png: bytes

    def _repr_png_(self) -> bytes:
        return self.png


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


def store_of(graph: Graph) -> Store:
    """Return the store of a knowledge graph, or the store itself."""
    return cast("Store", getattr(graph, "store", graph))


def scope_of(graph: Graph) -> str:
    """Return in words which evidence a graph holds: its stated scope, and the graph's own name."""
    name = store_of(graph).name
    short = name if name.startswith("http") else Path(name).name
    stated = getattr(graph, "scoped", None)
    whole = stated is None or stated.is_whole
    return f"all statements of {short}, by whatever source" if whole else f"{stated} ({short})"
