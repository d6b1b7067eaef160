"""The static figure: the page's picture for a paper, without a browser, with the same signs and line styles."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations
from math import log2
from typing import TYPE_CHECKING

from materiel.page import encoding
from materiel.page.drawing import FAINT, INK, LINE, Drawing, Shape, Stroke, Text
from materiel.page.layout import edges_of, positions
from materiel.page.shapes import SHAPES
from materiel.page.standing import holds, last_day, standing

if TYPE_CHECKING:
    from materiel.page.model import Node, Page

MARGIN, CHARACTER, LINE_HEIGHT = 70.0, 6.1, 13.0
Point = tuple[float, float]
Box = tuple[float, float, float, float]


def compose(page: Page, size: tuple[int, int] = (1200, 900), limit: int = 80) -> Drawing:
    """Return the drawing of the page's best linked things as of the page's day."""
    day = last_day(page.as_of)
    seen = _as_of(_hubs(page, limit), day)
    at = _fitted(positions(seen), seen, size)
    strokes = _strokes(seen, at, day)
    degree = Counter(end for pair in edges_of(seen) for end in pair)
    radii = {node.id: min(5 + 2.1 * log2(1 + degree[node.id]), 17) for node in seen.nodes}
    shapes = [_glyph(node, at[node.id], radii[node.id]) for node in seen.nodes]
    texts = _names(seen, at, radii)
    foot, sign_strokes, sign_shapes, height = _foot(seen, page, size)
    return Drawing(size[0], height, page.title, (*strokes, *sign_strokes), (*shapes, *sign_shapes), (*texts, *foot))


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
    rank = list(encoding.DASHES)
    joined: dict[tuple[str, str], list[str]] = {}
    for deal in page.agreements:
        now = standing(deal, day)
        parties = [party.node for party in deal.parties if party.node in at]
        pairs = (
            combinations(parties, 2)
            if len(parties) <= encoding.CLIQUE_LIMIT
            else ((parties[0], p) for p in parties[1:])
        )
        ends = [end for end in (*deal.products, deal.facility) if end in at]
        for a, b in [*pairs, *((parties[0], end) for end in ends if parties)]:
            joined.setdefault((min(a, b), max(a, b)), []).append(now.status if now else "signed")
    plain = [
        Stroke(at[k.source], at[k.target], (), 0.8, FAINT) for k in page.relations if k.source in at and k.target in at
    ]
    return plain + [
        Stroke(
            at[a],
            at[b],
            encoding.DASHES.get(max(told, key=lambda s: rank.index(s) if s in rank else -1), ()),
            1 + 0.7 * log2(len(told)),
            LINE,
        )
        for (a, b), told in sorted(joined.items())
    ]


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


def _foot(seen: Page, page: Page, size: tuple[int, int]) -> tuple[list[Text], list[Stroke], list[Shape], int]:
    """Burn in what the figure shows: title, scope, day, counts, the signs used and the publishers."""
    texts, strokes, shapes, y = [], [], [], float(size[1]) + 14
    day = f"As of {page.as_of}" if page.as_of else "All days"
    counts = f"{day}: {len(seen.nodes)} of {len(page.nodes)} entities, {len(seen.agreements)} agreements"
    used = {key for deal in seen.agreements for step in deal.steps for key in step.sources}
    publishers = Counter(page.sources[key].publisher for key in used if key in page.sources)
    named = ", ".join(name for name, _ in sorted(publishers.items(), key=lambda item: (-item[1], item[0]))[:14])
    lines = [
        page.title,
        counts,
        *page.scope,
        f"Sources: {len(used)} pages of {len(publishers)} publishers: {named}",
        *([f"Data: {page.dataset}"] if page.dataset else []),
    ]
    for place, line in enumerate(lines):
        texts.append(
            Text(16, y, line[: int((size[0] - 32) / CHARACTER)], 13 if place == 0 else 11, place == 0, "start")
        )
        y += 17
    x = 16.0
    for kind in sorted({node.type for node in seen.nodes}):
        x, y = _next_place(x, y, size, 26 + len(kind) * CHARACTER)
        shape, fill = encoding.glyph(kind)
        shapes.append(Shape(tuple((x + 8 + px * 6, y + py * 6) for px, py in SHAPES[shape]), fill, kind))
        texts.append(Text(x + 20, y, kind.replace("-", " "), 11, anchor="start"))
        x += 32 + len(kind) * CHARACTER
    told = {now.status for deal in seen.agreements if (now := standing(deal, last_day(page.as_of)))}
    for status in [status for status in encoding.DASHES if status in told]:
        x, y = _next_place(x, y, size, 50 + len(status) * CHARACTER)
        strokes.append(Stroke((x, y), (x + 34, y), encoding.DASHES[status]))
        texts.append(Text(x + 40, y, status.replace("-", " "), 11, anchor="start"))
        x += 54 + len(status) * CHARACTER
    return texts, strokes, shapes, int(y + 20)


def _next_place(x: float, y: float, size: tuple[int, int], room: float) -> tuple[float, float]:
    return (16.0, y + 18) if x + room > size[0] - 16 else (x, y)


__all__ = ["INK", "compose"]
