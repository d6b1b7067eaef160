"""Groups, brokers, paths, prediction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given

from materiel.errors import NotFound, UsageError
from materiel.network import brokerage, communities, paths, prediction
from network.worlds import firms, graphs, world

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph


def test_leiden_finds_the_best_partition_of_the_karate_club() -> None:
    """Brandes et al., On modularity clustering, 2008: the optimum is 0.4198 with four groups."""
    club = nx.karate_club_graph()
    nx.set_edge_attributes(club, dict.fromkeys(club.edges(), 1.0), "weight")
    parts = communities.leiden(club, seed=1)
    assert len(parts) == 4
    assert round(nx.community.modularity(club, parts), 4) == 0.4198
    kept, likeness = communities.stability(club, parts, runs=10)
    assert all(0.5 < share <= 1 for share in kept)
    assert likeness > 0.8


def test_adjusted_rand_as_published() -> None:
    """Yeung and Ruzzo, Details of the adjusted Rand index, 2001: the worked example gives 0.313."""
    table = {(0, 0): 1, (0, 1): 1, (1, 0): 1, (1, 1): 2, (1, 2): 1, (2, 2): 4}
    one = [a for (a, _), n in table.items() for _ in range(n)]
    other = [b for (_, b), n in table.items() for _ in range(n)]
    assert round(communities.adjusted_rand(one, other), 3) == 0.313
    assert communities.adjusted_rand(one, one) == 1.0


@given(graphs(connected=True))
def test_modularity_as_in_networkx(graph: nx.Graph[int]) -> None:
    parts = communities.leiden(graph)
    assert set().union(*parts) == set(graph)
    assert communities._modularity(graph, parts) == pytest.approx(nx.community.modularity(graph, parts))


def test_consensus_of_two_cliques() -> None:
    graph = nx.barbell_graph(5, 0)
    shares = communities.consensus(graph, runs=5)
    assert shares[frozenset((0, 1))] == 1.0
    assert shares[frozenset((4, 5))] == 0.0


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (("A", "A", "A"), "coordinator"),
        (("A", "B", "A"), "consultant"),
        (("A", "B", "B"), "gatekeeper"),
        (("A", "A", "B"), "representative"),
        (("A", "B", "C"), "liaison"),
    ],
)
def test_the_five_roles_of_gould_and_fernandez(groups: tuple[str, str, str], role: str) -> None:
    graph = nx.DiGraph([("a", "b"), ("b", "c")])
    found = brokerage.roles(graph, dict(zip("abc", groups, strict=True)))
    assert found["b"] == {role: 1}
    assert not found["a"]
    graph.add_edge("a", "c")
    assert not brokerage.roles(graph, dict(zip("abc", groups, strict=True)))["b"], "a closed triple has no broker"


def test_brokers_by_hand() -> None:
    """Broker b of DE joins a of DE, c and d of FR, who share a deal with each other: pairs a-c and a-d are open."""
    kg = world(
        {
            "one": {"parties": {"a": "partner", "b": "partner"}},
            "two": {"parties": {"b": "partner", "c": "partner", "d": "partner"}},
        },
        firms("a", "b", "c", "d", c="FR", d="FR"),
    )
    first = next(iter(brokerage.brokers(kg).table))
    assert first["organisation"] == "https://w3id.org/materiel/id/b"
    assert (first["coordinator"], first["gatekeeper or representative"], first["open pairs"]) == (0, 2, 2)
    with pytest.raises(UsageError):
        brokerage.brokers(kg, "colour")


@given(graphs())
def test_effective_size_as_in_networkx(graph: nx.Graph[int]) -> None:
    found, oracle = brokerage.effective_size(graph), nx.effective_size(graph)
    for node in graph:
        if graph.degree(node):
            assert found[node] == pytest.approx(oracle[node])


def test_paths_carry_the_evidence_of_each_step() -> None:
    kg = world(
        {
            "one": {"parties": {"a": "partner", "b": "partner"}},
            "two": {"parties": {"b": "partner", "c": "partner"}},
            "long": {"parties": {"a": "partner", "d": "partner"}},
            "longer": {"parties": {"d": "partner", "e": "partner"}},
            "longest": {"parties": {"e": "partner", "c": "partner"}},
        },
        firms("a", "b", "c", "d", "e"),
    )
    rows = list(paths.connections(kg, "a", "c", k=2).table)
    assert [(r["path"], r["step"], str(r["from"])[-1], str(r["to"])[-1]) for r in rows] == [
        (1, 1, "a", "b"),
        (1, 2, "b", "c"),
        (2, 1, "a", "d"),
        (2, 2, "d", "e"),
        (2, 3, "e", "c"),
    ]
    assert all("source/" in str(r["sources"]) for r in rows)
    assert len(paths.connections(kg, "a", "c", distance="firm").table) == 5
    with pytest.raises(NotFound):
        paths.connections(kg, "a", "nobody")


def test_scores_by_hand() -> None:
    graph = nx.Graph([("a", "c"), ("b", "c"), ("a", "d"), ("b", "d"), ("d", "e")])
    assert prediction.common(graph, "a", "b") == 2
    assert prediction.jaccard(graph, "a", "b") == 1.0
    assert prediction.preferential(graph, "c", "d") == 6
    oracle = next(iter(nx.adamic_adar_index(graph, [("a", "b")])))[2]
    assert prediction.adamic_adar(graph, "a", "b") == pytest.approx(oracle)
    first = prediction.ranked(graph, "common")[:2]
    assert first == [(2.0, ("a", "b")), (2.0, ("c", "d"))]
    assert prediction.precision(first, {("a", "b")}, 2) == 0.5
    assert prediction.precision([], set(), 5) == 0.0


def test_the_shipped_graph_in_groups_and_leads(kg: KnowledgeGraph) -> None:
    groups = communities.communities(kg, runs=5)
    assert sum(groups.table.column("organisations")) == kg.network().number_of_nodes()  # type: ignore[arg-type]
    assert brokerage.holes(kg).table.rows
    tested = prediction.held_out(kg, "2025", among="all")
    shares = dict(zip(tested.table.column("score"), tested.table.column("precision"), strict=True))
    assert 0 < shares["adamic-adar"] < 0.5, "better than chance, far from sure"  # type: ignore[operator]
    assert prediction.candidates(kg, limit=5).table.rows
    like = prediction.similar(kg, "rheinmetall")
    assert like.table.column("likeness") == sorted(like.table.column("likeness"), reverse=True)  # type: ignore[type-var]
    step = next(iter(paths.connections(kg, "rheinmetall", "baykar").table))
    assert step["sources"]
