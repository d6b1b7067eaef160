"""Who is like whom, and which links are likely next: similarity of neighbourhoods, tested on what came later."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, Any

from materiel.errors import UsageError
from materiel.network.agreements import agreements
from materiel.network.brokerage import FIRMS, sector
from materiel.network.graph import store_of
from materiel.network.options import Options
from materiel.network.projection import organisations, project
from materiel.network.result import Result
from materiel.store.table import Table
from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import networkx as nx

    from materiel.network.graph import Graph

    Pair = tuple[str, str]


def common(graph: nx.Graph[Any], one: str, other: str) -> float:
    """Number of common partners (Newman, Clustering and preferential attachment in growing networks, 2001)."""
    return float(len(set(graph[one]) & set(graph[other])))


def jaccard(graph: nx.Graph[Any], one: str, other: str) -> float:
    """Common partners over all partners of the two (Jaccard 1901)."""
    union = set(graph[one]) | set(graph[other])
    return common(graph, one, other) / len(union) if union else 0.0


def adamic_adar(graph: nx.Graph[Any], one: str, other: str) -> float:
    """Common partners, each counting 1/log of its own partners (Adamic and Adar, Friends and neighbors, 2003)."""
    shared = set(graph[one]) & set(graph[other])
    return sum(1.0 / math.log(graph.degree(node)) for node in shared)


def preferential(graph: nx.Graph[Any], one: str, other: str) -> float:
    """Product of the numbers of partners (Barabási and Albert 1999): a base line that sees only how busy both are."""
    return float(graph.degree(one) * graph.degree(other))


SCORES: dict[str, Callable[[nx.Graph[Any], str, str], float]] = {
    "adamic-adar": adamic_adar,
    "common": common,
    "jaccard": jaccard,
    "preferential": preferential,
}
"""Scores of pairs by name."""


def ranked(graph: nx.Graph[Any], score: str) -> list[tuple[float, Pair]]:
    """Return the unlinked pairs with a score above zero, best first.

    Raises:
        UsageError: There is no such score.
    """
    if score not in SCORES:
        raise UsageError(f"unknown score {score!r}", f"Use one of {', '.join(SCORES)}.")
    pairs = combinations(sorted(graph), 2) if score == "preferential" else _near(graph)
    found = [(SCORES[score](graph, *pair), pair) for pair in pairs if not graph.has_edge(*pair)]
    return sorted((entry for entry in found if entry[0] > 0), key=lambda entry: (-entry[0], entry[1]))


def _near(graph: nx.Graph[Any]) -> list[Pair]:
    """Return the pairs that have a common partner."""
    return sorted({pair for node in graph for pair in combinations(sorted(graph[node]), 2)})


def precision(candidates: Iterable[tuple[float, Pair]], later: set[Pair], k: int) -> float:
    """Return the share of the first k candidates that came about.

    Liben-Nowell and Kleinberg, The link-prediction problem for social networks, JASIST 58, 2007.
    """
    first = [pair for _, pair in candidates][:k]
    return sum(pair in later for pair in first) / len(first) if first else 0.0


def held_out(
    kg: Graph, since: str = "2025", k: int = 50, among: str = "firms", options: Options | None = None
) -> Result:
    """Test the scores: links known before a day against the links between the same organisations that came after it.

    Args:
        kg: What to test on.
        since: Year, month or day from which on links are held out.
        k: How many of the best pairs are looked at.
        among: `firms` for pairs with at least one firm, `all` for any.
        options: What joins; by default parties that only benefit do not.
    """
    chosen = options or Options(beneficiaries=False)
    deals = agreements(kg, collective=chosen.collective)
    day = (since + "-01-01")[:10]
    before = project(deals.only(lambda deal: bool(deal.day) and str(deal.day) < day, ""), options=chosen)
    after = project(deals.only(lambda deal: bool(deal.day) and str(deal.day) >= day, ""), options=chosen)
    old = set(before)
    new = {_pair(a, b) for a, b in after.edges() if a in old and b in old and not before.has_edge(a, b)}
    later = {pair for pair in new if _wanted(before, pair, among)}
    possible = sum(_wanted(before, p, among) and not before.has_edge(*p) for p in combinations(sorted(before), 2))
    chance = len(later) / possible if possible else 0.0
    shares = {name: precision(_among(before, name, among), later, k) for name in SCORES}
    rows: list[Any] = [
        (name, k, round(share, 4), round(chance, 5), round(share / chance, 1) if chance else None)
        for name, share in shares.items()
    ]
    return Result(
        f"Link prediction, held out from {since}",
        Table(("score", "first", "precision", "by chance", "times chance"), rows),
        f"share of the first {k} unlinked pairs ({'at least one a firm' if among == 'firms' else 'any'}) of the network"
        f" before {day} that had a deal after it; {len(later)} such links came about; {chosen}",
        "Liben-Nowell and Kleinberg, The link-prediction problem for social networks, JASIST 58, 2007",
        deals.scope,
        (
            _verdict(shares),
            "What is foretold is what will be published, not what will be signed",
            "One split in time; a precision over a few dozen pairs is itself uncertain by some 5 to 10 points",
        ),
    )


def _verdict(shares: dict[str, float]) -> str:
    """Say in words how well the scores did."""
    if not any(shares.values()):
        return "None of the pairs came about: on this graph the scores foretell nothing, do not use them"
    if shares["preferential"] >= max(shares.values()):
        return "Merely counting how busy both are foretells as well as common partners do: little structure is used"
    return f"{max(shares, key=lambda name: shares[name])} does best here, which another split may not bear out"


def _wanted(graph: nx.Graph[Any], pair: Pair, among: str) -> bool:
    return among == "all" or any(sector(graph.nodes[node]["type"]) in FIRMS for node in pair)


def _among(graph: nx.Graph[Any], score: str, among: str) -> list[tuple[float, Pair]]:
    return [entry for entry in ranked(graph, score) if _wanted(graph, entry[1], among)]


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def candidates(
    kg: Graph,
    score: str = "adamic-adar",
    limit: int | None = 25,
    among: str = "firms",
    options: Options | None = None,
) -> Result:
    """List the unlinked pairs of organisations with the highest score, with the partners that they have in common."""
    graph = organisations(kg, options or Options(beneficiaries=False))
    data = graph.nodes
    rows: list[Any] = []
    for value, (one, other) in _among(graph, score, among)[:limit]:
        shared = " ".join(str(data[n]["iri"]) for n in sorted(set(graph[one]) & set(graph[other])))
        rows.append((data[one]["iri"], data[other]["iri"], round(value, 3), shared))
    return Result(
        f"Unlinked pairs by {score}",
        Table(("organisation", "other", "score", "common partners"), rows),
        f"organisations without a shared deal{', at least one a firm' if among == 'firms' else ''}; {(SCORES[score].__doc__ or '').split('(')[0].strip().rstrip('.').lower()}",
        "Adamic and Adar, Friends and neighbors on the Web, Social Networks 25, 2003; see `held_out` for its precision",
        graph.graph["scope"],
        ("A lead for research, never a statement: no source says that these two work together",),
    )


def similar(kg: Graph, name: str, limit: int | None = 15, options: Options | None = None) -> Result:
    """List the organisations whose partners are most like those of one.

    Raises:
        NotFound: Nothing has the name.
    """
    graph = organisations(kg, options)
    me = slug_of(store_of(kg).labels.resolve(name))
    near = {n for partner in graph[me] for n in graph[partner]} - {me} if me in graph else set()
    order = sorted(near, key=lambda n: (-jaccard(graph, me, n), n))[:limit]
    rows: list[Any] = [
        (graph.nodes[n]["iri"], graph.nodes[n]["country"], round(jaccard(graph, me, n), 3), int(common(graph, me, n)))
        for n in order
    ]
    return Result(
        f"Organisations like {graph.nodes[me]['label'] if me in graph else me}",
        Table(("organisation", "country", "likeness", "common partners"), rows),
        "common partners over all partners of the two (Jaccard index)",
        "Jaccard, Étude comparative de la distribution florale, 1901",
        graph.graph["scope"],
        ("Organisations with one partner each are wholly alike by it: look at the number of common partners",),
    )
