"""Reading the page: search, legend, names, panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Opener

pytestmark = pytest.mark.browser


def test_opens_quietly_and_names_overlap_nowhere(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    assert opened.js("materiel.overlaps()") == 0
    assert opened.js("materiel.labels.boxes.length") == 12
    assert opened.js("materiel.scene.nodes.length") == 12


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("умєров", "umerov"),
        ("lodz", "borealis"),
        ("nobody at all", None),
        ("міністерство", "mod-ua"),
        ("aurora ag", "aurora"),
    ],
)
def test_search_finds_any_script_without_marks(
    open_page: Opener, sample_html: str, typed: str, expected: str | None
) -> None:
    opened = open_page(sample_html)
    opened.page.fill("#search", typed)
    if expected is None:
        assert "no name found" in opened.text("#hits")
        return
    opened.page.press("#search", "Enter")
    assert opened.js("materiel.state.node") == expected
    assert opened.page.locator("#panel h2").inner_text() == opened.js(f"materiel.graph.byId.get('{expected}').label")


def test_search_list_is_walked_by_arrows(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    opened.page.fill("#search", "aurora")
    assert opened.page.locator("#hits [aria-selected=true]").count() == 1
    first = opened.page.locator("#hits [aria-selected=true]").inner_text()
    opened.page.press("#search", "ArrowDown")
    assert opened.page.locator("#hits [aria-selected=true]").inner_text() != first
    opened.page.press("#search", "Escape")
    assert opened.page.locator("#hits").is_hidden()


def test_legend_counts_and_filters(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    row = opened.page.locator("[data-facet=type] li", has_text="company")
    assert row.locator(".number").inner_text() == "3"
    row.locator("input").uncheck()
    assert opened.js("materiel.scene.nodes.some((node) => node.type === 'company')") is False
    # The count of a hidden value says what would come back.
    assert row.locator(".number").inner_text() == "3"
    opened.page.click("#undo")
    assert opened.js("materiel.scene.nodes.filter((node) => node.type === 'company').length") == 3


def test_only_leaves_one_status(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    row = opened.page.locator("[data-facet=status] li", has_text="signed").first
    row.hover()
    row.locator(".only").click()
    assert opened.js("[...new Set(materiel.scene.links.map((link) => link.deal && link.deal.status))]") == ["signed"]


def test_filters_by_country_category_origin_and_dispute(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    js = opened.js
    js("materiel.change((s) => s.hide.country.add('UA'))")
    assert js("materiel.scene.nodes.some((node) => node.country === 'UA')") is False
    js("materiel.undo()")
    js("materiel.change((s) => s.hide.category.add('uav'))")
    assert js("materiel.scene.links.some((link) => link.deal && link.deal.id === 'mou')") is False
    js("materiel.undo()")
    js("materiel.change((s) => s.hide.origins.add('one'))")
    assert js("materiel.scene.links.every((link) => (link.deal || link.rel).origins !== 1)") is True
    js("materiel.undo()")
    js("materiel.change((s) => s.hide.dispute.add('no'))")
    assert js("[...new Set(materiel.scene.links.map((link) => link.deal.id))]") == ["jv"]


def test_click_on_a_node_and_on_a_link_opens_the_panel(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    where = "(() => { const n = materiel.graph.byId.get('umerov'), b = document.getElementById('network').getBoundingClientRect(), [x, y] = materiel.toScreen(n.px, n.py); return [b.left + x, b.top + y]; })()"
    x, y = opened.js(where)
    opened.page.mouse.click(x, y)
    assert opened.text("#panel h2") == "Rustem Umerov"
    ends = "(() => { const a = materiel.graph.byId.get('umerov'), c = materiel.graph.byId.get('mod-ua'), b = document.getElementById('network').getBoundingClientRect(), [x, y] = materiel.toScreen((a.px + c.px) / 2, (a.py + c.py) / 2); return [b.left + x, b.top + y]; })()"
    x, y = opened.js(ends)
    opened.page.mouse.move(x, y)
    opened.page.wait_for_selector("#tip:not([hidden])")
    assert "heads" in opened.text("#tip")
    opened.page.mouse.click(x, y)
    assert opened.js("materiel.state.link") == "r-heads"
    assert "Minister" in opened.text("#panel")


def test_panel_shows_steps_newest_first_with_sources_and_both_sides(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html, "#l=jv")
    dates = opened.page.locator("#panel .steps time").all_inner_texts()
    assert dates == ["2024-01", "2023-10-18", "2023-05", "2022-04"]
    sides = opened.page.locator("#panel .sides > div").all_inner_texts()
    assert len(sides) == 2
    assert "51 per cent" in sides[0]
    assert "50 per cent" in sides[1]
    assert "2 voices" in opened.text("#panel")
    link = opened.page.locator("#panel .steps a", has_text="Joint venture signed")
    assert link.get_attribute("href") == "https://news.example/jv"
    assert link.get_attribute("rel") == "noopener noreferrer nofollow"
    assert (
        opened.page.locator("#panel .steps a", has_text="archived").first.get_attribute("href")
        == "https://archive.example/t"
    )


def test_what_can_be_copied(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html, "#l=jv")
    deal = "materiel.graph.byId.get('jv')"
    assert "Example News, “Joint venture signed”, 2023-10-18, https://news.example/jv" in opened.js(
        f"materiel.citationsOf({deal})"
    )
    assert opened.js(f"materiel.turtleOf({deal})") == ""
    assert "mat:statusEvent" in opened.js(f"materiel.sparqlOf({deal})")


def test_sparql_is_well_formed(open_page: Opener, sample_html: str) -> None:
    rdflib = pytest.importorskip("rdflib")
    opened = open_page(sample_html)
    for key in ("jv", "aurora"):
        rdflib.Graph().query(opened.js(f"materiel.sparqlOf(materiel.graph.byId.get('{key}'))"))
    rdflib.Graph().query(opened.js("materiel.sparqlOf(materiel.graph.relations[0])"))


def test_names_in_other_scripts_are_marked(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html, "#n=umerov")
    assert opened.page.locator("#panel [lang=und-Cyrl]").inner_text() == "Рустем Умєров"


def test_agreements_as_nodes_and_back(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    opened.page.click("summary:has-text('View')")
    opened.page.click("text=Agreements as nodes")
    assert opened.js("materiel.scene.nodes.filter((node) => node.deal).length") == 4
    assert opened.js("materiel.scene.links.filter((link) => link.deal && link.deal.id === 'jv').length") == 5
    assert opened.js("materiel.overlaps()") == 0
    opened.page.click("#undo")
    assert opened.js("materiel.scene.nodes.some((node) => node.deal)") is False
