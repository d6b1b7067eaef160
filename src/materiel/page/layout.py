"""Where things stand: communities first, then inside each; the same graph always gives the same map."""

from __future__ import annotations

import random
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from math import hypot, pi, sqrt
from typing import TYPE_CHECKING, Any

from materiel.page.encoding import CLIQUE_LIMIT
from materiel.page.spread import pack_discs, push_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from materiel.page.model import Agreement, Page

Point = tuple[float, float]
ROOM = (124.0, 62.0)  # a glyph with its name is wide and low; the page opens with one unit to a pixel where it can
SMALL = 260  # up to here one level is enough


@dataclass(frozen=True, slots=True)
class Layout:
    """Places and communities by id."""

    places: dict[str, Point]
    groups: dict[str, int]


def edges_of(page: Page) -> list[tuple[str, str]]:
    """Return every pair that is joined, agreements being links, without doubles and in order."""
    pairs = [pair for deal in page.agreements for pair in pairs_of(deal)]
    pairs += [(link.source, link.target) for link in page.relations]
    known = set(ids_of(page))
    return sorted({(a, b) if a < b else (b, a) for a, b in pairs if a != b and a in known and b in known})


def pairs_of(deal: Agreement) -> list[tuple[str, str]]:
    """Join each to each, or the first to all when the parties are many, as the page draws it."""
    parties = [party.node for party in deal.parties]
    ends = [*deal.products, *([deal.facility] if deal.facility else [])]
    joined = (
        combinations(parties, 2) if len(parties) <= CLIQUE_LIMIT else ((parties[0], other) for other in parties[1:])
    )
    return [*joined, *((parties[0], end) for end in ends if parties)]


def ids_of(page: Page) -> list[str]:
    """Return the ids of the things that get a place of their own, in order."""
    return sorted({node.id for node in page.nodes})


def positions(page: Page, seed: Mapping[str, Point] | None = None) -> dict[str, Point]:
    """Return a place for each node and agreement; what the seed knows stays where it was."""
    return arrange(page, seed).places


def arrange(page: Page, seed: Mapping[str, Point] | None = None) -> Layout:
    """Lay the page out, or add newcomers to a former map; agreements stand among their parties."""
    ids, pairs = ids_of(page), edges_of(page)
    with _repeatable():
        groups = _communities(ids, pairs)
        known = {key: (float(x), float(y)) for key, (x, y) in (seed or {}).items() if key in groups}
        if ids and 2 * len(known) >= len(ids):
            places = _extended(ids, pairs, known)
        else:
            places = _one_level(ids, pairs) if len(ids) <= SMALL else _two_levels(ids, pairs, groups)
    return _with_agreements(page, Layout(places, groups))


def _with_agreements(page: Page, layout: Layout) -> Layout:
    """Put each agreement at the middle of its parties, and those that fall together beside each other."""
    middles: dict[str, Point] = {}
    taken: set[tuple[int, int]] = set()
    for deal in sorted(page.agreements, key=lambda deal: deal.id):
        around = [layout.places[party.node] for party in deal.parties if party.node in layout.places] or [(0.0, 0.0)]
        middle = (sum(x for x, _ in around) / len(around), sum(y for _, y in around) / len(around))
        middles[deal.id] = next(spot for spot in _spiral(middle, 0.35) if _cell(spot, 0.35) not in taken)
        taken.add(_cell(middles[deal.id], 0.35))
        first = next((party.node for party in deal.parties if party.node in layout.groups), None)
        layout.groups[deal.id] = layout.groups[first] if first else 0
    return Layout(layout.places | middles, layout.groups)


def _one_level(ids: list[str], pairs: list[tuple[str, str]]) -> dict[str, Point]:
    return {key: (float(round(x)), float(round(y))) for key, (x, y) in _disc(ids, pairs).items()} if ids else {}


@contextmanager
def _repeatable() -> Iterator[None]:
    """Give igraph a generator of its own with a fixed start, and its usual one back."""
    import igraph

    igraph.set_random_number_generator(random.Random(20231018))  # noqa: S311 - a layout keeps no secret
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def _graph(ids: list[str], pairs: list[tuple[str, str]]) -> Any:
    import igraph

    index = {key: place for place, key in enumerate(ids)}
    return igraph.Graph(len(ids), [(index[a], index[b]) for a, b in pairs])


def _communities(ids: list[str], pairs: list[tuple[str, str]]) -> dict[str, int]:
    """Return the Leiden community of each id, the largest being number nought."""
    if not ids:
        return {}
    found = _graph(ids, pairs).community_leiden(objective_function="modularity", n_iterations=4)
    members: dict[int, list[str]] = defaultdict(list)
    for key, group in zip(ids, found.membership, strict=True):
        members[group].append(key)
    ranked = sorted(members.values(), key=lambda keys: (-len(keys), keys[0]))
    return {key: rank for rank, keys in enumerate(ranked) for key in keys}


def _two_levels(ids: list[str], pairs: list[tuple[str, str]], groups: dict[str, int]) -> dict[str, Point]:
    inner: dict[int, list[tuple[str, str]]] = defaultdict(list)
    joins: dict[tuple[int, int], int] = defaultdict(int)
    for a, b in pairs:
        if groups[a] == groups[b]:
            inner[groups[a]].append((a, b))
        else:
            joins[min(groups[a], groups[b]), max(groups[a], groups[b])] += 1
    members: dict[int, list[str]] = defaultdict(list)
    for key in ids:
        members[groups[key]].append(key)
    discs = {group: _disc(keys, inner[group]) for group, keys in members.items()}
    radii = [max(hypot(x, y) for x, y in discs[group].values()) + ROOM[0] / 2 for group in range(len(members))]
    centres = _centres(radii, joins)
    return {
        key: (float(round(x + centres[group][0])), float(round(y + centres[group][1])))
        for group, disc in discs.items()
        for key, (x, y) in disc.items()
    }


def _disc(keys: list[str], pairs: list[tuple[str, str]]) -> dict[str, Point]:
    """Lay one community out around nought, with room for each glyph and its name."""
    if len(keys) == 1:
        return {keys[0]: (0.0, 0.0)}
    drawn = _graph(keys, pairs).layout_fruchterman_reingold(
        niter=400 if len(keys) <= SMALL else 120, grid=len(keys) > 600
    )
    drawn.center()
    reach = sorted(hypot(x, y) for x, y in drawn)[int(0.95 * len(keys))] or 1.0
    scale = sqrt(len(keys) * ROOM[0] * ROOM[1] * 1.3 / pi) / reach
    stretch = ROOM[0] / ROOM[1]
    places = push_apart([(x * scale, y * scale * stretch) for x, y in drawn], ROOM[0])
    return {key: (x, y / stretch) for key, (x, y) in zip(keys, places, strict=True)}


def _centres(radii: list[float], joins: Mapping[tuple[int, int], int]) -> list[Point]:
    """Place the communities as discs: those that share links near each other, none on another."""
    import igraph

    graph = igraph.Graph(len(radii), list(joins))
    drawn = graph.layout_fruchterman_reingold(weights=[sqrt(count) for count in joins.values()] or None, niter=800)
    drawn.center()
    reach = max((hypot(x, y) for x, y in drawn), default=1.0) or 1.0
    total = sqrt(sum(radius * radius for radius in radii))
    return pack_discs([(x / reach * total, y / reach * total) for x, y in drawn], radii)


def _extended(ids: list[str], pairs: list[tuple[str, str]], known: dict[str, Point]) -> dict[str, Point]:
    """Keep the former map and put each newcomer beside those it is joined to."""
    beside: dict[str, list[str]] = defaultdict(list)
    for a, b in pairs:
        beside[a].append(b)
        beside[b].append(a)
    places = dict(known)
    taken = {_cell(place) for place in places.values()}
    for key in (key for key in ids if key not in known):
        around = [places[other] for other in beside[key] if other in places] or list(known.values())
        middle = (sum(x for x, _ in around) / len(around), sum(y for _, y in around) / len(around))
        places[key] = next(spot for spot in _spiral(middle) if _cell(spot) not in taken)
        taken.add(_cell(places[key]))
    return places


def _cell(place: Point, part: float = 1.0) -> tuple[int, int]:
    return round(place[0] / ROOM[0] / part), round(place[1] / ROOM[1] / part)


def _spiral(middle: Point, part: float = 1.0) -> Iterable[Point]:
    """Yield places further and further from the middle, on squares."""
    ring = 0
    while True:
        for dx in range(-ring, ring + 1):
            for dy in range(-ring, ring + 1):
                if max(abs(dx), abs(dy)) == ring:
                    yield float(round(middle[0] + dx * ROOM[0] * part)), float(round(middle[1] + dy * ROOM[1] * part))
        ring += 1
