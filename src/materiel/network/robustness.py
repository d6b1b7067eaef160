"""How firm a ranking is: the same measure over narrower evidence, and over deals kept by the strength of their evidence."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Any

from materiel.network.agreements import agreements
from materiel.network.chart import Bars
from materiel.network.graph import scope_of
from materiel.network.igraph_graph import IGraph
from materiel.network.measures import DOMINANCE, UNEVEN, measure
from materiel.network.options import Options
from materiel.network.projection import amount, members
from materiel.network.result import Result
from materiel.store.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from materiel.network.deals import Agreement, Agreements
    from materiel.network.graph import Graph, View

    Ranks = dict[str, int]

LIMITS: dict[str, dict[str, Any]] = {
    "two page origins": {"origins": 2},
    "undisputed": {"exclude_disputed": True},
    "no party's own page": {"exclude_affiliations": ("party-to-the-deal",)},
    "no Russian state page": {"exclude_affiliations": ("state:RU", "aligned:RU")},
    "signed or further": {"statuses": ("signed+",)},
}
"""The narrower evidence over which rankings are re-run, as limits of `KnowledgeGraph.scope`."""
METHODS = {
    "evidence": "each deal is kept with probability 1 - 1/2^origins: half the time if one voice tells of it",
    "bootstrap": "as many deals are drawn with replacement (Efron 1979; for networks Snijders and Borgatti 1999)",
}
"""How deals are resampled."""


def scopes(kg: View, limits: Mapping[str, Mapping[str, Any]] = LIMITS) -> dict[str, Graph]:
    """Return the graph in each of the narrower scopes, by name."""
    return {name: kg.scope(**limit) for name, limit in limits.items()}


def ranks(deals: Sequence[Agreement], whole: Agreements, by: str, options: Options) -> Ranks:
    """Return the rank of each organisation that takes part in the deals: 1 is first, equals share the best rank."""
    values = measure(_joined(deals, whole, options), by)
    ordered = sorted(values.values(), reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(ordered, 1)))}
    return {str(node): first[value] for node, value in values.items()}


def _joined(deals: Sequence[Agreement], whole: Agreements, options: Options) -> IGraph:
    """Project without building networkx objects: this runs hundreds of times."""
    import igraph as ig

    weights: Counter[tuple[str, str]] = Counter()
    nodes: dict[str, int] = {}
    for deal in deals:
        joined = members(whole, deal, options)
        for member in joined:
            nodes.setdefault(member, len(nodes))
        for pair in combinations(joined, 2):
            weights[pair] += amount(deal, len(joined), options)  # type: ignore[assignment]
    graph = ig.Graph(len(nodes), [(nodes[a], nodes[b]) for a, b in weights])
    graph.es["weight"] = list(weights.values())
    return IGraph(graph, list(nodes))


def resampled(deals: Sequence[Agreement], method: str, draw: random.Random) -> list[Agreement]:
    """Return one resample of the deals; see `METHODS`."""
    if method == "bootstrap":
        return draw.choices(deals, k=len(deals))
    return [deal for deal in deals if draw.random() >= 0.5 ** len(deal.origins)]


def intervals(
    deals: Agreements,
    by: str,
    options: Options,
    *,
    runs: int,
    method: str = "evidence",
    seed: int = 0,
    keep: Callable[[str], bool] = lambda _: True,
) -> dict[str, tuple[int, int]]:
    """Return the rank of each organisation between the 5th and the 95th percentile of the resamples.

    Who does not take part in a resample stands behind the last. Ranks are among those that are kept.
    """
    draw = random.Random(seed)  # noqa: S311
    everyone = _among(ranks(deals.deals, deals, by, options), keep)
    found: dict[str, list[int]] = {node: [] for node in everyone}
    for _ in range(runs):
        run = _among(ranks(resampled(deals.deals, method, draw), deals, by, options), keep)
        for node, places in found.items():
            places.append(run.get(node, len(run) + 1))
    return {node: _quantiles(places) for node, places in found.items()}


def _quantiles(places: list[int]) -> tuple[int, int]:
    ordered = sorted(places)
    return ordered[int(0.05 * (len(ordered) - 1))], ordered[-1 - int(0.05 * (len(ordered) - 1))]


def robust(
    kg: View,
    by: str = "betweenness",
    limit: int = 20,
    *,
    runs: int = 200,
    method: str = "evidence",
    scoped: Mapping[str, Graph] | None = None,
    keep: Callable[[str], bool] | None = None,
    options: Options | None = None,
) -> Result:
    """Rank organisations and say how firm each rank is.

    Args:
        kg: What to rank.
        by: One of `measures.MEASURES`.
        limit: Organisations to show, by their rank on all evidence.
        runs: Resamples.
        method: One of `METHODS`.
        scoped: The graph in narrower scopes, by name; those of `LIMITS` if not given.
        keep: Which organisations to show, by slug; ranks are among those.
        options: What joins.
    """
    chosen = options or Options()
    whole = agreements(kg, collective=chosen.collective)
    shown = keep or (lambda _: True)
    base = _among(ranks(whole.deals, whole, by, chosen), shown)
    spread = intervals(whole, by, chosen, runs=runs, method=method, keep=shown)
    narrower = scopes(kg) if scoped is None else scoped
    others = {name: _scoped(graph, by, chosen, shown) for name, graph in narrower.items()}
    order = sorted(base, key=lambda node: (base[node], node))[:limit]
    rows = [_row(node, whole, base, spread=spread, others=others, limit=limit) for node in order]
    agents = whole.agents
    return Result(
        f"How firm is the ranking by {by}?",
        Table(("organisation", "country", "rank", "low", "high", *others, "flips"), rows),
        f"rank by {by} among organisations joined by shared deals ({chosen}); low and high: 5th and 95th percentile of the"
        f" rank over {runs} resamples ({METHODS[method]}); then the rank in narrower scopes; flips: scopes in which it"
        f" falls out of the first {limit}",
        "Efron, Bootstrap methods, 1979; Snijders and Borgatti, Non-parametric standard errors for networks, 1999",
        f"{scope_of(kg)}; against {'; '.join(f'{name}: {_size(graph)}' for name, graph in narrower.items())}",
        (
            DOMINANCE,
            UNEVEN,
            "Intervals tell how much a rank hangs on single deals and voices; deals that nobody reported are in none",
            "Thinning by evidence only takes deals away: an interval may lie to one side of the rank on all evidence",
        ),
        Bars(
            [agents[n].label for n in order],
            [base[n] for n in order],
            f"rank by {by} (1 is first; bar: 5th to 95th percentile)",
            [spread[n][0] for n in order],
            [spread[n][1] for n in order],
            dots=True,
        ),
    )


def _size(graph: Graph) -> str:
    return f"{len(agreements(graph).deals)} deals"


def _scoped(graph: Graph, by: str, options: Options, keep: Callable[[str], bool]) -> Ranks:
    deals = agreements(graph, collective=options.collective)
    return _among(ranks(deals.deals, deals, by, options), keep) if deals.deals else {}


def _among(found: Ranks, keep: Callable[[str], bool]) -> Ranks:
    """Return the ranks among those that are kept."""
    kept = {node: place for node, place in found.items() if keep(node)}
    first = {place: i for i, place in reversed(list(enumerate(sorted(kept.values()), 1)))}
    return {node: first[place] for node, place in kept.items()}


def _row(
    node: str,
    whole: Agreements,
    base: Ranks,
    *,
    spread: Mapping[str, tuple[int, int]],
    others: Mapping[str, Ranks],
    limit: int,
) -> tuple[Any, ...]:
    places = [ranking.get(node) for ranking in others.values()]
    out = [name for name, place in zip(others, places, strict=True) if place is None or place > limit]
    agent = whole.agents[node]
    return (agent.iri, agent.country, base[node], *spread[node], *places, "; ".join(out))
