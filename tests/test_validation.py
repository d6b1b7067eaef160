"""Validation: each rule speaks of its fault and of nothing else; reports in every format; clear errors."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from materiel.errors import FileProblem
from materiel.validation import RENDERERS, Report, Result, Rule, UnsupportedShape, checks, rules, shapes, validate
from materiel.vocabulary import compact
from validation_docs import PAGE, filled, shipped_report, tables
from validation_worlds import FAULTS, FIXTURES, ONTOLOGY, good_lines, lines, world

RULES = rules(world(lines([])))
SEVERITY = {rule.name: rule.severity for rule in RULES}
MESSAGE = {rule.name: rule.message for rule in RULES}


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert validate(world(good_lines()), chosen=RULES).findings == []


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_fault_is_told_by_its_rule_and_no_other(name: str) -> None:
    fault = FAULTS[name]
    results = validate(world(good_lines(), fault["update"]), chosen=RULES).findings
    assert {f"{r.rule} {compact(r.focus)}" for r in results} == {f"{name} {fault['focus']}", *fault.get("also", [])}
    told = [result for result in results if result.rule == name]
    assert {result.severity for result in told} == {SEVERITY[name]}
    pattern = re.sub(r"\\\{\\\?\w+\\\}", ".+", re.escape(MESSAGE[name]))
    assert all(re.fullmatch(pattern, result.message) and "{?" not in result.message for result in told)


@pytest.mark.parametrize(
    "date", ["2023-13'^^xsd:gYearMonth", "23'^^xsd:gYear", "2023-02-29'^^xsd:date", "2023-10-18'", "2023-10-18'@en"]
)
def test_dates_that_are_not_in_the_calendar_are_told(date: str) -> None:
    """Months and years among them, which pySHACL lets pass."""
    clear = "DELETE WHERE { source:news mat:publishedOn ?any }"
    change = f"{clear} ; INSERT DATA {{ source:news mat:publishedOn '{date} }}"
    rules_found = {result.rule for result in validate(world(good_lines(), change), chosen=RULES).findings}
    assert "source-date-form" in rules_found


def test_every_rule_has_a_fault_and_every_fault_a_rule() -> None:
    assert {rule.name for rule in RULES} == set(FAULTS)


def test_messages_are_told_apart_and_say_what_to_do() -> None:
    assert len(set(MESSAGE.values())) == len(MESSAGE)
    assert [name for name, message in MESSAGE.items() if not re.fullmatch(r"([A-Z{]|mat:).*[:,] .*[.?]", message)] == []


def test_every_property_shape_is_used() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (ONTOLOGY / "shapes").glob("*.ttl"))
    assert set(re.findall(r"^(msh:[\w-]+) a sh:PropertyShape", text, re.MULTILINE)) == {
        f"msh:{rule.name}" for rule in RULES if rule.path
    }


def test_checks_stand_alone_and_name_the_focus_and_the_variables_of_their_message() -> None:
    for rule in checks.rules():
        variables = {v.value for v in ox.Store().query(rule.query).variables}  # type: ignore[union-attr]
        assert {"this", *re.findall(r"\{\?(\w+)\}", rule.message)} <= variables, rule.name


def _code(path: Path) -> str:
    """Return a query without comments, IRIs and strings."""
    return re.sub(r'<[^>\s]*>|"(?:[^"\\]|\\.)*"|#.*', " ", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(ONTOLOGY.rglob("*.r[qu]")), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_shipped_queries_avoid_slow_negation_and_unions_of_graphs(path: Path) -> None:
    assert not re.search(r"\bNOT\s+EXISTS\b", _code(path), re.IGNORECASE), (
        "use OPTIONAL and !BOUND, MINUS or an aggregate"
    )
    assert not re.search(r"(?<![?$\w:])(GRAPH|FROM)\b", _code(path), re.IGNORECASE), (
        "everything is in the default graph"
    )


def test_the_shipped_graph_has_no_violation() -> None:
    report = shipped_report()
    assert report.conforms, RENDERERS["text"](report)
    assert report.counts["Violation"] == 0
    assert all(result.file and result.line for result in report.findings if "/derived/" not in result.focus)


def test_a_finding_names_file_and_line(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FIXTURES / "good", tmp_path / "graph"))
    (folder / "deal.ttl").write_text("@prefix id: <https://w3id.org/materiel/id/> .\n\nid:deal id:p id:deal .\n")
    update = FAULTS["partnership-named"]["update"] + ";" + FAULTS["claim-attested"]["update"] + ";"
    report = validate(world(good_lines(), update + FAULTS["amount-unit"]["update"]), folder, RULES)
    places = {result.rule: (result.file, result.line, result.label) for result in report.findings}
    text = (folder / "world.ttl").read_text(encoding="utf-8")
    amount = text[: text.index("\nid:deal--quantity-aaaa a")].count("\n") + 2
    assert places["partnership-named"] == ("deal.ttl", 3, "id:deal")
    assert places["amount-unit"] == ("world.ttl", amount, "id:deal: quantity")
    assert places["claim-attested"][::2] == ("claims.ttl", "Alpha shells for the army: claim:sale-kind")
    assert not report.conforms
    assert set(report.by_rule) == {"amount-unit", "claim-attested", "partnership-named", "untraced"}


NASTY = Result(
    "Violation", "some-rule", "https://w3id.org/materiel/id/x", "mat:kind", "<b>&\x01", 'Wrong "<script>": mend it.', "Class",
    "<script>alert('x')</script> ]]>", "things/x.ttl", 7,
)  # fmt: skip
REPORT = Report(
    [
        NASTY,
        Result("Warning", "other-rule", "urn:y", "", "", "Look: y.", "check", "y"),
        Result("Info", "third", "urn:z", "", "", "Z.", "check", "z"),
    ],
    [
        Rule("some-rule", "Violation", "some <rule>", "m", "q"),
        Rule("other-rule", "Warning", "o", "m", "q"),
        Rule("third", "Info", "t", "m", "q"),
    ],
)


def test_text_groups_by_rule_and_cuts_long_lists() -> None:
    text = RENDERERS["text"](REPORT)
    assert text.startswith("does not conform: Violation 1, Warning 1, Info 1 (3 rules)\n")
    assert "VIOLATION some-rule (1)\n  Wrong" in text
    assert "things/x.ttl:7" in text
    many = Report([NASTY] * 25, REPORT.rules)
    assert "… and 5 more" in RENDERERS["text"](many)
    assert RENDERERS["text"](Report([], REPORT.rules)) == "conforms: Violation 0, Warning 0, Info 0 (3 rules)\n"


def test_text_repeats_messages_that_differ() -> None:
    other = Result("Violation", "some-rule", "urn:w", "", "", "Wrong: w.", "Class", "w")
    assert RENDERERS["text"](Report([NASTY, other], REPORT.rules)).count("Wrong") == 2


def test_json_holds_everything() -> None:
    body = json.loads(RENDERERS["json"](REPORT))
    assert body["conforms"] is False
    assert body["counts"] == {"Violation": 1, "Warning": 1, "Info": 1}
    assert body["findings"][0]["label"] == NASTY.label


def test_the_page_escapes_and_asks_for_nothing() -> None:
    page = RENDERERS["html"](REPORT)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page
    assert not re.search(r"(src|href)=", page)


def test_sarif_names_rules_levels_and_places() -> None:
    run = json.loads(RENDERERS["sarif"](REPORT))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["some-rule", "other-rule", "third"]
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "things/x.ttl", "uriBaseId": "GRAPH"}, "region": {"startLine": 7}}
    assert all(run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])


def test_junit_fails_by_violations_only() -> None:
    suite = ET.fromstring(RENDERERS["junit"](REPORT)).find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures")) == ("3", "1")
    assert [len(case.findall("failure")) for case in suite] == [1, 0, 0]
    assert "<script>" in (suite[0][0].text or "")


SHAPE = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix mat: <https://w3id.org/materiel/ns#> .
@prefix msh: <https://w3id.org/materiel/shapes#> .
msh:s a sh:NodeShape ; sh:targetClass mat:Company ; sh:message "Bad: mend."@en ; %s .
"""
UNKNOWN = {
    "sh:not": "sh:not [ sh:nodeKind sh:IRI ]",
    "sh:node": "sh:node msh:other",
    "sh:sparql": "sh:sparql [ sh:select 'SELECT $this WHERE { }' ]",
    "sh:targetNode": "sh:targetNode mat:x",
    "sh:lessThan": "sh:property [ sh:path mat:kind ; sh:lessThan mat:role ; sh:message 'Bad: mend.'@en ]",
    "sh:minExclusive": "sh:property [ sh:path mat:kind ; sh:minExclusive 1 ; sh:message 'Bad: mend.'@en ]",
    "sh:class": "sh:or ( [ sh:class mat:Company ] )",
    "a literal in sh:or": "sh:or ( 1 )",
    "a path other than a property, an inverse or a sequence": "sh:property [ sh:path [ sh:zeroOrMorePath mat:parent ] ; sh:minCount 1 ]",
    "0 paths, where one is needed,": "sh:property msh:misspelt",
    "no constraint at all": "sh:property [ sh:path mat:kind ; sh:message 'Bad: mend.'@en ]",
    "0 English messages, where one is needed,": "sh:property [ sh:path mat:kind ; sh:minCount 1 ]",
}


@pytest.mark.parametrize("construct", UNKNOWN)
def test_what_is_not_compiled_is_refused_by_name(construct: str, tmp_path: Path) -> None:
    (tmp_path / "s.ttl").write_text(SHAPE % UNKNOWN[construct], encoding="utf-8")
    with pytest.raises(UnsupportedShape, match=re.escape(construct)) as raised:
        shapes.rules({}, [tmp_path / "s.ttl"])
    assert "docs/validation.md" in raised.value.remedy


def test_a_shape_without_a_target_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.ttl").write_text(
        (SHAPE % "sh:nodeKind sh:IRI").replace("sh:targetClass mat:Company ;", ""), encoding="utf-8"
    )
    with pytest.raises(UnsupportedShape, match=r"shape s uses no sh:targetClass"):
        shapes.rules({}, [tmp_path / "s.ttl"])


def test_shapes_can_be_switched_off(tmp_path: Path) -> None:
    (tmp_path / "s.ttl").write_text(SHAPE % "sh:nodeKind sh:IRI ; sh:deactivated true", encoding="utf-8")
    assert shapes.rules({}, [tmp_path / "s.ttl"]) == []


@pytest.mark.parametrize("head", ["# title: t\n# severity: Info\n", "# title: t\n# severity: Bad\n# message: m\n"])
def test_a_check_without_a_full_header_is_refused(head: str, tmp_path: Path) -> None:
    (tmp_path / "c.rq").write_text(head + "SELECT ?this WHERE { ?this a ?x }", encoding="utf-8")
    with pytest.raises(FileProblem, match=r"c\.rq.*(message|severity 'Bad')"):
        checks.rules([tmp_path / "c.rq"])


def test_the_tables_of_the_documentation_are_up_to_date() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == filled(page, tables(shipped_report())), "run `PYTHONPATH=tests python tests/validation_docs.py`"
