"""Records to RDF: the triples of each file of the graph folder."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from materiel.records.deal import partnership_triples
from materiel.records.nodes import (
    claimed,
    country_iri,
    date_literal,
    describe,
    flag_literal,
    number_literal,
    outlet_iri,
    source_iri,
    source_slug,
    value_node,
)
from materiel.records.terms import CLASS_OF_TYPE, EDGES, HOLDINGS, TENURES, folder_of
from materiel.vocabulary import (
    ALT_LABEL,
    DESCRIPTION,
    EXACT_MATCH,
    LABEL,
    PREFIXES,
    TITLE,
    TYPE,
    XSD,
    code,
    english,
    mat,
    slugify,
    thing,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from materiel.records.model import Entity, Fact, Records, Relation, Source
    from materiel.records.nodes import Statement, Term

Files: TypeAlias = "dict[str, list[Triple]]"


def files(records: Records) -> Files:
    """Return the triples of each file, keyed by its path under the graph folder.

    The relations of a thing stand in its file, a fact and a partnership have a file of their own.
    """
    result: Files = defaultdict(list)
    path_of = {entity.id: f"{folder_of(entity.type)}/{entity.id}.ttl" for entity in records.entities}
    for source in records.sources:
        result[source_path(source)] += source_triples(source)
        for name in outlets(source):
            result[f"outlets/{slugify(name)}.ttl"] = outlet_triples(name)
    for entity in records.entities:
        result[path_of[entity.id]] += entity_triples(entity)
    for partnership in records.partnerships:
        result[f"partnerships/{partnership.id}.ttl"] += partnership_triples(partnership)
    for relation in records.relations:
        result[path_of[relation.subject]] += relation_triples(relation)
    for fact in records.facts:
        result[f"observations/{fact.id}.ttl"] += fact_triples(fact)
    return dict(result)


def source_path(source: Source) -> str:
    """Return the file of a source: `sources/{year}/{slug}.ttl`."""
    year = source.published[:4] if source.published else "undated"
    return f"sources/{year}/{source_slug(source.id)}.ttl"


def outlets(source: Source) -> set[str]:
    """Return the names of the outlets that a source names."""
    return {name for name in (source.publisher, source.relays, source.origin) if name}


def outlet_triples(name: str) -> list[Triple]:
    """Describe an outlet."""
    iri = outlet_iri(name)
    return [Triple(iri, TYPE, mat("Outlet")), Triple(iri, LABEL, english(name))]


def source_triples(source: Source) -> list[Triple]:
    """Describe a source."""
    affiliation, _, whose = (source.affiliation or "").partition(":")
    return describe(
        source_iri(source.id),
        {
            TYPE: mat("Source"),
            mat("url"): NamedNode(source.url),
            TITLE: english(source.title),
            mat("publisher"): outlet_iri(source.publisher),
            mat("publishedOn"): date_literal(source.published),
            mat("language"): Literal(source.language),
            mat("sourceType"): code("source-type", source.type),
            mat("affiliation"): code("affiliation", affiliation) if affiliation else None,
            mat("affiliatedTo"): Literal(whose) if whose else None,
            mat("country"): country_iri(source.country),
            mat("relays"): outlet_iri(source.relays) if source.relays else None,
            mat("origin"): outlet_iri(source.origin),
            mat("speaksFor"): thing(source.speaks_for) if source.speaks_for else None,
            mat("retrievedOn"): date_literal(source.retrieved),
            mat("archivedAt"): Literal(source.archived, datatype=NamedNode(XSD + "anyURI"))
            if source.archived
            else None,
        },
    )


def entity_triples(entity: Entity) -> Iterator[Triple]:
    """Describe an entity; its parent is a claim on the entity's own sources."""
    iri = thing(entity.id)
    category = entity.product_category
    yield from describe(
        iri,
        {
            TYPE: mat(CLASS_OF_TYPE[entity.type]),
            LABEL: english(entity.name),
            DESCRIPTION: english(entity.description),
            mat("country"): country_iri(entity.country),
            mat("productCategory"): code("product-category", category) if category else None,
            EXACT_MATCH: NamedNode(PREFIXES["wd"] + entity.wikidata) if entity.wikidata else None,
            mat("undisclosed"): flag_literal(entity.undisclosed),
        },
    )
    yield from (Triple(iri, ALT_LABEL, Literal(alias)) for alias in entity.aliases)
    yield from (Triple(iri, mat("describedIn"), source_iri(source)) for source in entity.sources)
    if entity.parent:
        yield from claimed((iri, mat("parent"), thing(entity.parent)), "entity", entity.sources)


def relation_triples(relation: Relation) -> Iterator[Triple]:
    """Describe a relation: a tenure, a holding, or one edge; with its claim."""
    subject, target, key = thing(relation.subject), thing(relation.object), relation.predicate
    if key in TENURES:
        inside = {
            mat("kind"): code("tenure-kind", TENURES[key]),
            mat("atOrganization"): target,
            **_qualifiers(relation),
        }
        value, node = value_node(relation.subject, f"{key}-{relation.object}", {TYPE: mat("Tenure"), **inside})
        yield from node
        yield from _relation_claim(relation, (subject, mat("tenure"), value))
    elif key in HOLDINGS:
        owner, held = (subject, target) if key == "owns" else (target, subject)
        inside = {mat("kind"): code("holding-kind", HOLDINGS[key]), mat("heldOrganization"): held}
        inside |= {mat("sharePercent"): number_literal(relation.share_percent), **_qualifiers(relation)}
        value, node = value_node(relation.subject, f"{key}-{relation.object}", {TYPE: mat("Holding"), **inside})
        yield from node
        yield from _relation_claim(relation, (owner, mat("holding"), value))
    else:
        yield from _relation_claim(relation, (subject, mat(EDGES[key]), target), _qualifiers(relation))


def fact_triples(fact: Fact) -> Iterator[Triple]:
    """Describe a fact as an observation on its subject."""
    iri = thing(fact.id)
    yield from describe(
        iri,
        {
            TYPE: mat("Observation"),
            DESCRIPTION: english(fact.claim),
            mat("number"): number_literal(fact.value),
            mat("unit"): Literal(fact.unit) if fact.unit else None,
            mat("date"): date_literal(fact.date),
        },
    )
    link = (thing(fact.subject), mat("observation"), iri)
    yield from claimed(link, "statement", fact.sources, speaker=fact.attributed_to)


def _relation_claim(
    relation: Relation, statement: Statement, qualifiers: dict[NamedNode, Term | None] | None = None
) -> Iterator[Triple]:
    yield from claimed(statement, "statement", relation.sources, qualifiers, stated_on=relation.observed)


def _qualifiers(relation: Relation) -> dict[NamedNode, Term | None]:
    return {
        mat("roleAsStated"): english(relation.role) if relation.role else None,
        mat("validFrom"): date_literal(relation.start),
        mat("validUntil"): date_literal(relation.end),
    }
