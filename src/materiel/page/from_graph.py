"""From a store to a page: what is within reach of the focus, with every step's sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from materiel.page.model import Agreement, Conflict, Link, Node, Page, Party, Source, Step
from materiel.page.reach import Reach
from materiel.page.sides import sides
from materiel.page.turtle import Extracts
from materiel.scope import WHOLE
from materiel.store.table import Table
from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyoxigraph as ox

    from materiel.scope import Scope
    from materiel.store.base import Store

Row = dict[str, Any]
_THINGS = """
SELECT ?x ?label ?class ?country ?category ?description ?undisclosed WHERE {
  ?x rdfs:label ?label ; a ?class .
  OPTIONAL { ?sub rdfs:subClassOf ?class . ?x a ?sub } FILTER(!BOUND(?sub))
  FILTER(?class NOT IN (mat:Outlet, mat:Partnership) && STRSTARTS(STR(?x), STR(id:)))
  OPTIONAL { ?x mat:country ?country } OPTIONAL { ?x mat:productCategory ?category }
  OPTIONAL { ?x dct:description ?description } OPTIONAL { ?x mat:undisclosed ?undisclosed }
} ORDER BY ?x"""
_ALIASES = "SELECT ?x ?alias WHERE { ?x skos:altLabel ?alias FILTER(STRSTARTS(STR(?x), STR(id:))) } ORDER BY ?x ?alias"
_DEALS = (
    "SELECT ?deal ?label ?kind WHERE { ?deal a mat:Partnership ; rdfs:label ?label ; mat:kind ?kind } ORDER BY ?deal"
)
_PARTIES = """
SELECT ?deal ?party ?role ?share WHERE {
  ?deal mat:participation ?node . ?node mat:party ?party ; mat:role ?role ; mat:sequence ?number
  OPTIONAL { ?node mat:sharePercent ?share }
} ORDER BY ?deal ?number"""
_PRODUCTS = "SELECT ?deal ?product WHERE { ?deal mat:concerns ?product } ORDER BY ?deal ?product"
_SITES = "SELECT ?deal ?site WHERE { ?deal mat:site ?site }"
_AMOUNTS = """
SELECT ?deal ?number ?unit WHERE {
  ?deal mat:value|mat:quantity ?amount . ?amount mat:number ?number ; mat:currency|mat:unit ?unit } ORDER BY ?deal ?unit"""
_STEPS = """
SELECT ?deal ?event ?status ?date ?first ?last ?text ?origins ?reverse ?speaker ?source WHERE {
  ?deal mat:statusEvent ?event .
  ?event mat:status ?status ; mat:sequence ?number ; dct:description ?text .
  OPTIONAL { ?event mat:date ?date ; mat:notBefore ?first ; mat:notAfter ?last }
  OPTIONAL { ?event mat:reverse ?reverse }
  ?claim rdf:object ?event ; mat:voiceCount ?origins ; mat:attestation ?attestation .
  ?attestation mat:source ?source
  OPTIONAL { ?attestation mat:attributedTo/rdfs:label ?speaker }
} ORDER BY ?deal ?number ?source"""
_CONFLICTS = """
SELECT ?conflict ?deal ?text ?type ?state WHERE {
  ?conflict mat:about ?deal ; mat:conflictType ?type ; mat:state ?state ; dct:description ?text } ORDER BY ?deal ?text"""
_ORIGINS = """
SELECT ?deal (COUNT(DISTINCT ?voice) AS ?n) WHERE {
  ?deal mat:statusEvent ?event . ?claim rdf:object ?event ; mat:voice ?voice } GROUP BY ?deal"""
_RELATIONS = """
SELECT ?claim ?from ?to ?what ?role ?share ?start ?end ?origins ?source WHERE {
  ?claim rdf:subject ?from ; rdf:predicate ?predicate ; rdf:object ?object .
  OPTIONAL { ?claim mat:voiceCount ?origins }
  ?claim mat:attestation/mat:source ?source . ?predicate rdfs:label ?what .
  FILTER(?predicate NOT IN (mat:kind, mat:concerns, mat:site, mat:location, mat:value, mat:quantity,
    mat:participation, mat:statusEvent, mat:observation))
  OPTIONAL { ?object mat:atOrganization|mat:heldOrganization ?held }
  BIND(COALESCE(?held, ?object) AS ?to)
  OPTIONAL { ?claim mat:roleAsStated ?part } OPTIONAL { ?object mat:roleAsStated ?post } BIND(COALESCE(?part, ?post) AS ?role)
  OPTIONAL { ?object mat:sharePercent ?share }
  OPTIONAL { ?claim mat:validFrom ?a } OPTIONAL { ?object mat:validFrom ?b } BIND(COALESCE(?a, ?b) AS ?start)
  OPTIONAL { ?claim mat:validUntil ?c } OPTIONAL { ?object mat:validUntil ?d } BIND(COALESCE(?c, ?d) AS ?end)
} ORDER BY ?claim ?source"""
_SOURCES = """
SELECT ?source ?title ?url ?publisher ?published ?language ?origin ?archived WHERE {
  ?source a mat:Source ; dct:title ?title ; mat:url ?url .
  OPTIONAL { ?source mat:publisher/rdfs:label ?publisher } OPTIONAL { ?source mat:publishedOn ?published }
  OPTIONAL { ?source mat:language ?language } OPTIONAL { ?source mat:origin/rdfs:label ?origin }
  OPTIONAL { ?source mat:archivedAt ?archived } }"""
_DATASET = "SELECT ?title ?triples ?licence WHERE { ?x a dcat:Dataset ; dct:title ?title ; void:triples ?triples OPTIONAL { ?x dct:license ?licence } }"
_TYPES = {
    "GovernmentAgency": "agency",
    "Meeting": "event",
    "IntergovernmentalOrganization": "intergovernmental",
    "ResearchOrganization": "research-org",
    "JointVentureCompany": "joint-venture",
    "StateEnterprise": "state-enterprise",
    "ArmedForce": "armed-force",
}


def _licence(given: str) -> str:
    return "CC BY 4.0" if given.startswith("https://creativecommons.org/licenses/by/4.0") else given


def page(
    store: Store,
    focus: Sequence[str] = (),
    depth: int = 1,
    notes: Sequence[str] = (),
    title: str = "",
    scope: Scope = WHOLE,
) -> Page:
    """Collect a page.

    Args:
        store: The graph, in the scope that the page shows.
        focus: IRIs of things or deals; none shows the whole graph.
        depth: Steps from the focus: one step leads over a deal to its other parties.
        notes: What the page says of its scope.
        title: Heading; made from the focus when not given.
        scope: The scope that the store was made in.
    """
    collected = _Collector(store, focus, depth).page(notes, title)
    return replace(collected, as_of=scope.as_of, known_by=scope.known_by)


class _Collector:
    def __init__(self, store: Store, focus: Sequence[str], depth: int) -> None:
        self._store = store
        self._extracts = Extracts(store)
        self._focus = [slug_of(iri) for iri in focus]
        self._depth = depth
        self._parties = _grouped(self._rows(_PARTIES), "deal")
        self._products = _grouped(self._rows(_PRODUCTS), "deal")
        self._sites = {slug_of(row["deal"]): slug_of(row["site"]) for row in self._rows(_SITES)}
        self._relations = _grouped(self._rows(_RELATIONS), "claim")

    def _rows(self, query: str) -> list[Row]:
        return list(Table.of(cast("ox.QuerySolutions", self._store.query(query))))

    def page(self, notes: Sequence[str], title: str) -> Page:
        things = {slug_of(row["x"]): row for row in self._rows(_THINGS)}
        hidden = {slug for slug, row in things.items() if row["undisclosed"]}
        links = [self._link(rows) for rows in self._relations.values()]
        members = {deal: [slug_of(row["party"]) for row in rows] for deal, rows in self._parties.items()}
        about = {deal: [slug_of(row["product"]) for row in rows] for deal, rows in self._products.items()}
        for deal, site in self._sites.items():
            about.setdefault(deal, []).append(site)
        reach = Reach(members, about, [(link.source, link.target) for link in links], hidden)
        slugs, deals = reach.around(self._focus, self._depth) if self._focus else (set(things), set(members))
        agreements = tuple(self._agreements(deals))
        kept = tuple(link for link in links if link.source in slugs and link.target in slugs)
        named = {s for a in agreements for cited in _cited(a) for s in cited} | {
            s for link in kept for s in link.sources
        }
        return Page(
            title=title or self._title(),
            nodes=tuple(self._nodes(things, slugs)),
            agreements=agreements,
            relations=kept,
            sources=self._sources(named),
            scope=tuple(notes),
            dataset="; ".join(f"{row['title']}, {row['triples']:,} triples" for row in self._rows(_DATASET)),
            focus=tuple(self._focus),
            depth=self._depth,
            licence="; ".join(_licence(str(row["licence"])) for row in self._rows(_DATASET) if row["licence"]),
        )

    def _title(self) -> str:
        names = [self._store.labels.label(f"https://w3id.org/materiel/id/{slug}") for slug in self._focus]
        return ", ".join(names) if names else "Defence-industry partnerships"

    def _nodes(self, things: dict[str, Row], slugs: Iterable[str]) -> Iterable[Node]:
        aliases = _grouped(self._rows(_ALIASES), "x")
        for slug in sorted(set(slugs) & set(things)):
            row = things[slug]
            kind = slug_of(row["class"])
            yield Node(
                id=slug,
                label=row["label"],
                iri=row["x"],
                aliases=tuple(alias["alias"] for alias in aliases.get(slug, [])),
                type=_TYPES.get(kind, kind.lower()),
                country=_slug(row["country"]),
                category=_slug(row["category"]),
                description=row["description"] or "",
                undisclosed=bool(row["undisclosed"]),
                turtle=self._extracts.of(slug),
            )

    def _agreements(self, deals: set[str]) -> Iterable[Agreement]:
        steps, conflicts = _grouped(self._rows(_STEPS), "deal"), _grouped(self._rows(_CONFLICTS), "deal")
        amounts, told = _grouped(self._rows(_AMOUNTS), "deal"), sides(self._rows)
        origins = {slug_of(row["deal"]): row["n"] for row in self._rows(_ORIGINS)}
        for row in self._rows(_DEALS):
            deal = slug_of(row["deal"])
            if deal in deals:
                found = [
                    Conflict(c["text"], slug_of(c["type"]), slug_of(c["state"]), told.get(c["conflict"], ()))
                    for c in conflicts.get(deal, [])
                ]
                yield Agreement(
                    id=deal,
                    label=row["label"],
                    kind=slug_of(row["kind"]),
                    iri=row["deal"],
                    parties=tuple(
                        Party(slug_of(p["party"]), slug_of(p["role"]), p["share"]) for p in self._parties.get(deal, [])
                    ),
                    products=tuple(slug_of(p["product"]) for p in self._products.get(deal, [])),
                    facility=self._sites.get(deal),
                    value="; ".join(f"{a['number']:,} {a['unit']}" for a in amounts.get(deal, [])),
                    steps=tuple(_steps(steps.get(deal, []))),
                    conflicts=tuple(found),
                    origins=origins.get(deal, 0),
                    disputed=any(c.state != "resolved" for c in found),
                    turtle=self._extracts.of(deal),
                )

    def _link(self, rows: list[Row]) -> Link:
        row = rows[0]
        return Link(
            id=slug_of(row["claim"]),
            source=slug_of(row["from"]),
            target=slug_of(row["to"]),
            predicate=row["what"],
            iri=row["claim"],
            role=row["role"] or "",
            share=row["share"],
            valid_from=row["start"],
            valid_until=row["end"],
            sources=tuple(slug_of(r["source"]) for r in rows),
            origins=row["origins"] or 0,
        )

    def _sources(self, named: set[str]) -> dict[str, Source]:
        return {
            slug_of(row["source"]): Source(
                title=row["title"],
                url=row["url"],
                publisher=row["publisher"] or "",
                published=row["published"],
                language=row["language"] or "",
                origin=row["origin"] or "",
                archived=row["archived"] or "",
                iri=row["source"],
            )
            for row in sorted(self._rows(_SOURCES), key=lambda r: str(r["source"]))
            if slug_of(row["source"]) in named
        }


def _cited(deal: Agreement) -> list[tuple[str, ...]]:
    sides = [side.sources for conflict in deal.conflicts for side in conflict.sides]
    return [step.sources for step in deal.steps] + sides


def _steps(rows: list[Row]) -> Iterable[Step]:
    for found in _grouped(rows, "event").values():
        row = found[0]
        yield Step(
            status=slug_of(row["status"]),
            date=row["date"],
            not_before=row["first"],
            not_after=row["last"],
            text=row["text"],
            speaker="; ".join(sorted({r["speaker"] for r in found if r["speaker"]})) or None,
            sources=tuple(dict.fromkeys(slug_of(r["source"]) for r in found)),
            origins=row["origins"],
            reverse=bool(row["reverse"]),
        )


def _grouped(rows: list[Row], key: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[slug_of(row[key])].append(row)
    return groups


def _slug(value: object) -> str | None:
    return slug_of(str(value)) if value else None
