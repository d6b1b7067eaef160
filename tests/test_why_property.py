"""Without the claims that `why` names a row is gone; with them alone it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.store.table import Cell, cell
from materiel.why import RowEvidence, why
from materiel.why.explain import solve_rows
from why_worlds import World, may_shift, queries, worlds

if TYPE_CHECKING:
    from random import Random

    from materiel.store.embedded import EmbeddedStore


def rows(store: EmbeddedStore, query: str) -> list[tuple[Cell, ...]]:
    return [tuple(cell(term) for term in row) for row in solve_rows(store, query)[1]]


@settings(max_examples=80)
@given(worlds, queries(), st.lists(st.integers(0, 99), max_size=2), st.randoms(use_true_random=True))
def test_named_claims_decide(world: World, query: str, picks: list[int], chance: Random) -> None:
    explanation = why(world.store(), query)
    answer = explanation.table.rows
    assert [row.number for row in explanation.rows] == list(range(len(answer)))
    # The engine gives groups in any order, so rows are picked by their values.
    ordered = sorted(explanation.rows, key=lambda row: repr(answer[row.number]))
    for row in [ordered[pick % len(ordered)] for pick in picks] if ordered else []:
        check(world, query, answer[row.number], row, chance)


def check(world: World, query: str, values: Any, row: RowEvidence, chance: Random) -> None:
    named = {claim.iri for claim in row.claims}
    others = world.claims - named
    if row.solutions:
        assert row.unexplained == []
    if row.rests_on_claims:
        assert named
        assert may_shift(query) or values not in rows(world.store(named), query)
    assert values in rows(world.store(others), query)
    some = {claim for claim in sorted(others) if chance.getrandbits(1)}
    assert values in rows(world.store(some), query)
