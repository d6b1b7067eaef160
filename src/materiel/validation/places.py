"""Where in a graph folder a node is described."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from materiel.store import folder
from materiel.vocabulary import CLAIM, ID, OUTLET, SOURCE, slug_of

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK = re.compile(
    rb"^(?:(id|source|outlet|claim):|<https://w3id\.org/materiel/(id|source|outlet|claim)/)([^\s>]+)", re.MULTILINE
)
_SPACES = {b"id": ID, b"source": SOURCE, b"outlet": OUTLET, b"claim": CLAIM}


class Places:
    """Finds file and line of nodes; reads the folder once."""

    def __init__(self, graph: Path) -> None:
        """Read the beginnings of all statements in a graph folder."""
        self._found: dict[str, tuple[str, int]] = {}
        self._stems: dict[str, str] = {}
        for path in folder.files(graph):
            name = path.relative_to(graph).as_posix()
            self._stems.setdefault(path.stem, name)
            self._read(path.read_bytes(), name, path.stem)

    def _read(self, data: bytes, name: str, stem: str) -> None:
        line, position = 1, 0
        for match in _BLOCK.finditer(data):
            line += data.count(b"\n", position, match.start())
            position = match.start()
            slug = match[3].decode()
            iri = _SPACES[match[1] or match[2]] + slug
            if slug == stem or iri not in self._found:
                self._found[iri] = (name, line)

    def find(self, iri: str) -> tuple[str, int]:
        """Return file (relative to the folder) and line of a node, or of the thing that it is called after."""
        found = self._found.get(iri) or self._found.get(iri.partition("--")[0])
        return found or (self._stems.get(slug_of(iri), ""), 0)
