"""Records into the graph folder: checked whole, then only the files that differ are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from materiel.errors import FileProblem, Refused
from materiel.records import from_rdf
from materiel.records.check import Checker
from materiel.records.dataset import dataset
from materiel.records.merge import identity, merge
from materiel.records.model import RECORD_TYPES, Records
from materiel.records.read import Reading, read
from materiel.records.to_rdf import files
from materiel.store import folder
from materiel.store.build import load
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
        differs: Values that the records tell otherwise; the graph keeps its own.
    """

    written: list[str]
    removed: list[str]
    kept: list[str]
    differs: list[str]


def import_records(source: Path, graph: Path, *, prune: bool = False, replace: bool = False) -> Import:
    """Import a folder of records into a graph folder.

    Args:
        source: Folder with the JSON Lines files.
        graph: Graph folder; made if there is none.
        prune: Remove the files of things that the records do not tell of.
        replace: Let a record stand in place of what the graph holds of the thing, instead of adding to it.

    Raises:
        Refused: With every problem of every file; nothing was written.
    """
    reading = read(source)
    present = _present(graph)
    if findings := Checker(reading, *_known(present)).findings():
        raise Refused(findings)
    differs: list[str] = []
    contents = (
        {name: turtle(triples) for name, triples in files(reading.records).items()}
        if replace
        else _merged(reading, graph, present, differs)
    )
    obsolete = _obsolete(present, contents, prune=prune)
    contents["dataset.ttl"] = dataset(graph, contents, obsolete)
    written = folder.write(graph, contents, obsolete)
    return Import(written, obsolete, sorted(present - set(contents) - set(obsolete)), differs)


def _merged(reading: Reading, graph: Path, present: set[str], differs: list[str]) -> dict[str, bytes]:
    """Make in the files the change that merging makes in the records; triples that no record tells stay."""
    before, after = _joined(reading.records, _stored(graph, present), differs)
    if findings := Checker(Reading(after, reading.lines), *_known(present)).findings():
        raise Refused(findings)
    place = {_slug(name): name for name in present}
    former = {_slug(name): set(triples) for name, triples in files(before).items()}
    contents = {}
    for name, told in files(after).items():
        if name.startswith("outlets/") and name in present:
            contents[name] = (graph / name).read_bytes()
            continue
        was, now = former.get(_slug(name), set()), set(told)
        stood = _triples(graph / place[_slug(name)]) if _slug(name) in place else set()
        contents[name] = turtle((stood - (was - now)) | (now - was))
    return contents


def _joined(new: Records, stored: Records, differs: list[str]) -> tuple[Records, Records]:
    before, after = Records(), Records()
    for stem in RECORD_TYPES:
        known = {identity(record): record for record in getattr(stored, stem)}
        for record in getattr(new, stem):
            old = known.get(identity(record))
            name = getattr(record, "id", stem)
            getattr(after, stem).append(merge(old, record, name, differs) if old else record)
            getattr(before, stem).extend([old] if old else [])
    held = {entity.id: entity for entity in after.entities}
    before.entities.extend(
        held[r.subject] for r in before.relations if r.subject not in {e.id for e in before.entities}
    )
    return before, after


def _stored(graph: Path, present: set[str]) -> Records:
    engine = ox.Store()
    load(engine, [graph / name for name in sorted(present)])
    try:
        return from_rdf.read(engine)
    except (ValueError, TypeError, AttributeError) as error:
        raise FileProblem(f"{graph}: not to be read as records: {error}", "See `materiel validate`.") from None


def _triples(path: Path) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)}


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
