"""Sankey diagrams: weighted links between columns of nodes, drawn with plain curves."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from materiel.network.chart import Flow

    Link = tuple[str, str, float]
    Places = dict[str, tuple[float, float, int]]

SHOWN = 12
"""Nodes to a column; the smallest beyond are drawn together as `others`."""
_GAP = 0.022
_WIDTH = 0.02


def columns(links: Sequence[Link]) -> dict[str, int]:
    """Return the column of each node: 0 if links only leave it, 2 if they only reach it, else 1."""
    left, right = {a for a, _, _ in links}, {b for _, b, _ in links}
    return {node: 0 if node not in right else 2 if node not in left else 1 for node in left | right}


def merged(links: Sequence[Link], shown: int = SHOWN) -> list[Link]:
    """Return the links with the smallest nodes of each column taken together."""
    column, size = columns(links), sizes(links)
    names: dict[str, str] = {}
    for which in (0, 1, 2):
        nodes = sorted((n for n, c in column.items() if c == which), key=lambda n: (-size[n], n))
        rest = nodes[shown - 1 :] if len(nodes) > shown else []
        names |= {node: f"{len(rest)} others" + " " * which for node in rest}
    total: dict[tuple[str, str], float] = defaultdict(float)
    for one, other, value in links:
        total[names.get(one, one), names.get(other, other)] += value
    return [(a, b, value) for (a, b), value in sorted(total.items())]


def sizes(links: Sequence[Link]) -> dict[str, float]:
    """Return the size of each node: the larger of what reaches and what leaves it."""
    into: dict[str, float] = defaultdict(float)
    out: dict[str, float] = defaultdict(float)
    for one, other, value in links:
        out[one] += value
        into[other] += value
    return {node: max(into[node], out[node]) for node in into.keys() | out.keys()}


def places(links: Sequence[Link]) -> Places:
    """Return the upper edge, height and column of each node, in a square of side one."""
    column, size = columns(links), sizes(links)
    by_column = [sorted((n for n in column if column[n] == c), key=lambda n: (-size[n], n)) for c in (0, 1, 2)]
    most = max(sum(size[n] for n in nodes) for nodes in by_column)
    room = 1.0 - _GAP * max(len(nodes) for nodes in by_column)
    found: Places = {}
    for which, nodes in enumerate(by_column):
        top = 1.0
        for node in nodes:
            height = size[node] / most * room
            found[node] = (top, height, which)
            top -= height + _GAP
    return found


def draw_flow(axes: Axes, flow: Flow, palette: Sequence[str]) -> None:
    """Draw the links and name the nodes with their sizes."""
    from matplotlib.patches import Rectangle

    links = merged(flow.links)
    where, size = places(links), sizes(links)
    order = {node: i for i, node in enumerate(sorted((n for n in where if where[n][2] == 1), key=lambda n: -size[n]))}
    _ribbons(axes, links, where, {n: palette[i % 6] for n, i in order.items()})
    for node, (top, height, which) in where.items():
        x = which / 2
        axes.add_patch(Rectangle((x - _WIDTH / 2, top - height), _WIDTH, height, color="#333333", linewidth=0))
        side = "right" if which == 0 else "left"
        name = textwrap.shorten(node.strip(), 40, placeholder="…")
        shift = -0.02 if which == 0 else 0.02
        axes.text(x + shift, top - height / 2, f"{name} {_number(size[node])}", ha=side, va="center", fontsize=7)
    axes.set_xlim(-0.55, 1.55)
    axes.set_ylim(min(top - height for top, height, _ in where.values()) - 0.02, 1.04)
    axes.set_axis_off()
    axes.text(1.55, 1.02, f"widths: {flow.unit}", fontsize=8, ha="right", va="bottom")


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _ribbons(axes: Axes, links: Sequence[Link], where: Places, colours: dict[str, str]) -> None:
    """Draw the links in the order of their ends, so that few cross."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    height_of = {
        node: height / max(size, 1e-12) for node, size in sizes(links).items() for _, height, _ in [where[node]]
    }
    leaving = {node: top for node, (top, _, _) in where.items()}
    reaching = dict(leaving)
    for one, other, value in sorted(links, key=lambda link: (-where[link[0]][0], -where[link[1]][0])):
        a, b = leaving[one], reaching[other]
        da, db = value * height_of[one], value * height_of[other]
        leaving[one], reaching[other] = a - da, b - db
        x0, x1 = where[one][2] / 2 + _WIDTH / 2, where[other][2] / 2 - _WIDTH / 2
        m = (x0 + x1) / 2
        points = [(x0, a), (m, a), (m, b), (x1, b), (x1, b - db), (m, b - db), (m, a - da), (x0, a - da), (x0, a)]
        codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
        colour = colours.get(one) or colours.get(other) or "#999999"
        axes.add_patch(PathPatch(Path(points, codes), facecolor=colour, alpha=0.45, linewidth=0))
