"""Path, neighbourhood, drag, undo, story, files."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from .conftest import Opener

pytestmark = pytest.mark.browser


def test_path_through_the_form(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    opened.page.click("#tools >> text=Path")
    for field, name in (("#path-from", "umerov"), ("#path-to", "155")):
        opened.page.fill(field, name)
        opened.page.press(field, "Enter")
    assert opened.js("materiel.route.nodes.map((node) => node.id)") == ["umerov", "mod-ua", "gov-ua", "shell"]
    steps = opened.page.locator("#panel ol.steps > li").all_inner_texts()
    assert len(steps) == 3
    assert "Example News" in steps[0]
    assert "path of 3 steps" in opened.text("#status")


def test_signed_or_better_takes_another_way_or_none(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html, "#path=aurora~shell&asof=2022-06")
    assert opened.js("materiel.route.links.length") == 1
    opened.page.check("#firm")
    assert opened.js("materiel.route.nodes.length") == 0
    assert "No path" in opened.text("#panel")


def test_no_path_runs_through_a_withheld_name(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    opened.js(
        "(() => { const g = materiel.graph, a = g.byId.get('unnamed'), b = g.byId.get('lone'), link = {key: 'x', a, b, deal: null, rel: {id: 'x', on: true, sources: []}, kind: 'owns', role: ''}; a.adj.links.push(link); b.adj.links.push(link); g.sets.links.push(link); materiel.change((s) => { s.path = ['mod-ua', 'lone']; }); })()"
    )
    assert opened.js("materiel.route.nodes.length") == 0


def test_ego_view_and_expansion_with_counts(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html, "#n=umerov")
    opened.page.click("#panel >> text=Only around this")
    assert opened.js("materiel.scene.nodes.map((node) => node.id).sort()") == ["mod-ua", "umerov"]
    assert "2 of 12 drawn" in opened.text("#notice")
    assert opened.js("materiel.graph.byId.get('mod-ua').more") == 3
    opened.js("materiel.goTo(materiel.graph.byId.get('mod-ua'))")
    opened.page.click("#panel >> text=Show 3 neighbours more")
    assert opened.js("materiel.scene.nodes.length") == 5
    opened.page.click("#undo")
    assert opened.js("materiel.scene.nodes.length") == 2


def test_drag_pins_and_undo_puts_back(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    where = "(() => { const n = materiel.graph.byId.get('lone'), b = document.getElementById('network').getBoundingClientRect(), [x, y] = materiel.toScreen(n.px, n.py); return [b.left + x, b.top + y]; })()"
    x, y = opened.js(where)
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + 30, y + 40, steps=4)
    opened.page.mouse.move(x + 60, y + 80, steps=4)
    opened.page.mouse.up()
    opened.page.wait_for_timeout(100)
    assert list(opened.js("[...materiel.state.pins.keys()]")) == ["lone"]
    moved = opened.js(where)
    assert abs(moved[0] - x - 60) < 8
    assert abs(moved[1] - y - 80) < 8
    opened.page.click("#undo")
    back = opened.js(where)
    assert abs(back[0] - x) < 2
    assert opened.js("[...materiel.state.pins.keys()]") == []


def test_svg_carries_scope_day_sources_and_is_well_formed(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html, "#asof=2023-10&hide=type:person")
    opened.page.click("#tools >> text=Export")
    with opened.page.expect_download() as waiting:
        opened.page.click("text=Drawing (SVG)")
    assert waiting.value.suggested_filename == "sample-network-as-of-2023-10.svg"
    svg = waiting.value.path().read_text(encoding="utf-8")
    root = ET.fromstring(svg)
    text = " ".join(" ".join(root.itertext()).split())
    for part in (
        "Sample network",
        "As of 2023-10",
        "All days, all sources",
        "Left out by filter: type: person",
        "Example News",
        "CC BY 4.0",
        "joint venture",
    ):
        assert part in text
    assert "style=" not in svg
    assert "<script" not in svg


def test_png_is_twice_the_size(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    opened.page.click("#tools >> text=Export")
    with opened.page.expect_download() as waiting:
        opened.page.click("text=Picture (PNG)")
    content = waiting.value.path().read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width = int.from_bytes(content[16:20], "big")
    assert width == 2 * opened.js("Math.round(materiel.view.w)")


def test_table_twin_sorts_and_downloads_what_is_visible(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    opened.page.click("#table-button")
    assert opened.page.locator("#table tbody tr").count() == 8
    opened.page.click("#table >> text=Entities")
    assert opened.page.locator("#table tbody tr").count() == 12
    opened.page.click("#table thead >> text=Name")
    names = opened.page.locator("#table tbody th").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    assert opened.page.locator("#table th[aria-sort=ascending]").count() == 1
    with opened.page.expect_download() as waiting:
        opened.page.click("#table >> text=CSV")
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) == 12
    assert rows[0]["iri"].startswith("https://w3id.org/materiel/id/")
    data = json.loads(opened.js("materiel.jsonOf()"))
    assert len(data["nodes"]) == 12
    assert len(data["statements"]) == 8
    opened.page.click("#table >> text=Back to the map")
    assert opened.page.locator("#table").is_hidden()


def test_table_row_opens_its_evidence(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html, "#table=statements")
    opened.page.click("#table tbody >> text=Drone memorandum")
    assert opened.text("#panel h2") == "Drone memorandum"


def test_citations_of_what_is_shown(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html, "#asof=2022-04")
    text = opened.js("materiel.citationList()")
    assert "Wire, “Talks held”, 2022-05-01, http://wire.example/t" in text
    assert "as of 2022-04" in text


def test_story_walks_through_its_steps(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    opened.page.click("#story-button")
    assert "First reports" in opened.text("#story")
    assert opened.js("materiel.state.asof") == "2022-04"
    opened.page.click("#story >> text=Next")
    assert opened.text("#panel h2") == "Aurora joint venture"
    opened.page.click("#story >> text=Next")
    assert "from the query deals-of" in opened.text("#story")
    assert opened.js("materiel.state.ego") == "aurora"
    opened.page.wait_for_timeout(400)
    assert opened.js("location.hash").endswith("story=3")
    opened.page.click("#story >> text=End")
    assert opened.page.locator("#story").count() == 0


def test_print_shows_figure_and_statements(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    opened.js("window.dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    assert opened.page.locator("#print svg").is_visible()
    assert opened.page.locator("#print tbody tr").count() == 8
    assert opened.page.locator(".bar").is_hidden()
    opened.js("window.dispatchEvent(new Event('afterprint'))")
    assert opened.page.locator("#print").count() == 0
