"""From files to a store: ontology and graph are loaded, the rules derive, the result is cached by content."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from materiel import __version__
from materiel.errors import FileProblem
from materiel.store import folder, ontology, reader, reserved
from materiel.store.embedded import EmbeddedStore
from materiel.store.labels import Labels
from materiel.vocabulary import mat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_MEMORY_LIMIT = 256 * 2**20
"""Above this size of input, the engine builds on disk rather than in memory."""


def cache_home() -> Path:
    """Return the folder of built stores: `MATERIEL_CACHE`, or `materiel` in the platform's cache folder."""
    if given := os.environ.get("MATERIEL_CACHE"):
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData/Local")) / "materiel"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/materiel"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "materiel"


def rules() -> list[str]:
    """Return the rules, in the order in which they run."""
    return [path.read_text(encoding="utf-8") for path in folder.files(folder.bundled("ontology") / "rules", ".ru")]


def rule(name: str) -> str:
    """Return one rule by its file's name without ending, such as `85-conflicts`."""
    return (folder.bundled("ontology") / "rules" / f"{name}.ru").read_text(encoding="utf-8")


def derive(engine: ox.Store) -> None:
    """Run the rules: write all derived triples into the default graph."""
    for rule in rules():
        engine.update(rule)


def complete(engine: ox.Store) -> None:
    """Make data a graph: load the ontology and derive.

    What is not the data's to say is taken out first (see `reserved.stated`). What rules or ontology do not give again is
    not believed; `mat:refused` names subject and property, so that validation tells each.
    """
    forged = reserved.stated(engine)
    for quad in forged:
        engine.remove(quad)
    load(engine, ontology.files())
    derive(engine)
    engine.extend({ox.Quad(q.subject, mat("refused"), q.predicate) for q in forged if q not in engine})


def in_memory(graph: Path, step: Callable[[str], None] = lambda _: None) -> ox.Store:
    """Load a graph folder with the ontology into memory and derive.

    Raises:
        FileProblem: A file cannot be read; the message names file and line.
    """
    step("reading")
    engine = ox.Store()
    load(engine, folder.files(graph))
    step("deriving")
    complete(engine)
    return engine


def load(engine: ox.Store, paths: Iterable[Path]) -> None:
    """Load Turtle files as one text: one call into the engine."""
    chosen = list(paths)
    try:
        engine.load(folder.read_all(chosen), format=ox.RdfFormat.TURTLE)
    except SyntaxError:
        raise folder.locate_syntax_error(chosen) from None


def load_file(engine: ox.Store, path: Path) -> None:
    """Load one RDF file; named graphs are read into the default graph, since their names carry no meaning.

    Raises:
        FileProblem: The file cannot be read.
    """
    form = reader.format_of(path)
    try:
        if form.supports_datasets:
            quads = ox.parse(reader.read(path), format=form)
            engine.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
        else:
            engine.load(reader.read(path), format=form)
    except SyntaxError as error:
        raise FileProblem(f"{path}:{error.lineno}: {error.msg}", "Correct the file at this place.") from None


def open_graph(graph: Path, *, cache: bool = True, step: Callable[[str], None] = lambda _: None) -> EmbeddedStore:
    """Open a graph folder, from the cache when its files have not changed.

    Args:
        graph: A graph folder.
        cache: Whether to look for a built store and to keep the new one.
        step: Called with the name of each step of a build.
    """
    if not cache:
        return EmbeddedStore(in_memory(graph, step), str(graph))
    return EmbeddedStore.open(built(graph, step), str(graph))


def built(graph: Path, step: Callable[[str], None] = lambda _: None) -> Path:
    """Return the built store of a graph folder, building it if need be.

    A small pointer file maps the files' names, sizes and times to the hash of their content, so that
    an unchanged folder costs one look at its files; the store itself is named by content.
    """
    terms = folder.bundled("ontology")
    pointer = cache_home() / "seen" / f"{folder.fingerprint(graph, terms)}-{__version__}"
    try:
        known = cache_home() / "stores" / pointer.read_text(encoding="ascii")
        if _is_whole(known):
            return known
    except (OSError, ValueError):
        pass
    name = f"{folder.content_hash(graph, terms)}-{__version__}-{ox.__version__}"
    target = cache_home() / "stores" / name
    if not _is_whole(target):
        _build(graph, target, step)
    _write_pointer(pointer, name)
    return target


def _is_whole(store: Path) -> bool:
    return all((store / part).is_file() for part in ("labels.sqlite", "asserted.nt", "engine/CURRENT"))


def _write_pointer(pointer: Path, name: str) -> None:
    pointer.parent.mkdir(parents=True, exist_ok=True)
    temporary = pointer.with_name(f"{pointer.name}.{os.getpid()}")
    temporary.write_text(name, encoding="ascii")
    temporary.replace(pointer)


def _build(graph: Path, target: Path, step: Callable[[str], None]) -> None:
    """Build beside the target and rename: another process sees the whole store or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".building-", dir=target.parent))
    try:
        memory = in_memory(graph, step)
        step("indexing names")
        Labels.build(memory.query, work / "labels.sqlite")
        step("writing the store")
        write_engine(memory, work / "engine")
        (work / "asserted.nt").write_bytes(b"\n".join(EmbeddedStore(memory, "").asserted))
        _publish(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_engine(memory: ox.Store, path: Path) -> None:
    """Write a store to disk in one bulk load."""
    lines = memory.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    disk = ox.Store(str(path))
    disk.bulk_load(lines, format=ox.RdfFormat.N_TRIPLES)
    disk.flush()
    del disk


def _publish(work: Path, target: Path) -> None:
    try:
        work.rename(target)
    except OSError:
        if not _is_whole(target):  # something else stands there: a torn leftover
            shutil.rmtree(target, ignore_errors=True)
            work.rename(target)
