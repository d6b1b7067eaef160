"""The command line: data on stdout, everything else on stderr, exit codes that tell, errors that help."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from command import SCRIPT, Command, Run
from materiel.cli import COMMANDS
from materiel.records.write import import_records
from small import Row, deal, entity, event, source, tree, world, write

VENTURE = "rheinmetall-udi-joint-venture"

pytestmark = pytest.mark.usefixtures("kg")  # built once, before the first command


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment in which a small graph is the graph."""
    home = tmp_path_factory.mktemp("tiny")
    things: list[Row] = [
        entity("x", name="Альфа", aliases=["=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "-2", 'plain, "quoted"']),
        entity("y", aliases=["Beta\tTab"]),
        entity("x-2", aliases=["Twin"]),
        entity("y-2", aliases=["TWIN"]),
    ]  # fmt: skip
    stems = world(entities=things, partnerships=[deal("deal", event("announced", "2022"), event("signed", "2023-05"))])
    import_records(write(home / "records", **stems), home / "graph")
    return {"MATERIEL_GRAPH": str(home / "graph")}


def good(run: Run) -> str:
    assert run.code == 0, run.stderr
    assert run.stderr == ""
    return run.stdout


def bad(run: Run, code: int) -> str:
    """What a command that failed said; it wrote no data and showed no traceback."""
    assert run.code == code, (run.code, run.stdout, run.stderr)
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert run.stderr.endswith("\n")
    return run.stderr


# help


def test_help_names_every_command(materiel: Command) -> None:
    told = good(materiel("--help"))
    for name in COMMANDS:
        assert re.search(rf"^  {name}\s", told, re.MULTILINE), name


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(materiel: Command, name: str) -> None:
    told = good(materiel(name, "--help"))
    assert "Usage: materiel" in told
    assert f"materiel {name}" in told


def test_version(materiel: Command) -> None:
    assert re.fullmatch(r"materiel \d+\.\d+\.\d+\n", good(materiel("--version")))


def test_it_runs_as_a_module_too() -> None:
    import sys

    done = subprocess.run([sys.executable, "-m", "materiel", "--version"], capture_output=True, check=True)
    assert done.stdout.startswith(b"materiel ")


# ask


def test_ask_lists_the_questions(materiel: Command) -> None:
    rows = list(csv.DictReader(io.StringIO(good(materiel("ask", "--list", "--format", "csv")))))
    assert len(rows) >= 10
    assert {"partners", "joint-ventures", "makers", "history", "who-says-so", "single-voice"} <= {r["question"] for r in rows}  # fmt: skip


def test_ask_tells_what_a_question_needs(materiel: Command) -> None:
    told = good(materiel("ask", "signed-between", "--help"))
    assert "from" in told
    assert "required" in told
    assert "Example: materiel ask signed-between" in told


@pytest.mark.parametrize("given", [[VENTURE], ["--partnership", VENTURE], [f"--partnership={VENTURE}"]])
def test_ask_takes_parameters_in_order_or_by_name(materiel: Command, given: list[str]) -> None:
    head, first, *_ = good(materiel("ask", "history", *given)).split("\n")
    assert head.split("\t")[:2] == ["date", "status"]
    assert first.startswith("2023-05-13\thttps://w3id.org/materiel/code/status/announced\t")


def test_ask_gives_a_program_the_sources_themselves(materiel: Command) -> None:
    answer = json.loads(good(materiel("ask", "history", VENTURE, "--format", "json")))
    assert answer["notes"]
    assert answer["rows"][0]["sources"][0]["url"].startswith("https://")
    lines = good(materiel("ask", "history", VENTURE, "--format", "ndjson")).splitlines()
    assert [json.loads(line) for line in lines] == answer["rows"]


def test_ask_gives_a_reader_numbered_sources(materiel: Command) -> None:
    told = good(materiel("ask", "history", VENTURE, "--format", "table"))
    assert "[1]" in told
    body, sources = told.split("\nSources\n")
    assert "2023-10-18" in body
    assert re.match(r"\[1\] .+", sources)
    assert "https://w3id.org" not in body


def test_an_answer_without_rows_says_so(materiel: Command) -> None:
    told = good(materiel("ask", "signed-between", "1950", "1951", "--format", "table"))
    assert "No row" in told


@pytest.mark.parametrize(
    ("arguments", "code", "reason", "remedy"),
    [
        (["nope"], 3, "nothing is called 'nope'", "Did you mean"),
        (["history"], 2, "partnership is missing", "Try: materiel ask history"),
        (["history", VENTURE, "more"], 2, "'more' is one argument too many", "Try:"),
        (["history", "--foo", "3"], 2, "history has no parameter foo", "Its parameters: partnership."),
        (["history", "DND"], 3, "'DND' is the name of 2 things", "dnd-canada (Department of National Defence (Canada))"),
        (["history", "rheinmetal"], 3, "nothing is called 'rheinmetal'", "rheinmetall (Rheinmetall)"),
        (["signed-between", "2023-13", "2024"], 2, "does not exist in the calendar", "Write a day"),
        (["signed-between", "2023", "2024", "Atlantis"], 3, "nothing is called 'Atlantis'", ""),
        (["history", VENTURE, "--format", "xml"], 2, "unknown format 'xml'", "Use one of table, csv"),
        (["history", VENTURE, "--as-of", "2023-02-30"], 2, "does not exist in the calendar", "Write a day"),
        (["history", VENTURE, "--status", "singed"], 2, "unknown status 'singed'", "Use one of"),
    ],
)  # fmt: skip
def test_ask_fails_with_a_reason_and_a_remedy(
    materiel: Command, arguments: list[str], code: int, reason: str, remedy: str
) -> None:
    told = bad(materiel("ask", *arguments), code)
    assert told.startswith("materiel: ")
    assert reason in told
    assert remedy in told


# names


@pytest.mark.parametrize("name", ["Рейнметалл", "RHEINMETALL AG", "rheinmetall"])
def test_names_in_any_script(materiel: Command, name: str) -> None:
    assert good(materiel("show", name)).startswith("# Rheinmetall\n")


def test_an_ambiguous_name_lists_its_candidates(materiel: Command, tiny: dict[str, str]) -> None:
    told = bad(materiel("show", "twin", env=tiny), 3)
    assert "x-2 (X-2), y-2 (Y-2)" in told


def test_search(materiel: Command) -> None:
    first = good(materiel("search", "рейнмет")).splitlines()[1]
    assert first.split("\t") == ["rheinmetall", "Rheinmetall", "Рейнметалл"]
    assert len(good(materiel("search", "e", "--limit", "3")).splitlines()) == 4
    assert good(materiel("search", "qqqqqqq")) == "id\tlabel\tfound as\n"
    assert "--limit" in bad(materiel("search", "e", "--limit", "0"), 2)


def test_completion_of_questions_and_ids(materiel: Command) -> None:
    def completed(words: str) -> list[str]:
        env = {"_MATERIEL_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
        return materiel(env=env).stdout.split()

    assert "history" in completed("materiel ask hist")
    assert "rheinmetall" in completed("materiel show rheinm")
    assert "search" in completed("materiel sea")


# query


SELECT = "SELECT ?x WHERE { ?x a mat:Partnership }"


def test_query_as_argument_file_and_stdin(materiel: Command, tiny: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(SELECT)
    expected = "x\nhttps://w3id.org/materiel/id/deal\n"
    assert good(materiel("query", SELECT, env=tiny)) == expected
    assert good(materiel("query", "q.rq", env=tiny, cwd=tmp_path)) == expected
    assert good(materiel("query", "-", env=tiny, stdin=SELECT)) == expected


def test_query_ask(materiel: Command, tiny: dict[str, str]) -> None:
    assert good(materiel("query", "ASK { id:deal ?p ?o }", env=tiny)) == "true\n"
    assert json.loads(good(materiel("query", "ASK { id:nothing ?p ?o }", "--format", "json", env=tiny))) == {"boolean": False}  # fmt: skip


@pytest.mark.parametrize(("form", "parsed"), [("ttl", ox.RdfFormat.TURTLE), ("nt", ox.RdfFormat.N_TRIPLES), ("trig", ox.RdfFormat.TRIG), ("nq", ox.RdfFormat.N_QUADS), ("jsonld", ox.RdfFormat.JSON_LD)])  # fmt: skip
def test_query_describe_and_construct(materiel: Command, tiny: dict[str, str], form: str, parsed: ox.RdfFormat) -> None:
    told = good(materiel("query", "DESCRIBE id:deal", "--format", form, env=tiny))
    assert len(list(ox.parse(told.encode(), format=parsed))) > 5
    if form == "ttl":
        assert told == good(materiel("query", "CONSTRUCT { id:deal ?p ?o } WHERE { id:deal ?p ?o }", env=tiny))


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("SELECT ?x WHERE {\n  ?x a foo:Bar }", "line 2, column 8", "this prefix is not declared"),
        ("SELECT ?x WHERE {\n  ?x a mat:Deal\n", "line 2, column 16", "ends too early"),
        ("SELEC ?x", "line 1, column 1", "begins with SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("", "line 1, column 1", "begins with SELECT"),
        ("INSERT DATA { id:a id:b id:c }", "line 1, column 1", "begins with SELECT"),
        ("PREFIX x: <urn:x>\n# note\nDELETE WHERE { ?s ?p ?o }", "line 3, column 1", "begins with SELECT"),
        ("SELECT ?x WHERE { ?x ?p ?o } LIMIT many", "line 1, column 36", "expected a number"),
        ("SELECT (COUNT(?x) AS ?n) ?y WHERE { ?x ?p ?y }", "line 1", "GROUP BY does not give"),
        ("SELECT ?x WHERE { ?x ?p <a b> }", "line 1", "this is not an IRI"),
    ],
)
def test_a_syntax_error_has_its_place(
    materiel: Command, tiny: dict[str, str], text: str, place: str, reason: str
) -> None:
    told = bad(materiel("query", text, env=tiny), 2)
    assert place in told
    assert reason in told
    assert "['" not in told, "no character classes of the grammar"
    line, column = (int(number) for number in re.findall(r"line (\d+), column (\d+)", told)[0])
    shown, caret = told.splitlines()[1:3]
    assert shown[4:] == text.split("\n")[line - 1].rstrip()
    assert caret[4:].index("^") == column - 1


def test_a_query_file_that_is_not_there_is_told(materiel: Command) -> None:
    assert "nofile.rq" in bad(materiel("query", "nofile.rq"), 1)


def test_a_query_that_fails_in_the_engine_is_told(materiel: Command, tiny: dict[str, str]) -> None:
    told = bad(materiel("query", "SELECT (<http://example.org/f>(1) AS ?x) WHERE {}", env=tiny), 2)
    assert "the query failed" in told


# forms of answers


def test_a_pipe_gets_what_programs_read(materiel: Command, tiny: dict[str, str]) -> None:
    assert good(materiel("query", SELECT, env=tiny)) == good(materiel("query", SELECT, "--format", "tsv", env=tiny))
    assert good(materiel("show", "deal", env=tiny)) == good(materiel("show", "deal", "--format", "md", env=tiny))
    assert good(materiel("export", env=tiny)) == good(materiel("export", "--format", "ttl", env=tiny))


def test_a_terminal_gets_a_table(tiny: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen([SCRIPT, "query", SELECT], stdout=theirs, stderr=subprocess.PIPE, env={**os.environ, **tiny, "NO_COLOR": "1", "TERM": "xterm"})  # fmt: skip
    _, errors = process.communicate(timeout=60)
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert (process.returncode, errors) == (0, b"")
    assert "id:deal" in shown
    assert "https://" not in shown


def test_a_reader_who_has_had_enough_is_no_error(materiel: Command) -> None:
    process = subprocess.Popen([SCRIPT, "query", "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline() == b"s\tp\to\n"
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()
    assert materiel("--version").code == 0


NAMES = "SELECT ?name WHERE { id:x skos:altLabel ?name }"


def test_a_spreadsheet_runs_nothing(materiel: Command, tiny: dict[str, str]) -> None:
    told = good(materiel("query", NAMES, "--format", "csv", env=tiny))
    cells = {row[0] for row in csv.reader(io.StringIO(told))}
    assert cells == {"name", "'=cmd|' /C calc'!A0", "'+1", "'@SUM(A1)", "'-2", 'plain, "quoted"'}
    assert told.count("\r\n") == 6


def test_other_forms_keep_texts_as_they_are(materiel: Command, tiny: dict[str, str]) -> None:
    lines = good(materiel("query", NAMES, "--format", "ndjson", env=tiny)).splitlines()
    assert "=cmd|' /C calc'!A0" in {json.loads(line)["name"] for line in lines}
    assert r"=cmd\|' /C calc'!A0" in good(materiel("query", NAMES, "--format", "md", env=tiny))
    told = good(materiel("query", "SELECT ?x ?name WHERE { BIND(id:y AS ?x) ?x skos:altLabel ?name }", env=tiny))
    assert told.splitlines()[1].split("\t") == ["https://w3id.org/materiel/id/y", "Beta Tab"]


def test_output_to_a_file(materiel: Command, tiny: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "new" / "answer.json"
    assert good(materiel("query", SELECT, "--format", "json", "--output", str(path), env=tiny)) == ""
    assert json.loads(path.read_text())["rows"] == [{"x": "https://w3id.org/materiel/id/deal"}]
    assert "another place" in bad(materiel("query", SELECT, "--output", str(path / "below"), env=tiny), 2)


# errors as data


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "nobody-at-all", "--format", "json"], 3),
        (["show", "nobody-at-all", "--format=json"], 3),
        (["query", "SELEC", "--format", "json"], 2),
        (["ask", "history", "DND", "-f", "json"], 3),
    ],
)
def test_errors_are_json_when_the_answer_would_be(materiel: Command, arguments: list[str], code: int) -> None:
    told: dict[str, Any] = json.loads(bad(materiel(*arguments), code))
    assert told["exit_code"] == code
    assert told["error"]
    assert told["remedy"]


def test_an_unknown_command_or_option_is_usage(materiel: Command) -> None:
    assert "frobnicate" in bad(materiel("frobnicate"), 2)
    assert "--bogus" in bad(materiel("show", "x", "--bogus"), 2)


# scope


def test_a_scope_is_told_on_stderr_and_the_answer_keeps_to_it(materiel: Command) -> None:
    run = materiel("ask", "history", VENTURE, "--as-of", "2023-10-20", "--known-by", "2023-10-20")
    assert run.code == 0
    assert run.stderr.startswith("Scope: as of 2023-10-20; known by 2023-10-20.\nLeft out: ")
    assert "registered" not in run.stdout
    assert "2023-09-28" in run.stdout
    written = materiel("export", VENTURE, "--as-of", "2023-10-20").stdout
    assert written.startswith("# Scope: as of 2023-10-20.\n# Left out: ")
    assert list(ox.parse(written.encode(), format=ox.RdfFormat.TURTLE))


# show


def test_show_as_text_and_as_data(materiel: Command, tiny: dict[str, str]) -> None:
    text = good(materiel("show", "deal", env=tiny))
    assert text.startswith("# Deal\n")
    assert "## Sources" in text
    data = json.loads(good(materiel("show", "deal", "--format", "json", env=tiny)))
    assert (data["id"], data["label"]) == ("deal", "Deal")
    assert "https://w3id.org/materiel/source/a" in data["sources"]
    assert "unknown format" in bad(materiel("show", "deal", "--format", "csv", env=tiny), 2)


# data in and out


def test_export_records_and_import_them_again(materiel: Command, tiny: dict[str, str], tmp_path: Path) -> None:
    assert good(materiel("export", "--format", "records", "--output", str(tmp_path / "r"), env=tiny)) == ""
    run = materiel("import", str(tmp_path / "r"), "--into", str(tmp_path / "g"))
    assert (run.code, run.stdout) == (0, "")
    assert re.search(r"\d+ files written, 0 removed, 0 of other things kept", run.stderr)
    assert tree(tmp_path / "g") == tree(Path(tiny["MATERIEL_GRAPH"]))
    again = materiel("import", str(tmp_path / "r"), "--into", str(tmp_path / "g"))
    assert ": 0 files written" in again.stderr
    assert "--output" in bad(materiel("export", "--format", "records", env=tiny), 2)


def test_import_refuses_with_every_line_and_writes_nothing(materiel: Command, tmp_path: Path) -> None:
    folder = write(tmp_path / "r", **world(facts=[{"id": "fact-a"}], partnerships=[deal("deal", event("singed", "2023-13"))]))  # fmt: skip
    told = bad(materiel("import", str(folder), "--into", str(tmp_path / "g")), 4)
    assert "partnerships.jsonl:1: events.0.date:" in told
    assert "facts.jsonl:1: sources: field required. Add the field." in told
    assert "nothing was written" in told
    assert not (tmp_path / "g").exists()


def test_import_prunes(materiel: Command, tmp_path: Path) -> None:
    materiel("import", str(write(tmp_path / "r", **world(sources=[source("a"), source("b")]))), "--into", str(tmp_path / "g"))  # fmt: skip
    run = materiel("import", str(write(tmp_path / "r", **world())), "--into", str(tmp_path / "g"), "--prune")
    assert "2 removed" in run.stderr
    assert bad(materiel("import", str(tmp_path / "nowhere")), 1)


@pytest.mark.parametrize("form", ["ttl", "trig", "nq", "nt", "jsonld"])
def test_export_to_stdout_and_to_a_file(materiel: Command, tiny: dict[str, str], tmp_path: Path, form: str) -> None:
    told = good(materiel("export", "--format", form, env=tiny))
    assert good(materiel("export", "--output", str(tmp_path / f"all.{form}"), env=tiny)) == ""
    assert (tmp_path / f"all.{form}").read_text() == told
    part = good(materiel("export", "deal", "--format", form, env=tiny))
    assert 0 < len(part) < len(told)
    assert len(good(materiel("export", "--format", form, "--derived", env=tiny))) > len(told)


def test_export_fails(materiel: Command, tiny: dict[str, str], tmp_path: Path) -> None:
    assert "unknown RDF format 'docx'" in bad(materiel("export", "--format", "docx", env=tiny), 2)
    assert "unknown RDF format 'pdf'" in bad(materiel("export", "-o", str(tmp_path / "x.pdf"), env=tiny), 2)
    assert "nothing is called" in bad(materiel("export", "zzzzz", env=tiny), 3)
    assert list(tmp_path.iterdir()) == []


def test_schema(materiel: Command) -> None:
    assert json.loads(good(materiel("schema", "facts")))["title"] == "Fact"
    assert "sources, entities" in bad(materiel("schema", "nope"), 2)


def test_fmt(materiel: Command, tiny: dict[str, str], tmp_path: Path) -> None:
    clean = materiel("fmt", tiny["MATERIEL_GRAPH"], "--check")
    assert (clean.code, clean.stdout) == (0, "")
    (tmp_path / "a.ttl").write_text("<urn:s>   <urn:p> 1 .")
    check = materiel("fmt", str(tmp_path), "--check")
    assert (check.code, check.stdout) == (4, "a.ttl\n")
    assert (tmp_path / "a.ttl").read_text() == "<urn:s>   <urn:p> 1 ."
    assert materiel("fmt", str(tmp_path)).code == 0
    assert materiel("fmt", str(tmp_path), "--check").code == 0
    (tmp_path / "a.ttl").write_text("<urn:s> .")
    assert f"{tmp_path}/a.ttl:1:" in bad(materiel("fmt", str(tmp_path)), 1)


def test_the_shipped_graph_is_in_form(materiel: Command, graph: Path) -> None:
    run = materiel("fmt", str(graph), "--check")
    assert (run.code, run.stdout) == (0, "")


def test_build(materiel: Command, tiny: dict[str, str]) -> None:
    run = materiel("build", "--graph", tiny["MATERIEL_GRAPH"])
    assert (run.code, run.stdout) == (0, "")
    assert re.search(r"graph: [\d,]+ triples", run.stderr)
    assert materiel("build", "--no-cache", env=tiny).stderr == run.stderr
    assert "no such folder" in bad(materiel("build", "--graph", "nowhere"), 1)


def test_a_graph_that_is_broken_is_told_by_every_reader(materiel: Command, tmp_path: Path) -> None:
    (tmp_path / "x.ttl").write_text("@prefix id: <https://w3id.org/materiel/id/> .\nid:x a .")
    for command in (
        ["query", "ASK { ?s ?p ?o }"],
        ["show", "x"],
        ["ask", "joint-ventures"],
        ["export"],
        ["search", "x"],
    ):
        assert f"{tmp_path}/x.ttl:2:" in bad(materiel(*command, "--graph", str(tmp_path)), 1)


def test_the_demo_does_the_main_job_in_one_go(materiel: Command, tmp_path: Path) -> None:
    told = materiel("demo", "--output", str(tmp_path))
    assert told.code == 0, told.stderr
    assert "2023-10-18" in told.stdout
    assert {path.suffix for path in tmp_path.iterdir()} == {".html", ".ttl"}
    for path in tmp_path.iterdir():
        assert str(path) in told.stdout
    assert len(list(ox.parse((tmp_path / "materiel.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))) > 60_000


def test_without_a_home_to_cache_in_it_says_what_is_wrong(materiel: Command, tiny: dict[str, str], tmp_path: Path) -> None:  # fmt: skip
    (tmp_path / "file").write_text("")
    told = bad(materiel("query", SELECT, env=tiny | {"MATERIEL_CACHE": str(tmp_path / "file" / "cache")}), 1)
    assert "Not a directory" in told
