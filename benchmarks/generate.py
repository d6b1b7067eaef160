"""Write a realistic graph in the model of docs/model.md, of any size: `python generate.py 1000000 graph.nt`.

How much there is of each class for one partnership, how skewed the degrees are and how dates are reported
follow the graph that the repository ships. The same size and seed give the same bytes. A name that ends in
`.ttl` gives Turtle.
"""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from deals import partnerships
from materiel.store.turtle import turtle_of_lines
from things import relations, sources, things
from writer import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator

TRIPLES_PER_DEAL = 241.8


def generate(triples: int, seed: int = 7) -> Iterator[bytes]:
    """Yield about so many statements, none twice, as N-Triples, in pieces of some thousand lines."""
    writer = Writer(max(20, round(triples / TRIPLES_PER_DEAL)), seed)
    for _ in chain(sources(writer), things(writer), relations(writer), partnerships(writer)):
        if len(writer.lines) > 20_000:
            yield writer.taken()
    yield writer.taken()


def write(triples: int, path: Path, seed: int = 7) -> None:
    """Write a graph to a file, as Turtle if its name says so."""
    if path.suffix == ".ttl":
        path.write_bytes(turtle_of_lines(b"".join(generate(triples, seed)).splitlines()))
    else:
        with path.open("wb") as file:
            file.writelines(generate(triples, seed))


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 7)
