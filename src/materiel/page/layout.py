"""Where things stand: communities first, then inside each; the same graph always gives the same map."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from math import hypot, sqrt
from typing import TYPE_CHECKING, Any

from materiel.page.spread import pack_discs, push_apart

if TYPE_CHECKING:
    from materiel.page.model import Page

Point = tuple[float, float]
SPACING = 46.0  # room of one glyph in layout units; a glyph and its name fit at the scale the page opens with


@dataclass(frozen=True, slots=True)
class Layout:
    """Places and communities by id."""

    places: dict[str, Point]
    groups: dict[str, int]


def edges_of(page: Page) -> list[tuple[str, str]]:
    """Return every pair that is joined, agreements being nodes, without doubles and in order."""
    pairs = [(deal.id, party.node) for deal in page.agreements for party in deal.parties]
    pairs += [(deal.id, product) for deal in page.agreements for product in deal.products]
    pairs += [(deal.id, deal.facility) for deal in page.agreements if deal.facility]
    pairs += [(link.source, link.target) for link in page.relations]
    known = set(ids_of(page))
    return sorted({(a, b) if a < b else (b, a) for a, b in pairs if a != b and a in known and b in known})


def ids_of(page: Page) -> list[str]:
    """Return the ids of all that gets a place, in order."""
    return sorted({node.id for node in page.nodes} | {deal.id for deal in page.agreements})


def fingerprint(page: Page) -> str:
    """Return a hash of what the layout depends on, and of nothing else."""
    digest = sha256(b"layout 1\n")
    digest.update("\n".join(ids_of(page)).encode())
    digest.update("\n".join("\t".join(pair) for pair in edges_of(page)).encode())
    return digest.hexdigest()


def positions(page: Page, seed: Mapping[str, Point] | None = None) -> dict[str, Point]:
    """Return a place for each node and agreement; what the seed knows stays where it was."""
    return arrange(page, seed).places


def arrange(page: Page, seed: Mapping[str, Point] | None = None) -> Layout:
    """Lay the page out on two levels, or add newcomers to a former map."""
    ids, pairs = ids_of(page), edges_of(page)
    with _repeatable():
        groups = _communities(ids, pairs)
        known = {key: (float(x), float(y)) for key, (x, y) in (seed or {}).items() if key in groups}
        if ids and 2 * len(known) >= len(ids):
            return Layout(_extended(ids, pairs, known), groups)
        return Layout(_two_levels(ids, pairs, groups), groups)


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
    radii = [max(hypot(x, y) for x, y in discs[group].values()) + SPACING for group in range(len(members))]
    centres = _centres(radii, joins)
    return {
        key: (round(x + centres[group][0], 1), round(y + centres[group][1], 1))
        for group, disc in discs.items()
        for key, (x, y) in disc.items()
    }


def _disc(keys: list[str], pairs: list[tuple[str, str]]) -> dict[str, Point]:
    """Lay one community out around nought, with room for each glyph."""
    if len(keys) == 1:
        return {keys[0]: (0.0, 0.0)}
    drawn = _graph(keys, pairs).layout_fruchterman_reingold(niter=300, grid=len(keys) > 600)
    drawn.center()
    reach = max(hypot(x, y) for x, y in drawn) or 1.0
    scale = SPACING * sqrt(len(keys)) / reach
    places = push_apart([(x * scale, y * scale) for x, y in drawn], SPACING)
    return dict(zip(keys, places, strict=True))


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


def _cell(place: Point) -> tuple[int, int]:
    return round(place[0] / SPACING), round(place[1] / SPACING)


def _spiral(middle: Point) -> Iterable[Point]:
    """Yield places further and further from the middle, on squares."""
    ring = 0
    while True:
        for dx in range(-ring, ring + 1):
            for dy in range(-ring, ring + 1):
                if max(abs(dx), abs(dy)) == ring:
                    yield round(middle[0] + dx * SPACING, 1), round(middle[1] + dy * SPACING, 1)
        ring += 1
