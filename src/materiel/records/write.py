"""Records into the graph folder: checked whole, then only the files that differ are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from materiel.errors import Refused
from materiel.records.check import Checker
from materiel.records.dataset import dataset
from materiel.records.read import read
from materiel.records.to_rdf import files
from materiel.store import folder
from materiel.store.turtle import turtle

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = (
    "events",
    "observations",
    "organisations",
    "outlets",
    "partnerships",
    "people",
    "places",
    "products",
    "programmes",
    "sources",
)
"""Folders whose files belong to records; other files of a graph folder are never touched."""


@dataclass(frozen=True)
class Import:
    """What an import did.

    Attributes:
        written: Files that are new or differ, as paths under the graph folder.
        removed: Files that were removed: a source whose year changed, or with `prune` what no record tells.
        kept: Files of things that these records do not tell of.
    """

    written: list[str]
    removed: list[str]
    kept: list[str]


def import_records(source: Path, graph: Path, *, prune: bool = False) -> Import:
    """Import a folder of records into a graph folder.

    Args:
        source: Folder with the JSON Lines files.
        graph: Graph folder; made if there is none.
        prune: Remove the files of things that the records do not tell of.

    Raises:
        Refused: With every problem of every file; nothing was written.
    """
    reading = read(source)
    present = _present(graph)
    if findings := Checker(reading, *_known(present)).findings():
        raise Refused(findings)
    contents = {name: turtle(triples) for name, triples in files(reading.records).items()}
    obsolete = _obsolete(present, contents, prune=prune)
    contents["dataset.ttl"] = dataset(graph, contents, obsolete)
    written = folder.write(graph, contents, obsolete)
    return Import(written, obsolete, sorted(present - set(contents) - set(obsolete)))


def _present(graph: Path) -> set[str]:
    if not graph.is_dir():
        return set()
    names = (path.relative_to(graph).as_posix() for path in folder.files(graph))
    return {name for name in names if name.split("/")[0] in FOLDERS}


def _known(present: set[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids of things and of sources that the folder already has, by the names of its files."""
    stems = {(name.split("/")[0], name.rsplit("/", 1)[-1].removesuffix(".ttl")) for name in present}
    things = frozenset(
        stem for room, stem in stems if room not in {"sources", "outlets", "partnerships", "observations"}
    )
    return things, frozenset(f"src-{stem}" for room, stem in stems if room == "sources")


def _obsolete(present: set[str], contents: dict[str, bytes], *, prune: bool) -> list[str]:
    """Return files to remove: those of a thing that has moved (another type, another year), and with `prune` all others."""
    moved = {_slug(name) for name in contents}
    return sorted(name for name in present - set(contents) if prune or _slug(name) in moved)


def _slug(name: str) -> tuple[str, str]:
    room, stem = name.split("/", maxsplit=1)[0], name.rsplit("/", 1)[-1]
    return (room if room in {"sources", "outlets"} else "id", stem)
