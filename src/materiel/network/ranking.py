"""Organisations ranked by a measure, mixing by groups, and what alone holds the network together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from materiel.errors import UsageError
from materiel.network import igraph_backend as engine
from materiel.network.chart import Bars
from materiel.network.igraph_graph import from_networkx
from materiel.network.measures import DOMINANCE, MEASURES, UNEVEN, measure, prepared, sampled_betweenness
from materiel.network.options import Options
from materiel.network.projection import organisations
from materiel.network.result import Result
from materiel.store.table import Table

if TYPE_CHECKING:
    from materiel.network.graph import Graph
    from materiel.network.igraph_graph import IGraph
    from materiel.network.measures import Values


def centrality(
    kg: Graph,
    by: str = "betweenness",
    limit: int | None = 25,
    samples: int = 0,
    *,
    options: Options | None = None,
) -> Result:
    """Rank organisations by a measure, the others beside it.

    Args:
        kg: Which deals.
        by: One of `MEASURES`.
        limit: Rows to give.
        samples: If not 0, betweenness is estimated from so many sources, with its error, and closeness left out.
        options: What joins.

    Raises:
        UsageError: There is no such measure.
        TooLarge: A measure would take too long.
    """
    chosen = options or Options()
    graph = organisations(kg, chosen)
    values = _values(prepared(graph), by, samples)
    order = sorted(graph, key=lambda node: (-values[by][node], node))[:limit]
    data = graph.nodes
    rows: list[Any] = [
        (i, data[n]["iri"], data[n]["country"], data[n]["type"], *(round(values[m][n], 5) for m in values))
        for i, n in enumerate(order, 1)
    ]
    sampled = (f"Betweenness is an estimate from {samples} sources; its error stands beside it",) if samples else ()
    told = {name: MEASURES[name] for name in values if name in MEASURES}
    return Result(
        f"Organisations by {by}",
        Table(("rank", "organisation", "country", "type", *values), rows),
        f"organisations joined by shared deals ({chosen}); "
        + "; ".join(f"{n}: {m.definition}" for n, m in told.items()),
        "; ".join(dict.fromkeys(m.formula for m in told.values())),
        graph.graph["scope"],
        (
            *sampled,
            DOMINANCE,
            UNEVEN,
            "A deal of many parties joins each with each; the weight `shared` evens that out",
            "Eigenvector centrality is about the largest connected part only",
        ),
        Bars([data[n]["label"] for n in order[:15]], [values[by][n] for n in order[:15]], by),
    )


def _values(ready: IGraph, by: str, samples: int) -> dict[str, Values]:
    """Return all measures, in the order of `MEASURES`; with samples, betweenness with its error and no closeness."""
    if by not in MEASURES or (samples and by == "closeness"):
        raise UsageError(f"no measure {by!r}{' with samples' if samples else ''}", f"Use one of {', '.join(MEASURES)}.")
    if not samples:
        return {name: measure(ready, name) for name in MEASURES}
    found = {name: measure(ready, name) for name in MEASURES if not MEASURES[name].costly}
    estimate = sampled_betweenness(ready, samples)
    found["betweenness"] = {node: value for node, (value, _) in estimate.items()}
    found["betweenness error"] = {node: error for node, (_, error) in estimate.items()}
    return found


def assortativity(kg: Graph, options: Options | None = None) -> Result:
    """Tell whether organisations of one country, and of one type, tend to have deals with each other.

    Newman, Mixing patterns in networks, Physical Review E 67, 2003: 1 when all links are within groups, 0 when they
    are as by chance, below 0 when they avoid their own group.
    """
    import networkx as nx

    graph = organisations(kg, options)
    known = graph.subgraph([n for n, c in graph.nodes(data="country") if c])
    rows: list[Any] = []
    for attribute, part in (("country", known), ("type", graph)):
        same = sum(part.nodes[a][attribute] == part.nodes[b][attribute] for a, b in part.edges())
        several = len({part.nodes[node][attribute] for edge in part.edges() for node in edge}) > 1
        value = nx.attribute_assortativity_coefficient(part, attribute) if several else None
        rows.append((attribute, part.number_of_nodes(), part.number_of_edges(), same, _rounded(value)))
    uneven = len({degree for _, degree in graph.degree()}) > 1
    degrees = nx.degree_assortativity_coefficient(graph) if graph.number_of_edges() and uneven else None
    rows.append(("degree", graph.number_of_nodes(), graph.number_of_edges(), None, _rounded(degrees)))
    return Result(
        "Mixing by country, type and number of partners",
        Table(("by", "organisations", "links", "links within a group", "assortativity"), rows),
        "assortativity coefficient over the links between organisations, each link counting one",
        "Newman, Mixing patterns in networks, Physical Review E 67, 2003",
        graph.graph["scope"],
        ("The data set was collected for deals across borders: few links within countries is partly its design",),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else round(float(value), 4)


def cuts(kg: Graph, options: Options | None = None) -> Result:
    """List the organisations and the links without which the network falls into more parts."""
    graph = organisations(kg, options)
    ready = prepared(graph)
    whole = {node: part for part in engine.connected_components(ready) for node in part}
    rows: list[Any] = []
    for node in sorted(map(str, engine.articulation_points(ready))):
        rest = from_networkx(graph.subgraph(map(str, whole[node] - {node})))
        sizes = [len(part) for part in engine.connected_components(rest)]
        rows.append(("organisation", graph.nodes[node]["iri"], None, len(sizes) - 1, len(rest) - max(sizes), None))
    for one, other in sorted((str(a), str(b)) for a, b in engine.bridges(ready)):
        sources = " ".join(sorted(graph.edges[one, other]["sources"]))
        rows.append(("link", graph.nodes[one]["iri"], graph.nodes[other]["iri"], 1, None, sources))
    rows.sort(key=lambda row: (row[0] != "organisation", -row[3], -(row[4] or 0), row[1]))
    return Result(
        "Articulation points and bridges",
        Table(("what", "organisation", "other", "more parts", "cut off", "sources"), rows),
        "organisations and links whose removal raises the number of connected parts of the organisation network;"
        " cut off: organisations that then are no longer in the largest remaining part of theirs",
        "Tarjan, Depth-first search and linear graph algorithms, SIAM Journal on Computing 1, 1972",
        graph.graph["scope"],
        ("A part hangs on one organisation in what was published, which need not be so in the world",),
    )
