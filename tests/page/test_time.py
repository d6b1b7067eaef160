"""The slider, its two clocks and the state in the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from materiel.page.standing import last_day, standing

from .sample import random_page

if TYPE_CHECKING:
    from .conftest import Opened, Opener

pytestmark = pytest.mark.browser


def status(opened: Opened, deal: str = "jv") -> Any:
    return opened.js(f"materiel.graph.byId.get('{deal}').status")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2022-03", "none"),
        ("2022-04", "reported"),
        ("2023-05", "negotiating"),
        ("2023-10", "signed"),
        ("2024-01", "signed"),
    ],
)
def test_status_on_a_day_leaves_reports_aside(
    open_page: Opener, sample_html: str, day: str, expected: str | None
) -> None:
    opened = open_page(sample_html, f"#asof={day}")
    assert status(opened) == expected
    assert opened.text(".readout").startswith(f"as of {day}:")


def test_known_clock_counts_steps_by_the_day_of_their_pages(open_page: Opener, sample_html: str) -> None:
    # "negotiating" of 2023-05 rests on a page of 2022-05, the last report on a page without a date.
    opened = open_page(sample_html, "#asof=2022-05&clock=known")
    assert status(opened) == "negotiating"
    assert opened.text(".readout").startswith("known by 2022-05:")
    assert status(opened, "mou") == "none"
    opened.page.click("text=happened by")
    assert status(opened) == "reported"


def test_nothing_before_its_first_report(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html, "#asof=2022-04")
    assert opened.js("materiel.graph.relations.filter((rel) => rel.on).map((rel) => rel.id)") == ["r-part"]
    assert opened.js("materiel.scene.dealsShown") == 1


def test_slider_moves_the_day_and_undo_takes_the_whole_gesture_back(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    slider = opened.page.locator("#asof")
    slider.focus()
    for _ in range(4):
        slider.press("ArrowLeft")
        opened.page.wait_for_timeout(40)
    day = opened.js("materiel.state.asof")
    assert day
    assert slider.get_attribute("aria-valuetext") == f"as of {day}"
    opened.page.click("#undo")
    assert opened.js("materiel.state.asof") == ""


def test_play_runs_and_stops(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    opened.page.click(".play")
    assert opened.page.locator(".play").get_attribute("aria-pressed") == "true"
    first = opened.js("materiel.state.asof")
    opened.page.wait_for_timeout(1200)
    assert opened.js("materiel.state.asof") > first
    opened.page.click(".play")
    assert opened.page.locator(".play").get_attribute("aria-pressed") == "false"


def test_play_is_not_offered_when_stillness_is_asked_for(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html, reduced_motion="reduce")
    assert opened.page.locator(".play").is_hidden()


def test_places_do_not_move_with_time(open_page: Opener, sample_html: str) -> None:
    opened = open_page(sample_html)
    before = opened.js("materiel.graph.nodes.map((node) => [node.px, node.py])")
    opened.js("materiel.change((s) => { s.asof = '2023-10'; })")
    opened.js("materiel.change((s) => { s.asof = ''; })")
    assert opened.js("materiel.graph.nodes.map((node) => [node.px, node.py])") == before


def test_whole_state_goes_through_the_address(open_page: Opener, sample_html: str) -> None:
    link = "#draw=agreements&add=lone&pins=aurora%3A40%3A-30&hide=type%3Aperson+kind%3Amemorandum&asof=2024-01&clock=known&n=aurora&path=umerov%7Eshell&firm=1&at=12%3A34%3A0.9"
    opened = open_page(sample_html, link)
    written = opened.js("materiel.writeState()")
    opened.page.wait_for_timeout(400)
    assert opened.js("location.hash.slice(1)") == written
    again = open_page(sample_html, f"#{written}")
    assert again.js("materiel.writeState()") == written
    keys = (
        "(s) => [s.draw, Object.fromEntries(s.pins), [...s.hide.type], s.asof, s.clock, s.node, s.path, s.firm, s.at]"
    )
    assert again.js(f"({keys})(materiel.state)") == [
        "agreements", {"aurora": [40, -30]}, ["person"], "2024-01", "known", "aurora", ["umerov", "shell"], True, [12, 34, 0.9],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "junk",
    [
        "#n=nobody",
        "#asof=soon&at=x:y:z",
        "#hide=nothing:here+type",
        "#path=a~b&ego=zz~9",
        "#pins=aurora:NaN:1&groups=x",
        "#%%%",
        "#l=nope&table=5&story=99",
    ],
)
def test_a_broken_address_opens_the_page_all_the_same(open_page: Opener, sample_html: str, junk: str) -> None:
    opened = open_page(sample_html, junk)
    assert opened.js("materiel.scene.nodes.length") == 12


def test_page_and_figure_follow_one_rule(open_page: Opener) -> None:
    page = random_page(150)
    opened = open_page(page)
    for month in ("2014-01", "2016-07", "2019-12", "2023-05", ""):
        opened.js(f"materiel.change((s) => {{ s.asof = '{month}'; }})")
        shown = opened.js("materiel.graph.deals.map((deal) => [deal.id, deal.now ? [deal.now.s, deal.now.d] : null])")
        told = {deal.id: standing(deal, last_day(month)) for deal in page.agreements}
        assert shown == [[key, [step.status, step.date] if step else None] for key, step in told.items()]
