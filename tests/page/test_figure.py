"""The static figure: the same signs without a browser."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from materiel.page.encoding import DASHES, GLYPHS, glyph
from materiel.page.figure import compose
from materiel.page.shapes import SHAPES
from materiel.page.standing import holds, last_day, standing
from materiel.page.static import static_figure

from .sample import random_page, sample_page
from .test_safety import CORPUS, poisoned


def test_svg_is_well_formed_and_burns_in_scope_and_sources() -> None:
    page = replace(sample_page(), as_of="2023-10")
    root = ET.fromstring(static_figure(page))
    text = " ".join(root.itertext())
    for part in ("Sample network", "As of 2023-10", "All days, all sources", "Example News", "joint venture", "signed"):
        assert part in text
    assert static_figure(page) == static_figure(page)


@pytest.mark.parametrize("text", CORPUS)
def test_svg_escapes_everything(text: str) -> None:
    svg = static_figure(poisoned(text))
    root = ET.fromstring(svg)
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg",
        "title",
        "rect",
        "line",
        "polygon",
        "text",
    }


def test_png_and_pdf_by_matplotlib() -> None:
    pytest.importorskip("matplotlib")
    png, pdf = static_figure(sample_page(), "png"), static_figure(sample_page(), "pdf")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert pdf[:5] == b"%PDF-"
    assert static_figure(sample_page(), "png") == png
    assert static_figure(sample_page(), "pdf") == pdf


def test_names_overlap_nowhere_and_the_size_is_limited() -> None:
    drawing = compose(random_page(300), limit=80)
    names = [text for text in drawing.texts if text.anchor == "middle"]
    assert 30 < len(names) <= 80
    boxes = [(t.x - len(t.text) * 3.05, t.y - 6.5, t.x + len(t.text) * 3.05, t.y + 6.5) for t in names]
    assert not any(
        a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for i, a in enumerate(boxes) for b in boxes[i + 1 :]
    )


def test_every_type_has_a_sign_of_its_own() -> None:
    signs = [sign for kind, sign in GLYPHS.items() if kind != "thing"]
    shapes = [shape for shape, _ in signs]
    assert len(set(shapes)) == len(shapes)
    assert set(shapes) <= set(SHAPES)
    assert glyph("never heard of") == GLYPHS["thing"]


def test_statuses_of_a_paper_are_solid_and_the_others_are_not() -> None:
    assert DASHES["signed"] == DASHES["operational"] == ()
    assert (
        len(
            {
                DASHES[status]
                for status in ("reported", "negotiating", "announced", "approved", "suspended", "terminated", "signed")
            }
        )
        == 7
    )


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2022-04-29", None),
        ("2022-04-30", "reported"),
        ("2023-05-31", "negotiating"),
        ("2023-10-18", "signed"),
        ("", "signed"),
    ],
)
def test_standing_is_the_rule_of_the_page(day: str, status: str | None) -> None:
    step = standing(sample_page().agreements[0], day)
    assert (step.status if step else None) == status


def test_days() -> None:
    assert [last_day(date) for date in ("2022", "2022-02", "2022-02-03", None)] == [
        "2022-12-31",
        "2022-02-28",
        "2022-02-03",
        "",
    ]
    link = replace(sample_page().relations[1], valid_from=None)
    assert holds(link, "2020-01-01")
    assert not holds(link, "2020-01-01", ["2021"])
    assert not holds(replace(link, valid_until="2019"), "2020-01-01")
