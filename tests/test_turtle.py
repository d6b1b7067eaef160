"""The Turtle writer: equal triples give equal bytes, nothing is lost, and every shipped file is in its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from materiel.store import folder
from materiel.store.format import reformat
from materiel.store.rdflib_store import to_rdflib
from materiel.store.turtle import turtle
from materiel.vocabulary import CLAIM, ID, MAT, PREFIXES, RDF, SOURCE, XSD

if TYPE_CHECKING:
    import random
    from pathlib import Path

LOCAL = st.from_regex(r"[A-Za-z0-9_.\-~%()!,;'/]{0,8}", fullmatch=True).map(
    lambda s: s.replace("%", "%25")
)  # what stands in the paths of IRIs
IRIS = st.builds(
    lambda space, local: NamedNode(space + local),
    st.sampled_from([*PREFIXES.values(), "https://example.org/", "urn:x:"]),
    LOCAL,
)
TEXTS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(["en", "uk", "de-at"])),
    st.integers().map(Literal),
    st.booleans().map(Literal),
    st.builds(
        lambda whole, part: Literal(f"{whole}.{part}", datatype=NamedNode(XSD + "decimal")),
        st.integers(-999, 999),
        st.integers(1, 9),
    ),
    st.sampled_from(["2023-10-18"]).map(lambda day: Literal(day, datatype=NamedNode(XSD + "date"))),
    st.builds(lambda text: Literal(text, datatype=NamedNode(XSD + "integer")), st.sampled_from(["05", "x", "", "+1"])),
    st.builds(lambda text: Literal(text, datatype=NamedNode("https://example.org/type")), TEXTS),
)
TRIPLES = st.lists(
    st.builds(Triple, IRIS, st.one_of(IRIS, st.just(NamedNode(RDF + "type"))), st.one_of(IRIS, LITERALS)), max_size=12
)


def read(data: bytes) -> set[Triple]:
    return {quad.triple for quad in parse(data, format=RdfFormat.TURTLE)}


@given(TRIPLES)
def test_any_set_of_triples_comes_back(triples: list[Triple]) -> None:
    assert read(turtle(triples)) == set(triples)


@given(TRIPLES, st.randoms(use_true_random=False))
def test_the_bytes_depend_on_the_set_alone(triples: list[Triple], chance: random.Random) -> None:
    shuffled = [*triples, *triples[:3]]
    chance.shuffle(shuffled)
    assert turtle(shuffled) == turtle(triples)


@given(TRIPLES)
def test_writing_what_was_read_changes_nothing(triples: list[Triple]) -> None:
    assert turtle(read(turtle(triples))) == turtle(triples)


def test_the_form() -> None:
    written = turtle(
        [
            Triple(NamedNode(CLAIM + "b"), NamedNode(RDF + "type"), NamedNode(MAT + "Claim")),
            Triple(NamedNode(ID + "z"), NamedNode(MAT + "number"), Literal(46)),
            Triple(NamedNode(ID + "a"), NamedNode(MAT + "country"), NamedNode(PREFIXES["country"] + "DE")),
            Triple(NamedNode(ID + "a"), NamedNode(RDF + "type"), NamedNode(MAT + "Company")),
            Triple(NamedNode(ID + "a"), NamedNode(PREFIXES["rdfs"] + "label"), Literal('A "b"\n', language="en")),
            Triple(NamedNode(ID + "a"), NamedNode(MAT + "undisclosed"), Literal(True)),
        ]
    )
    assert written.decode() == (
        f"@prefix claim: <{CLAIM}> .\n@prefix country: <{PREFIXES['country']}> .\n@prefix id: <{ID}> .\n"
        f"@prefix mat: <{MAT}> .\n@prefix rdfs: <{PREFIXES['rdfs']}> .\n\n"
        'id:a a mat:Company ;\n    rdfs:label "A \\"b\\"\\n"@en ;\n    mat:country country:DE ;\n'
        "    mat:undisclosed true .\n\n"
        "id:z mat:number 46 .\n\nclaim:b a mat:Claim .\n"
    )


def test_nothing_gives_nothing() -> None:
    assert turtle([]) == b""


def test_a_name_that_is_a_prefix_of_another_comes_first() -> None:
    """`source/x` before `source/x-2`: a new neighbour moves no other block."""
    pair = [Triple(NamedNode(SOURCE + name), NamedNode(MAT + "number"), Literal(1)) for name in ("x-2", "x")]
    assert turtle(pair).index(b"source:x ") < turtle(pair).index(b"source:x-2 ")


def test_every_shipped_file_is_exactly_what_the_writer_writes(graph: Path) -> None:
    assert reformat(graph, check=True) == []


def test_reformatting_rewrites_only_what_differs(tmp_path: Path) -> None:
    good = tmp_path / "good.ttl"
    good.write_bytes(turtle([Triple(NamedNode(ID + "a"), NamedNode(MAT + "number"), Literal(1))]))
    (tmp_path / "bad.ttl").write_text(f"<{ID}b>   <{MAT}number> 2 , 1 .")
    before = good.stat().st_mtime_ns
    assert reformat(tmp_path, check=True) == ["bad.ttl"]
    assert reformat(tmp_path) == ["bad.ttl"]
    assert reformat(tmp_path) == []
    assert good.stat().st_mtime_ns == before
    assert read((tmp_path / "bad.ttl").read_bytes()) == {
        Triple(NamedNode(ID + "b"), NamedNode(MAT + "number"), Literal(n)) for n in (1, 2)
    }


@pytest.mark.parametrize("room", ["partnerships", "observations", "organisations", "people", "products", "places"])
def test_both_libraries_read_the_shipped_files_alike(graph: Path, room: str) -> None:
    for path in folder.files(graph / room)[:25]:
        data = path.read_bytes()
        ours = {tuple(map(to_rdflib, triple)) for triple in read(data)}
        theirs = rdflib.Graph().parse(data=data, format="turtle")
        assert ours == set(theirs), path


@given(TRIPLES)
def test_both_libraries_read_what_is_written(triples: list[Triple]) -> None:
    rdflib.Graph().parse(data=turtle(triples), format="turtle")
