"""From a solution to its triples: patterns are filled in, and open-ended paths are walked between their two ends."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import pyoxigraph as ox

from materiel.why import block
from materiel.why.lineage import ox_triple
from materiel.why.terms import canonical, solve, values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from materiel.store.base import Store
    from materiel.why.block import Node, Pattern
    from materiel.why.terms import Solution, Term

    Pair: TypeAlias = tuple[Term, Term]
    Walk: TypeAlias = tuple[Any, Pair]


class Steps:
    """The triples that solutions matched."""

    def __init__(self, store: Store, patterns: Sequence[Pattern], solutions: Iterable[Solution]) -> None:
        """Walk all open-ended paths that the solutions used, each path once for all of them."""
        self._literals = canonical(store, (p.object for p in patterns if isinstance(p.object, ox.Literal)))
        open_ended = [p for p in patterns if _is_path(p.predicate)]
        wanted: dict[str, tuple[Any, set[Pair]]] = {}
        for solution in solutions if open_ended else ():
            for path, ends in (w for p in open_ended for w in self._walk(p, solution)):
                wanted.setdefault(block.render(path), (path, set()))[1].add(ends)
        self._edges = {name: expand(store, path, ends) for name, (path, ends) in wanted.items()}

    def triples(self, pattern: Pattern, solution: Solution) -> Iterable[ox.Triple]:
        """Return the triples that a pattern matched in a solution; none when it did not take part."""
        if any(solution.get(mark) is None for mark in pattern.guards):
            return ()
        if _is_path(pattern.predicate):
            return {t for path, ends in self._walk(pattern, solution) for t in self._edges[block.render(path)][ends]}
        s, p, o = (self._value(x, solution) for x in (pattern.subject, pattern.predicate, pattern.object))
        if isinstance(s, ox.NamedNode | ox.BlankNode) and isinstance(p, ox.NamedNode) and o is not None:
            return (ox.Triple(s, p, o),)
        return ()

    def _walk(self, pattern: Pattern, solution: Solution) -> Iterator[Walk]:
        s, o = self._value(pattern.subject, solution), self._value(pattern.object, solution)
        if s is not None and o is not None and all(solution.get(mark) is not None for mark in pattern.guards):
            yield pattern.predicate, (s, o)

    def _value(self, term: Node | Any, solution: Solution) -> Term | None:
        if isinstance(term, ox.Variable):
            return solution.get(term.value)
        return self._literals.get(term, term) if isinstance(term, ox.Literal) else term


def _is_path(predicate: object) -> bool:
    return not isinstance(predicate, ox.NamedNode | ox.Variable)


def expand(store: Store, path: Any, ends: set[Pair]) -> dict[Pair, set[ox.Triple]]:
    """Return, for each two ends, the triples on all ways along a path from the one to the other."""
    from rdflib.paths import MulPath, NegatedPath

    if isinstance(path, NegatedPath):
        return _negated(store, path, ends)
    if not isinstance(path, MulPath):
        return _matched(store, path, ends)
    hops = _closure(store, path, ends) if path.more else {(s, o): {(s, o)} - {(s, s)} for s, o in ends}
    steps = expand(store, path.path, {hop for found in hops.values() for hop in found})
    return {pair: {t for hop in found for t in steps.get(hop, ())} for pair, found in hops.items()}


def _closure(store: Store, path: Any, ends: set[Pair]) -> dict[Pair, set[Pair]]:
    """Return all steps that lie on some way between two ends."""
    _, found = solve(store, f"SELECT DISTINCT ?a ?b WHERE {{ ?a {block.render(path.path)} ?b }}")
    onward: dict[Any, set[Any]] = defaultdict(set)
    back: dict[Any, set[Any]] = defaultdict(set)
    for solution in found:
        a, b = solution["a"], solution["b"]
        onward[a].add(b)
        back[b].add(a)
    after = {s: _reach(onward, s) for s in {s for s, _ in ends}}
    before = {o: _reach(back, o) for o in {o for _, o in ends}}
    hops: dict[Pair, set[Pair]] = {}
    for s, o in ends:
        if path.zero and s == o:
            hops[s, o] = set()
        else:
            hops[s, o] = {(a, b) for a in after[s] & before[o] for b in onward[a] if b in before[o]}
    return hops


def _reach(edges: dict[Any, set[Any]], start: Any) -> set[Any]:
    seen, pending = {start}, [start]
    while pending:
        new = edges.get(pending.pop(), set()) - seen
        seen |= new
        pending += new
    return seen


def _matched(store: Store, path: Any, ends: set[Pair]) -> dict[Pair, set[ox.Triple]]:
    """Return the triples of a path of known length, by asking for its steps between the ends."""
    names = block.Names("")
    start, end = ox.Variable("s"), ox.Variable("o")
    text, patterns = block.steps(start, path, end, names, ())
    solutions = [
        solution
        for clause in values(("s", "o"), ends)
        for solution in solve(store, f"SELECT * WHERE {{ {clause} {text} }}")[1]
    ]
    steps = Steps(store, patterns, solutions)
    found: dict[Pair, set[ox.Triple]] = defaultdict(set)
    for solution in solutions:
        for pattern in patterns:
            found[cast("Pair", (solution["s"], solution["o"]))].update(steps.triples(pattern, solution))
    return {pair: found[pair] for pair in ends}


def _negated(store: Store, path: Any, ends: set[Pair]) -> dict[Pair, set[ox.Triple]]:
    """Return the triples by which a path that shuts out certain predicates joins the ends."""
    found: dict[Pair, set[ox.Triple]] = {pair: set() for pair in ends}
    barred = ", ".join(f"<{part}>" for part in path.args)
    for clause in values(("s", "o"), ends):
        for row in solve(store, f"SELECT * WHERE {{ {clause} ?s ?p ?o FILTER(?p NOT IN ({barred})) }}")[1]:
            triple = ox_triple(row["s"], cast("ox.NamedNode", row["p"]), row["o"])
            found[cast("Pair", (row["s"], row["o"]))].add(triple)
    return found
