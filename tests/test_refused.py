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


FOREIGN = '<http://x.example/s> <http://www.w3.org/2000/01/rdf-schema#label> "v" .\n'


def test_statements_of_other_vocabularies_are_kept(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(PREFIXES + FOREIGN + "id:x <http://x.example/supplies> id:y .")
    kg = materiel.open(tmp_path / "own.ttl")
    for scoped in (kg, kg.scope(as_of="2024")):
        written = scoped.export(tmp_path / "again.nt").read_text()
        assert FOREIGN in written
        assert "<http://x.example/supplies>" in written
