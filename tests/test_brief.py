"""Briefs: every sentence rests on claims of the graph, every footnote resolves, wording follows dates and evidence."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

import small
from materiel.brief import Brief, Note, brief
from materiel.brief.brief import FORMS
from materiel.errors import Ambiguous, NotFound
from materiel.wording import count, day, listed, money, months_before, ranges, when

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph

SUBJECTS = [
    ("rheinmetall",),
    ("rheinmetall-udi-joint-venture",),
    ("rheinmetall-ammunition-plant-ukraine",),
    ("ukrainian-defense-industry",),
    ("rustem-umerov",),
    ("155mm-shell",),
    ("danish-model",),
    ("kyiv",),
    ("FR",),
    ("DE", "UA"),
    ("baykar", "ivchenko-progress"),
    ("rheinmetall", "UA"),
]
HOSTILE = '<script>alert("x")</script> [a](javascript:b) `c` | d'


def make(kg: KnowledgeGraph, *names: str, limit: int = 5) -> Brief:
    return brief(kg.store, *names, limit=limit, scope=kg.scoped, notes=kg.notes)


def claims_of(kg: KnowledgeGraph) -> dict[str, set[str]]:
    found = kg.query("SELECT ?claim ?source WHERE { ?claim a mat:Claim ; mat:attestation/mat:source ?source }")
    pages: dict[str, set[str]] = {}
    for claim, source in found.rows:  # type: ignore[union-attr]
        pages.setdefault(str(claim), set()).add(str(source))
    return pages


@pytest.fixture(scope="module")
def evidence(kg: KnowledgeGraph) -> dict[str, set[str]]:
    return claims_of(kg)


@pytest.mark.parametrize("names", SUBJECTS, ids=" ".join)
def test_every_sentence_rests_on_claims_and_every_note_resolves(
    kg: KnowledgeGraph, evidence: dict[str, set[str]], names: tuple[str, ...]
) -> None:
    try:
        told = make(kg, *names)
    except NotFound:
        pytest.skip("not in this graph")
    sentences = list(told.sentences())
    sides = "SELECT DISTINCT ?s WHERE { ?x a mat:Side ; mat:source ?s }"
    of_sides = {str(row[0]) for row in kg.query(sides).rows}  # type: ignore[union-attr]
    assert sentences
    for sentence in sentences:
        assert sentence.claims, sentence.text
        assert sentence.sources, sentence.text
        behind = set().union(*(evidence[claim] for claim in sentence.claims))
        assert set(sentence.sources) <= behind | of_sides, sentence.text
        assert sentence.text[0].isupper() or sentence.text[0].isdigit() or sentence.text[0].isalpha()
        assert re.search(r"[.!?]$", sentence.text), sentence.text
        assert "https://w3id.org" not in sentence.text
        assert "None" not in sentence.text
    assert [note.number for note in told.notes] == list(range(1, len(told.notes) + 1))
    assert {iri for s in sentences for iri in s.sources} == {note.iri for note in told.notes}
    assert all(note.url.startswith("http") and note.publisher and note.title for note in told.notes)


def test_a_deal_is_told_with_dates_by_their_precision_both_sides_and_its_scope(kg: KnowledgeGraph) -> None:
    told = make(kg, "rheinmetall-udi-joint-venture")
    text = " ".join(s.text for s in told.sentences())
    assert "On 18 October 2023 the deal was registered" in text
    assert "In October 2023 the deal was at work" in text
    assert "In 2024 the deal was registered" in text
    assert "Two sources of two origins quote Denys Shmyhal" in text
    assert "nobody outside the deal is quoted for it" in text
    assert "18 October 2023 (two sources) against autumn 2024 (one source)" in text
    assert told.scope == "Scope: as of today."
    assert told.coverage[-1] == "Silence is no proof."


def test_an_open_end_names_the_day_up_to_which_sources_reach(kg: KnowledgeGraph) -> None:
    told = make(kg, "rheinmetall")
    ends = next(section for section in told.sections if section.title.startswith("Open ends"))
    assert all("no later step is recorded as of 29 June 2026" in s.text for s in ends.sentences)


def test_a_scope_narrows_the_brief_and_is_named(kg: KnowledgeGraph) -> None:
    told = make(kg.scope(known_by="2023-10-20"), "rheinmetall-udi-joint-venture")
    text = " ".join(s.text for s in told.sentences())
    assert "registered" not in text
    assert "was announced" in text
    assert "known by 2023-10-20" in told.scope
    assert "2024" not in told.coverage[0]
    assert "no later step is recorded as of 17 October 2023" in text


def test_an_open_end_reaches_no_further_than_the_day_looked_at(kg: KnowledgeGraph) -> None:
    told = make(kg.scope(as_of="2024-06"), "rheinmetall-ammunition-plant-ukraine")
    assert any("no later step is recorded as of 30 June 2024" in s.text for s in told.sentences())


def test_what_does_not_fit_is_counted(kg: KnowledgeGraph) -> None:
    short, long = make(kg, "rheinmetall", limit=2), make(kg, "rheinmetall", limit=1000)
    deals = {len(next(iter(b.sections)).sentences) for b in (short, long)}
    assert min(deals) == 2
    assert next(iter(short.sections)).more == f"{max(deals) - 2} more deals not told here."
    assert all(not section.more for section in long.sections)


def test_hedges_follow_the_evidence() -> None:
    rows = small.world(
        sources=[small.source("a"), small.source("b", origin="Outlet a"), small.source("c", published=None)],
        partnerships=[
            small.deal(
                events=[
                    small.event("reported", "2023-05", ("a", "b")),
                    small.event("operational", "2023-06-02", ("c",), attributed_to="x"),
                ]
            )
        ],
    )
    kg = small.graph("", **rows)
    text = [s.text for s in make(kg, small.deal()["id"]).sentences()]
    assert any(
        "In May 2023 the deal was reported" in t and "Two sources of one origin say so, and no party" in t for t in text
    )
    assert any("On 2 June 2023" in t and "One source quotes X, and nobody outside the deal" in t for t in text)


def test_an_undated_step_says_so() -> None:
    kg = small.graph("", **small.world(partnerships=[small.deal(events=[small.event(date=None)])]))
    assert any("On a day that no source gives" in s.text for s in make(kg, small.deal()["id"]).sentences())


class Page(HTMLParser):
    """What a page loads, where its links lead and which ids it has."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told: dict[str, Any] = dict(attrs)
        self.tags.append(tag)
        self.ids |= {told["id"]} if "id" in told else set()
        self.links += [told["href"]] if "href" in told else []


def parsed(text: str) -> Page:
    page = Page()
    page.feed(text)
    return page


@pytest.mark.parametrize("names", [("rheinmetall",), ("DE", "UA")], ids=" ".join)
def test_the_page_loads_nothing_and_its_footnotes_resolve(kg: KnowledgeGraph, names: tuple[str, ...]) -> None:
    text = make(kg, *names).to_text("html")
    page = parsed(text)
    assert not {"script", "img", "link", "iframe"} & set(page.tags)
    assert "@import" not in text
    assert "url(" not in text
    assert all(link[1:] in page.ids for link in page.links if link.startswith("#"))
    assert all(link.startswith(("#", "http")) for link in page.links)


@pytest.mark.parametrize("form", FORMS)
def test_words_of_the_graph_never_become_markup(form: str) -> None:
    rows = small.world(
        sources=[small.source("a", title=HOSTILE, publisher=HOSTILE)],
        entities=[small.entity("x") | {"name": HOSTILE}, small.entity("y")],
        partnerships=[small.deal(events=[small.event(claim=HOSTILE)])],
    )
    text = make(small.graph("", **rows), small.deal()["id"]).to_text(form)
    if form == "html":
        assert "script" not in parsed(text).tags
    elif form == "md":
        assert "<script" not in text.replace("\\<script", "")
        assert "[a](" not in text
    else:
        assert HOSTILE in json.dumps(json.loads(text), ensure_ascii=False).replace('\\"', '"')


def test_an_address_that_is_no_web_address_is_no_link() -> None:
    note = Note(1, "https://w3id.org/materiel/source/x", "P", "T", None, "javascript:alert(1)", retrieved="2026-01-02")
    text = Brief("B", "", (), "Scope.", (), (note,)).to_text("html")
    assert parsed(text).links == []
    assert "undated, read 2026-01-02" in text


def test_json_has_the_claims_of_each_sentence(kg: KnowledgeGraph, evidence: dict[str, set[str]]) -> None:
    told = json.loads(make(kg, "rheinmetall").to_text("json"))
    for section in told["sections"]:
        for sentence in section["sentences"]:
            assert set(sentence["claims"]) <= set(evidence)
            assert set(sentence["notes"]) <= {note["number"] for note in told["notes"]}


def test_the_same_graph_gives_the_same_brief(kg: KnowledgeGraph) -> None:
    assert make(kg, "DE", "UA").to_text("html") == make(kg, "DE", "UA").to_text("html")


def test_names_are_found_in_any_script_and_ambiguity_is_told(kg: KnowledgeGraph) -> None:
    assert make(kg, "Умєров").title == "Rustem Umerov"
    assert make(kg, "Germany", "Ukraine").title == "Germany and Ukraine"
    with pytest.raises(NotFound):
        make(kg, "no such firm at all")
    twins = small.world(entities=[small.entity("x", aliases=["MoD"]), small.entity("y", aliases=["MoD"])])
    with pytest.raises(Ambiguous):
        make(small.graph("", **twins), "MoD")


def test_words() -> None:
    assert [when(d) for d in ("2023-10-18", "2023-10", "2023")] == ["on 18 October 2023", "in October 2023", "in 2023"]
    assert day("2024-02-29") == "29 February 2024"
    assert money(142_000_000, "EUR") == "EUR 142 million"
    assert money(60_000_000_000, "USD") == "USD 60 billion"
    assert money(20_602_464, "USD") == "USD 20,602,464"
    assert money(1_250_000_000, "GBP") == "GBP 1.25 billion"
    assert [count(n, "source") for n in (0, 1, 3, 1193)] == [
        "no sources",
        "one source",
        "three sources",
        "1,193 sources",
    ]
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B and C"
    assert listed(list("ABCDE"), 2) == "A, B and 3 more"
    assert ranges([7, 1, 2, 3]) == ["1-3", "7"]
    assert months_before("2024-03-31", 13) == "2023-02-28"
