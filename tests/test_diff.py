"""What changed between two states: each kind of change is found, named with its sources, and told in each format."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

import materiel
from materiel.diff import KINDS, diff
from materiel.exchange.feed import write
from materiel.store import build, ontology
from materiel.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from pathlib import Path

BASE = """@prefix mat: <https://w3id.org/materiel/ns#> . @prefix id: <https://w3id.org/materiel/id/> .
@prefix claim: <https://w3id.org/materiel/claim/> . @prefix source: <https://w3id.org/materiel/source/> .
@prefix status: <https://w3id.org/materiel/code/status/> . @prefix kind: <https://w3id.org/materiel/code/partnership-kind/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix outlet: <https://w3id.org/materiel/outlet/> .
source:s a mat:Source ; mat:url <https://example.org/s> ; mat:origin outlet:one .
source:t a mat:Source ; mat:url <https://example.org/t> ; mat:origin outlet:two .
id:firm a mat:Company ; rdfs:label "Firm"@en ; mat:describedIn source:s .
"""


def deal(name: str, *steps: tuple[str, str], sources: str = "s") -> str:
    """Return a deal in Turtle with (status, date) steps."""
    text = f'id:{name} a mat:Partnership ; rdfs:label "{name}"@en ; mat:kind kind:memorandum .\n'
    for number, (status, date) in enumerate(steps, 1):
        event, claim = f"id:{name}--{status}-{number}", f"claim:{name}{number}"
        text += f"id:{name} mat:statusEvent {event} . {event} a mat:StatusEvent ; mat:status status:{status} ; mat:sequence {number} ;"
        text += f' mat:date "{date}"^^xsd:date ; dct:description "{status} it"@en .\n'
        text += f"{claim} a mat:Claim ; rdf:subject id:{name} ; rdf:predicate mat:statusEvent ; rdf:object {event} .\n"
        text += "".join(
            f"{claim} mat:attestation {claim}-{s} . {claim}-{s} a mat:Attestation ; mat:source source:{s} .\n"
            for s in sources
        )
    return text


def store(text: str) -> EmbeddedStore:
    engine = ox.Store()
    engine.load((BASE + text).encode(), format=ox.RdfFormat.TURTLE)
    build.load(engine, ontology.files())
    build.derive(engine)
    return EmbeddedStore(engine, "test")


def kinds(before: str, after: str) -> list[tuple[str, str]]:
    return [(change.kind, change.label) for change in diff(store(before), store(after)).changes]


SIGNED = deal("alpha", ("signed", "2024-01-01"))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (SIGNED, SIGNED, []),
        ("", SIGNED, [("new deal", "alpha")]),
        (SIGNED, "", [("gone", "alpha")]),
        (SIGNED, deal("alpha", ("signed", "2024-01-01"), ("operational", "2024-06-01")), [("moved", "alpha")]),
        (SIGNED, deal("alpha", ("signed", "2024-01-01"), ("terminated", "2024-06-01")), [("ended", "alpha")]),
        (SIGNED, deal("alpha", ("signed", "2024-01-01"), sources="st"), [("corroborated", "alpha")]),
        (
            deal("alpha", ("registered", "2024-01-01")),
            deal("alpha", ("registered", "2024-01-01"), ("registered", "2024-06-01")),
            [("newly disputed", "alpha")],
        ),
        ("", 'id:firm skos:altLabel "Firma" .', [("identity", "Firm")]),
    ],
)
def test_each_kind_of_change_is_found(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(before, after) == expected


def test_the_shipped_graph_between_two_days_names_sources(kg: materiel.KnowledgeGraph) -> None:
    found = diff(kg.scope(as_of="2023-09").store, kg.scope(as_of="2023-10").store, ("2023-09", "2023-10"))
    moved = {change.subject.rsplit("/", 1)[-1]: change for change in found.changes if change.kind == "moved"}
    assert moved["rheinmetall-udi-joint-venture"].text.startswith("approved → ")
    assert all(change.sources for change in found.changes if change.kind in {"new deal", "moved", "ended"})
    assert [KINDS.index(change.kind) for change in found.changes] == sorted(KINDS.index(c.kind) for c in found.changes)


@pytest.mark.parametrize("form", ["text", "md", "json", "atom"])
def test_each_format_tells_every_change(form: str) -> None:
    found = diff(store(""), store(SIGNED + deal("beta", ("signed", "2024-02-02"))), ("a", "b"))
    text = write(found, form)
    assert "alpha" in text
    assert "beta" in text
    assert "https://example.org/s" in text
    if form == "json":
        assert json.loads(text)["summary"] == "2 new deal"
    if form == "atom":
        feed = ET.fromstring(text)
        ids = [entry.findtext("{*}id") for entry in feed.findall("{*}entry")]
        assert len(ids) == len(set(ids)) == 2


def test_a_folder_compares_with_another(tmp_path: Path, kg: materiel.KnowledgeGraph) -> None:
    (tmp_path / "one.ttl").write_text(BASE + SIGNED)
    other = materiel.open(tmp_path / "one.ttl")
    assert diff(other.store, kg.store).summary.startswith("438 new deal")
