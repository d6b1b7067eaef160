"""Outlines of glyphs, as polygons that fit a circle of radius one; y grows downwards, as on a screen."""

from __future__ import annotations

from math import cos, pi, sin

Polygon = tuple[tuple[float, float], ...]


def _turn(corners: int, start: float = -90.0, inner: float | None = None) -> Polygon:
    """Return a regular polygon, or a star when an inner radius is given."""
    steps = corners if inner is None else corners * 2
    radii = [1.0 if inner is None or step % 2 == 0 else inner for step in range(steps)]
    angles = [start * pi / 180 + 2 * pi * step / steps for step in range(steps)]
    return tuple((round(r * cos(a), 3), round(r * sin(a), 3)) for r, a in zip(radii, angles, strict=True))


SHAPES: dict[str, Polygon] = {
    "circle": _turn(24),
    "octagon": _turn(8, -67.5),
    "hexagon": _turn(6, 0),
    "pentagon": _turn(5),
    "square": ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    "plate": ((-1.05, -0.6), (1.05, -0.6), (1.05, 0.6), (-1.05, 0.6)),
    "shield": ((-0.85, -0.9), (0.85, -0.9), (0.85, 0.25), (0.0, 1.05), (-0.85, 0.25)),
    "house": ((0.0, -1.05), (0.95, -0.25), (0.8, -0.25), (0.8, 0.85), (-0.8, 0.85), (-0.8, -0.25), (-0.95, -0.25)),
    "diamond": ((0.0, -1.1), (1.1, 0.0), (0.0, 1.1), (-1.1, 0.0)),
    "lozenge": ((0.0, -0.65), (1.2, 0.0), (0.0, 0.65), (-1.2, 0.0)),
    "triangle": ((0.0, -1.1), (1.0, 0.75), (-1.0, 0.75)),
    "wedge": ((0.0, 1.1), (1.0, -0.75), (-1.0, -0.75)),
    "star": _turn(5, -90, 0.45),
    "spark": _turn(4, -90, 0.42),
    "cross": tuple(
        (x, y)
        for x, y in (
            (-0.35, -1.0), (0.35, -1.0), (0.35, -0.35), (1.0, -0.35), (1.0, 0.35), (0.35, 0.35),
            (0.35, 1.0), (-0.35, 1.0), (-0.35, 0.35), (-1.0, 0.35), (-1.0, -0.35), (-0.35, -0.35),
        )
    ),
    "chevron": ((0.0, -1.0), (1.0, 0.1), (1.0, 0.9), (0.0, -0.1), (-1.0, 0.9), (-1.0, 0.1)),
    "glass": ((-0.9, -0.9), (0.9, -0.9), (0.25, 0.0), (0.9, 0.9), (-0.9, 0.9), (-0.25, 0.0)),
    "slant": ((-0.5, -0.75), (1.1, -0.75), (0.5, 0.75), (-1.1, 0.75)),
    "pin": ((0.0, 1.15), (-0.6, 0.1), (-0.7, -0.35), (-0.45, -0.8), (0.0, -1.0), (0.45, -0.8), (0.7, -0.35), (0.6, 0.1)),
}  # fmt: skip
