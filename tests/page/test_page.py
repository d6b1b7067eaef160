"""Saving: whole or not at all, and the former map is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from materiel.page import render
from materiel.page.former import former_places
from materiel.page.model import Link, Node
from materiel.page.page import NetworkPage

from .sample import random_page, sample_page

if TYPE_CHECKING:
    from pathlib import Path


def test_saving_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for page in (sample_page(), random_page(300)):
        file = NetworkPage(page).save(tmp_path / "net.html")
        first = file.read_bytes()
        assert first == render(page).encode()
        assert NetworkPage(page).save(file).read_bytes() == first


def test_one_more_statement_keeps_the_map_of_the_file(tmp_path: Path) -> None:
    page = sample_page()
    file = NetworkPage(page).save(tmp_path / "net.html")
    before = former_places(file)
    more = (*page.relations, Link("r-new", "new", "aurora", "owns"), Link("r-far", "forum", "borealis", "attended"))
    grown = replace(page, nodes=(*page.nodes, Node("new", "New")), relations=more)
    after = former_places(NetworkPage(grown).save(file))
    assert before
    assert after
    assert {key: after[key] for key in before} == before


def test_packed_pages_lend_their_places_and_foreign_files_none(tmp_path: Path) -> None:
    page = random_page(3600)
    file = NetworkPage(page).save(tmp_path / "net.html")
    assert 'data-packed="deflate"' in file.read_text(encoding="utf-8")
    places = former_places(file)
    assert places
    assert len(places) == len(page.nodes) + len(page.agreements)
    other = tmp_path / "other.html"
    assert former_places(other) is None
    other.write_text('<script type="application/json" id="materiel-data" data-packed="no">{"nodes": 3}</script>')
    assert former_places(other) is None
    other.write_bytes(b"\xff\xfe")
    assert former_places(other) is None


def test_figure_story_and_notebook() -> None:
    page = NetworkPage(sample_page())
    assert page.figure().startswith(b"<svg")
    assert "A first step" in page.with_story("title: T\nsteps:\n  - caption: A first step\n").html
    assert set(page._repr_mimebundle_()) == {"text/plain", "text/html", "image/svg+xml"}
