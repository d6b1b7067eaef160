"""The file: same input, same bytes; pyvis as a thin renderer; the library checked; the data inert."""

from __future__ import annotations

import base64
import json
import re
import zlib
from dataclasses import replace
from hashlib import sha256
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from materiel.page import assets, payload, vis
from materiel.page.layout import arrange
from materiel.page.render import OPTIONS, TEMPLATE, TEMPLATES, render

from .sample import random_page, sample_page

if TYPE_CHECKING:
    from pathlib import Path

    from materiel.page.model import Page


def data_of(html: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(found(r'<script type="application/json"[^>]*>(.*?)</script>', html)[1])
    return data


def found(pattern: str, text: str) -> re.Match[str]:
    match = re.search(pattern, text, re.DOTALL)
    assert match
    return match


def test_equal_input_gives_equal_bytes(sample_html: str) -> None:
    assert render(sample_page()) == sample_html


def test_pyvis_still_has_the_members_that_are_used() -> None:
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    assert (network.nodes, network.edges, network.directed) == ([], [], True)
    network.set_template_dir(str(TEMPLATES), TEMPLATE)
    assert network.templateEnv.get_template(TEMPLATE).name == TEMPLATE
    network.options = OPTIONS
    network.templateEnv.globals["page"] = None
    assert callable(network.generate_html)


def test_library_is_the_reviewed_one_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert f"@version {vis.VERSION}" in vis.script()
    other = tmp_path / "vis-network.min.js"
    other.write_text("alert(1)")
    monkeypatch.setattr(vis, "script_path", lambda: other)
    vis.script.cache_clear()
    with pytest.raises(vis.UnknownVisError, match="expected 1f20f0736f32"):
        vis.script()
    monkeypatch.setattr(vis, "script_path", lambda: tmp_path / "none")
    with pytest.raises(vis.UnknownVisError, match="is missing"):
        vis.script()
    monkeypatch.undo()
    vis.script.cache_clear()


def test_policy_names_each_inline_text_by_its_hash(sample_html: str) -> None:
    policy = unescape(found(r'Content-Security-Policy" content="([^"]*)"', sample_html)[1])
    texts = re.findall(r"<script>(.*?)</script>", sample_html, re.DOTALL) + re.findall(
        r"<style>(.*?)</style>", sample_html, re.DOTALL
    )
    assert len(texts) == 3
    for text in texts:
        assert base64.b64encode(sha256(text.encode()).digest()).decode() in policy
    assert "unsafe" not in policy


def test_page_stays_below_its_byte_budget(sample_html: str) -> None:
    assert len(sample_html.encode()) < 700_000


def test_data_goes_through_pyvis_untouched(sample: Page, sample_html: str) -> None:
    data = data_of(sample_html)
    assert [node["id"] for node in data["nodes"]] == [node.id for node in sample.nodes] + [
        deal.id for deal in sample.agreements
    ]
    assert data["options"] == OPTIONS
    assert {"from": "jv", "to": "aurora", "p": "party", "role": "partner", "share": 51} in data["edges"]
    assert None not in data["nodes"][0].values()


def test_parallel_links_are_kept(sample: Page) -> None:
    twice = replace(sample, relations=(*sample.relations, replace(sample.relations[0], id="again")))
    heads = [edge for edge in payload.edges(twice) if edge["p"] == "heads"]
    assert [edge["id"] for edge in heads] == ["r-heads", "again"]


def test_links_to_what_is_not_on_the_page_are_left_out(sample: Page) -> None:
    fewer = replace(sample, nodes=tuple(node for node in sample.nodes if node.id != "mod-ua"))
    assert all("mod-ua" not in (edge["from"], edge["to"]) for edge in payload.edges(fewer))
    assert "Drone memorandum" in render(fewer)


def test_large_data_is_deflated_and_small_data_is_not() -> None:
    small, large = payload.pack({"a": "<&>\u2028"}), payload.pack({"a": "x" * (payload.PLAIN_LIMIT + 1)})
    assert small == payload.Block('{"a":"\\u003c\\u0026\\u003e\\u2028"}', packed=False)
    assert large.packed
    assert len(json.loads(zlib.decompress(base64.b64decode(large.text)))["a"]) == payload.PLAIN_LIMIT + 1


def test_block_hash_is_printed_for_checking(sample_html: str) -> None:
    block = found(r'data-sha256="([0-9a-f]{64})">(.*?)</script>', sample_html)
    assert sha256(block.group(2).encode()).hexdigest() == block.group(1)


def test_nothing_is_lost_from_page_to_block(sample: Page, sample_html: str) -> None:
    data = data_of(sample_html)
    deal = next(node for node in data["nodes"] if node["id"] == "jv")
    assert deal["steps"][2] == {
        "s": "signed",
        "d": "2023-10-18",
        "t": "Venture signed",
        "w": "Aurora",
        "f": [0, 1],
        "o": 2,
    }
    assert deal["conflicts"][0]["v"] == [{"t": "51 per cent", "f": [0]}, {"t": "50 per cent", "f": [1]}]
    assert [source["id"] for source in data["sources"]] == list(sample.sources)


def test_empty_page_renders() -> None:
    assert "Nothing" in render(
        replace(sample_page(), title="Nothing", nodes=(), agreements=(), relations=(), sources={}, story=None)
    )


def test_modules_are_all_there_and_each_once() -> None:
    on_disk = {path.stem for path in (TEMPLATES.parent / "assets").glob("*.js")}
    assert set(assets.MODULES) == on_disk
    assert len(assets.MODULES) == len(on_disk)


def test_our_script_never_writes_markup() -> None:
    script = assets.script()
    for sink in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "srcdoc",
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "sendBeacon",
        "import(",
    ):
        assert sink not in script


def test_pages_of_thousands_are_built() -> None:
    page = random_page(3000)
    html = render(page, layout=arrange(page))
    assert 'data-packed="deflate"' in html
