"""Writing the static figure: SVG by hand, PNG and PDF with matplotlib (in the extra ``analysis``)."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape, quoteattr

from materiel.page.drawing import INK, PAPER, Drawing, Shape, Stroke, Text
from materiel.page.figure import compose

if TYPE_CHECKING:
    from materiel.page.model import Page

Form = Literal["svg", "png", "pdf"]
FONT = "'DejaVu Sans', system-ui, sans-serif"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def static_figure(page: Page, form: Form = "svg", size: tuple[int, int] = (1200, 900), limit: int = 80) -> bytes:
    """Return the figure of a page; equal input gives equal bytes."""
    drawing = compose(page, size, limit)
    return svg(drawing).encode() if form == "svg" else _by_matplotlib(drawing, form)


def svg(drawing: Drawing) -> str:
    """Return the drawing as SVG text."""
    w, h = drawing.width, drawing.height
    strokes = [_line(stroke) for stroke in drawing.strokes]
    shapes = [_outline(shape) for shape in drawing.shapes]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" font-family={quoteattr(FONT)} role="img">'
    paper = f'<title>{_text(drawing.title)}</title><rect width="{w}" height="{h}" fill="{PAPER}"/>'
    return "\n".join([head, paper, *strokes, *shapes, *map(_words, drawing.texts), "</svg>", ""])


def _line(stroke: Stroke) -> str:
    (x1, y1), (x2, y2) = stroke.start, stroke.end
    dash = f' stroke-dasharray="{" ".join(map(str, stroke.dash))}"' if stroke.dash else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke.colour}" stroke-width="{stroke.width:.1f}"{dash}/>'


def _outline(shape: Shape) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
    dash = ' stroke-dasharray="3 2"' if shape.dashed else ""
    return f'<polygon points="{points}" fill="{shape.fill}" stroke="{INK}"{dash}><title>{_text(shape.title)}</title></polygon>'


def _words(text: Text) -> str:
    weight = ' font-weight="700"' if text.bold else ""
    halo = f' stroke="{PAPER}" stroke-width="3" paint-order="stroke"' if text.anchor == "middle" else ""
    place = (
        f'x="{text.x:.1f}" y="{text.y + 0.35 * text.size:.1f}" font-size="{text.size:g}" text-anchor="{text.anchor}"'
    )
    return f'<text {place} fill="{INK}"{weight}{halo}>{_text(text.text)}</text>'


def _text(text: str) -> str:
    return escape(NOT_XML.sub("", text))


def _by_matplotlib(drawing: Drawing, form: Form) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(drawing.width / 96, drawing.height / 96), dpi=192, facecolor=PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, drawing.width)
    axes.set_ylim(drawing.height, 0)
    axes.axis("off")
    _paint(axes, drawing)
    out = io.BytesIO()
    # No date and no version inside: the file is the same on every day.
    figure.savefig(out, format=form, metadata={"CreationDate": None} if form == "pdf" else {"Software": None})
    return out.getvalue()


def _paint(axes: Any, drawing: Drawing) -> None:
    for stroke in drawing.strokes:
        _paint_stroke(axes, stroke)
    for shape in drawing.shapes:
        _paint_shape(axes, shape)
    for text in drawing.texts:
        _paint_text(axes, text)


def _paint_stroke(axes: Any, stroke: Stroke) -> None:
    (x1, y1), (x2, y2) = stroke.start, stroke.end
    # matplotlib counts dashes in line widths, SVG in pixels.
    style = (0, tuple(length / stroke.width for length in stroke.dash)) if stroke.dash else "-"
    axes.plot([x1, x2], [y1, y2], color=stroke.colour, linewidth=0.75 * stroke.width, linestyle=style, zorder=1)


def _paint_shape(axes: Any, shape: Shape) -> None:
    from matplotlib.patches import Polygon

    style = "--" if shape.dashed else "-"
    axes.add_patch(Polygon(shape.points, facecolor=shape.fill, edgecolor=INK, linewidth=0.8, linestyle=style, zorder=2))


def _paint_text(axes: Any, text: Text) -> None:
    from matplotlib.patheffects import withStroke

    where = {"start": "left", "middle": "center"}[text.anchor]
    words = NOT_XML.sub("", text.text).replace("$", r"\$")  # a dollar sign would start a formula
    drawn = axes.text(text.x, text.y, words, fontsize=0.75 * text.size, ha=where, va="center", color=INK, zorder=3)
    drawn.set_weight("bold" if text.bold else "normal")
    if where == "center":
        drawn.set_path_effects([withStroke(linewidth=2.2, foreground=PAPER)])
