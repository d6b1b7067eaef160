"""Keeping things off each other: points at least a distance apart, discs side by side."""

from __future__ import annotations

from collections import defaultdict
from math import cos, hypot, sin

Point = tuple[float, float]
GOLDEN_ANGLE = 2.399963


def push_apart(points: list[Point], distance: float, rounds: int = 24) -> list[Point]:
    """Move points that are nearer than the distance away from each other, with a grid for speed."""
    places = [(x + 1e-3 * cos(i * GOLDEN_ANGLE), y + 1e-3 * sin(i * GOLDEN_ANGLE)) for i, (x, y) in enumerate(points)]
    for _ in range(rounds if len(points) < 150 else 10 if len(points) < 4000 else 4):
        moved = _one_round(places, distance)
        if not moved:
            break
    return places


def _one_round(places: list[Point], distance: float) -> bool:
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, (x, y) in enumerate(places):
        cells[int(x // distance), int(y // distance)].append(index)
    moved = False
    for (column, row), inside in cells.items():
        for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1), (1, -1)):
            for i in inside:
                for j in cells.get((column + dx, row + dy), ()):
                    if (dx or dy or i < j) and _separate(places, i, j, distance):
                        moved = True
    return moved


def _separate(places: list[Point], i: int, j: int, distance: float) -> bool:
    (ax, ay), (bx, by) = places[i], places[j]
    gap = hypot(bx - ax, by - ay) or 1e-6
    if gap >= distance:
        return False
    push = (distance - gap) / 2 / gap
    mx, my = (bx - ax) * push, (by - ay) * push
    places[i], places[j] = (ax - mx, ay - my), (bx + mx, by + my)
    return True


def pack_discs(centres: list[Point], radii: list[float], rounds: int = 200) -> list[Point]:
    """Pull discs towards the middle and apart from each other until none covers another."""
    places = [(x + cos(i * GOLDEN_ANGLE), y + sin(i * GOLDEN_ANGLE)) for i, (x, y) in enumerate(centres)]
    order = sorted(range(len(places)), key=lambda i: -radii[i])
    for turn in range(rounds if len(places) < 300 else 30):
        pull = 0.97 if turn < 0.7 * rounds else 1.0
        places = [(x * pull, y * pull) for x, y in places]
        if not _push_discs(places, radii, order) and pull == 1.0:
            break
    return places


def _push_discs(places: list[Point], radii: list[float], order: list[int]) -> bool:
    moved = False
    for rank, i in enumerate(order):
        for j in order[rank + 1 :]:
            (ax, ay), (bx, by) = places[i], places[j]
            need = radii[i] + radii[j]
            if abs(bx - ax) < need and abs(by - ay) < need:
                gap = hypot(bx - ax, by - ay) or 1e-6
                if gap < need:
                    # The larger disc moves less: a small one must not shove the capital about.
                    share = radii[j] / need
                    push = (need - gap) / gap
                    mx, my = (bx - ax) * push, (by - ay) * push
                    places[i] = (ax - mx * share, ay - my * share)
                    places[j] = (bx + mx * (1 - share), by + my * (1 - share))
                    moved = True
    return moved
