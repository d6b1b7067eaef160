"""Measures against published values, and igraph against networkx."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given

from materiel.errors import UsageError
from materiel.network import igraph_backend as engine
from materiel.network import measures, ranking
from materiel.network.igraph_graph import from_networkx, to_networkx
from materiel.network.measures import MEASURES, TooLarge, measure, sampled_betweenness
from network.worlds import graphs

if TYPE_CHECKING:
    from pathlib import Path

    from materiel.knowledge_graph import KnowledgeGraph


def near(found: Any, expected: Any, tolerance: float = 1e-6) -> None:
    assert found.keys() == expected.keys()
    for node, value in expected.items():
        assert found[node] == pytest.approx(value, abs=tolerance, nan_ok=True), node


def weights(graph: Any) -> dict[frozenset[int], float]:
    return {frozenset((a, b)): weight for a, b, weight in graph.edges(data="weight")}


def test_florentine_families_as_published() -> None:
    """Jackson, Social and Economic Networks, 2008, section 2.2: Medici 0.522, Guadagni 0.255, Strozzi 0.103."""
    between = measure(nx.florentine_families_graph(), "betweenness")
    assert round(between["Medici"], 3) == 0.522
    assert round(between["Guadagni"], 3) == 0.255
    assert round(between["Strozzi"], 3) == 0.103


def test_krackhardt_kite_as_published() -> None:
    """Krackhardt, Assessing the political landscape, Administrative Science Quarterly 35, 1990."""
    kite = nx.krackhardt_kite_graph()
    assert max(measure(kite, "degree").items(), key=lambda pair: pair[1]) == (3, 6.0)
    assert measure(kite, "betweenness")[7] == pytest.approx(14 / 36)
    close = measure(kite, "closeness")
    assert round(close[5], 3) == round(close[6], 3) == 0.643


def test_zachary_karate_club_as_published() -> None:
    """Zachary 1977: 34 members, 78 ties; its innermost core is a 4-core of ten members."""
    club = nx.karate_club_graph()
    core = measure(club, "core")
    assert (max(core.values()), list(core.values()).count(4)) == (4, 10)
    assert round(engine.transitivity(from_networkx(club)), 4) == 0.2557
    assert measure(club, "degree")[33] == 17


@given(graphs())
def test_igraph_gives_what_networkx_gives(graph: nx.Graph[int]) -> None:
    ready = from_networkx(graph, {"weight": 1})
    near(engine.pagerank(ready), nx.pagerank(graph, tol=1e-12, max_iter=1000), 1e-7)
    near(engine.betweenness_centrality(ready), nx.betweenness_centrality(graph))
    near(
        engine.betweenness_centrality(ready, normalized=False, weight="weight"),
        nx.betweenness_centrality(graph, normalized=False, weight="weight"),
    )
    near(engine.closeness_centrality(ready), nx.closeness_centrality(graph))
    near(engine.closeness_centrality(ready, wf_improved=False), nx.closeness_centrality(graph, wf_improved=False))
    near(engine.core_number(ready), nx.core_number(graph))
    near(engine.clustering(ready), nx.clustering(graph))
    near(engine.constraint(ready, weight="weight"), nx.constraint(graph, weight="weight"))
    assert engine.transitivity(ready) == pytest.approx(nx.transitivity(graph))
    assert {frozenset(part) for part in engine.connected_components(ready)} == {
        frozenset(part) for part in nx.connected_components(graph)
    }
    assert engine.number_connected_components(ready) == nx.number_connected_components(graph)
    assert set(engine.articulation_points(ready)) == set(nx.articulation_points(graph))
    oracle: Any = nx.bridges(graph)
    assert {frozenset(edge) for edge in engine.bridges(ready)} == {frozenset(edge) for edge in oracle}


@given(graphs(connected=True))
def test_eigenvector_and_sampling_as_in_networkx(graph: nx.Graph[int]) -> None:
    ready = from_networkx(graph, {"weight": 1})
    oracle = nx.eigenvector_centrality_numpy(graph, weight="weight")
    near(engine.eigenvector_centrality(ready, weight="weight"), oracle, 1e-5)
    for k in (1, 2, len(graph)):
        near(
            engine.betweenness_centrality(ready, k=k, seed=3),
            nx.betweenness_centrality(graph, k=k, seed=3),
        )
    everything = sampled_betweenness(graph, samples=len(graph), batches=1)
    near({n: value for n, (value, _) in everything.items()}, nx.betweenness_centrality(graph))


@given(graphs())
def test_graphs_survive_the_way_there_and_back(graph: nx.Graph[int]) -> None:
    back = to_networkx(from_networkx(graph, {"weight": 1}))
    assert set(back) == set(graph)
    assert weights(back) == weights(graph)


def test_directed_graphs() -> None:
    graph = nx.DiGraph([(0, 1), (1, 2), (2, 0), (2, 3), (4, 0)])
    ready = from_networkx(graph)
    near(engine.pagerank(ready), nx.pagerank(graph, tol=1e-12), 1e-7)
    near(engine.betweenness_centrality(ready), nx.betweenness_centrality(graph))
    near(engine.closeness_centrality(ready), nx.closeness_centrality(graph))
    near(
        engine.pagerank(ready, personalization={0: 1.0}),
        nx.pagerank(graph, personalization={0: 1.0}, tol=1e-12),
        1e-7,
    )


def test_networkx_dispatches_to_the_backend(tmp_path: Path) -> None:
    """In a process of its own, since networkx looks for backends once, when it is imported."""
    if "igraph" not in {point.name for point in entry_points(group="networkx.backends")}:
        told = tmp_path / "backend-0.dist-info"
        told.mkdir()
        (told / "METADATA").write_text("Metadata-Version: 2.1\nName: backend\nVersion: 0\n")
        points = "[networkx.backends]\nigraph = materiel.network.igraph_backend:backend\n"
        points += "[networkx.backend_info]\nigraph = materiel.network.igraph_backend:get_info\n"
        (told / "entry_points.txt").write_text(points)
    done = subprocess.run(
        [sys.executable, "-c", _DISPATCHED],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode()


_DISPATCHED = """
import networkx as nx

club = nx.karate_club_graph()
for function in (nx.pagerank, nx.betweenness_centrality, nx.closeness_centrality, nx.core_number):
    found, oracle = function(club, backend="igraph"), function(club)
    assert all(abs(found[node] - oracle[node]) < 1e-5 for node in club), function
groups = nx.community.leiden_communities(club, backend="igraph", weight=None, seed=1)
assert set().union(*groups) == set(club)
assert 0.41 < nx.community.modularity(club, groups, weight=None) < 0.42
try:
    nx.betweenness_centrality(club, backend="igraph", endpoints=True)
except NotImplementedError:
    pass
else:
    raise AssertionError("endpoints were taken")
nx.config.backend_priority = ["igraph"]
large = nx.gnm_random_graph(600, 4000, seed=1)
assert nx.core_number(large) == nx.core_number(large, backend="networkx")
"""


def test_the_dispatcher_is_told_when_converting_pays() -> None:
    assert engine.should_run("pagerank", (nx.path_graph(5),), {}) is not True
    assert engine.should_run("pagerank", (nx.gnm_random_graph(500, 3000, seed=1),), {}) is True
    assert set(engine.get_info()["functions"]) == {f.__name__ for f in engine.FUNCTIONS}


def test_exact_measures_of_large_graphs_are_refused_with_the_sampled_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "EXACT_LIMIT", 10)
    with pytest.raises(TooLarge) as refused:
        measure(nx.karate_club_graph(), "betweenness")
    assert refused.value.exit_code == 5
    assert "sampled_betweenness" in refused.value.remedy
    with pytest.raises(UsageError, match="unknown measure"):
        measure(nx.karate_club_graph(), "fame")


def test_sampled_betweenness_tells_its_error() -> None:
    graph = nx.barabasi_albert_graph(300, 2, seed=5)
    exact = nx.betweenness_centrality(graph)
    found = sampled_betweenness(graph, samples=100, seed=1)
    first = sorted(exact, key=lambda node: -exact[node])[:50]
    within = [abs(found[n][0] - exact[n]) <= 3 * found[n][1] for n in first]
    assert sum(within) >= 0.8 * len(within), "of the nodes that matter; the errors of values near zero are too small"
    assert all(math.isfinite(error) for _, error in found.values())


def test_centrality_of_the_shipped_graph(kg: KnowledgeGraph) -> None:
    result = ranking.centrality(kg, "pagerank", limit=10)
    assert len(result.table) == 10
    assert result.table.column("pagerank") == sorted(result.table.column("pagerank"), reverse=True)  # type: ignore[type-var]
    assert result.table.column("organisation")[0] == "https://w3id.org/materiel/id/gov-ukraine"
    assert all(name in result.definition for name in MEASURES)
    assert any("beneficiaries" in caveat for caveat in result.caveats)


def test_centrality_with_sampled_betweenness(kg: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "EXACT_LIMIT", 10)
    with pytest.raises(TooLarge):
        ranking.centrality(kg)
    result = ranking.centrality(kg, samples=100, limit=3)
    assert result.table.column("organisation")[0] == "https://w3id.org/materiel/id/gov-ukraine"
    assert all(error > 0 for error in result.table.column("betweenness error"))  # type: ignore[operator]
    assert "closeness" not in result.table.columns
    assert "estimate from 100 sources" in result.caveats[0]
    with pytest.raises(UsageError):
        ranking.centrality(kg, "closeness", samples=5)


def test_mixing_by_hand() -> None:
    from network.worlds import firms, world

    pairs = world(
        {"p": {"parties": {"a": "partner", "b": "partner"}}, "q": {"parties": {"c": "partner", "d": "partner"}}},
        firms("a", "b", "c", "d", c="FR", d="FR"),
    )
    rows = {row["by"]: row["assortativity"] for row in ranking.assortativity(pairs).table}
    assert rows["country"] == 1.0


def test_cuts_by_hand() -> None:
    from network.worlds import firms, world

    chain = world(
        {"p": {"parties": {"a": "partner", "b": "partner"}}, "q": {"parties": {"b": "partner", "c": "partner"}}},
        firms("a", "b", "c"),
    )
    rows = list(ranking.cuts(chain).table)
    assert [(r["what"], str(r["organisation"])[-1], r["more parts"], r["cut off"]) for r in rows] == [
        ("organisation", "b", 1, 1),
        ("link", "a", 1, None),
        ("link", "b", 1, None),
    ]
    assert all(row["sources"] for row in rows if row["what"] == "link")
