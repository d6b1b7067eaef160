"""Projections against hand-counted networks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.errors import UsageError
from materiel.network.agreements import agreements
from materiel.network.columns import joined, organisation_columns
from materiel.network.deals import NOT_AGREEMENTS
from materiel.network.options import Options
from materiel.network.projection import KINDS, network
from network.worlds import firms, world
from small import entity, event, relation

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph


@pytest.fixture(scope="module")
def small() -> KnowledgeGraph:
    """Three firms in one deal, two of them in a second; an undisclosed one; a beneficiary; a venture."""
    return world(
        {
            "three": {
                "parties": {"x": "partner", "y": "partner", "z": "supplier", "v": "venture"},
                "products": ["shell", "thing"],
                "events": [event("announced", "2023-05"), event("signed", "2024-01-02", ("a", "b"))],
            },
            "two": {"parties": {"x": "lead", "y": "supplier", "g": "beneficiary"}, "kind": "supply-contract"},
            "hidden": {"parties": {"x": "partner", "h": "supplier"}},
            "defence-city-regime": {"parties": {"y": "partner", "z": "partner"}},
        },
        [
            *firms("x", "y", "z", "v", y="FR"),
            entity("h", undisclosed=True),
            entity("g", "government", country="UA"),
            entity("shell", "product", product_category="artillery-ammunition"),
            entity("thing", "product", product_category="uav"),
        ],
        turtle="id:thing mat:generic true .",
        relations=[relation("x", "owns", "y", share_percent=51), relation("z", "produces", "shell")],
    )


def test_parties_are_joined_by_the_deals_they_share(small: KnowledgeGraph) -> None:
    found = network(small)
    assert {frozenset(edge) for edge in found.edges()} == {
        frozenset(pair) for pair in (("x", "y"), ("x", "z"), ("y", "z"), ("x", "g"), ("y", "g"))
    }
    edge = found.edges["x", "y"]
    assert edge["weight"] == 2
    assert edge["kinds"] == {"memorandum", "supply-contract"}
    assert edge["statuses"] == {"signed"}
    assert edge["products"] == {"shell"}, "generic products join nothing"
    assert (edge["first"], edge["last"]) == ("2023-01-01", "2023-05-01")
    assert len(edge["partnerships"]) == 2


def test_ventures_undisclosed_and_collective_records_do_not_join(small: KnowledgeGraph) -> None:
    found = network(small)
    assert not {"v", "h"} & set(found)
    assert found.graph["left_out"] == {"defence-city-regime": NOT_AGREEMENTS["defence-city-regime"]}
    shown = network(small, undisclosed=True, collective=True)
    assert "h" in shown
    assert shown.degree("h") == 1
    assert shown.edges["y", "z"]["weight"] == 2


@pytest.mark.parametrize(
    ("weight", "expected"),
    [("count", 2.0), ("shared", 1.0), ("status", 1.2), ("origin", 0.5 + 0.75)],
)
def test_weights_are_the_documented_ones(small: KnowledgeGraph, weight: str, expected: float) -> None:
    assert network(small, weight=weight).edges["x", "y"]["weight"] == pytest.approx(expected)


def test_options_narrow_what_joins(small: KnowledgeGraph) -> None:
    assert "g" not in network(small, beneficiaries=False)
    assert set(network(small, parties=2, beneficiaries=False)) == {"x", "y"}
    with pytest.raises(UsageError, match="unknown weight"):
        Options(weight="luck")
    with pytest.raises(UsageError, match="unknown kind of network"):
        network(small, "friends")


def test_other_projections(small: KnowledgeGraph) -> None:
    bipartite = network(small, "agreements")
    assert bipartite.nodes["three"]["kind"] == "memorandum"
    assert bipartite.edges["g", "two"]["role"] == "beneficiary"
    assert {frozenset(e) for e in network(small, "countries").edges()} == {
        frozenset(p) for p in (("DE", "FR"), ("DE", "UA"), ("FR", "UA"))
    }
    owned = network(small, "ownership")
    assert owned.edges["x", "y"]["share"] == 51
    assert owned.edges["x", "y"]["sources"]
    made = network(small, "products")
    assert made.edges["z", "shell"]["made"] is True
    assert made.edges["x", "shell"]["made"] is False
    assert "thing" not in made


def test_columns_equal_the_networkx_projection(kg: KnowledgeGraph) -> None:
    columns = organisation_columns(kg.store)
    names = [iri.rpartition("/")[2] for iri in columns.nodes]
    found = {
        frozenset((names[a], names[b])): w for a, b, w in zip(columns.one, columns.other, columns.weight, strict=True)
    }
    oracle: Any = network(kg, collective=True)
    assert found == {frozenset((a, b)): w for a, b, w in oracle.edges(data="weight")}


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 5)), unique=True, max_size=25))
def test_the_integer_join_counts_shared_deals(memberships: list[tuple[int, int]]) -> None:
    import numpy as np

    agents = np.array([a for a, _ in memberships], np.int64)
    deals = np.array([d for _, d in memberships], np.int64)
    columns = joined(agents, deals, [str(i) for i in range(7)])
    found = {(int(a), int(b)): w for a, b, w in zip(columns.one, columns.other, columns.weight, strict=True)}
    oracle: Any = nx.Graph()
    for deal in {d for _, d in memberships}:
        members = sorted(a for a, d in memberships if d == deal)
        for i, one in enumerate(members):
            for other in members[i + 1 :]:
                weight = oracle.get_edge_data(one, other, {"weight": 0})["weight"]
                oracle.add_edge(one, other, weight=weight + 1)
    assert found == {(min(a, b), max(a, b)): float(w) for a, b, w in oracle.edges(data="weight")}


def test_the_shipped_graph_projects(kg: KnowledgeGraph) -> None:
    deals = agreements(kg)
    assert len(deals.deals) > 400
    assert set(deals.left_out) == set(NOT_AGREEMENTS)
    for kind in KINDS:
        found = network(kg, kind)
        assert found.number_of_edges() > 30, kind
        assert found.graph["scope"]
        assert found.graph["definition"]
        assert all("label" in data for _, data in found.nodes(data=True)), kind
    joined_ = network(kg)
    assert all(data["sources"] for _, _, data in joined_.edges(data=True)), "every link has its evidence"
    assert joined_.nodes["rheinmetall"]["type"] == "Company"
    assert set(kg.network()) == set(joined_)


def test_a_scope_narrows_the_network_and_is_stated(kg: KnowledgeGraph) -> None:
    narrow = kg.scope(statuses=["signed+"])
    found = network(narrow)
    assert 0 < found.number_of_edges() < network(kg).number_of_edges()
    assert "signed+" in found.graph["scope"]
