"""The static figure: the page's picture for a paper, without a browser, with the same signs and line styles."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import log2
from typing import TYPE_CHECKING

from materiel.page import encoding
from materiel.page.drawing import FAINT, LINE, Drawing, Shape, Stroke, Text
from materiel.page.layout import edges_of, pairs_of, positions
from materiel.page.notes import CHARACTER, notes
from materiel.page.shapes import SHAPES
from materiel.page.standing import holds, last_day, standing

if TYPE_CHECKING:
    from materiel.page.model import Node, Page

MARGIN, LINE_HEIGHT = 70.0, 13.0
FINAL = list(encoding.DASHES).index("suspended")  # from here on a status is an end, not a further step
Point = tuple[float, float]
Box = tuple[float, float, float, float]


def compose(page: Page, size: tuple[int, int] = (1200, 900), limit: int = 80) -> Drawing:
    """Return the drawing of the page's best linked things as of the page's day."""
    day = last_day(page.as_of)
    seen = _as_of(_hubs(page, limit), day)
    at = _fitted(positions(seen), seen, size)
    degree = Counter(end for pair in edges_of(seen) for end in pair)
    radii = {node.id: min(5 + 2.1 * log2(1 + degree[node.id]), 17) for node in seen.nodes}
    foot = notes(seen, page, *size)
    return Drawing(
        size[0],
        foot.bottom,
        page.title,
        (*_strokes(seen, at, day), *foot.strokes),
        (*(_glyph(node, at[node.id], radii[node.id]) for node in seen.nodes), *foot.shapes),
        (*_names(seen, at, radii), *foot.texts),
    )


def _hubs(page: Page, limit: int) -> Page:
    degree = Counter(end for pair in edges_of(page) for end in pair)
    focus = set(page.focus)
    ranked = sorted(page.nodes, key=lambda node: (node.id not in focus, -degree[node.id], node.id))
    return replace(page, nodes=tuple(ranked[:limit]))


def _as_of(page: Page, day: str) -> Page:
    deals = tuple(deal for deal in page.agreements if standing(deal, day) or (not deal.steps and not day))
    links = tuple(
        link
        for link in page.relations
        if holds(link, day, [page.sources[s].published for s in link.sources if s in page.sources])
    )
    seen = replace(page, agreements=deals, relations=links)
    joined = {end for pair in edges_of(seen) for end in pair}
    return (
        replace(seen, nodes=tuple(node for node in seen.nodes if node.id in joined or node.id in page.focus))
        if day
        else seen
    )


def _fitted(places: dict[str, Point], page: Page, size: tuple[int, int]) -> dict[str, Point]:
    ids = [node.id for node in page.nodes]
    xs, ys = [places[key][0] for key in ids] or [0.0], [places[key][1] for key in ids] or [0.0]
    scale_x = (size[0] - 2 * MARGIN - 40) / ((max(xs) - min(xs)) or 1)
    scale_y = (size[1] - 2 * MARGIN) / ((max(ys) - min(ys)) or 1)
    return {
        key: (MARGIN + 20 + (places[key][0] - min(xs)) * scale_x, MARGIN + (places[key][1] - min(ys)) * scale_y)
        for key in ids
    }


def _strokes(page: Page, at: dict[str, Point], day: str) -> list[Stroke]:
    """Return one line a pair: the status that went furthest, thicker when several agreements join the two."""
    joined: dict[tuple[str, str], list[str]] = {}
    for deal in page.agreements:
        now = standing(deal, day)
        for a, b in pairs_of(deal):
            if a in at and b in at and a != b:
                joined.setdefault((min(a, b), max(a, b)), []).append(now.status if now else "signed")
    ends = [(link.source, link.target) for link in page.relations if link.source in at and link.target in at]
    plain = [Stroke(at[a], at[b], (), 0.8, FAINT) for a, b in ends]
    return plain + [_bundle(at[a], at[b], told) for (a, b), told in sorted(joined.items())]


def _bundle(start: Point, end: Point, told: list[str]) -> Stroke:
    order = list(encoding.DASHES)
    best = max(told, key=lambda status: order.index(status) if status in order[:FINAL] else -1)
    return Stroke(start, end, encoding.DASHES.get(best, ()), 1 + 0.7 * log2(len(told)), LINE)


def _glyph(node: Node, at: Point, radius: float) -> Shape:
    shape, fill = encoding.glyph(node.type)
    outline = tuple((round(at[0] + x * radius, 1), round(at[1] + y * radius, 1)) for x, y in SHAPES[shape])
    return Shape(outline, fill, node.label, node.undisclosed)


def _names(page: Page, at: dict[str, Point], radii: dict[str, float]) -> list[Text]:
    """Name the largest first; a name that would overlap another is left out."""
    taken: list[Box] = []
    texts: list[Text] = []
    for node in sorted(page.nodes, key=lambda node: (-radii[node.id], node.id)):
        (x, y), r, half = at[node.id], radii[node.id], len(node.label) * CHARACTER / 2
        for tx, ty in ((x, y + r + 9), (x, y - r - 9), (x + r + half + 4, y), (x - r - half - 4, y)):
            box = (tx - half, ty - LINE_HEIGHT / 2, tx + half, ty + LINE_HEIGHT / 2)
            if box[0] > 2 and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                texts.append(Text(round(tx, 1), round(ty, 1), node.label))
                break
    return texts


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
