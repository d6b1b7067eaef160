"""Terms, rows and solutions of the engine, and how they are written back into SPARQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from materiel.store.base import Store

Term: TypeAlias = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
Row: TypeAlias = tuple[Term | None, ...]
Solution: TypeAlias = dict[str, Term | None]

CHUNK = 5000
"""How many rows of VALUES go into one query."""


def solve(store: Store, text: str) -> tuple[tuple[str, ...], list[Solution]]:
    """Answer a SELECT query.

    Returns:
        The names of the columns, and the solutions by name.
    """
    answer = cast("ox.QuerySolutions", store.query(text))
    names = tuple(variable.value for variable in answer.variables)
    return names, [{name: row[name] for name in names} for row in answer]


def values(names: tuple[str, ...], rows: Iterable[Row]) -> Iterator[str]:
    """Write rows as VALUES clauses, a limited number of rows to each; no rows give no clause."""
    lines = list(dict.fromkeys(f"({' '.join(map(_text, row))})" for row in rows))
    head = " ".join(f"?{name}" for name in names)
    for start in range(0, len(lines), CHUNK):
        yield f"VALUES ({head}) {{ {' '.join(lines[start : start + CHUNK])} }}"


def _text(term: Term | None) -> str:
    return str(term) if isinstance(term, ox.NamedNode | ox.Literal) else "UNDEF"


def canonical(store: Store, literals: Iterable[ox.Literal]) -> dict[ox.Literal, ox.Literal]:
    """Return each literal as the engine writes it in its answers, such as 1 for 01."""
    wanted = list(dict.fromkeys(literals))
    if not wanted:
        return {}
    binds = " ".join(f"BIND({literal} AS ?l{number})" for number, literal in enumerate(wanted))
    _, (found, *_) = solve(store, f"SELECT * WHERE {{ {binds} }}")
    return {literal: cast("ox.Literal", found[f"l{number}"]) for number, literal in enumerate(wanted)}
