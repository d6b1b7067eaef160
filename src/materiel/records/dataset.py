"""The description of the data set itself: DCAT and VoID, with counts taken from the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from materiel.store import folder
from materiel.store.build import load
from materiel.store.turtle import turtle
from materiel.vocabulary import BASE, DCT, DESCRIPTION, PREFIXES, TITLE, TYPE, english

if TYPE_CHECKING:
    from pathlib import Path

_DATASET = ox.NamedNode(BASE + "dataset/materiel")
_VOID = PREFIXES["void"]
_COUNTS = "SELECT ?class (COUNT(?x) AS ?n) WHERE { ?x a ?class } GROUP BY ?class"
_DAYS = """PREFIX mat: <https://w3id.org/materiel/ns#>
SELECT (MIN(?day) AS ?first) (MAX(?day) AS ?last) WHERE { ?e a mat:StatusEvent ; mat:date ?date BIND(STR(?date) AS ?day) }"""


def dataset(graph: Path) -> bytes:
    """Return `dataset.ttl` of a graph folder: what it is, its licence, its size and the years that it covers."""
    engine = ox.Store()
    load(engine, [path for path in folder.files(graph) if path.name != "dataset.ttl"])
    return turtle([*_about(engine), *_partitions(engine)])


def _about(engine: ox.Store) -> list[ox.Triple]:
    (span,) = cast("ox.QuerySolutions", engine.query(_DAYS))
    values: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (TYPE, ox.NamedNode(PREFIXES["dcat"] + "Dataset")),
        (TYPE, ox.NamedNode(_VOID + "Dataset")),
        (TITLE, english("Defence-industry partnerships around Ukraine")),
        (
            DESCRIPTION,
            english("Who builds what with whom, and who says so: every statement leads to a page that was read."),
        ),
        (ox.NamedNode(DCT + "license"), ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")),
        (ox.NamedNode(DCT + "creator"), ox.Literal("materiel contributors")),
        (ox.NamedNode(DCT + "conformsTo"), ox.NamedNode(BASE + "ontology")),
        (ox.NamedNode(_VOID + "triples"), ox.Literal(len(engine))),
        (ox.NamedNode(_VOID + "uriSpace"), ox.Literal(BASE)),
    ]
    if span["first"] is not None:
        interval = f"{span['first'].value}/{span['last'].value}"
        values.append((ox.NamedNode(DCT + "temporal"), ox.Literal(interval)))
    return [ox.Triple(_DATASET, predicate, value) for predicate, value in values]


def _partitions(engine: ox.Store) -> list[ox.Triple]:
    triples = []
    for row in cast("ox.QuerySolutions", engine.query(_COUNTS)):
        part = ox.NamedNode(f"{BASE}dataset/class-{row['class'].value.rsplit('#')[-1]}")
        triples += [
            ox.Triple(_DATASET, ox.NamedNode(_VOID + "classPartition"), part),
            ox.Triple(part, ox.NamedNode(_VOID + "class"), row["class"]),
            ox.Triple(part, ox.NamedNode(_VOID + "entities"), ox.Literal(int(row["n"].value))),
        ]
    return triples
