"""Who stands between: Gould-Fernandez brokerage roles by country or sector, and structural holes."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from materiel.errors import UsageError
from materiel.network import igraph_backend as engine
from materiel.network.chart import Bars
from materiel.network.measures import DOMINANCE, prepared
from materiel.network.projection import organisations
from materiel.network.result import Result
from materiel.store.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from materiel.network.graph import Graph
    from materiel.network.options import Options

ROLES = ("coordinator", "consultant", "gatekeeper", "representative", "liaison")
"""A broker between two that are not linked: all three of one group; the two of one group and the broker of another;
the broker of the group of the receiver; of the sender; all three of different groups."""
PAIRED = ("coordinator", "consultant", "gatekeeper or representative", "liaison")
"""The roles where links have no direction: gatekeeper and representative are one pair seen from its two ends."""
SECTORS = {
    **dict.fromkeys(("Government", "Ministry", "GovernmentAgency", "ArmedForce", "Parliament"), "state"),
    **dict.fromkeys(("Company", "JointVentureCompany"), "firm"),
    "StateEnterprise": "state firm",
    "IntergovernmentalOrganization": "international",
}
"""Sector by class; programmes, funds, associations, institutes and persons are `other`."""
FIRMS = ("firm", "state firm")
"""Sectors of firms."""


def role(first: object, broker: object, last: object) -> str:
    """Return the role of a broker by the groups of the three, in the order of the path."""
    if first == last:
        return "coordinator" if broker == first else "consultant"
    if broker == last:
        return "gatekeeper"
    return "representative" if broker == first else "liaison"


def roles(graph: Any, group: Mapping[Any, object]) -> dict[Any, Counter[str]]:
    """Count the brokerage roles of each node.

    Gould and Fernandez, Structures of mediation: a formal approach to brokerage in transaction networks, Sociological
    Methodology 19, 1989. A directed path a → b → c counts when there is no edge a → c; an edge without direction
    counts both ways, so each open pair of partners counts twice: gatekeeper and representative are then equal.
    Nodes without a group take no part.
    """
    found: dict[Any, Counter[str]] = {}
    for broker in (node for node in graph if group.get(node) is not None):
        counts: Counter[str] = Counter()
        before = graph.predecessors(broker) if graph.is_directed() else graph[broker]
        after = [n for n in graph[broker] if group.get(n) is not None]
        for first in (n for n in before if group.get(n) is not None):
            linked = graph[first]
            counts.update(role(group[first], group[broker], group[n]) for n in after if n != first and n not in linked)
        found[broker] = counts
    return found


def _pairs(found: Counter[str]) -> dict[str, int]:
    """Return pairs without order by role, from counts in both orders."""
    across = (found["gatekeeper"] + found["representative"]) // 2
    values = (found["coordinator"] // 2, found["consultant"] // 2, across, found["liaison"] // 2)
    return dict(zip(PAIRED, values, strict=True))


def sector(kind: str) -> str:
    """Return the sector of a class: state, firm, state firm, international or other."""
    return SECTORS.get(kind, "other")


def brokers(kg: Graph, by: str = "country", limit: int | None = 25, options: Options | None = None) -> Result:
    """Rank organisations by how many pairs of unlinked partners they stand between, with the role by country or sector.

    Raises:
        UsageError: The grouping is neither `country` nor `sector`.
    """
    if by not in {"country", "sector"}:
        raise UsageError(f"unknown grouping {by!r}", "Use country or sector.")
    graph = organisations(kg, options)
    group = {n: d["country"] if by == "country" else sector(d["type"]) for n, d in graph.nodes(data=True)}
    counts = {node: _pairs(found) for node, found in roles(graph, group).items()}
    order = sorted(counts, key=lambda n: (-sum(counts[n].values()), str(n)))[:limit]
    data = graph.nodes
    rows: list[Any] = [
        (data[n]["iri"], data[n]["country"], data[n]["type"], *counts[n].values(), sum(counts[n].values()))
        for n in order
    ]
    chart = Bars(
        [data[n]["label"] for n in order[:15]], [float(sum(counts[n].values())) for n in order[:15]], "open pairs"
    )
    return Result(
        f"Brokers by {by}",
        Table(("organisation", "country", "type", *PAIRED, "open pairs"), rows),
        f"pairs of partners that share no deal with each other, by the {by} of the three; coordinator:"
        " all of one; consultant: the two of one, the broker of another; gatekeeper or representative: the broker of one"
        " with one of them (the same, since links have no direction); liaison: all different",
        "Gould and Fernandez, Structures of mediation, Sociological Methodology 19, 1989",
        graph.graph["scope"],
        (
            DOMINANCE,
            "Organisations without a country (multinational groups, NATO and EU bodies) take no part by country",
        ),
        chart,
    )


def holes(kg: Graph, limit: int | None = 25, options: Options | None = None) -> Result:
    """Rank organisations by structural holes: how little their partners are linked to each other."""
    graph = organisations(kg, options)
    ready = prepared(graph)
    constraint = engine.constraint(ready, weight="weight")
    effective = effective_size(graph)
    known = [n for n in graph if graph.degree(n) >= 3 and not math.isnan(constraint[n])]
    order = sorted(known, key=lambda n: (constraint[n], n))[:limit]
    data = graph.nodes
    rows: list[Any] = [
        (
            data[n]["iri"],
            data[n]["country"],
            data[n]["type"],
            graph.degree(n),
            round(effective[n], 2),
            round(effective[n] / graph.degree(n), 3),
            round(constraint[n], 4),
        )
        for n in order
    ]
    return Result(
        "Structural holes",
        Table(("organisation", "country", "type", "partners", "effective size", "efficiency", "constraint"), rows),
        "constraint: how far the weighted links lead back to the same partners (low: many holes); effective size:"
        " partners less the mean number of links among them; organisations with three partners or more",
        "Burt, Structural Holes, 1992; Borgatti, Unpacking Burt's redundancy measures, Connections 20, 1997",
        graph.graph["scope"],
        (
            DOMINANCE,
            "Partners of one deal of many parties are linked by it, which lowers the holes of its other parties",
        ),
        Bars(
            [data[n]["label"] for n in order[:15]], [constraint[n] for n in order[:15]], "constraint (low: many holes)"
        ),
    )


def effective_size(graph: nx.Graph[Any]) -> dict[Any, float]:
    """Return Burt's effective size in the form of Borgatti (1997) for links without weight: n - 2t/n.

    n is the number of partners and t the number of links among them.
    """
    sizes = {}
    for node in graph:
        near = set(graph[node])
        ties = sum(len(near & set(graph[one])) for one in near) / 2
        sizes[node] = len(near) - 2 * ties / len(near) if near else 0.0
    return sizes
