"""Keyboard, contrast, small screens, no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Opened, Opener

pytestmark = pytest.mark.browser


def press(opened: Opened, *keys: str) -> None:
    for key in keys:
        opened.page.keyboard.press(key)
        opened.page.wait_for_timeout(30)


def test_walk_through_the_network_by_keyboard_alone(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    opened.page.focus("#network")
    press(opened, "ArrowRight")
    start = opened.js("materiel.state.node")
    assert start == "aurora"
    assert "Aurora Werke, company, Germany" in opened.text("#status")
    press(opened, "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "ArrowLeft")
    assert opened.js("materiel.state.node") in opened.js("materiel.scene.nodes.map((node) => node.id)")
    press(opened, "]")
    assert opened.js("materiel.state.link") != ""
    press(opened, "Enter")
    assert opened.js("document.activeElement.id") == "panel"
    opened.page.focus("#network")
    press(opened, "Escape")
    assert opened.js("materiel.state.node + materiel.state.link") == ""


def test_zoom_fit_ego_hide_undo_table_and_help_by_keyboard(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html, "#n=mod-ua")
    opened.page.focus("#network")
    before = opened.js("materiel.view.scale")
    press(opened, "+")
    assert opened.js("materiel.view.scale") > before
    press(opened, "-", "0")
    press(opened, "g")
    assert opened.js("materiel.state.ego") == "mod-ua"
    press(opened, "u")
    assert opened.js("materiel.state.ego") == ""
    press(opened, "x")
    assert opened.js("materiel.state.drop") == ["mod-ua"]
    press(opened, "Control+z")
    assert opened.js("materiel.state.drop") == []
    press(opened, "m", "ArrowRight", "m")
    assert list(opened.js("[...materiel.state.pins.keys()]")) == ["mod-ua"]
    press(opened, "?")
    assert opened.page.locator("#help").is_visible()
    opened.page.uncheck("#single")
    press(opened, "Escape")
    opened.page.focus("#network")
    press(opened, "t")
    assert opened.page.locator("#table").is_hidden()


def test_every_control_is_reached_by_tab(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    wanted = opened.js(
        "[...document.querySelectorAll('button, input, summary, [tabindex=\"0\"]')].filter((e) => e.checkVisibility() && !e.disabled && !(e.type === 'radio' && !e.checked)).length"
    )
    reached = set()
    for _ in range(wanted + 40):
        opened.page.keyboard.press("Tab")
        opened.js("(window.seen = window.seen || new Set()).add(document.activeElement)")
    reached = opened.js("[...window.seen].filter((e) => e !== document.body && !e.classList.contains('skip')).length")
    assert reached >= wanted


STATES = (
    "",
    "l=jv",
    "n=aurora",
    "path=umerov~shell",
    "table=statements",
    "story=2",
    "draw=agreements&asof=2023-10",
    "show=groups",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_page: Opener, sample_html: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    opened = open_page(sample_html, color_scheme=scheme, bypass_csp=True)
    for state in STATES:
        opened.js(f"materiel.restore('{state}')")
        found = axe.Axe().run(opened.page, options={"runOnly": RULES}).response
        assert len(found["passes"]) > 20
        serious = [
            (violation["id"], [node["html"][:160] for node in violation["nodes"]][:4])
            for violation in found["violations"]
            if violation["impact"] in {"moderate", "serious", "critical"}
        ]
        assert (state, serious) == (state, [])


def test_targets_are_large_enough(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html, "#n=aurora")
    small = opened.js(
        "[...document.querySelectorAll('button, summary, label')].filter((e) => e.checkVisibility() && !e.classList.contains('unseen')).map((e) => [e.textContent, e.getBoundingClientRect()]).filter(([, b]) => b.width && (b.height < 24 || b.width < 24)).map(([t]) => t)"
    )
    assert small == []


def test_dark_changes_paper_and_ink(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html, color_scheme="dark")
    colour = "getComputedStyle(document.body).backgroundColor"
    dark = opened.js(colour)
    opened.page.click("text=Theme")
    assert opened.js(colour) != dark
    assert opened.js("document.documentElement.dataset.theme") == "light"


def test_phone_width_shows_all_and_scrolls_only_downwards(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html, size=(390, 844), has_touch=True, is_mobile=True)
    assert opened.js("document.documentElement.scrollWidth <= window.innerWidth") is True
    assert opened.js("materiel.overlaps()") == 0
    assert opened.js("materiel.labels.boxes.every((box) => box.x >= 0 && box.x + box.w <= materiel.view.w)") is True
    assert opened.page.locator("#network canvas").bounding_box()["height"] > 300


def test_without_script_the_statements_can_be_read(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html, java_script_enabled=False)
    text = opened.text(".plain")
    assert "Venture signed" in text
    assert "Example News" in text
    assert opened.page.locator(".plain tbody tr").count() == 11
