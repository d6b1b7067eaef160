"""The question library: headers, answers of the examples, sources, other engines' syntax, and the page that lists it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from rdflib.plugins.sparql import prepareQuery

import materiel
import question_page as listing
import question_record as record
from materiel.errors import UsageError
from materiel.questions import library, read

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph

ROOT = Path(__file__).parent.parent

NAMES = sorted(library())
RESERVED = {"graph", "no-cache", "as-of", "known-by", "origins", "voices", "status", "accepted", "format", "output"}


@pytest.mark.parametrize("name", NAMES)
def test_the_example_gives_the_recorded_answer(kg: KnowledgeGraph, name: str) -> None:
    told = record.recorded(record.answer(kg, name))
    assert told == (ROOT / "tests" / "questions" / f"{name}.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_sources_and_the_order_is_fixed(kg: KnowledgeGraph, name: str) -> None:
    table = record.answer(kg, name)
    assert len(table) > 0
    assert all(str(cell).startswith("https://w3id.org/materiel/source/") for cell in table.column("sources"))
    assert record.recorded(record.answer(kg, name)) == record.recorded(table)


@pytest.mark.parametrize("name", NAMES)
def test_the_query_is_sparql_1_1_for_other_engines(kg: KnowledgeGraph, name: str) -> None:
    question = library()[name]
    example = record.values(question, shlex.split(question.example)[3:])
    prepareQuery(question.bind(kg.store.labels, example))
    every = {p.name: p.example or p.default for p in question.parameters if (p.example or p.default) != "any"}
    prepareQuery(question.bind(kg.store.labels, every))


@pytest.mark.parametrize("name", NAMES)
def test_the_query_can_be_asked_with_every_parameter_and_with_none(kg: KnowledgeGraph, name: str) -> None:
    question = library()[name]
    every = {p.name: p.example or p.default or "" for p in question.parameters}
    kg.ask(name, **{key: value for key, value in every.items() if value != "any"})
    needed = {p.name: p.example or "" for p in question.parameters if p.default is None}
    assert "sources" in kg.ask(name, **needed).columns


@pytest.mark.parametrize("name", NAMES)
def test_the_header_is_whole(name: str) -> None:
    question = library()[name]
    assert question.example.startswith(f"materiel ask {name}")
    assert question.text.endswith("?")
    assert "limits" in listing.more(listing.FOLDER / f"{name}.rq")
    assert "SELECT" in question.sparql
    assert "ORDER BY" in question.sparql
    assert "NOT EXISTS" not in question.sparql
    assert not RESERVED & {p.name for p in question.parameters}
    for parameter in question.parameters:
        assert re.search(rf"\${parameter.name}\b", question.sparql), parameter.name


def test_the_25_questions_have_an_answer_each() -> None:
    named = {number for path in listing.FOLDER.glob("*.rq") for number in listing.numbers(listing.more(path))}
    assert set(listing.COMPETENCY) == set(range(1, 26))
    assert set(listing.COMPETENCY) - named - set(listing.COMMANDS) == set()
    assert {*range(1, 13), 17, 18, 19, 21} <= named


def test_the_page_is_up_to_date() -> None:
    assert listing.PAGE.read_text(encoding="utf-8") == listing.page(), "run: python tests/question_page.py"


def test_recorded_answers_belong_to_questions() -> None:
    assert sorted(path.stem for path in (ROOT / "tests" / "questions").glob("*.csv")) == NAMES


def test_a_value_that_holds_a_parameter_is_no_query(kg: KnowledgeGraph) -> None:
    """One value may name the next parameter: it stays a text."""
    told = kg.ask("two-outlets", left="$right", right="||EXISTS{?a ?b ?c}||")
    assert len(told) == 0


def test_a_line_with_an_open_parameter_takes_no_other_with_it(tmp_path: Path) -> None:
    path = tmp_path / "narrow.rq"
    path.write_text(
        "# title: T\n# text: T\n# param: country code/country = any: a (DE)\n# param: kind code/partnership-kind = any: k (memorandum)\n"
        "# answer: a\n# example: e\nSELECT ?x WHERE {\n?x mat:country $country ; mat:kind $kind .\n?x a mat:Partnership }\n"
    )
    question = read(path)
    labels = cast("Any", None)
    assert "mat:country" not in question.bind(labels, {})
    with pytest.raises(UsageError, match=r"\$country and \$kind"):
        question.bind(materiel.open().store.labels, {"kind": "memorandum"})
