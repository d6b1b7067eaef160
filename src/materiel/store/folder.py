"""The graph folder: one thing, one Turtle file; and the ontology folder beside it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from materiel.errors import FileProblem
from materiel.store import change, reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BUNDLED = Path(__file__).parent.parent / "bundled"
_CHECKOUT = Path(__file__).parents[3]


def bundled(name: str) -> Path:
    """Return the `graph` or `ontology` folder that this installation ships (or the checkout's own)."""
    installed = _BUNDLED / name
    return installed if installed.is_dir() else _CHECKOUT / name


def files(folder: Path, suffix: str = ".ttl") -> list[Path]:
    """Return the files below a folder with an ending, in a fixed order.

    Raises:
        FileProblem: There is no such folder.
    """
    return [Path(path) for path, _ in _stats(folder, suffix)]


def _stats(folder: Path, suffix: str) -> list[tuple[str, tuple[int, int]]]:
    if not folder.is_dir():
        raise FileProblem(f"{folder}: no such folder", "Give a graph folder, an RDF file or an endpoint's address.")
    change.recover(folder)
    found: list[tuple[str, tuple[int, int]]] = []
    pending = [os.fspath(folder)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    pending.append(entry.path)
                elif entry.name.endswith(suffix):
                    stat = entry.stat()
                    found.append((entry.path, (stat.st_size, stat.st_mtime_ns)))
    return sorted(found)


def fingerprint(*folders: Path) -> str:
    """Return a hash of the names, sizes and times of all files: it changes when a file does, and costs no reading."""
    state = hashlib.blake2b(digest_size=16)
    for folder in folders:
        for suffix in (".ttl", ".ru"):
            state.update(repr(_stats(folder, suffix)).encode())
    return state.hexdigest()


def content_hash(*folders: Path) -> str:
    """Return a hash of what the files hold, whatever their times."""
    state = hashlib.blake2b(digest_size=16)
    for folder in folders:
        for path in [*files(folder), *files(folder, ".ru")]:
            data = path.read_bytes()
            state.update(f"{path.relative_to(folder).as_posix()} {len(data)}\n".encode())
            state.update(data)
    return state.hexdigest()


def read_all(paths: Iterable[Path]) -> bytes:
    """Read Turtle files as one Turtle text, each checked as `reader.read` does."""
    return b"\n".join(reader.read(path) for path in paths)


def locate_syntax_error(paths: Iterable[Path]) -> FileProblem:
    """Find the file whose Turtle does not parse, after the whole did not."""
    for path in paths:
        try:
            for _ in parse(path.read_bytes(), format=RdfFormat.TURTLE):
                pass
        except SyntaxError as error:
            return FileProblem(f"{path}:{error.lineno}: {error.msg}", "Correct the Turtle at this place.")
    return FileProblem("the files parse one by one but not together", "Please report this.")


def write(folder: Path, contents: Mapping[str, bytes], remove: Iterable[str] = ()) -> list[str]:
    """Write the files that differ and remove others, all or nothing, and return the paths written.

    Raises:
        FileProblem: The disk is full or a place cannot be written; the former files stand.
    """
    changed = {name: data for name, data in contents.items() if not _holds(folder / name, data)}
    change.apply(folder, changed | dict.fromkeys(remove))
    return sorted(changed)


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data
