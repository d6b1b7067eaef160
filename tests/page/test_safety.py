"""Nothing in the data becomes markup, script or request; nothing of the data is shown twice escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from materiel.page import render
from materiel.page.model import Agreement, Conflict, Link, Node, Page, Party, Side, Source, Step

if TYPE_CHECKING:
    from .conftest import Opener

CORPUS = (
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    '"><svg onload=window.hit=1>',
    "<a href=javascript:window.hit=1>href</a>",
    "'-window.hit=1-'",
    "{{ 7*7 }} {% raw %} ${window.hit=1}",
    "<!--<script>--><!--",
    "]]></style><style>*{display:none}</style>",
    "&lt;b&gt; &amp; & \u2028\u2029 \x00 \ud7ff",
    "javascript:window.hit=1",
    '=HYPERLINK("http://x")',
)


def poisoned(text: str) -> Page:
    """Put the text into every field that takes one."""
    node = Node(f"id-{abs(hash(text)) % 997}", text, text, (text,), "company", "DE", None, text)
    strange = Node(text, "plain label", "", (), text, text, text, text)
    steps = (
        Step("signed", "2024-01-01", "2024-01-01", "2024-01-01", text, text, (text,), 1),
        Step(text, text, None, None, text, text, (text,), 1),
    )
    deal = Agreement(
        "deal",
        text,
        text,
        text,
        (Party(node.id, text, 1), Party(strange.id, text)),
        (),
        None,
        text,
        steps,
        (Conflict(text, text, text, (Side(text, (text,)),)),),
        1,
        disputed=True,
    )
    link = Link(text + "-rel", node.id, strange.id, text, text, text, None, text, text, (text,), 1)
    source = Source(text, text, text, text, text, text, text, text)
    return Page(text, (node, strange), (deal,), (link,), {text: source}, (text,), text, licence=text)


@pytest.mark.parametrize("text", CORPUS)
def test_file_holds_no_raw_payload(text: str) -> None:
    html, harmless = render(poisoned(text)), render(poisoned("plain"))
    for raw in ("<script>window.hit", "<img src=x", "<svg onload", "<a href=javascript", "<style>*{"):
        assert raw not in html
    for mark in ("<script", "</script", "<style", "</style", "<!--"):
        assert html.count(mark) == harmless.count(mark)


VIEWS = ("l=deal", "draw=agreements&n=deal", "table=statements", "table=entities", "show=groups", "path=deal~deal", "")


@pytest.mark.browser
@pytest.mark.parametrize("text", CORPUS)
def test_every_payload_stays_text(open_page: Opener, text: str) -> None:
    opened = open_page(poisoned(text))
    assert opened.js("document.querySelector('h1').textContent") == text.replace("\x00", "")  # an HTML parser drops it
    for view in VIEWS:
        opened.js(f"materiel.restore('{view}')")
        opened.js("window.dispatchEvent(new Event('beforeprint'))")
        opened.page.mouse.move(660, 400)
        ET.fromstring(opened.js("materiel.svgText()"))
        assert opened.js("window.hit") is None
        assert (
            opened.js("document.querySelectorAll('img, svg [onload], a[href^=\"javascript\" i], [onerror]').length")
            == 0
        )
        assert opened.js("document.scripts.length") == 3
        if view == "l=deal":
            assert opened.js("document.querySelector('#panel h2').textContent") == text
    opened.page.fill("#search", text.replace("\x00", "")[:20])
    assert opened.js("window.hit") is None


@pytest.mark.browser
def test_links_go_to_the_web_only(open_page: Opener, sample: Page) -> None:
    sources = {
        "s1": Source("t", "javascript:window.hit=1", "p"),
        "s2": Source("t", "data:text/html,<script>1</script>", "p"),
        "s3": Source("t", "//evil.example", "p"),
        "s4": Source("t", "https://пример.example/a b", "p"),
    }
    opened = open_page(replace(sample, sources=sources), "#l=jv")
    hrefs = opened.js("[...document.querySelectorAll('#panel a')].map((a) => a.href)")
    assert hrefs
    assert all(href.startswith("https://xn--e1afmkfd.example/") for href in hrefs)


@pytest.mark.browser
def test_spreadsheet_formulas_are_guarded(open_page: Opener, sample: Page) -> None:
    nodes = tuple(replace(node, label=f"={node.label}") if node.id == "aurora" else node for node in sample.nodes)
    opened = open_page(replace(sample, nodes=nodes))
    assert "\r\naurora,https://w3id.org/materiel/id/aurora,'=Aurora Werke," in "\r\n" + opened.js(
        "materiel.csvOf('entities')"
    )


@pytest.mark.browser
def test_policy_blocks_what_is_not_ours(open_page: Opener, sample_html: str) -> None:
    broken = sample_html.replace("</body>", "<script>window.hit=1</script></body>")
    opened = open_page(broken)
    assert opened.js("window.hit") is None
    assert len(opened.complaints) == 1
    opened.complaints.clear()


def test_no_address_of_a_library_is_in_the_file(sample_html: str) -> None:
    # What the page could load, as opposed to what its texts name.
    loads = re.findall(
        r"""(?:\bsrc|<link[^>]+href|@import|url\()\s*=?\s*["']?(?:https?:)?//""",
        sample_html.split("<script type=", maxsplit=1)[0],
    )
    assert loads == []
    assert "sourceMappingURL" not in sample_html
    assert "default-src 'none'" in unescape(sample_html)
    assert "unsafe" not in sample_html.split("<style>", maxsplit=1)[0]
