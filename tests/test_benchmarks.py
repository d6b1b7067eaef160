"""The generator makes valid graphs, always the same ones, and every benchmark runs at a tiny size."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from materiel.store import build, ontology
from materiel.store.embedded import EmbeddedStore
from materiel.vocabulary import PREFIXES

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

import generate
import measure
import run
from queries import QUERIES, full

if TYPE_CHECKING:
    from measure import Row

SIZE = 5000
pytestmark = pytest.mark.filterwarnings("ignore")  # of the peers


@pytest.fixture(autouse=True)
def _own_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATERIEL_BENCH", str(tmp_path_factory.getbasetemp() / "bench"))


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    return b"".join(generate.generate(SIZE)).splitlines()


@pytest.fixture(scope="module")
def store(lines: list[bytes]) -> EmbeddedStore:
    engine = ox.Store()
    engine.load(b"\n".join(lines), format=ox.RdfFormat.N_TRIPLES)
    build.load(engine, ontology.files())
    build.derive(engine)
    return EmbeddedStore(engine, "generated")


def test_the_same_seed_gives_the_same_bytes(lines: list[bytes]) -> None:
    assert b"".join(generate.generate(SIZE)).splitlines() == lines
    assert b"".join(generate.generate(SIZE, seed=8)).splitlines() != lines


def test_about_as_many_statements_as_asked_and_none_twice(lines: list[bytes]) -> None:
    assert 0.8 * SIZE < len(lines) < 1.2 * SIZE
    assert len(set(lines)) == len(lines)


def test_turtle_holds_the_same(tmp_path: Path, lines: list[bytes]) -> None:
    generate.write(SIZE, tmp_path / "graph.ttl")
    engine = ox.Store()
    build.load_file(engine, tmp_path / "graph.ttl")
    assert len(engine) == len(lines)


def test_it_speaks_our_vocabulary_only(store: EmbeddedStore) -> None:
    unknown = "SELECT DISTINCT ?p WHERE { ?s ?p ?o FILTER(STRSTARTS(STR(?p), STR(mat:))) OPTIONAL { ?p a ?c } FILTER(!BOUND(?c)) }"
    assert not list(store.engine.query(unknown, prefixes=PREFIXES))  # type: ignore[arg-type]


def test_rules_derive_from_it(store: EmbeddedStore) -> None:
    for predicate in ("partnerOf", "currentStatus", "until", "reportedIn", "owns", "headOf", "voiceCount"):
        assert store.engine.query(f"ASK {{ ?x mat:{predicate} ?y }}", prefixes=PREFIXES), predicate


def test_it_is_free_of_violations_by_shapes(store: EmbeddedStore) -> None:
    from materiel.validation import shapes, validate
    from materiel.validation.compiler import subclasses

    report = validate(store, chosen=shapes.rules(subclasses(store)))
    assert report.counts["Violation"] == 0, report.by_rule


def test_degrees_are_skewed(store: EmbeddedStore) -> None:
    query = "SELECT (COUNT(?d) AS ?n) WHERE { ?o mat:partyTo ?d } GROUP BY ?o ORDER BY DESC(?n)"
    degrees = [int(row[0].value) for row in store.engine.query(query, prefixes=PREFIXES)]  # type: ignore[union-attr]
    assert degrees[0] >= 4 * degrees[len(degrees) // 2]


@pytest.fixture(scope="module")
def larger() -> tuple[ox.Store, EmbeddedStore]:
    text = b"".join(generate.generate(6 * SIZE))
    raw, engine = ox.Store(), ox.Store()
    for store in (raw, engine):
        store.load(text, format=ox.RdfFormat.N_TRIPLES)
    build.load(engine, ontology.files())
    build.derive(engine)
    return raw, EmbeddedStore(engine, "generated")


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_all_forms_of_a_question_give_the_same(name: str, larger: tuple[ox.Store, EmbeddedStore]) -> None:
    from bench_query import answer

    raw, store = larger
    wanted = answer(store.query(QUERIES[name].best))
    assert wanted
    for form in QUERIES[name].flat:
        assert answer(raw.query(full(form))) == wanted


def _checked(rows: list[Row]) -> None:
    assert rows
    assert all(row.ratio > 0 and row.theirs > 0 for row in rows)
    assert all(row.reached in {"", "yes", "**no**"} for row in rows)


def test_load() -> None:
    import bench_load

    _checked(bench_load.run(SIZE, repeat=1))


def test_query() -> None:
    import bench_query

    _checked(bench_query.run(SIZE, repeat=1))


def test_turtle() -> None:
    import bench_turtle

    _checked(bench_turtle.run(SIZE, repeat=1))


def test_validate() -> None:
    pytest.importorskip("pyshacl")
    import bench_validate

    _checked(bench_validate.run(SIZE, repeat=1))


def test_project() -> None:
    pytest.importorskip("kglab")
    import bench_project

    _checked(bench_project.run(SIZE, repeat=1))


def test_command_line() -> None:
    pytest.importorskip("sqlite_utils")
    import bench_cli

    _checked(bench_cli.run(repeat=1))


def test_the_table_says_what_was_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [measure.row("a job", [1.0], "a peer", [3.0], ">= 10"), measure.row("a job", [1.0], "a peer", [3.0], "<= 2")]
    monkeypatch.setattr(measure, "kept", lambda name: rows if name == "load-100000" else [])
    text = run.table()
    assert "| a job | 1.00 s | a peer | 3.00 s | 3.00 x | ≥ 10 | **no** |" in text
    assert "| 0.33 x | ≤ 2 | yes |" in text
    assert "Aims reached: 1 of 2." in text
