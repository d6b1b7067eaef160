"""A figure as marks on paper: what every painter (SVG by hand, matplotlib) draws alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from materiel.page.shapes import Polygon

INK, PAPER, LINE, FAINT = "#16181D", "#FFFFFF", "#4A505B", "#8A909B"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line with the dashes of its status."""

    start: tuple[float, float]
    end: tuple[float, float]
    dash: tuple[int, ...] = ()
    width: float = 1.2
    colour: str = LINE


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled outline."""

    points: Polygon
    fill: str
    title: str = ""
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; y is its middle."""

    x: float
    y: float
    text: str
    size: float = 11
    bold: bool = False
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sheet and its marks, drawn in this order."""

    width: int
    height: int
    title: str
    strokes: tuple[Stroke, ...]
    shapes: tuple[Shape, ...]
    texts: tuple[Text, ...]
