"""The one form of the graph folder's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, parse

from materiel.errors import FileProblem
from materiel.store import folder, reader
from materiel.store.turtle import turtle

if TYPE_CHECKING:
    from pathlib import Path


def reformat(graph: Path, *, check: bool = False) -> list[str]:
    """Rewrite the files that the deterministic writer would write otherwise.

    Args:
        graph: Graph folder.
        check: Only tell which.

    Returns:
        Paths under the folder of the files that differ.

    Raises:
        FileProblem: A file cannot be read; nothing was written.
    """
    wanted = {path.relative_to(graph).as_posix(): _formed(path) for path in folder.files(graph)}
    if not check:
        return folder.write(graph, wanted)
    return [name for name, data in wanted.items() if (graph / name).read_bytes() != data]


def _formed(path: Path) -> bytes:
    try:
        return turtle(quad.triple for quad in parse(reader.read(path), format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise FileProblem(f"{path}:{error.lineno}: {error.msg}", "Correct the Turtle at this place.") from None
