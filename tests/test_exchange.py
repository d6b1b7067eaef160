"""Exports: the same bytes every time, the same graph when read again, and a part that is closed under its references."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings

from materiel import open as open_graph
from materiel.errors import UsageError
from materiel.exchange import rdf
from materiel.exchange.rdf import FORMATS, export
from materiel.files import save
from materiel.store.embedded import EmbeddedStore
from materiel.vocabulary import ID, MAT
from small import Row, graph, graph_of, records
from strategies import record_sets

if TYPE_CHECKING:
    from pathlib import Path

    from materiel.knowledge_graph import KnowledgeGraph
    from materiel.store.base import Store

DEAL = f"{ID}rheinmetall-udi-joint-venture"


def triples(data: bytes, form: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=FORMATS[form])}


def asserted(store: Store) -> set[ox.Triple]:
    assert isinstance(store, EmbeddedStore)
    return triples(b"\n".join(store.asserted), "nt")


@pytest.fixture(scope="module")
def whole(kg: KnowledgeGraph) -> list[bytes]:
    """The lines of the whole shipped graph."""
    return rdf.lines(kg.store)


@pytest.mark.parametrize("form", FORMATS)
def test_the_whole_comes_back(kg: KnowledgeGraph, whole: list[bytes], form: str) -> None:
    data = rdf.serialize(whole, form)
    assert triples(data, form) == asserted(kg.store)
    assert rdf.serialize(whole, form) == data


def test_two_exports_have_the_same_bytes(kg: KnowledgeGraph, whole: list[bytes]) -> None:
    assert export(kg.store, "nt") == rdf.serialize(whole, "nt")
    assert export(kg.store, "ttl", DEAL) == export(kg.store, "ttl", DEAL)


@pytest.mark.parametrize("form", FORMATS)
def test_the_export_can_be_opened_and_gives_the_same_graph(kg: KnowledgeGraph, tmp_path: Path, form: str) -> None:
    part = kg.export(tmp_path / f"part.{form}", "rheinmetall-udi-joint-venture")
    again = open_graph(part)
    assert export(again.store, "nt") == export(kg.store, "nt", DEAL)


@given(record_sets())
@settings(max_examples=10)
def test_the_order_of_insertion_does_not_show(stems: dict[str, list[Row]]) -> None:
    one = graph_of(records(**stems))
    other = graph_of(records(**{stem: rows[::-1] for stem, rows in stems.items()}))
    for form in FORMATS:
        assert export(one.store, form) == export(other.store, form)
        assert triples(export(one.store, form), form) == asserted(one.store)


def test_rdflib_reads_the_exports_alike(kg: KnowledgeGraph) -> None:
    graphs = {
        form: set(rdflib.Dataset().parse(data=export(kg.store, form, DEAL), format=name))
        for form, name in {"ttl": "turtle", "nt": "nt", "trig": "trig", "nq": "nquads", "jsonld": "json-ld"}.items()
    }
    plain = {form: {tuple(map(str, row[:3])) for row in found} for form, found in graphs.items()}
    assert all(found == plain["nt"] for found in plain.values())
    assert len(plain["nt"]) > 100


def test_json_ld_is_json(kg: KnowledgeGraph) -> None:
    assert json.loads(export(kg.store, "jsonld", DEAL))


def closed(part: KnowledgeGraph) -> None:
    """Every claim of a part has its statement, its attestations and their sources, each described."""
    for broken in [
        "?c a mat:Claim FILTER(NOT EXISTS { ?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; mat:evidenceScope ?e })",
        "?c a mat:Claim FILTER(NOT EXISTS { ?c mat:attestation/mat:source/mat:url ?u })",
        "?c mat:attestation ?a FILTER(NOT EXISTS { ?a a mat:Attestation ; mat:source ?s ; mat:stance ?st })",
        "?a a mat:Attestation ; mat:source ?s FILTER(NOT EXISTS { ?s a mat:Source ; mat:url ?u ; mat:publisher ?p })",
        "?s mat:publisher|mat:origin|mat:relays ?o FILTER(NOT EXISTS { ?o rdfs:label ?name })",
        "?a mat:attributedTo ?who FILTER(NOT EXISTS { ?who a ?class ; rdfs:label ?name })",
        "?p mat:party|mat:heldOrganization|mat:atOrganization ?who FILTER(NOT EXISTS { ?who a ?class ; rdfs:label ?n })",
        "?c rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o FILTER(CONTAINS(STR(?o), '--')) FILTER(NOT EXISTS { ?o a ?class })",
    ]:
        assert part.query(f"ASK {{ {broken} }}") is False, broken


@pytest.mark.parametrize("name", ["rheinmetall-udi-joint-venture", "rustem-umerov", "rheinmetall", "fact-46-types", "155mm-shell", "kyiv"])  # fmt: skip
def test_a_part_is_closed_under_its_references(kg: KnowledgeGraph, tmp_path: Path, name: str) -> None:
    path = tmp_path / "part.nt"
    save(export(kg.store, "nt", ID + name), path)
    part = open_graph(path)
    closed(part)
    assert part.query(f"ASK {{ id:{name} ?p ?o }}") is True
    whole = kg.query(f"SELECT ?c WHERE {{ ?c rdf:subject|rdf:object id:{name} }}")
    kept = part.query(f"SELECT ?c WHERE {{ ?c rdf:subject|rdf:object id:{name} }}")
    assert not isinstance(whole, bool | list)
    assert not isinstance(kept, bool | list)
    assert set(kept.rows) == set(whole.rows)
    assert set(whole.rows)


def test_the_part_about_a_deal_is_its_dossier(kg: KnowledgeGraph, tmp_path: Path) -> None:
    part = open_graph(kg.export(tmp_path / "deal.ttl", "rheinmetall-udi-joint-venture"))
    for question in ("history", "who-says-so"):
        ours, theirs = (one.ask(question, **{"partnership" if question == "history" else "thing": "rheinmetall-udi-joint-venture"}) for one in (part, kg))  # fmt: skip
        assert ours.rows == theirs.rows
    conflicts = "SELECT ?text WHERE { ?c a mat:Conflict ; mat:about id:rheinmetall-udi-joint-venture ; dct:description ?text } ORDER BY ?text"
    assert part.query(conflicts) == kg.query(conflicts)


def test_the_part_is_a_part(kg: KnowledgeGraph) -> None:
    assert triples(export(kg.store, "nt", DEAL), "nt") < asserted(kg.store)


def test_derived_triples_only_when_asked(kg: KnowledgeGraph, whole: list[bytes]) -> None:
    plain, more = rdf.serialize(whole, "nt"), export(kg.store, "nt", derived=True)
    for name in ("partyTo", "partnerOf", "currentStatus", "until", "notBefore", "reportedIn", "voice"):
        assert f"<{MAT}{name}>".encode() not in plain
        assert f"<{MAT}{name}>".encode() in more
    assert set(whole) < set(more.splitlines())
    derived = rdf.lines(kg.store, DEAL, derived=True)
    assert any(b"currentStatus" in line for line in derived)


def test_no_terms_or_codes_are_exported(whole: list[bytes]) -> None:
    subjects = {line.split(b" ", 1)[0] for line in whole}
    assert not [s for s in subjects if b"/ns#" in s or b"/code/" in s or s.startswith(b"_:")]


def test_an_unknown_format_is_told(kg: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="unknown RDF format 'docx'") as caught:
        kg.export(tmp_path / "graph.docx")
    assert "ttl, nt, nq, trig, jsonld" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph.ttl"
    save(b"old", path)

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(UsageError, match="No space left on device"):
        save(b"new and longer", path)
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"Not a directory|File exists") as caught:
        save(b"x", tmp_path / "file" / "graph.ttl")
    assert "another place" in caught.value.remedy


def test_a_scope_is_exported_as_what_stands_in_it(kg: KnowledgeGraph) -> None:
    early = kg.scope(as_of="2020", known_by="2020")
    assert triples(export(early.store, "nt"), "nt") < asserted(kg.store)


def test_an_empty_graph_gives_empty_files() -> None:
    empty: Any = graph().store
    assert {form: export(empty, form) for form in FORMATS} == {"ttl": b"", "trig": b"", "nt": b"", "nq": b"", "jsonld": b"[]"}  # fmt: skip
