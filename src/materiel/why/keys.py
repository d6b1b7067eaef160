"""What ties a row to the solutions behind it: its own values, or the keys of the groups that it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from materiel.sparql.tokens import words
from materiel.why.block import Names
from materiel.why.terms import solve

if TYPE_CHECKING:
    from materiel.store.base import Store
    from materiel.why.syntax import Item, Select
    from materiel.why.terms import Row

_UNSTEADY = frozenset({"RAND", "NOW", "UUID", "STRUUID", "BNODE"})
"""Functions that answer otherwise each time."""
_UNORDERED = _UNSTEADY | {"SAMPLE", "GROUP_CONCAT"}
"""Functions that may answer otherwise when the solutions come in another order."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of rows.

    Attributes:
        names: The variables of a key.
        expressions: How those are computed that no pattern binds, by name, in the order in which they build on
            one another.
        of: The keys of each row.
    """

    names: tuple[str, ...]
    expressions: dict[str, str]
    of: dict[Row, list[Row]]


def binds(keys: Keys) -> str:
    """Return the expressions of keys as SPARQL for the end of the WHERE group."""
    return "\n".join(f"BIND({expression} AS ?{name})" for name, expression in keys.expressions.items())


def _calls(item: Item, functions: frozenset[str]) -> bool:
    return bool(item.expression and functions & set(words(item.expression)))


def plain_keys(_: Store, select: Select, columns: tuple[str, ...], rows: set[Row]) -> Keys:
    """Return the keys of rows that are solutions: all values, save those that each run makes anew."""
    items = dict(zip(columns, select.items, strict=True)) if select.items else {}
    kept = [i for i, name in enumerate(columns) if name not in items or not _calls(items[name], _UNSTEADY)]
    names = tuple(columns[i] for i in kept)
    expressions = {name: item.expression for name, item in items.items() if item.expression and name in names}
    return Keys(names, expressions, {row: [tuple(row[i] for i in kept)] for row in rows})


def group_keys(store: Store, select: Select, columns: tuple[str, ...], rows: set[Row]) -> Keys:
    """Return the keys of rows that are groups, by asking once more with the keys as columns and without LIMIT."""
    fresh = Names(select.prologue + select.text)
    names = tuple(key.variable or f"{fresh.fresh()}k" for key in select.keys)
    items = select.items or ()
    loose = [i for i, item in enumerate(items) if not _calls(item, _UNORDERED)]
    exact: dict[Row, list[Row]] = {}
    alike: dict[Row, list[Row]] = {}
    for solution in solve(store, _keyed(select, names))[1]:
        row, key = tuple(solution[c] for c in columns), tuple(solution[n] for n in names)
        exact.setdefault(row, []).append(key)
        alike.setdefault(tuple(row[i] for i in loose), []).append(key)
    expressions = {n: key.expression for n, key in zip(names, select.keys, strict=True) if key.expression}
    return Keys(names, expressions, {r: exact.get(r) or alike.get(tuple(r[i] for i in loose), []) for r in rows})


def bare_rows(store: Store, select: Select, columns: tuple[str, ...]) -> set[Row]:
    """Return what a query over one group of all solutions answers when it finds none, such as a count of 0."""
    if not select.aggregated or select.keys:
        return set()
    return {
        tuple(row[column] for column in columns) for row in solve(store, _keyed(select, (), "{ FILTER(false) }"))[1]
    }


def _keyed(select: Select, names: tuple[str, ...], group: str = "") -> str:
    items = [f"({i.expression} AS ?{i.variable})" if i.expression else f"?{i.variable}" for i in select.items or ()]
    shown = {item.variable for item in select.items or ()}
    groups = [
        f"({key.expression} AS ?{name})" if key.expression else f"?{name}"
        for name, key in zip(names, select.keys, strict=True)
    ]
    lines = [
        select.prologue,
        "SELECT " + " ".join([*items, *(f"?{name}" for name in names if name not in shown)]) + f" {select.dataset}",
        f"WHERE {group or select.group.text}",
        f"GROUP BY {' '.join(groups)}" if groups else "",
        select.having,
        select.values,
    ]
    return "\n".join(lines)
