"""Figures of results: colour-blind safe, labelled where the eye is, scope and definition in the caption.

Colours are those of Okabe and Ito (Color Universal Design, 2008). The same result gives the same bytes in SVG, PNG and
PDF with one version of matplotlib.
"""

from __future__ import annotations

import io
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from materiel.errors import UsageError
from materiel.network.chart import Bars, Flow, Lines
from materiel.network.extra import needed
from materiel.network.sankey import draw_flow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from materiel.network.chart import Drawable

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442")
"""Okabe and Ito, dark colours first, since lines and words of yellow are hard to see on white."""
FORMATS = ("svg", "png", "pdf")
_STYLE: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "svg.hashsalt": "materiel",
    "svg.fonttype": "path",
}
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None},
}


def figure(result: Drawable, caption: bool = True) -> Figure:
    """Return a matplotlib figure of a result.

    Raises:
        UsageError: The result has nothing to draw.
        MaterielError: matplotlib is not installed.
    """
    if result.chart is None or not _has_data(result.chart):
        raise UsageError(f"{result.title}: there is nothing to draw", "Ask for a table instead.")
    with needed():
        import matplotlib as mpl
        from matplotlib.figure import Figure

    with mpl.rc_context(_STYLE):
        drawn = Figure(figsize=(8, _height(result.chart)), layout="constrained")
        axes = drawn.add_subplot()
        axes.set_title("\n".join(textwrap.wrap(result.title, 80)))
        _draw(axes, result.chart)
        if caption:
            drawn.supxlabel(_caption(result), fontsize=7, x=0.01, ha="left", color="#444444")
        return drawn


def _draw(axes: Axes, chart: Bars | Lines | Flow) -> None:
    if isinstance(chart, Bars):
        _bars(axes, chart)
    elif isinstance(chart, Lines):
        _lines(axes, chart)
    else:
        draw_flow(axes, chart, PALETTE)


def _has_data(chart: Bars | Lines | Flow) -> bool:
    return bool(chart.labels if isinstance(chart, Bars) else chart.series if isinstance(chart, Lines) else chart.links)


def save(result: Drawable, path: str | Path) -> Path:
    """Write the figure of a result to a file, whole or not at all.

    Raises:
        UsageError: The ending is none of `FORMATS`, or there is nothing to draw.
    """
    from materiel.files import save as write

    target = Path(path)
    write(rendered(result, target.suffix.lstrip(".").lower()), target)
    return target


def rendered(result: Drawable, form: str, dpi: int = 150) -> bytes:
    """Return the figure of a result as a file's bytes.

    Raises:
        UsageError: The form is none of `FORMATS`, or there is nothing to draw.
    """
    if form not in FORMATS:
        raise UsageError(f"figures are not written as {form!r}", f"Use one of {', '.join(FORMATS)}.")
    with needed():
        import matplotlib as mpl

    out = io.BytesIO()
    with mpl.rc_context(_STYLE):
        figure(result).savefig(out, format=form, dpi=dpi, metadata=_METADATA[form])
    return out.getvalue()


def _height(chart: Bars | Lines | Flow) -> float:
    if isinstance(chart, Bars):
        return 1.6 + 0.28 * len(chart.labels)
    return 5.0 if isinstance(chart, Lines) else 6.5


def _caption(result: Drawable) -> str:
    """Scope, definition, first caveat and what the sources are, wrapped to the width of the figure."""
    parts = [f"Scope: {result.scope}.", f"{result.definition[:1].upper()}{result.definition[1:]}."]
    parts += [f"{result.caveats[0]}."] if result.caveats else []
    count = len({s for cell in _sources(result) for s in str(cell or "").split()})
    parts += [f"{count} sources, listed with the table."] if count else []
    return "\n".join(textwrap.wrap(" ".join(parts), 140, max_lines=9, placeholder=" …"))


def _sources(result: Drawable) -> Sequence[object]:
    return result.table.column("sources") if "sources" in result.table.columns else []


def _bars(axes: Axes, chart: Bars) -> None:
    """Draw horizontal bars, or points with intervals, each with its value beside it."""
    places = list(range(len(chart.labels)))
    if chart.low:
        errors = [
            [max(v - low, 0) for v, low in zip(chart.values, chart.low, strict=True)],
            [max(high - v, 0) for v, high in zip(chart.values, chart.high, strict=True)],
        ]
        axes.errorbar(chart.values, places, xerr=errors, fmt="none", ecolor=PALETTE[5], elinewidth=4)
    if chart.dots:
        axes.set_xlim(left=0)
        axes.plot(chart.values, places, "o", color=PALETTE[0], markersize=5)
    else:
        axes.barh(places, chart.values, color=PALETTE[0], height=0.7)
        for place, value in zip(places, chart.values, strict=True):
            axes.text(value, place, f" {value:,.0f}" if value >= 100 else f" {value:.3g}", va="center", fontsize=8)
    axes.set_yticks(places, [textwrap.shorten(label, 48, placeholder="…") for label in chart.labels])
    axes.set_xlabel(chart.axis)
    axes.invert_yaxis()


def _lines(axes: Axes, chart: Lines) -> None:
    """Draw lines, each named at its end in its own colour."""
    from matplotlib.ticker import MaxNLocator

    ends: list[tuple[float, float, str, str]] = []
    for i, (label, (xs, ys)) in enumerate(chart.series.items()):
        colour = PALETTE[i % len(PALETTE)]
        style = "steps-post" if chart.step else "default"
        axes.plot(xs, ys, color=colour, drawstyle=style, linewidth=1.8)
        if label in chart.bands:
            low, high = chart.bands[label]
            axes.fill_between(xs, low, high, step="post" if chart.step else None, color=colour, alpha=0.15, linewidth=0)
        if len(xs):
            ends.append((ys[-1], xs[-1], label, colour))
    for name, place in chart.marks.items():
        axes.axvline(place, color="#888888", linewidth=0.8, linestyle=":")
        axes.text(place, axes.get_ylim()[1], f" {name}", fontsize=7, va="top", rotation=90)
    _name_ends(axes, sorted(ends))
    axes.set_xlabel(chart.x_axis)
    axes.set_ylabel(chart.y_axis)
    if chart.x_axis == "year":
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_ylim(bottom=min(0.0, *(min(ys) for _, ys in chart.series.values() if len(ys))))


def _name_ends(axes: Axes, ends: Sequence[tuple[float, float, str, str]]) -> None:
    """Write the names of lines at their ends, moved apart where they would touch."""
    if not ends:
        return
    (low, high), (first, last) = axes.get_ylim(), axes.get_xlim()
    gap, near = (high - low) * 0.05, (last - first) * 0.2
    placed: list[tuple[float, float]] = []
    for y, x, label, colour in ends:
        place = max([y, *(at + gap for at, there in placed if abs(there - x) < near)])
        placed.append((place, x))
        axes.annotate(f" {label}", (x, place), color=colour, va="center", annotation_clip=False, fontsize=8)
