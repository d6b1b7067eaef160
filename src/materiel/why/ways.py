"""Every way in which a row came about: the triples of each solution behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, cast

import pyoxigraph as ox

from materiel.why.plan import Plan, plan
from materiel.why.steps import Steps
from materiel.why.tokens import variables, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from materiel.store.base import Store
    from materiel.why.block import Pattern
    from materiel.why.syntax import Item, Select

    Term: TypeAlias = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple | None
    Row: TypeAlias = tuple[Term, ...]

_CHUNK = 5000
_UNSTEADY = frozenset({"RAND", "NOW", "UUID", "STRUUID", "BNODE"})
_UNORDERED = _UNSTEADY | {"SAMPLE", "GROUP_CONCAT"}


@dataclass
class Way:
    """One solution behind a row.

    Attributes:
        needed: The triples without which the solution would not give the row.
        further: Triples of OPTIONAL parts that the row does not show.
        inner: For each row of a sub-select that it used, the ways to that row.
    """

    needed: set[ox.Triple] = field(default_factory=set)
    further: set[ox.Triple] = field(default_factory=set)
    inner: list[list[Way]] = field(default_factory=list)

    def triples(self) -> Iterator[ox.Triple]:
        """Iterate over all triples of the way, those of sub-selects included."""
        yield from self.needed
        yield from self.further
        for ways in self.inner:
            for way in ways:
                yield from way.triples()


@dataclass
class Found:
    """The ways to the rows of a query, and what about it is not explained."""

    ways: dict[Row, list[Way]]
    notes: list[str]


def solutions(store: Store, text: str) -> ox.QuerySolutions:
    """Answer a SELECT query."""
    return cast("ox.QuerySolutions", store.query(text))


def find(store: Store, select: Select, columns: tuple[str, ...], rows: Iterable[Row]) -> Found:
    """Return every way to the rows of a query or sub-query."""
    made, wanted = plan(select), set(rows)
    if select.aggregated:
        names, keys = _keys(store, select, columns, wanted, made)
        binds = _binds(zip(names, select.keys, strict=True))
    else:
        steady = [not _UNSTEADY & set(words(item.expression or "")) for item in select.items or ()]
        names = tuple(c for c, keep in zip(columns, steady or [True] * len(columns), strict=True) if keep)
        chosen = [columns.index(name) for name in names]
        keys = {row: [tuple(row[i] for i in chosen)] for row in wanted}
        binds = "\n".join([_binds(zip(columns, select.items or (), strict=bool(select.items))), select.values])
    shown = _shown(select, columns)
    by_key = _Search(store, select, made, names, binds, shown).run({key for all_ in keys.values() for key in all_})
    return Found({row: [way for key in keys.get(row, ()) for way in by_key.get(key, ())] for row in wanted}, made.notes)


def _binds(items: Iterable[tuple[str, Item]]) -> str:
    return "\n".join(f"BIND({item.expression} AS ?{name})" for name, item in items if item.expression)


def _shown(select: Select, columns: tuple[str, ...]) -> frozenset[str]:
    told = " ".join(item.expression or "" for item in select.items or ()) + select.having
    return frozenset(columns) | variables(told)


def _keys(
    store: Store, select: Select, columns: tuple[str, ...], wanted: set[Row], made: Plan
) -> tuple[tuple[str, ...], dict[Row, list[Row]]]:
    """Return the names of the group keys, and for each row the keys of the groups that give it."""
    names = tuple(key.variable or made.names.fresh() for key in select.keys)
    items = [f"({item.expression} AS ?{item.variable})" if item.expression else f"?{item.variable}"
             for item in select.items or ()]
    groups = [f"({key.expression} AS ?{name})" if key.expression else f"?{name}"
              for name, key in zip(names, select.keys, strict=True)]
    extra = [f"?{name}" for name in names if name not in columns]
    by = f"GROUP BY {' '.join(groups)}" if groups else ""
    text = f"{select.prologue}\nSELECT {' '.join([*items, *extra])} {select.dataset}\nWHERE {select.group.text}\n{by} {select.having}\n{select.values}"
    loose = [i for i, item in enumerate(select.items or ()) if not _UNORDERED & set(words(item.expression or ""))]
    keys: dict[Row, list[Row]] = {}
    alike: dict[Row, list[Row]] = {}
    for solution in solutions(store, text):
        row, key = tuple(solution[c] for c in columns), tuple(solution[n] for n in names)
        keys.setdefault(row, []).append(key)
        alike.setdefault(tuple(row[i] for i in loose), []).append(key)
    return names, {row: keys.get(row) or alike.get(tuple(row[i] for i in loose), []) for row in wanted}


@dataclass
class _Search:
    """The search for all solutions of a plan that agree with certain values."""

    store: Store
    select: Select
    plan: Plan
    names: tuple[str, ...]
    binds: str
    shown: frozenset[str]

    def run(self, keys: set[Row]) -> dict[Row, list[Way]]:
        rows = [s for text in self._texts(keys) for s in self._rows(text, keys)]
        steps = Steps.of(self.store, self.plan.patterns, [solution for _, solution in rows])
        inner = [self._inner(number, [solution for _, solution in rows]) for number in range(len(self.plan.inner))]
        outside = frozenset(
            term.value
            for p in self.plan.patterns if not set(p.guards) & set(self.plan.optionals)
            for term in (p.subject, p.predicate, p.object) if isinstance(term, ox.Variable)
        )
        needed = {p.guards: self.plan.essential(p.guards, self.shown - outside) for p in self.plan.patterns}
        ways: dict[Row, list[Way]] = {}
        for key, solution in rows:
            way = Way(inner=[found for rows_of in inner if (found := rows_of(solution))])
            for pattern in self.plan.patterns:
                if all(solution.get(mark) is not None for mark in pattern.guards):
                    (way.needed if needed[pattern.guards] else way.further).update(steps.triples(pattern, solution))
            ways.setdefault(key, []).append(way)
        return ways
