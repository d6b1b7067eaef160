"""The description of the data set itself: DCAT and VoID, with counts taken from the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from materiel.store import folder, reader
from materiel.store.build import load
from materiel.store.turtle import turtle
from materiel.vocabulary import BASE, DCT, PREFIXES, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_DATASET = ox.NamedNode(BASE + "dataset/materiel")
_VOID = PREFIXES["void"]
_COUNTED = {ox.NamedNode(_VOID + name) for name in ("triples", "classPartition", "class", "entities", "uriSpace")} | {
    ox.NamedNode(DCT + "temporal")
}
_COUNTS = "SELECT ?class (COUNT(?x) AS ?n) WHERE { ?x a ?class } GROUP BY ?class"
_DAYS = """PREFIX mat: <https://w3id.org/materiel/ns#>
SELECT (MIN(?day) AS ?first) (MAX(?day) AS ?last) WHERE { ?e a mat:StatusEvent ; mat:date ?date BIND(STR(?date) AS ?day) }"""


def dataset(graph: Path, contents: Mapping[str, bytes], removed: Iterable[str] = ()) -> bytes:
    """Return `dataset.ttl` of a graph folder: its size and the years that it covers, beside what stands in it.

    Title, maker, licence and all else that people wrote there stay; a fresh folder claims none.

    Args:
        graph: The graph folder, perhaps not there yet.
        contents: Files about to be written.
        removed: Files about to be removed.
    """
    engine = ox.Store()
    gone = {*contents, *removed, "dataset.ttl"}
    present = folder.files(graph) if graph.is_dir() else []
    load(engine, [path for path in present if path.relative_to(graph).as_posix() not in gone])
    engine.load(b"\n".join(contents.values()), format=ox.RdfFormat.TURTLE)
    return turtle([*_written_by_people(graph / "dataset.ttl"), *_about(engine), *_partitions(engine)])


def _written_by_people(path: Path) -> list[ox.Triple]:
    """Return what the file says beside our counts."""
    if not path.is_file():
        return []
    told = [quad.triple for quad in ox.parse(reader.read(path), format=ox.RdfFormat.TURTLE)]
    return [t for t in told if t.predicate not in _COUNTED]


def _about(engine: ox.Store) -> list[ox.Triple]:
    (span,) = cast("ox.QuerySolutions", engine.query(_DAYS))
    values: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (TYPE, ox.NamedNode(PREFIXES["dcat"] + "Dataset")),
        (TYPE, ox.NamedNode(_VOID + "Dataset")),
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
