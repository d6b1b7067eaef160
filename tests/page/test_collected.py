"""The collector on the shipped graph: the page holds what the graph holds in the same scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pyoxigraph as ox
import pytest

from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph
    from materiel.store.table import Table

    from .conftest import Opener

DEALS = "SELECT ?deal { ?deal a mat:Partnership }"
CONFLICTS = "SELECT ?conflict { ?conflict mat:about ?deal . ?deal a mat:Partnership }"


@pytest.mark.parametrize("day", [None, "2022", "2024"])
def test_counts_are_those_of_the_graph_on_the_day(kg: KnowledgeGraph, day: str | None) -> None:
    scoped = kg.scope(as_of=day) if day else kg
    page = scoped.page().data
    assert len(page.agreements) == len(list(scoped.store.query(DEALS)))  # type: ignore[arg-type]
    assert sum(len(deal.conflicts) for deal in page.agreements) == len(list(scoped.store.query(CONFLICTS)))  # type: ignore[arg-type]
    assert page.as_of == day


def test_a_page_of_a_day_says_so(kg: KnowledgeGraph) -> None:
    page = kg.scope(as_of="2024", known_by="2025").page("155mm-shell")
    assert page.data.day == "as of 2024, known by 2025"
    assert (
        "155 mm shell, as of 2024, known by 2025</h1>" in page.html or ", as of 2024, known by 2025</h1>" in page.html
    )
    assert b"As of 2024, known by 2025: " in page.figure()


def test_both_sides_of_a_conflict_carry_their_sources(kg: KnowledgeGraph) -> None:
    page = kg.page().data
    conflicts = [conflict for deal in page.agreements for conflict in deal.conflicts]
    told = [side for conflict in conflicts for side in conflict.sides]
    known = "SELECT DISTINCT ?c { ?c mat:about/a mat:Partnership ; mat:between|mat:side ?side }"
    assert sum(bool(c.sides) for c in conflicts) == len(list(kg.store.query(known)))  # type: ignore[arg-type]
    assert told
    assert all(side.text for side in told)
    assert all(len(conflict.sides) > 1 for conflict in conflicts)
    assert {source for side in told for source in side.sources} <= set(page.sources)


def test_turtle_is_what_the_graph_says(kg: KnowledgeGraph) -> None:
    page = kg.page("rheinmetall").data
    told = {**{n.iri: n.turtle for n in page.nodes}, **{d.iri: d.turtle for d in page.agreements}}
    stated = {(t.subject, t.predicate, t.object) for t in kg.store.query("CONSTRUCT WHERE { ?s ?p ?o }")}  # type: ignore[union-attr]
    for iri, text in told.items():
        found = {(q.subject, q.predicate, q.object) for q in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)}
        assert ox.NamedNode(iri) in {subject for subject, _, _ in found}
        assert found <= stated


def test_each_deal_stands_on_the_page_as_in_the_graph(kg: KnowledgeGraph, open_page: Opener) -> None:
    opened = open_page(kg.page().html)
    shown = opened.js("Object.fromEntries(materiel.graph.deals.map((deal) => [deal.id, deal.status]))")
    rows = cast("Table", kg.query("SELECT ?deal ?status { ?deal a mat:Partnership ; mat:currentStatus ?status }"))
    told = {slug_of(str(row["deal"])): slug_of(str(row["status"])) for row in rows}
    assert shown == told
