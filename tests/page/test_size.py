"""Large graphs: communities first, everything within reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from materiel.page import render
from materiel.page.layout import arrange

from .sample import random_page

if TYPE_CHECKING:
    from .conftest import Opener

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def large_html() -> str:
    page = random_page(6000, steps=1)
    return render(page, layout=arrange(page))


def test_hundreds_open_on_their_hubs_with_counts(open_page: Opener) -> None:
    opened = open_page(random_page(700))
    assert opened.js("materiel.scene.nodes.length") == 64
    assert "64 of 700 drawn" in opened.text("#notice")
    assert opened.js("materiel.scene.nodes.some((node) => node.more > 0)") is True
    assert opened.js("materiel.overlaps()") == 0
    opened.page.click("#notice >> text=Show all")
    assert opened.js("materiel.scene.nodes.length") == 700
    assert opened.js("materiel.overlaps()") == 0


def test_thousands_open_on_communities_and_expand(open_page: Opener, large_html: str) -> None:
    opened = open_page(large_html)
    assert opened.js("document.getElementById('materiel-data').dataset.packed") == "deflate"
    assert opened.js("materiel.scene.nodes.every((node) => node.group)") is True
    assert opened.js("materiel.scene.nodes.reduce((sum, node) => sum + node.size, 0)") > 5000
    assert opened.js("materiel.scene.links.length") > 10
    assert opened.js("materiel.scene.links.every((link) => link.count > 0)") is True
    assert opened.js("materiel.overlaps()") == 0
    opened.js("materiel.openGroup(materiel.scene.nodes[0].g)")
    assert opened.js("materiel.scene.nodes.filter((node) => !node.group).length") > 20
    assert opened.js("materiel.overlaps()") == 0
    opened.page.click("#notice >> text=Close")
    assert opened.js("materiel.scene.nodes.every((node) => node.group)") is True


def test_click_on_a_community_says_what_is_inside(open_page: Opener, large_html: str) -> None:
    opened = open_page(large_html)
    x, y = opened.js(
        "(() => { const n = materiel.scene.nodes[0], b = document.getElementById('network').getBoundingClientRect(), [x, y] = materiel.toScreen(n.px, n.py); return [b.left + x, b.top + y]; })()"
    )
    opened.page.mouse.click(x, y)
    assert "Community of" in opened.text("#panel")
    opened.page.click("#panel >> text=Open (")
    assert opened.js("materiel.state.groups.length") == 1


def test_search_reaches_what_is_not_drawn(open_page: Opener, large_html: str) -> None:
    opened = open_page(large_html)
    opened.page.fill("#search", "5999")
    opened.page.press("#search", "Enter")
    assert opened.js("materiel.state.node") == "n5999"
    assert opened.js("materiel.scene.nodes.some((node) => node.id === 'n5999')") is True


def test_hit_test_of_our_own_finds_what_a_full_walk_finds(open_page: Opener) -> None:
    opened = open_page(random_page(700), "#show=all")
    same = opened.js(
        """(() => { const m = materiel, nodes = m.scene.nodes; let wrong = 0;
        for (let i = 0; i < nodes.length; i += 7) { const found = m.under(nodes[i].px, nodes[i].py);
          const nearest = nodes.reduce((best, node) => { const gap = Math.hypot(node.px - nodes[i].px, node.py - nodes[i].py) * m.view.scale - m.radiusOf(node); return gap < best[0] ? [gap, node] : best; }, [Infinity, null])[1];
          if (!found || found.node !== nearest) wrong++; } return wrong; })()"""
    )
    assert same == 0
    assert opened.js("materiel.under(1e7, 1e7)") is None


def test_all_of_thousands_are_painted_and_only_the_chosen_are_handed_over(open_page: Opener, large_html: str) -> None:
    opened = open_page(large_html, "#show=all")
    assert opened.js("materiel.scene.nodes.length") == 6000
    assert opened.js("materiel.overlaps()") == 0
    opened.js("materiel.goTo(materiel.graph.byId.get('n7'))")
    assert opened.js("materiel.state.node") == "n7"
    assert opened.js("materiel.labels.boxes.some((box) => box.node.id === 'n7')") is True
    x, y = opened.js(
        "(() => { const n = materiel.graph.byId.get('n7'), b = document.getElementById('network').getBoundingClientRect(), [x, y] = materiel.toScreen(n.px, n.py); return [b.left + x, b.top + y]; })()"
    )
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + 50, y + 30, steps=5)
    opened.page.mouse.up()
    opened.page.wait_for_timeout(100)
    assert list(opened.js("[...materiel.state.pins.keys()]")) == ["n7"]


def test_neither_a_click_nor_an_expansion_nor_time_moves_what_is_drawn(open_page: Opener) -> None:
    opened = open_page(random_page(700))
    at = "Object.fromEntries(materiel.scene.nodes.map((node) => [node.id, [node.px, node.py]]))"
    before = opened.js(at)
    opened.js("materiel.goTo(materiel.graph.byId.get('n699'))")
    opened.js("materiel.expand(materiel.graph.byId.get('n699'))")
    opened.js("materiel.change((s) => { s.asof = '2018-06'; })")
    opened.js("materiel.change((s) => { s.asof = ''; })")
    after = opened.js(at)
    assert len(after) > len(before)
    assert {key: after[key] for key in before} == before
    assert opened.js("materiel.overlaps()") == 0
