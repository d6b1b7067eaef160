"""Coverage: what was read and searched, in every scope, and what an empty answer says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import typer
from typer.testing import CliRunner

import small
from materiel.cli import coverage as command
from materiel.coverage import Search, coverage, newest, nothing_found, searches, write
from materiel.dates import PartialDate
from materiel.errors import BadDate, UsageError
from materiel.questions import find
from materiel.vocabulary import ID, mat

if TYPE_CHECKING:
    from pathlib import Path

    from materiel.knowledge_graph import KnowledgeGraph


def rows_of(kg: KnowledgeGraph, query: str) -> int:
    return int(kg.query(query).rows[0][0])  # type: ignore[union-attr,arg-type]


def test_all_sources_are_counted(kg: KnowledgeGraph) -> None:
    read = coverage(kg.store)
    assert read.sources == rows_of(kg, "SELECT (COUNT(*) AS ?n) WHERE { ?x a mat:Source }")
    assert read.sources == sum(read.languages.values()) == sum(read.types.values()) == sum(read.countries.values())
    assert read.undated == read.sources - rows_of(kg, "SELECT (COUNT(*) AS ?n) WHERE { ?x mat:publishedOn ?d }")
    assert read.publishers == rows_of(kg, "SELECT (COUNT(DISTINCT ?p) AS ?n) WHERE { ?x mat:publisher ?p }")
    assert read.last == newest(kg.store)


def test_the_line_tells_number_languages_and_span(kg: KnowledgeGraph) -> None:
    assert re.match(
        r"1,193 sources of 487 origins in 34 languages \(en 858, .*\), published 12 October 2016 to 29 June 2026, 391 undated$",
        str(coverage(kg.store)),
    )


@pytest.mark.parametrize(
    "name", ["rheinmetall", "rheinmetall-udi-joint-venture", "155mm-shell", "rustem-umerov", "kyiv"]
)
def test_the_sources_about_a_thing_are_those_of_its_claims(kg: KnowledgeGraph, name: str) -> None:
    read = coverage(kg.store, kg.resolve(name))
    least = rows_of(
        kg,
        f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?c rdf:subject|rdf:object id:{name} ; mat:attestation/mat:source ?s }}",
    )
    assert least <= read.sources <= coverage(kg.store).sources
    assert str(read).startswith(f"about {read.about}: ")


def test_a_country_is_covered_by_the_deals_of_its_parties(kg: KnowledgeGraph) -> None:
    read = coverage(kg.store, kg.store.labels.resolve("DE", "code/country"))
    count = (
        "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?x mat:country country:DE ; mat:partyTo ?d . ?d mat:reportedIn ?s }"
    )
    assert read.sources >= rows_of(kg, count) > 0


def test_a_scope_narrows_what_was_read() -> None:
    rows = small.world(
        sources=[small.source("a", "2023-01-01"), small.source("b", "2025-01-01")],
        partnerships=[small.deal("deal", small.event(sources=("a",)), small.event("operational", "2025", ("b",)))],
    )
    kg = small.graph("", **rows)
    deal = ID + "deal"
    assert coverage(kg.store, deal).sources == 2
    assert coverage(kg.scope(known_by="2024").store, deal, narrowed=True).sources == 1
    assert coverage(kg.scope(known_by="2024").store, narrowed=True).last == "2023-01-01"


def test_an_empty_answer_says_what_it_looked_at(kg: KnowledgeGraph) -> None:
    question, values = find("licences"), {"stage": "denied", "country": "BE"}
    assert len(kg.ask("licences", **values)) == 0
    told = nothing_found(kg.store, question, values)
    assert told[0].startswith("No row. The graph holds 1,193 sources of 487 origins in 34 languages")
    assert "nothing in them answers this" in told[0]
    assert any(line.startswith("About Belgium:") for line in told)
    assert told[-1] == "Silence is no proof."


def test_a_name_that_nothing_has_does_not_hide_the_coverage(kg: KnowledgeGraph) -> None:
    assert nothing_found(kg.store, find("partners"), {"organisation": "no such firm"})[-1] == "Silence is no proof."


def test_the_shipped_graph_records_its_own_reading(kg: KnowledgeGraph) -> None:
    found = searches(kg.store)
    assert [search.outcome for search in found if search.about is None] == ["partial"]
    assert found[0].day is None
    assert "not recorded" in str(found[0])


SEARCH = Search("An-178 contract", "prozorro.gov.ua", "nothing-found", "2026-11-20", "uk", ID + "x", "Two spellings")


def test_a_search_survives_the_way_through_a_file(tmp_path: Path) -> None:
    assert write(tmp_path, SEARCH) == [f"{SEARCH.slug}.ttl"]
    assert write(tmp_path, SEARCH) == []
    text = (tmp_path / "searches" / f"{SEARCH.slug}.ttl").read_text(encoding="utf-8")
    kg = small.graph(text, **small.world())
    assert searches(kg.store, ID + "x") == [SEARCH]
    assert searches(kg.store, ID + "y") == []
    assert any(
        "on 20 November 2026" in line and "nothing found" in line for line in coverage(kg.store, ID + "x").lines()
    )
    told = nothing_found(kg.store, find("partners"), {"organisation": "x"})
    assert any("An-178" in line for line in told)


def test_equal_searches_give_equal_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write(tmp_path / folder, SEARCH)
    one, two = ((tmp_path / f / "searches" / f"{SEARCH.slug}.ttl").read_bytes() for f in ("one", "two"))
    assert one == two
    assert len(list(ox.parse(one, format=ox.RdfFormat.TURTLE))) == 8


def test_searches_are_checked() -> None:
    with pytest.raises(BadDate):
        Search("a", "b", "found", "2026-02-30")
    with pytest.raises(UsageError, match="unknown outcome"):
        Search("a", "b", "perhaps")


def app() -> typer.Typer:
    made = typer.Typer()
    command.register(made)
    return made


def test_the_commands(tmp_path: Path) -> None:
    shown = CliRunner().invoke(app(), ["coverage", "rheinmetall", "--format", "csv"])
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.splitlines()[0] == "measure,value,sources"
    folder = small.write(tmp_path / "records", **small.world())
    assert folder.is_dir()
    (tmp_path / "graph").mkdir()
    arguments = ["searched", "a contract", "--in", "a register", "--outcome", "nothing-found", "--on", "2026-11-20"]
    done = CliRunner().invoke(app(), [*arguments, "--graph", str(tmp_path / "graph")])
    assert done.exit_code == 0, done.output
    assert len(list((tmp_path / "graph" / "searches").glob("*.ttl"))) == 1
    assert isinstance(CliRunner().invoke(app(), arguments).exception, UsageError)


@pytest.mark.parametrize("day", ["2026-11", "2026", "2026-02-30", "2999-01-01"])
def test_a_search_is_recorded_on_a_day_that_has_been(tmp_path: Path, day: str) -> None:
    (tmp_path / "graph").mkdir()
    arguments = ["searched", "x", "--in", "web", "--outcome", "nothing-found", "--on", day, "--graph", str(tmp_path / "graph")]  # fmt: skip
    assert isinstance(CliRunner().invoke(app(), arguments).exception, BadDate)
    assert list((tmp_path / "graph").iterdir()) == []


def test_what_a_record_of_a_month_writes_can_be_read() -> None:
    """Records of other makers may know the month alone."""
    (day,) = [t.object for t in Search("x", "web", "partial", "2026-11").triples() if t.predicate == mat("searchedOn")]
    assert day == PartialDate("2026-11").literal
