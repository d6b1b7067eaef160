"""Places: the same for the same graph, stable when one statement is added, with room between."""

from __future__ import annotations

import random
from dataclasses import replace
from math import hypot

from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.page.layout import ROOM, arrange, positions
from materiel.page.model import Link, Node, Page
from materiel.page.spread import pack_discs, push_apart

from .sample import random_page, sample_page


def test_same_graph_same_map_and_foreign_generators_are_left_alone() -> None:
    page = random_page(400)
    random.seed(7)
    first = positions(page)
    after = random.random()
    random.seed(7)
    assert random.random() == after
    assert positions(page) == first
    shuffled = replace(page, nodes=tuple(reversed(page.nodes)), agreements=tuple(reversed(page.agreements)))
    assert positions(shuffled) == first


def test_everything_has_a_place() -> None:
    for page in (sample_page(), random_page(700), replace(sample_page(), nodes=(), agreements=(), relations=())):
        assert set(positions(page)) == {node.id for node in page.nodes} | {deal.id for deal in page.agreements}


def test_one_more_statement_moves_nothing() -> None:
    page = sample_page()
    before = positions(page)
    grown = replace(
        page,
        nodes=(*page.nodes, Node("new", "New")),
        relations=(*page.relations, Link("r-new", "new", "aurora", "owns")),
    )
    after = positions(grown, before)
    assert all(after[node.id] == before[node.id] for node in page.nodes)
    near = hypot(after["new"][0] - after["aurora"][0], after["new"][1] - after["aurora"][1])
    assert 0 < near < 4 * max(ROOM)


def test_a_seed_that_knows_little_is_not_followed() -> None:
    page = sample_page()
    assert positions(page, {"aurora": (9999.0, 9999.0)}) == positions(page)


def test_glyphs_keep_room_and_communities_keep_apart() -> None:
    page = random_page(900)
    layout = arrange(page)
    ids = [node.id for node in page.nodes]
    crowded = sum(
        abs(layout.places[a][0] - layout.places[b][0]) < 0.5 * ROOM[0]
        and abs(layout.places[a][1] - layout.places[b][1]) < 0.5 * ROOM[1]
        for i, a in enumerate(ids)
        for b in ids[i + 1 :]
    )
    assert crowded < len(ids) * 0.02
    near = [
        hypot(
            layout.places[d.parties[0].node][0] - layout.places[d.parties[1].node][0],
            layout.places[d.parties[0].node][1] - layout.places[d.parties[1].node][1],
        )
        for d in page.agreements
    ]
    any_pair = [
        hypot(layout.places[a][0] - layout.places[b][0], layout.places[a][1] - layout.places[b][1])
        for a, b in zip(ids, ids[457:], strict=False)
    ]
    assert sum(near) / len(near) < 0.4 * sum(any_pair) / len(any_pair)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=2, max_size=25))
def test_points_are_pushed_apart(points: list[tuple[float, float]]) -> None:
    places = push_apart(points, 10.0, rounds=400)
    gaps = [hypot(ax - bx, ay - by) for i, (ax, ay) in enumerate(places) for bx, by in places[i + 1 :]]
    assert min(gaps) > 6.0


def test_discs_do_not_cover_each_other() -> None:
    radii = [30.0, 20.0, 20.0, 10.0, 5.0, 5.0]
    places = pack_discs([(0.0, 0.0)] * 6, radii)
    for i, (ax, ay) in enumerate(places):
        for j, (bx, by) in enumerate(places[i + 1 :], i + 1):
            assert hypot(ax - bx, ay - by) > 0.97 * (radii[i] + radii[j])


def test_page_of_one() -> None:
    assert positions(Page("one", (Node("a", "A"),))) == {"a": (0.0, 0.0)}
