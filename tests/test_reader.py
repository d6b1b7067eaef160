"""Reading strictly: what the engine would change, or what would hurt it, is refused with place, reason and remedy."""

from __future__ import annotations

import re
import resource
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from materiel import open as open_graph
from materiel.errors import FileProblem
from materiel.store import reader
from materiel.vocabulary import ID, MAT, XSD

if TYPE_CHECKING:
    from pathlib import Path

HEAD = f"@prefix mat: <{MAT}> .\n@prefix id: <{ID}> .\n@prefix xsd: <{XSD}> .\n"


def refusal(path: Path, data: bytes | str) -> FileProblem:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    with pytest.raises(FileProblem) as caught:
        reader.read(path)
    assert str(path) in str(caught.value)
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("literal", "reason"),
    [
        ('"05"^^xsd:integer', "canonical form of xsd:integer"),
        ('"+5"^^xsd:integer', "canonical form of xsd:integer"),
        ('"-0"^^xsd:integer', "canonical form of xsd:integer"),
        ('"five"^^xsd:integer', "canonical form of xsd:integer"),
        ("05", "canonical form of xsd:integer"),
        ("+5", "canonical form of xsd:integer"),
        ('"1.50"^^xsd:decimal', "canonical form of xsd:decimal"),
        ('"5"^^xsd:decimal', "canonical form of xsd:decimal"),
        ('".5"^^xsd:decimal', "canonical form of xsd:decimal"),
        ("1.50", "canonical form of xsd:decimal"),
        (".5", "canonical form of xsd:decimal"),
        ('"1"^^xsd:boolean', "canonical form of xsd:boolean"),
        ('"TRUE"^^xsd:boolean', "canonical form of xsd:boolean"),
        ('"2024-02-30"^^xsd:date', "does not exist in the calendar"),
        ('"2023-02-29"^^xsd:date', "does not exist in the calendar"),
        ('"2023-10-18Z"^^xsd:date', "canonical form of xsd:date"),
        ('"2023-10"^^xsd:date', "canonical form of xsd:date"),
        ('"2023-13"^^xsd:gYearMonth', "does not exist in the calendar"),
        ('"23"^^xsd:gYear', "canonical form of xsd:gYear"),
        ('"2023Z"^^xsd:gYear', "canonical form of xsd:gYear"),
        ('"1.5"^^xsd:double', "datatype xsd:double is not one of the model's"),
        ("1e3", "datatype xsd:double is not one of the model's"),
        ('"5"^^xsd:int', "datatype xsd:int is not one of the model's"),
        ('"5"^^xsd:nonNegativeInteger', "datatype xsd:nonNegativeInteger is not one of the model's"),
        ('"2023-10-18T00:00:00"^^xsd:dateTime', "datatype xsd:dateTime is not one of the model's"),
        ('"P12M"^^xsd:duration', "datatype xsd:duration is not one of the model's"),
        ('"x"^^<https://example.org/type>', "datatype https://example.org/type is not one of the model's"),
    ],
)
def test_each_form_outside_the_model_is_refused(tmp_path: Path, literal: str, reason: str) -> None:
    told = refusal(tmp_path / "a.ttl", f"{HEAD}id:ok mat:number 7 .\nid:bad mat:number {literal} .\n")
    assert reason in str(told)
    assert "(on id:bad)" in str(told)
    line = int(re.search(r"a\.ttl:(\d+):", str(told))[1])  # type: ignore[index]
    assert line == 5


def test_the_forms_of_the_model_are_kept_as_they_are_written(tmp_path: Path) -> None:
    forms = ["0", "-5", "255000000000", "1.5", "-0.25", "true", '"text"', '"Text"@en', '"05"', '"05"@en']
    forms += ['"2023"^^xsd:gYear', '"2023-10"^^xsd:gYearMonth', '"2024-02-29"^^xsd:date']
    path = tmp_path / "a.ttl"
    path.write_text(HEAD + "".join(f"id:n{i} mat:number {form} .\n" for i, form in enumerate(forms)))
    store = ox.Store()
    written = {quad.object for quad in ox.parse(reader.read(path), format=ox.RdfFormat.TURTLE)}
    store.load(path.read_bytes(), format=ox.RdfFormat.TURTLE)
    assert {quad.object for quad in store} == written
    assert len(written) == len(forms)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.nt", f'<{ID}bad> <{MAT}number> "05"^^<{XSD}integer> .\n'),
        ("a.nq", f'<{ID}bad> <{MAT}number> "05"^^<{XSD}integer> <urn:g> .\n'),
        ("a.trig", f'<urn:g> {{ <{ID}bad> <{MAT}number> "05"^^<{XSD}integer> }}\n'),
        ("a.jsonld", f'{{"@id": "{ID}bad", "{MAT}number": {{"@value": "05", "@type": "{XSD}integer"}}}}'),
        (
            "a.rdf",
            (
                f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:m="{MAT}"><rdf:Description rdf:about="{ID}bad">'
                f'<m:number rdf:datatype="{XSD}integer">05</m:number></rdf:Description></rdf:RDF>'
            ),
        ),
    ],
)
def test_every_format_is_held_to_them(tmp_path: Path, name: str, data: str) -> None:
    assert "'05' is not in the canonical form of xsd:integer (on id:bad)" in str(refusal(tmp_path / name, data))


@pytest.mark.parametrize(
    "disguised",
    [
        '"\\u0030\\u0035"^^xsd:integer',
        "'05'^^xsd:integer",
        '"""05"""^^xsd:integer',
        '"05" ^^ xsd:integer',
        '"05"^^<http://www.w3.org/2001/XMLSchema\\u0023integer>',
        "7, 05",
        "(05)",
        "[ mat:number 05]",
        '"a \\" text" , 05',
        "05# comment",
    ],
)
def test_other_spellings_do_not_hide_a_form(tmp_path: Path, disguised: str) -> None:
    told = refusal(tmp_path / "a.ttl", f"{HEAD}id:bad mat:number {disguised} .\n")
    assert "'05' is not in the canonical form of xsd:integer" in str(told)


def test_numbers_and_quotes_within_texts_are_free(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(HEAD + 'id:a mat:label "costs 1.50, 05 or 1e3" , "say \\"05\\"^^xsd:integer" .\n')
    assert reader.read(path) == path.read_bytes()


BILLION_LAUGHS = (
    '<?xml version="1.0"?>\n<!DOCTYPE r [\n<!ENTITY a "ha">\n'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">\n' for i in range(12))
    + ']>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e#">'
    "<rdf:Description><e:p>&m;</e:p></rdf:Description></rdf:RDF>"
)


@pytest.mark.parametrize("text", [BILLION_LAUGHS, BILLION_LAUGHS.replace("DOCTYPE", "doctype")])
def test_a_doctype_is_refused_before_the_engine_sees_it(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        pytest.fail("the engine was given the file")

    monkeypatch.setattr(reader, "parse", never)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = refusal(tmp_path / "laughs.rdf", text)
    assert "DOCTYPE is refused" in str(told)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    with pytest.raises(FileProblem, match="DOCTYPE"):
        open_graph(tmp_path / "laughs.rdf")


@pytest.mark.parametrize(
    ("name", "before", "opened", "closed", "after"),
    [
        ("a.ttl", "<urn:s> <urn:p> ", "[", "]", " ."),
        ("a.ttl", "<urn:s> <urn:p> ", "( ", ")", " ."),
        ("a.ttl", "<urn:s> <urn:p> ", "<<( <urn:s> <urn:p> ", ")>>", " ."),
        ("a.trig", "<urn:s> <urn:p> ", "<<", ">>", " ."),
        ("a.nt", "<urn:s> <urn:p> ", "<<( <urn:s> <urn:p> ", ")>>", " .\n"),
        ("a.nq", "<urn:s> <urn:p> ", "<<( <urn:s> <urn:p> ", ")>>", " .\n"),
        ("a.jsonld", "", '{"@id":"urn:a","urn:p":', "}", ""),
        ("a.jsonld", '{"urn:\\"{":', "[", "]", "}"),
        ("a.rdf", "<r>", "<e:A><e:p>", "</e:p></e:A>", "</r>"),
    ],
)
def test_deep_nesting_is_refused(tmp_path: Path, name: str, before: str, opened: str, closed: str, after: str) -> None:
    deep = f"{before}{opened * 20_000}{closed * 20_000}{after}"
    assert "nested more than 100 deep" in str(refusal(tmp_path / name, deep))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonld", "[" + ",".join(f'{{"@id":"urn:{i}","urn:p":{{"@value":"[{{"}}}}' for i in range(500)) + "]"),
        (
            "a.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e#">'
            + '<rdf:Description rdf:about="urn:s"><e:p>a</e:p><e:q rdf:resource="urn:o"/></rdf:Description>' * 500
            + "</rdf:RDF>",
        ),
        ("a.ttl", "".join(f"<urn:s> <urn:p{i}> <<( <urn:s> <urn:p> <urn:o> )>> .\n" for i in range(500))),
    ],
)
def test_wide_data_is_not_deep(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert reader.read(tmp_path / name) == text.encode()


def test_a_huge_literal_is_refused(tmp_path: Path) -> None:
    told = refusal(tmp_path / "a.ttl", f'<urn:s> <urn:p> "{"x" * (reader.MAX_LITERAL + 1)}" .')
    assert "longer than 1048576 characters" in str(told)


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 1 << 30)
    path = tmp_path / "a.ttl"
    with path.open("wb") as file:
        file.truncate((1 << 30) + 1)
    with pytest.raises(FileProblem, match="larger than 1 GiB") as caught:
        reader.read(path)
    assert "Split" in caught.value.remedy


@pytest.mark.parametrize("name", ["a.txt", "a", "a.ttl.gz", "a.csv", "a.owl"])
def test_an_unknown_ending_is_refused(tmp_path: Path, name: str) -> None:
    told = refusal(tmp_path / name, "")
    assert ".ttl, .nt, .nq, .trig, .rdf, .jsonld" in told.remedy


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"none\.ttl: No such file") as caught:
        reader.read(tmp_path / "none.ttl")
    assert "path" in caught.value.remedy


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.ttl", "<urn:s> <urn:p> 1 .\n<urn:s> <urn:p> .\n", 2),
        ("a.nt", "<urn:s> <urn:p> <urn:o> .\n<urn:s> oops .\n", 2),
        ("a.nq", "<urn:s> <urn:p> <urn:o> <urn:g> .\n\n<urn:s> 5 .\n", 3),
        ("a.jsonld", '{"@id": "urn:s",\n "urn:p": }', 2),
    ],
)
def test_a_file_that_does_not_parse_is_named_with_its_line(tmp_path: Path, name: str, data: str, line: int) -> None:
    path = tmp_path / name
    path.write_text(data)
    with pytest.raises(FileProblem, match=re.escape(f"{path}:{line}:")) as caught:
        open_graph(path)
    assert caught.value.remedy


def test_an_xml_file_that_does_not_parse_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.rdf"
    path.write_text("<rdf:RDF")
    with pytest.raises(FileProblem, match=re.escape(str(path))):
        open_graph(path)


def test_named_graphs_are_read_into_the_default_graph(tmp_path: Path) -> None:
    path = tmp_path / "a.nq"
    path.write_text(f"<{ID}a> <{MAT}partOf> <{ID}b> <urn:g> .\n")
    assert open_graph(path).query("ASK { id:a mat:partOf id:b }") is True
