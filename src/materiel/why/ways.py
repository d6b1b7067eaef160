"""Every way in which a row came about: the triples of each solution behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from materiel.sparql.tokens import variables
from materiel.why.keys import Keys, bare_rows, binds, group_keys, plain_keys
from materiel.why.plan import Plan, plan
from materiel.why.steps import Steps
from materiel.why.terms import solve, values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from materiel.store.base import Store
    from materiel.why.plan import Inner
    from materiel.why.syntax import Select
    from materiel.why.terms import Row, Solution


@dataclass
class Way:
    """One solution behind a row.

    Attributes:
        needed: The triples without which the solution would not give the row.
        further: Triples of OPTIONAL parts that the row does not show.
        inner: For each row of a sub-select that it used, the ways to that row.
        empty: Whether this is no solution: the row of a count and the like that finds nothing.
    """

    needed: set[ox.Triple] = field(default_factory=set)
    further: set[ox.Triple] = field(default_factory=set)
    inner: list[list[Way]] = field(default_factory=list)
    empty: bool = False

    def triples(self) -> Iterator[ox.Triple]:
        """Iterate over all triples of the way, those of sub-selects included."""
        yield from self.needed
        yield from self.further
        for ways in self.inner:
            for way in ways:
                yield from way.triples()

    def rests_on(self, claimed: Callable[[ox.Triple], bool]) -> bool:
        """Tell whether the way would be gone without the triples that are `claimed`."""
        return any(map(claimed, self.needed)) or any(
            bool(ways) and all(way.rests_on(claimed) for way in ways) for ways in self.inner
        )


def find(
    store: Store, select: Select, columns: tuple[str, ...], rows: Iterable[Row]
) -> tuple[dict[Row, list[Way]], list[str]]:
    """Return every way to the rows of a query or sub-query, and what about it is not explained."""
    made, wanted = plan(select), set(rows)
    chosen = (group_keys if select.aggregated else plain_keys)(store, select, columns, wanted)
    by_key = _Search(store, select, columns, made, chosen).run()
    ways = {row: [w for key in chosen.of[row] for w in by_key.get(key, ())] for row in wanted}
    for row in bare_rows(store, select, columns) & wanted:
        ways[row].append(Way(empty=True))
    return ways, made.notes


@dataclass
class _Search:
    """The search for all solutions of a plan that agree with the keys of the rows."""

    store: Store
    select: Select
    columns: tuple[str, ...]
    plan: Plan
    keys: Keys

    def run(self) -> dict[Row, list[Way]]:
        keys = {key for found in self.keys.of.values() for key in found}
        names, rows = self._solutions(keys)
        steps = Steps(self.store, self.plan.patterns, rows)
        inner = [self._inner(part, names, rows) for part in self.plan.inner]
        needed = self._needed()
        ways: dict[Row, list[Way]] = {}
        for row in rows:
            way = Way(inner=[found for ways_of in inner if (found := ways_of(row))])
            for pattern in self.plan.patterns:
                (way.needed if needed[pattern.guards] else way.further).update(steps.triples(pattern, row))
            ways.setdefault(self._key(row), []).append(way)
        return ways

    def _key(self, solution: Solution) -> Row:
        return tuple(solution.get(name) for name in self.keys.names)

    def _solutions(self, keys: set[Row]) -> tuple[tuple[str, ...], list[Solution]]:
        """Ask for all solutions; the variables that the first patterns bind are given their values there."""
        sure = [i for i, name in enumerate(self.keys.names) if name in self.plan.certain]
        clauses = (
            values(tuple(self.keys.names[i] for i in sure), (tuple(key[i] for i in sure) for key in keys))
            if sure
            else [""]
        )
        names: tuple[str, ...] = ()
        found: list[Solution] = []
        for clause in clauses:
            names, some = solve(self.store, self._text(clause))
            found += [solution for solution in some if self._key(solution) in keys]
        return names, found

    def _text(self, clause: str) -> str:
        parts = [self.plan.head, clause, self.plan.rest, binds(self.keys)]
        if not self.select.aggregated:
            parts.append(self.select.values)
        return f"{self.select.prologue}\nSELECT * {self.select.dataset} WHERE {{\n" + "\n".join(parts) + "\n}"

    def _needed(self) -> dict[tuple[str, ...], bool]:
        """Tell for each set of marks whether a row would go without the patterns that have them."""
        told = " ".join(item.expression or "" for item in self.select.items or ()) + self.select.having
        shown = frozenset(self.columns) | variables(told)
        outside = frozenset(
            term.value
            for pattern in self.plan.patterns
            if not set(pattern.guards) & set(self.plan.optionals)
            for term in (pattern.subject, pattern.predicate, pattern.object)
            if isinstance(term, ox.Variable)
        )
        guards = {pattern.guards for pattern in self.plan.patterns}
        return {marks: self.plan.essential(marks, shown - outside) for marks in guards}

    def _inner(self, part: Inner, names: tuple[str, ...], rows: list[Solution]) -> Callable[[Solution], list[Way]]:
        """Find the ways to the rows of a sub-select that the solutions used."""
        columns = tuple(item.variable or "" for item in part.select.items or ())
        if part.select.items is None:
            columns = tuple(name for name in names if name in variables(part.select.group.text))

        def row_of(solution: Solution) -> Row:
            return tuple(solution.get(column) for column in columns)

        used = [row for row in rows if all(row.get(mark) is not None for mark in part.guards)]
        found, notes = find(self.store, part.select, columns, map(row_of, used))
        self.plan.notes += [note for note in notes if note not in self.plan.notes]
        return lambda solution: (
            found.get(row_of(solution), []) if all(solution.get(m) is not None for m in part.guards) else []
        )
