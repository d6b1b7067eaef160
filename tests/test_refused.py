"""The derived layer is the rules' alone: what a file says in their place is not believed, and validation names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import materiel
from materiel.store import ontology
from materiel.vocabulary import mat
from small import rows

if TYPE_CHECKING:
    from pathlib import Path

PREFIXES = "".join(f"@prefix {p}: <https://w3id.org/materiel/{s}> .\n" for p, s in {"id": "id/", "mat": "ns#", "status": "code/status/", "claim": "claim/"}.items())  # fmt: skip
PREFIXES += "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"


def _derived() -> list[str]:
    return sorted(q.subject.value for q in ontology.store().quads_for_pattern(None, mat("derived"), None))  # type: ignore[union-attr]


def _with(tmp_path: Path, text: str) -> materiel.KnowledgeGraph:
    path = tmp_path / "own"
    path.mkdir()
    (path / "zz.ttl").write_text(PREFIXES + text)
    return materiel.open(path, cache=False)


@pytest.mark.parametrize("predicate", _derived())
def test_no_derived_property_is_believed_from_a_file(tmp_path: Path, predicate: str) -> None:
    kg = _with(tmp_path, f"id:x <{predicate}> id:y .")
    assert kg.query(f"ASK {{ id:x <{predicate}> id:y }}") is False
    found = [result for result in kg.validate().findings if result.rule == "refused"]
    assert [(result.focus, result.severity) for result in found] == [("https://w3id.org/materiel/id/x", "Violation")]


def test_terms_and_codes_are_not_redefined(tmp_path: Path) -> None:
    kg = _with(
        tmp_path,
        "mat:Company <http://www.w3.org/2000/01/rdf-schema#subClassOf> mat:Person . status:denied mat:advances true .",
    )
    assert kg.query("ASK { mat:Company rdfs:subClassOf mat:Person }") is False
    assert kg.query("ASK { status:denied mat:advances true }") is False
    assert len(rows(kg, "SELECT ?x WHERE { ?x mat:refused ?p }")) == 2


def test_a_true_derived_layer_in_a_file_is_taken_as_it_is_made_anew(
    tmp_path: Path, kg: materiel.KnowledgeGraph
) -> None:
    path = tmp_path / "whole.nt"
    kg.export(path, derived=True)
    again = materiel.open(path)
    assert rows(again, "SELECT ?x WHERE { ?x mat:refused ?p }") == []
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s mat:currentStatus ?o }"
    assert rows(again, count) == rows(kg, count)


@pytest.mark.parametrize(
    "text",
    [
        "rdfs:label mat:derived true .",
        "mat:produces mat:claimable false .",
        "id:x mat:firm true .",
        'mat:novelty rdfs:label "new"@en .',
        'status:invented rdfs:label "invented"@en .',
        '<https://w3id.org/materiel/derived/conflict/x> rdfs:label "made up"@en .',
        "<https://w3id.org/materiel/ontology> rdfs:seeAlso id:x .",
    ],
)
def test_no_file_adds_to_the_ontology_or_steers_the_rules(tmp_path: Path, text: str) -> None:
    kg = _with(tmp_path, f'id:y rdfs:label "Ypsilon"@en .\n{text}')
    assert {r.severity for r in kg.validate().findings if r.rule == "refused"} == {"Violation"}
    assert kg.query(f"ASK {{ {text} }}") is False
    assert "Ypsilon" in kg.export(tmp_path / "all.nt").read_text()


def _claimable() -> list[str]:
    return sorted(q.subject.value for q in ontology.store().quads_for_pattern(None, mat("claimable"), None))  # type: ignore[union-attr]


@pytest.mark.parametrize("predicate", _claimable())
def test_no_claimable_statement_stands_without_a_claim(tmp_path: Path, predicate: str) -> None:
    kg = _with(tmp_path, f"id:x a mat:Partnership ; <{predicate}> id:y .")
    untraced = [r for r in kg.validate().findings if r.rule == "untraced"]
    assert [(r.focus, r.severity) for r in untraced] == [("https://w3id.org/materiel/id/x", "Violation")]


def test_a_scope_holds_and_tells_the_same_as_the_whole(tmp_path: Path) -> None:
    forged = "".join(f"id:x <{predicate}> id:y .\n" for predicate in _derived())
    whole = _with(tmp_path, f'id:y a mat:Company ; rdfs:label "Ypsilon"@en .\n{forged}mat:Company rdfs:seeAlso id:y .')
    narrowed = whole.scope(as_of="2030")
    every = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"
    assert rows(narrowed, every) == rows(whole, every)
    told = [[(r.focus, r.path) for r in kg.validate().findings if r.rule == "refused"] for kg in (whole, narrowed)]
    assert told[0] == told[1]
    assert len(told[0]) == len(_derived()) + 1


FOREIGN = '<http://x.example/s> <http://www.w3.org/2000/01/rdf-schema#label> "v" .\n'


def test_statements_of_other_vocabularies_are_kept(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(PREFIXES + FOREIGN + "id:x <http://x.example/supplies> id:y .")
    kg = materiel.open(tmp_path / "own.ttl")
    for scoped in (kg, kg.scope(as_of="2024")):
        written = scoped.export(tmp_path / "again.nt").read_text()
        assert FOREIGN in written
        assert "<http://x.example/supplies>" in written
