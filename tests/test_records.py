"""Records in and out: nothing is lost, importing again changes nothing, and bad records are refused before anything is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.errors import FileProblem, Finding, Refused
from materiel.records import from_rdf
from materiel.records.model import RECORD_TYPES, Partnership
from materiel.records.write import FOLDERS, import_records
from small import Row, deal, entity, event, fact, graph_of, records, relation, rows, source, tree, world, write
from strategies import record_sets

if TYPE_CHECKING:
    from materiel import KnowledgeGraph
    from materiel.records.model import Records

SHARED = Path(__file__).parents[2] / "shared" / "data"
SETS = ("aliases", "refinements", "caveats")
"""Lists without an order: RDF keeps none, and they are exported sorted."""


def plain(found: Records) -> dict[str, list[Row]]:
    return {stem: [record.model_dump() for record in getattr(found, stem)] for stem in RECORD_TYPES}


def normal(row: Row, stem: str) -> Row:
    """A record with its optional fields written out and its sets sorted."""
    whole = RECORD_TYPES[stem].model_validate(row).model_dump()
    whole |= {"conflicts": sorted(whole["conflicts"], key=json.dumps)} if "conflicts" in whole else {}
    return {key: sorted(value) if key in SETS else value for key, value in whole.items()}


def ordered(rows: list[Row], stem: str) -> list[Row]:
    return sorted((normal(row, stem) for row in rows), key=lambda row: json.dumps(row, sort_keys=True))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the curated records are not beside this checkout")
@pytest.mark.parametrize("stem", sorted(set(RECORD_TYPES) - {"partnerships"}))
def test_the_shipped_graph_holds_the_curated_records_field_by_field(exported: dict[str, bytes], stem: str) -> None:
    curated = [json.loads(line) for line in (SHARED / f"{stem}.jsonl").read_text(encoding="utf-8").splitlines()]
    ours = [json.loads(line) for line in exported[f"{stem}.jsonl"].splitlines()]
    assert len(ours) == len(curated) > 0
    assert ordered(ours, stem) == ordered(curated, stem)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the curated records are not beside this checkout")
def test_records_of_schema_1_are_read_and_contradictions_in_words_become_caveats() -> None:
    rows = [json.loads(line) for line in (SHARED / "partnerships.jsonl").read_text(encoding="utf-8").splitlines()]
    deals = [Partnership.model_validate(row) for row in rows]
    assert sum(len(deal.caveats) for deal in deals) == sum(len(row["conflicts"]) for row in rows) == 382
    assert not any(deal.conflicts for deal in deals)


def test_no_contradiction_has_fewer_than_two_sides(kg: KnowledgeGraph) -> None:
    sides = "SELECT ?c (COUNT(?s) AS ?n) WHERE { ?c a mat:Conflict OPTIONAL { ?c mat:side ?s } } GROUP BY ?c"
    assert [row for row in rows(kg, sides) if row[1] < 2] == []


def test_the_shipped_graph_has_the_known_size(exported: dict[str, bytes]) -> None:
    assert {name: data.count(b"\n") for name, data in exported.items()} == {
        "sources.jsonl": 1193,
        "entities.jsonl": 1006,
        "partnerships.jsonl": 438,
        "relations.jsonl": 658,
        "facts.jsonl": 26,
    }
    deals = [json.loads(line) for line in exported["partnerships.jsonl"].splitlines()]
    assert sum(len(row["events"]) for row in deals) == 822
    read = sum(len(row["conflicts"]) + len(row["refinements"]) + len(row["caveats"]) for row in deals)
    assert read == 382, "each written contradiction became a contradiction, a refinement or a caveat"


@pytest.fixture(scope="module")
def whole(exported: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The shipped graph's records, and a graph folder imported from them."""
    home = tmp_path_factory.mktemp("whole")
    (home / "records").mkdir()
    for name, data in exported.items():
        (home / "records" / name).write_bytes(data)
    import_records(home / "records", home / "graph")
    return home / "records", home / "graph"


def test_importing_the_export_gives_the_shipped_files_byte_for_byte(whole: tuple[Path, Path], graph: Path) -> None:
    """But for `dataset.ttl`, which counts judgements and searches too: they have no records."""
    shipped = {name: data for name, data in tree(graph).items() if name.split("/")[0] in FOLDERS}
    imported = {name: data for name, data in tree(whole[1]).items() if name != "dataset.ttl"}
    assert imported.keys() == shipped.keys()
    assert [name for name in shipped if imported[name] != shipped[name]] == []


def test_a_second_import_changes_no_byte(whole: tuple[Path, Path]) -> None:
    before = {path: path.stat().st_mtime_ns for path in whole[1].rglob("*.ttl")}
    done = import_records(*whole)
    assert (done.written, done.removed, done.kept) == ([], [], [])
    assert {path: path.stat().st_mtime_ns for path in whole[1].rglob("*.ttl")} == before


@given(record_sets())
@settings(max_examples=40)
def test_any_record_set_comes_back(stems: dict[str, list[Row]]) -> None:
    given_records = plain(records(**stems))
    found = plain(from_rdf.read(graph_of(records(**stems)).store.engine))  # type: ignore[attr-defined]
    for stem, told in given_records.items():
        assert ordered(found[stem], stem) == ordered(told, stem)


@given(record_sets())
@settings(max_examples=15)
def test_the_order_of_the_lines_does_not_matter(stems: dict[str, list[Row]]) -> None:
    from materiel.records.to_rdf import files
    from materiel.store.turtle import turtle

    backwards = {stem: rows[::-1] for stem, rows in stems.items()}
    one, other = (
        {name: turtle(triples) for name, triples in files(records(**rows)).items()} for rows in (stems, backwards)
    )
    assert one == other


DOUBT = {"type": "date", "text": "When", "sides": [{"says": "2023", "step": 1}, {"says": "2024", "sources": ["src-a"]}]}
BASE = world(
    sources=[source("a"), source("b", "2022-05")],
    entities=[entity("x", aliases=["Xx"]), entity("y"), entity("p", "product", product_category="uav"), entity("m", "person")],
    partnerships=[deal("deal", event(), event("delivered", "2023-05")), deal("other")],
    relations=[relation("x", "produces", "p"), relation("x", "owns", "y", share_percent=20)],
    facts=[fact("fact-a", "x")],
)  # fmt: skip


def changed(stem: str, index: int, **fields: Any) -> dict[str, list[Row]]:
    rows = [dict(row) for row in BASE[stem]]
    rows[index] |= fields
    return BASE | {stem: rows}


@pytest.mark.parametrize(
    ("stem", "index", "fields", "file"),
    [
        ("sources", 0, {"title": "Another title"}, "sources/2023/a.ttl"),
        ("entities", 0, {"description": "Another."}, "organisations/x.ttl"),
        ("entities", 2, {"name": "Another"}, "products/p.ttl"),
        ("partnerships", 1, {"name": "Another"}, "partnerships/other.ttl"),
        ("partnerships", 0, {"events": [event()]}, "partnerships/deal.ttl"),
        ("partnerships", 0, {"conflicts": [DOUBT]}, "partnerships/deal.ttl"),
        ("relations", 1, {"share_percent": 25.5}, "organisations/x.ttl"),
        ("facts", 0, {"value": 46, "unit": "types"}, "observations/fact-a.ttl"),
    ],
)
def test_a_changed_record_changes_only_its_file(tmp_path: Path, stem: str, index: int, fields: Row, file: str) -> None:
    import_records(write(tmp_path / "r", **BASE), tmp_path / "g")
    before = tree(tmp_path / "g")
    done = import_records(write(tmp_path / "r", **changed(stem, index, **fields)), tmp_path / "g", replace=True)
    after = tree(tmp_path / "g")
    differing = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert file in differing <= {file, "dataset.ttl"}
    assert set(done.written) == differing


def test_a_source_whose_year_changes_moves_its_file(tmp_path: Path) -> None:
    import_records(write(tmp_path / "r", **BASE), tmp_path / "g")
    done = import_records(write(tmp_path / "r", **changed("sources", 0, published=None)), tmp_path / "g", replace=True)
    assert done.removed == ["sources/2023/a.ttl"]
    names = tree(tmp_path / "g")
    assert "sources/undated/a.ttl" in names
    assert "sources/2023/a.ttl" not in names


def test_an_entity_whose_type_changes_moves_its_file(tmp_path: Path) -> None:
    import_records(write(tmp_path / "r", **BASE), tmp_path / "g")
    done = import_records(write(tmp_path / "r", **changed("entities", 3, type="place")), tmp_path / "g", replace=True)
    assert done.removed == ["people/m.ttl"]
    assert "places/m.ttl" in tree(tmp_path / "g")


def test_what_the_records_do_not_tell_of_is_kept_unless_pruned(tmp_path: Path) -> None:
    import_records(write(tmp_path / "r", **BASE), tmp_path / "g")
    (tmp_path / "g" / "notes.ttl").write_text("")
    fewer = BASE | {"facts": [], "partnerships": BASE["partnerships"][:1]}
    kept = import_records(write(tmp_path / "r", **fewer), tmp_path / "g")
    assert kept.removed == []
    assert kept.kept == ["observations/fact-a.ttl", "partnerships/other.ttl"]
    pruned = import_records(write(tmp_path / "r", **fewer), tmp_path / "g", prune=True)
    assert pruned.removed == ["observations/fact-a.ttl", "partnerships/other.ttl"]
    assert "notes.ttl" in tree(tmp_path / "g"), "a file that belongs to no record is never touched"


def test_records_may_rest_on_what_the_graph_already_has(tmp_path: Path) -> None:
    import_records(write(tmp_path / "r", **BASE), tmp_path / "g")
    done = import_records(write(tmp_path / "more", partnerships=[deal("third")]), tmp_path / "g")
    assert done.written == ["dataset.ttl", "partnerships/third.ttl"]


def bad(stem: str, index: int, **fields: Any) -> dict[str, list[Row]]:
    return changed(stem, index, **fields)


def added(stem: str, *rows: Row) -> dict[str, list[Row]]:
    return BASE | {stem: [*BASE[stem], *rows]}


def party(**fields: Any) -> Row:
    return {"entity": "x", "role": "partner"} | fields


BAD: list[tuple[dict[str, list[Row]], str, int, str, str, str]] = [
    # records, file, line, field, reason, remedy
    (bad("partnerships", 0, participants=[party(entity="rhein")]), "partnerships.jsonl", 1, "participants.0.entity", "unknown entity 'rhein'", "Add the entity"),
    (bad("partnerships", 0, products=["xy"]), "partnerships.jsonl", 1, "products.0", "unknown entity 'xy'", "Add the entity"),
    (bad("partnerships", 1, facility="nowhere"), "partnerships.jsonl", 2, "facility", "unknown entity", "Add the entity"),
    (bad("partnerships", 0, events=[event(sources=("c",))]), "partnerships.jsonl", 1, "events.0.sources.0", "unknown source 'src-c'", "Did you mean"),
    (bad("partnerships", 0, events=[event(sources=())]), "partnerships.jsonl", 1, "events.0.sources", "at least 1 item", "Give at least one"),
    (bad("partnerships", 0, events=[]), "partnerships.jsonl", 1, "events", "at least 1 item", "Give at least one"),
    (bad("partnerships", 0, participants=[]), "partnerships.jsonl", 1, "participants", "at least 1 item", "Give at least one"),
    (bad("partnerships", 0, events=[event(date="2024-02-30")]), "partnerships.jsonl", 1, "events.0.date", "does not exist in the calendar", "Write a day"),
    (bad("partnerships", 0, events=[event(date="2023-W42")]), "partnerships.jsonl", 1, "events.0.date", "is not of the form", "Write a day"),
    (bad("partnerships", 0, events=[event(date=2023)]), "partnerships.jsonl", 1, "events.0.date", "valid string", "Correct the value"),
    (bad("partnerships", 0, participants=[party(share_percent=120)]), "partnerships.jsonl", 1, "participants.0.share_percent", "less than or equal to 100", "from 0 to 100"),
    (bad("partnerships", 0, participants=[party(share_percent=-1)]), "partnerships.jsonl", 1, "participants.0.share_percent", "greater than or equal to 0", "from 0 to 100"),
    (bad("partnerships", 0, participants=[party(share_percent=51), party(entity="y", share_percent=50)]), "partnerships.jsonl", 1, "participants", "add up to more than 100", "Correct the shares"),
    (bad("partnerships", 0, events=[event("singed")]), "partnerships.jsonl", 1, "events.0.status", "unknown code 'singed'", "Did you mean 'signed'?"),
    (bad("partnerships", 0, kind="friendship"), "partnerships.jsonl", 1, "kind", "unknown code 'friendship'", "Use one of"),
    (bad("partnerships", 0, participants=[party(role="boss")]), "partnerships.jsonl", 1, "participants.0.role", "unknown code 'boss'", "Use one of"),
    (bad("partnerships", 0, events=[event(), event()]), "partnerships.jsonl", 1, "events", "stands twice", "Unite"),
    (bad("partnerships", 0, participants=[party(), party()]), "partnerships.jsonl", 1, "participants", "'x' as partner stands twice", "Leave one out"),
    (bad("partnerships", 0, products=["p", "p"]), "partnerships.jsonl", 1, "products", "'p' stands twice", "Leave one out"),
    (bad("partnerships", 0, events=[event(sources=("a", "a"))]), "partnerships.jsonl", 1, "events.0.sources", "'src-a' stands twice", "Leave one out"),
    (bad("partnerships", 0, conflicts=[DOUBT, DOUBT]), "partnerships.jsonl", 1, "conflicts", "'When' stands twice", "Leave one out"),
    (bad("partnerships", 0, conflicts=[DOUBT | {"sides": [{"says": "a", "step": 9}, {"says": "b"}]}]), "partnerships.jsonl", 1, "conflicts.0.sides.0.step", "no step 9", "It has"),
    (bad("partnerships", 0, conflicts=[DOUBT | {"sides": [{"says": "a", "party": "p"}, {"says": "b"}]}]), "partnerships.jsonl", 1, "conflicts.0.sides.0.party", "no such part", "Name a participant"),
    (bad("partnerships", 0, conflicts=[DOUBT | {"sides": [{"says": "a", "field": "value"}, {"says": "b"}]}]), "partnerships.jsonl", 1, "conflicts.0.sides.0.field", "no value", "in words"),
    (bad("entities", 0, aliases=["X", "X"]), "entities.jsonl", 1, "aliases", "'X' stands twice", "Leave one out"),
    (bad("entities", 0, sources=["src-a", "src-a"]), "entities.jsonl", 1, "sources", "'src-a' stands twice", "Leave one out"),
    (bad("relations", 0, observed=["2023", "2023"], date="2023"), "relations.jsonl", 1, "observed", "'2023' stands twice", "Leave one out"),
    (bad("partnerships", 0, value={"amount": 5, "currency": "euro"}), "partnerships.jsonl", 1, "value.currency", "should match pattern", "Correct the spelling"),
    (bad("partnerships", 0, sum=5), "partnerships.jsonl", 1, "sum", "not permitted", "Remove the field"),
    (bad("partnerships", 0, id="Deal One"), "partnerships.jsonl", 1, "id", "should match pattern", "Correct the spelling"),
    (bad("partnerships", 0, name=""), "partnerships.jsonl", 1, "name", "at least 1 character", "Correct the value"),
    (added("entities", entity("x")), "entities.jsonl", 5, "id", "stands already in entities.jsonl:1", "an id of its own"),
    (added("facts", fact("deal", "x")), "facts.jsonl", 2, "id", "stands already in partnerships.jsonl:1", "an id of its own"),
    (added("sources", source("a")), "sources.jsonl", 3, "id", "stands already in sources.jsonl:1", "an id of its own"),
    (bad("sources", 0, id="a"), "sources.jsonl", 1, "id", "should match pattern", "Correct the spelling"),
    (bad("sources", 0, url="ftp://example.org"), "sources.jsonl", 1, "url", "should match pattern", "Correct the spelling"),
    (bad("sources", 0, url="https://example.org/a|b"), "sources.jsonl", 1, "url", "is no address", "Percent-encode"),
    (bad("sources", 0, url="https://example.org/%zz"), "sources.jsonl", 1, "url", "is no address", "Percent-encode"),
    (bad("partnerships", 0, value={"amount": -5, "currency": "EUR"}), "partnerships.jsonl", 1, "value.amount", "negative", "Correct the amount"),
    (bad("sources", 0, type="gazette"), "sources.jsonl", 1, "type", "unknown code 'gazette'", "Use one of"),
    (bad("sources", 0, affiliation="private:XX"), "sources.jsonl", 1, "affiliation", "unknown code 'private'", "Use one of"),
    (bad("sources", 0, country="XX"), "sources.jsonl", 1, "country", "unknown code 'XX'", "Use one of"),
    (bad("sources", 1, publisher="OUTLET A"), "sources.jsonl", 2, "publisher", "'OUTLET A' and 'Outlet a' are too alike", "one way"),
    (bad("sources", 0, speaks_for="z"), "sources.jsonl", 1, "speaks_for", "unknown entity 'z'", "Add the entity"),
    (bad("entities", 0, type="firm"), "entities.jsonl", 1, "type", "'company'", "Use one of"),
    (bad("entities", 0, parent="x", sources=["src-a"]), "entities.jsonl", 1, "parent", "its own parent", "Name another"),
    (bad("entities", 0, parent="y"), "entities.jsonl", 1, "sources", "without a source", "Add the source"),
    (bad("entities", 0, product_category="uav"), "entities.jsonl", 1, "product_category", "a company has no product category", "Leave it out"),
    (bad("entities", 0, aliases="Xx"), "entities.jsonl", 1, "aliases", "valid list", "Correct the value"),
    (bad("entities", 0, undisclosed="yes"), "entities.jsonl", 1, "undisclosed", "valid boolean", "Correct the value"),
    (bad("entities", 0, wikidata="Rheinmetall"), "entities.jsonl", 1, "wikidata", "should match pattern", "Correct the spelling"),
    (bad("relations", 0, predicate="likes"), "relations.jsonl", 1, "predicate", "'attended'", "Use one of"),
    (bad("relations", 0, subject="z"), "relations.jsonl", 1, "subject", "unknown entity 'z'", "Add the entity"),
    (bad("relations", 0, share_percent=10), "relations.jsonl", 1, "share_percent", "produces has no share", "Leave it out"),
    (bad("relations", 0, start="2024", end="2023"), "relations.jsonl", 1, "end", "ends (2023) before it starts (2024)", "Correct one"),
    (bad("relations", 0, observed=["2024", "2023"], date="2024"), "relations.jsonl", 1, "observed", "not the first of the sorted days", "Sort observed"),
    (bad("relations", 0, observed=["2023"], date="2022"), "relations.jsonl", 1, "observed", "not the first of the sorted days", "Sort observed"),
    (added("relations", relation("x", "produces", "p", ("b",))), "relations.jsonl", 3, "relation", "the same relation stands in line 1", "Unite"),
    (bad("facts", 0, subject="z"), "facts.jsonl", 1, "subject", "unknown entity 'z'", "Add the entity"),
    (bad("facts", 0, attributed_to="z"), "facts.jsonl", 1, "attributed_to", "unknown entity 'z'", "Add the entity"),
    (bad("facts", 0, sources=[]), "facts.jsonl", 1, "sources", "at least 1 item", "Give at least one"),
    (bad("facts", 0, value="46"), "facts.jsonl", 1, "value", "valid", "Correct the value"),
    (bad("facts", 0, value=True), "facts.jsonl", 1, "value", "valid", "Correct the value"),
]  # fmt: skip


def refused(tmp_path: Path, source_folder: Path) -> list[Finding]:
    """Import into a graph that has something already; check that nothing was written and return the findings."""
    import_records(write(tmp_path / "good", **BASE), tmp_path / "g")
    before = tree(tmp_path / "g")
    with pytest.raises(Refused) as caught:
        import_records(source_folder, tmp_path / "g")
    assert tree(tmp_path / "g") == before
    assert caught.value.exit_code == 4
    for finding in caught.value.findings:
        assert finding.file
        assert finding.line
        assert finding.field
        assert finding.reason
        assert finding.remedy.endswith((".", "?"))
        assert str(finding) in str(caught.value)
    return caught.value.findings


@pytest.mark.parametrize(("stems", "file", "line", "field", "reason", "remedy"), BAD, ids=[f"{c[1]}:{c[3]}:{c[4][:20]}" for c in BAD])  # fmt: skip
def test_a_bad_record_is_refused(
    tmp_path: Path, stems: dict[str, list[Row]], file: str, line: int, field: str, reason: str, remedy: str
) -> None:
    findings = refused(tmp_path, write(tmp_path / "bad", **stems))
    place = [found for found in findings if (found.file, found.line) == (file, line) and found.field.startswith(field)]
    assert any(reason in found.reason and remedy in found.remedy for found in place), findings


@pytest.mark.parametrize(
    ("text", "field", "reason"),
    [
        ("{not json}", "column 2", "not JSON"),
        ('["a list"]', "record", "valid dictionary"),
        ('{"id": "f", "id": "g"}', "record", "the key 'id' stands twice"),
        ('{"id": "f", "subject": "x", "claim": "c", "value": NaN, "sources": ["src-a"]}', "record", "NaN is not a number"),
        ('{"id": "f", "subject": "x", "claim": "c", "value": Infinity, "sources": ["src-a"]}', "record", "Infinity is not a number"),
        ('{"id": "f", "subject": "x", "claim": "c", "value": 1e999, "sources": ["src-a"]}', "value", "finite number"),
        ('{"id": "f", "subject": "x", "claim": "lone \\ud800 half", "sources": ["src-a"]}', "claim", "unicode"),
        ('{"id": "f", "subject": "x", "claim": "c"}', "sources", "field required"),
        ('{"id": "f", "subject": "x", "claim": "c", "sources": ["src-a"]', "column", "not JSON"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_record_is_refused(tmp_path: Path, text: str, field: str, reason: str) -> None:
    folder = write(tmp_path / "bad", **BASE)
    with (folder / "facts.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")
    findings = refused(tmp_path, folder)
    assert [f.line for f in findings] == [3]
    assert findings[0].field.startswith(field)
    assert reason in findings[0].reason


def test_all_problems_of_all_files_are_told_at_once_in_their_order(tmp_path: Path) -> None:
    stems = (
        bad("sources", 1, type="gazette", country="XX")
        | {"facts": [fact("fact-a", "z"), fact("fact-b", "x", date="2023-13")]}
        | {"relations": [relation("x", "produces", "nothing")]}
    )
    findings = refused(tmp_path, write(tmp_path / "bad", **stems))
    assert [(f.file, f.line, f.field) for f in findings] == [
        ("facts.jsonl", 1, "subject"),
        ("facts.jsonl", 2, "date"),
        ("relations.jsonl", 1, "object"),
        ("sources.jsonl", 2, "country"),
        ("sources.jsonl", 2, "type"),
    ]


def test_a_folder_without_records_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="no records here") as caught:
        import_records(tmp_path, tmp_path / "g")
    assert "sources.jsonl" in caught.value.remedy
    assert not (tmp_path / "g").exists()


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_bytes('{"claim": "é"}'.encode("latin-1"))
    with pytest.raises(FileProblem, match=r"facts\.jsonl: not UTF-8 \(byte 11\)"):
        import_records(tmp_path, tmp_path / "g")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    folder = write(tmp_path / "r", **BASE)
    for path in folder.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n\r\n"))
    import_records(folder, tmp_path / "g")
    import_records(write(tmp_path / "plain", **BASE), tmp_path / "h")
    assert tree(tmp_path / "g") == tree(tmp_path / "h")


@given(st.sampled_from(sorted(BASE)), st.data())
@settings(max_examples=60)
def test_no_field_of_another_type_gets_through_or_crashes(stem: str, data: st.DataObject) -> None:
    """Whatever stands in a field: the record is read as it is, or refused with its place."""
    from pydantic import ValidationError

    row = dict(BASE[stem][0])
    field = data.draw(st.sampled_from(sorted(set(RECORD_TYPES[stem].model_fields) - {"conflicts"})))
    row[field] = data.draw(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.text(), max_size=2), st.just({})))  # fmt: skip
    try:
        record = RECORD_TYPES[stem].model_validate(row)
    except ValidationError:
        return
    assert record.model_dump()[field] == row[field]


def test_a_fresh_folder_claims_no_title_maker_or_licence_and_one_that_has_them_keeps_them(tmp_path: Path) -> None:
    folder = write(tmp_path / "r", **BASE)
    import_records(folder, tmp_path / "g")
    file = tmp_path / "g" / "dataset.ttl"
    assert not any(word in file.read_text() for word in ("title", "creator", "license", "Ukraine"))
    own = '<https://w3id.org/materiel/dataset/materiel> <http://purl.org/dc/terms/title> "Ours"@en .\n'
    file.write_text(file.read_text() + own)
    import_records(folder, tmp_path / "g")
    assert 'dct:title "Ours"@en' in file.read_text()


def test_an_import_adds_to_a_thing_and_loses_nothing(tmp_path: Path) -> None:
    import_records(write(tmp_path / "r", **BASE), tmp_path / "g")
    file = tmp_path / "g" / "partnerships" / "deal.ttl"
    hand = '<https://w3id.org/materiel/id/deal> <https://example.org/note> "by hand" .'
    file.write_text(f"{file.read_text()}\n{hand}\n")
    more = deal("deal", event("suspended", "2024"), parties=("x",), name="Another")
    done = import_records(write(tmp_path / "more", partnerships=[more]), tmp_path / "g")
    text = file.read_text()
    assert all(word in text for word in ("by hand", "status:signed", "status:delivered", "status:suspended", '"Deal"'))
    assert done.differs == ["deal.name: 'Deal' stays, 'Another' is told"]
    assert import_records(tmp_path / "more", tmp_path / "g").written == []
