"""Small record sets, and graphs made of them without a cache."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from materiel.knowledge_graph import KnowledgeGraph
from materiel.records.model import RECORD_TYPES, Records
from materiel.records.to_rdf import files
from materiel.store import build, ontology
from materiel.store.embedded import EmbeddedStore
from materiel.vocabulary import PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, Any]


def source(slug: str = "a", published: str | None = "2023-01-01", **more: Any) -> Row:
    """A page of an outlet of its own."""
    return {
        "id": f"src-{slug}",
        "url": f"https://example.org/{slug}",
        "publisher": f"Outlet {slug}",
        "title": f"Page {slug}",
        "published": published,
        "language": "en",
        "type": "newspaper",
        "origin": f"Outlet {slug}",
    } | more


def entity(slug: str, kind: str = "company", **more: Any) -> Row:
    return {"id": slug, "type": kind, "name": slug.title(), "description": f"About {slug}."} | more


def event(status: str = "signed", date: Any = "2023-01-01", sources: tuple[str, ...] = ("a",), **more: Any) -> Row:
    return {
        "status": status,
        "date": date,
        "claim": f"{status} on {date}",
        "sources": [f"src-{s}" for s in sources],
    } | more


def deal(slug: str = "deal", *events: Row, parties: tuple[str, ...] = ("x", "y"), **more: Any) -> Row:
    return {
        "id": slug,
        "name": slug.title(),
        "kind": "memorandum",
        "participants": [{"entity": party, "role": "partner"} for party in parties],
        "events": list(events) or [event()],
    } | more


def relation(subject: str, predicate: str, target: str, sources: tuple[str, ...] = ("a",), **more: Any) -> Row:
    observed = more.get("observed", [])
    return {
        "subject": subject,
        "predicate": predicate,
        "object": target,
        "sources": [f"src-{s}" for s in sources],
        "date": observed[0] if observed else None,
    } | more


def fact(slug: str, subject: str, sources: tuple[str, ...] = ("a",), **more: Any) -> Row:
    return {"id": slug, "subject": subject, "claim": f"Claim {slug}", "sources": [f"src-{s}" for s in sources]} | more


def world(**stems: list[Row]) -> dict[str, list[Row]]:
    """One source `a`, two firms `x` and `y` and a deal between them, unless given otherwise."""
    return {"sources": [source()], "entities": [entity("x"), entity("y")], "partnerships": [deal()]} | stems


def write(folder: Path, **stems: list[Row]) -> Path:
    """Write the exchange files of a record set."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem, rows in stems.items():
        (folder / f"{stem}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def records(**stems: list[Row]) -> Records:
    found: dict[str, Any] = {
        stem: [record.model_validate(row) for row in stems.get(stem, [])] for stem, record in RECORD_TYPES.items()
    }
    return Records.model_construct(None, **found)


def graph_of(more: Records, turtle: str = "") -> KnowledgeGraph:
    """The graph of some records and perhaps more Turtle, with the derived layer, in memory."""
    engine = ox.Store()
    for triples in files(more).values():
        engine.extend(ox.Quad(*triple) for triple in triples)
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    engine.load((head + turtle).encode(), format=ox.RdfFormat.TURTLE)
    build.load(engine, ontology.files())
    build.derive(engine)
    return KnowledgeGraph(EmbeddedStore(engine, "test"))


def graph(turtle: str = "", /, **stems: list[Row]) -> KnowledgeGraph:
    return graph_of(records(**stems), turtle)


def rows(kg: KnowledgeGraph, query: str) -> list[tuple[Any, ...]]:
    """The rows of a SELECT query, IRIs by their last segment."""
    found = kg.query(query)
    assert not isinstance(found, bool | list)
    return [tuple(_short(value) for value in row) for row in found.rows]


def _short(value: Any) -> Any:
    return value.rsplit("/", 1)[-1].rsplit("#", 1)[-1] if isinstance(value, str) and value.startswith("http") else value


def tree(folder: Path) -> dict[str, bytes]:
    """The bytes of all files below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


GOOD_ROWS: list[tuple[str, Row]] = [
    ("sources", source()),
    ("sources", source(published="2023-02", affiliation="state:UA", relays="AFP")),
    ("entities", entity("x", aliases=["Х"], wikidata="Q42")),
    ("partnerships", deal(value={"amount": 1.5, "currency": "EUR"}, quantity={"amount": 6, "unit": "sets"})),
    ("relations", relation("x", "owns", "y", share_percent=49.9, observed=["2023"])),
    ("facts", fact("fact-a", "x", value=46, unit="types", date="2024")),
]
"""Records that schema and import take."""

BAD_ROWS: list[tuple[str, Row]] = [
    ("sources", source(id="no-prefix")),
    ("sources", source(url="javascript:alert(1)")),
    ("sources", {key: value for key, value in source().items() if key != "origin"}),
    ("entities", entity("x", "firm")),
    ("entities", entity("X y")),
    ("entities", entity("x", country="Germany")),
    ("partnerships", deal(events=[])),
    ("partnerships", deal(events=[event(sources=())])),
    ("partnerships", deal(value={"amount": "5", "currency": "EUR"})),
    ("partnerships", deal(more=1)),
    ("relations", relation("x", "likes", "y")),
    ("relations", relation("x", "owns", "y", share_percent=101)),
    ("facts", fact("fact-a", "x", sources=())),
    ("facts", fact("fact-a", "x", value="46")),
]
"""Records that schema and import refuse."""
