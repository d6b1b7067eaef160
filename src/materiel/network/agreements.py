"""The deals of a graph, read in one bulk pass: narrow questions, written by the engine, grouped once."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox

from materiel.network.deals import NOT_AGREEMENTS, Agent, Agreement, Agreements, Step
from materiel.network.graph import scope_of, store_of
from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from materiel.network.graph import Graph
    from materiel.store.base import Store

_DEALS = """
SELECT ?deal ?label ?kind ?status WHERE {
  ?deal a mat:Partnership ; mat:kind ?kind .
  OPTIONAL { ?deal rdfs:label ?label }
  OPTIONAL { ?deal mat:currentStatus ?status }
}"""
_PARTIES = "SELECT ?deal ?agent ?role WHERE { ?deal mat:participation ?p . ?p mat:party ?agent ; mat:role ?role }"
_PRODUCTS = "SELECT ?deal ?product WHERE { ?deal a mat:Partnership ; mat:concerns ?product }"
_SOURCES = """
SELECT ?deal ?source ?origin WHERE {
  ?deal a mat:Partnership ; mat:reportedIn ?source .
  OPTIONAL { ?source mat:origin ?origin }
}"""
_STEPS = """
SELECT ?deal ?event ?status ?sequence ?date ?first ?last ?modality WHERE {
  ?deal mat:statusEvent ?event .
  ?event mat:status ?status .
  OPTIONAL { ?event mat:sequence ?sequence }
  OPTIONAL { ?event mat:date ?date ; mat:notBefore ?first ; mat:notAfter ?last }
  OPTIONAL { ?event mat:modality ?modality }
}"""
_AGENTS = """
SELECT ?agent ?label ?class ?country ?undisclosed WHERE {
  { SELECT DISTINCT ?agent WHERE { ?p mat:party ?agent } }
  ?agent a ?class .
  OPTIONAL { ?agent rdfs:label ?label }
  OPTIONAL { ?agent mat:country ?country }
  OPTIONAL { ?agent mat:undisclosed ?undisclosed }
}"""
_THINGS = """
SELECT ?product ?label ?category ?generic WHERE {
  ?product a mat:Product .
  OPTIONAL { ?product rdfs:label ?label }
  OPTIONAL { ?product mat:productCategory ?category }
  OPTIONAL { ?product mat:generic ?generic }
}"""
_SUPER = "SELECT DISTINCT ?class ?above WHERE { ?class rdfs:subClassOf+ ?above }"


def rows(store: Store, query: str) -> list[list[str]]:
    """Return the rows of a SELECT as texts: written as CSV in the engine, read in one go; nothing is an empty text."""
    text = serialized(store, query).decode()
    return [row or [""] for row in csv.reader(io.StringIO(text, newline=""))][1:]


def serialized(store: Store, query: str) -> bytes:
    """Return the rows of a SELECT as the engine writes them in SPARQL 1.1 CSV."""
    solutions = cast("Any", store.query(query))
    return cast("bytes", solutions.serialize(format=ox.QueryResultsFormat.CSV) or b"")


def agreements(graph: Graph, *, collective: bool = False) -> Agreements:
    """Read the deals of a graph.

    Args:
        graph: Where from.
        collective: Whether to keep the records of `NOT_AGREEMENTS`.
    """
    store = store_of(graph)
    parts = _grouped(store)
    found = [_deal(row, parts) for row in sorted(rows(store, _DEALS))]
    left = {} if collective else {d.slug: NOT_AGREEMENTS[d.slug] for d in found if d.slug in NOT_AGREEMENTS}
    deals = tuple(deal for deal in found if deal.slug not in left)
    return Agreements(deals, _agents(store), _things(store), scope_of(graph), left)


def _grouped(store: Store) -> dict[str, dict[str, list[list[str]]]]:
    """Return what belongs to each deal, by what it is and by deal."""
    parts: dict[str, dict[str, list[list[str]]]] = {}
    for name, query in {"parties": _PARTIES, "products": _PRODUCTS, "sources": _SOURCES, "steps": _STEPS}.items():
        parts[name] = defaultdict(list)
        for deal, *rest in rows(store, query):
            parts[name][deal].append(rest)
    return parts


def _deal(row: Sequence[str], parts: dict[str, dict[str, list[list[str]]]]) -> Agreement:
    iri, label, kind, status = row
    parties = sorted((slug_of(agent), slug_of(role)) for agent, role in parts["parties"][iri])
    told = parts["sources"][iri]
    return Agreement(
        iri,
        label or slug_of(iri),
        slug_of(kind),
        slug_of(status) if status else None,
        tuple(pair for pair in parties if pair[1] != "venture"),
        tuple(agent for agent, role in parties if role == "venture"),
        tuple(sorted(slug_of(product) for (product,) in parts["products"][iri])),
        tuple(sorted((_step(values) for values in parts["steps"][iri]), key=lambda step: (step.sequence, step.iri))),
        tuple(sorted({source for source, _ in told})),
        tuple(sorted({slug_of(origin or source) for source, origin in told})),
    )


def _step(values: Sequence[str]) -> Step:
    event, status, sequence, date, first, last, modality = values
    planned = bool(modality) and slug_of(modality) != "realised"
    return Step(event, slug_of(status), int(sequence or 0), date or None, first or None, last or None, planned)


def _agents(store: Store) -> dict[str, Agent]:
    """Return the parties by slug, each with the narrowest of its classes."""
    depth = Counter(row[0] for row in rows(store, _SUPER))
    told = sorted(rows(store, _AGENTS), key=lambda row: (row[0], depth[row[2]], row[2]))
    found: dict[str, Agent] = {}
    for iri, label, kind, country, undisclosed in told:
        slug, code = slug_of(iri), slug_of(country) if country else None
        found[slug] = Agent(slug, iri, label or slug, slug_of(kind), code, undisclosed == "true")
    return found


def _things(store: Store) -> dict[str, tuple[str, str | None, bool]]:
    return {
        slug_of(iri): (label or slug_of(iri), slug_of(category) if category else None, generic == "true")
        for iri, label, category, generic in rows(store, _THINGS)
    }
