"""Verdicts are recorded in files, change no claim, and decide the accepted picture."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import materiel
from materiel.assessment import judge
from materiel.errors import BadDate, NotFound, UsageError

GRAPH = Path(__file__).parent.parent / "graph"
RIVAL = "SELECT ?claim WHERE { ?claim rdf:object ?event . ?event mat:status status:registered ; mat:date '2024'^^xsd:gYear . id:rheinmetall-udi-joint-venture mat:statusEvent ?event }"
TRUE = "SELECT ?claim WHERE { ?claim rdf:object ?event . ?event mat:status status:registered ; mat:date '2023-10-18'^^xsd:date . id:rheinmetall-udi-joint-venture mat:statusEvent ?event }"
STATE = "SELECT ?state WHERE { ?x mat:about id:rheinmetall-udi-joint-venture ; mat:between ?a , ?b ; mat:state ?state FILTER(?a != ?b && CONTAINS(STR(?x), '--conflict-date')) }"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("organisations", "partnerships", "sources", "outlets", "people", "products", "places"):
        shutil.copytree(GRAPH / name, tmp_path / "graph" / name)
    return tmp_path / "graph"


def claim(kg: materiel.KnowledgeGraph, query: str) -> str:
    return str(kg.query(query).rows[0][0])  # type: ignore[union-attr]


def states(kg: materiel.KnowledgeGraph) -> set[str]:
    return {str(row[0]).rsplit("/", 1)[-1] for row in kg.query(STATE).rows}  # type: ignore[union-attr]


def test_a_verdict_is_a_file_and_settles_a_conflict(folder: Path) -> None:
    kg = materiel.open(folder, cache=False)
    rival, told = claim(kg, RIVAL), claim(kg, TRUE)
    assert states(kg) == {"open"}
    before = {path: path.read_bytes() for path in folder.rglob("*.ttl")}

    name = judge(kg.store, folder, rival, "rejected", "A. Curator", "Every other page has October 2023", "2026-11-24")
    assert "assessedBy" in (folder / name).read_text()
    assert {path: path.read_bytes() for path in before} == before
    assert states(materiel.open(folder, cache=False)) == {"weighed"}

    judge(kg.store, folder, told, "accepted", "A. Curator", "Told by the prime minister", "2026-11-24")
    assert states(materiel.open(folder, cache=False)) == {"resolved"}


def test_the_accepted_picture_leaves_out_what_was_rejected_last(folder: Path) -> None:
    kg = materiel.open(folder, cache=False)
    rival = claim(kg, RIVAL)
    judge(kg.store, folder, rival, "rejected", "A. Curator", "Not believed", "2026-11-01")
    judged = materiel.open(folder, cache=False)
    assert judged.query(RIVAL).rows  # type: ignore[union-attr]
    assert judged.scope(accepted=True).query(RIVAL).rows == []  # type: ignore[union-attr]

    judge(kg.store, folder, rival, "accepted", "B. Curator", "Believed after all", "2026-11-02")
    assert materiel.open(folder, cache=False).scope(accepted=True).query(RIVAL).rows  # type: ignore[union-attr]


def test_a_verdict_needs_a_claim_a_code_a_name_and_a_reason(folder: Path) -> None:
    kg = materiel.open(folder, cache=False)
    rival = claim(kg, RIVAL)
    for unknown in ("claim:nosuchclaim", "x> }", "claim:x> a mat:Claim } #"):
        with pytest.raises(NotFound):
            judge(kg.store, folder, unknown, "accepted", "A", "b")
    with pytest.raises(UsageError, match="unknown verdict"):
        judge(kg.store, folder, rival, "doubted", "A", "b")
    with pytest.raises(UsageError, match="who judges and why"):
        judge(kg.store, folder, rival, "accepted", "A", " ")
    for day in ("2026-11", "2026", "2026-02-30", "2999-01-01"):
        with pytest.raises(BadDate):
            judge(kg.store, folder, rival, "accepted", "A", "b", day)
    assert not (folder / "judgements").exists()
