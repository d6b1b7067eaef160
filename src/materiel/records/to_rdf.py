"""Records to RDF: the triples of each file of the graph folder."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from materiel.dates import PartialDate
from materiel.records.conflicts import conflict_type, sides
from materiel.records.terms import CLASS_OF_TYPE, EDGES, HOLDINGS, TENURES, folder_of
from materiel.vocabulary import (
    ALT_LABEL,
    CLAIM,
    DESCRIPTION,
    EXACT_MATCH,
    LABEL,
    OBJECT,
    OUTLET,
    PREDICATE,
    PREFIXES,
    SOURCE,
    SUBJECT,
    TITLE,
    TYPE,
    XSD,
    code,
    digest,
    english,
    mat,
    slug_of,
    slugify,
    thing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from materiel.records.model import Entity, Event, Fact, Partnership, Records, Relation, Source

Term: TypeAlias = "NamedNode | Literal"
Statement: TypeAlias = "tuple[NamedNode, NamedNode, Term]"
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


def source_slug(source_id: str) -> str:
    """Return a source's slug in the IRI: the record's id without `src-`."""
    return source_id.removeprefix("src-")


def source_path(source: Source) -> str:
    """Return the file of a source: `sources/{year}/{slug}.ttl`."""
    year = source.published[:4] if source.published else "undated"
    return f"sources/{year}/{source_slug(source.id)}.ttl"


def outlets(source: Source) -> set[str]:
    """Return the names of the outlets that a source names."""
    return {name for name in (source.publisher, source.relays, source.origin) if name}


def outlet_triples(name: str) -> list[Triple]:
    """Describe an outlet."""
    iri = _outlet(name)
    return [Triple(iri, TYPE, mat("Outlet")), Triple(iri, LABEL, english(name))]


def source_triples(source: Source) -> list[Triple]:
    """Describe a source."""
    affiliation, _, whose = (source.affiliation or "").partition(":")
    return _node(
        _source(source.id),
        {
            TYPE: mat("Source"),
            mat("url"): NamedNode(source.url),
            TITLE: english(source.title),
            mat("publisher"): _outlet(source.publisher),
            mat("publishedOn"): _date(source.published),
            mat("language"): Literal(source.language),
            mat("sourceType"): code("source-type", source.type),
            mat("affiliation"): code("affiliation", affiliation) if affiliation else None,
            mat("affiliatedTo"): Literal(whose) if whose else None,
            mat("country"): _country(source.country),
            mat("relays"): _outlet(source.relays) if source.relays else None,
            mat("origin"): _outlet(source.origin),
            mat("speaksFor"): thing(source.speaks_for) if source.speaks_for else None,
        },
    )


def entity_triples(entity: Entity) -> Iterator[Triple]:
    """Describe an entity; its parent is a claim on the entity's own sources."""
    iri = thing(entity.id)
    category = entity.product_category
    yield from _node(
        iri,
        {
            TYPE: mat(CLASS_OF_TYPE[entity.type]),
            LABEL: english(entity.name),
            DESCRIPTION: english(entity.description),
            mat("country"): _country(entity.country),
            mat("productCategory"): code("product-category", category) if category else None,
            EXACT_MATCH: NamedNode(PREFIXES["wd"] + entity.wikidata) if entity.wikidata else None,
            mat("undisclosed"): _boolean(entity.undisclosed),
        },
    )
    yield from (Triple(iri, ALT_LABEL, Literal(alias)) for alias in entity.aliases)
    yield from (Triple(iri, mat("describedIn"), _source(source)) for source in entity.sources)
    if entity.parent:
        yield from _claim((iri, mat("parent"), thing(entity.parent)), "entity", entity.sources)


def partnership_triples(partnership: Partnership) -> Iterator[Triple]:
    """Describe a partnership: its dossier of participations, events, claims, attestations and conflicts."""
    iri = thing(partnership.id)
    yield from _node(iri, {TYPE: mat("Partnership"), LABEL: english(partnership.name)})
    sources = sorted({source for event in partnership.events for source in event.sources})
    statements = list(_whole_deal_statements(partnership))
    for statement, inside in statements:
        yield from inside
        yield from _claim(statement, "partnership", sources)
    events = [_event(iri, event, number) for number, event in enumerate(partnership.events, 1)]
    for event, (link, node) in zip(partnership.events, events, strict=True):
        yield from node
        yield from _claim(link, "statement", event.sources, speaker=event.attributed_to)
    slots = _slots(partnership, [statement for statement, _ in statements])
    steps = [(claim_iri(link).value, event) for event, (link, _) in zip(partnership.events, events, strict=True)]
    for text in partnership.conflicts:
        yield from _conflict(partnership.id, text, slots, steps)


def relation_triples(relation: Relation) -> Iterator[Triple]:
    """Describe a relation: a tenure, a holding, or one edge; with its claim."""
    subject, target, key = thing(relation.subject), thing(relation.object), relation.predicate
    if key in TENURES:
        inside = {
            mat("kind"): code("tenure-kind", TENURES[key]),
            mat("atOrganization"): target,
            **_qualifiers(relation),
        }
        value, node = _value(relation.subject, f"{key}-{relation.object}", {TYPE: mat("Tenure"), **inside})
        yield from node
        yield from _relation_claim(relation, (subject, mat("tenure"), value))
    elif key in HOLDINGS:
        owner, held = (subject, target) if key == "owns" else (target, subject)
        inside = {mat("kind"): code("holding-kind", HOLDINGS[key]), mat("heldOrganization"): held}
        inside |= {mat("sharePercent"): _number(relation.share_percent), **_qualifiers(relation)}
        value, node = _value(relation.subject, f"{key}-{relation.object}", {TYPE: mat("Holding"), **inside})
        yield from node
        yield from _relation_claim(relation, (owner, mat("holding"), value))
    else:
        yield from _relation_claim(relation, (subject, mat(EDGES[key]), target), _qualifiers(relation))


def fact_triples(fact: Fact) -> Iterator[Triple]:
    """Describe a fact as an observation on its subject."""
    iri = thing(fact.id)
    yield from _node(
        iri,
        {
            TYPE: mat("Observation"),
            DESCRIPTION: english(fact.claim),
            mat("number"): _number(fact.value),
            mat("unit"): Literal(fact.unit) if fact.unit else None,
            mat("date"): _date(fact.date),
        },
    )
    link = (thing(fact.subject), mat("observation"), iri)
    yield from _claim(link, "statement", fact.sources, speaker=fact.attributed_to)


def _whole_deal_statements(deal: Partnership) -> Iterator[tuple[Statement, list[Triple]]]:
    """Yield what the records cite no source for by itself: the deal's sources stand for it."""
    iri = thing(deal.id)
    yield (iri, mat("kind"), code("partnership-kind", deal.kind)), []
    for number, party in enumerate(deal.participants, 1):
        inside = {
            TYPE: mat("Participation"),
            mat("party"): thing(party.entity),
            mat("role"): code("role", party.role),
            mat("sharePercent"): _number(party.share_percent),
        }
        value, node = _value(deal.id, f"{party.entity}-{party.role}", inside, sequence=number)
        yield (iri, mat("participation"), value), node
    yield from (((iri, mat("concerns"), thing(product)), []) for product in deal.products)
    if deal.facility:
        yield (iri, mat("site"), thing(deal.facility)), []
    if deal.location:
        yield (iri, mat("location"), english(deal.location)), []
    yield from _amounts(deal)


def _amounts(deal: Partnership) -> Iterator[tuple[Statement, list[Triple]]]:
    if deal.value:
        inside = {mat("number"): _number(deal.value.amount), mat("currency"): Literal(deal.value.currency)}
        value, node = _value(deal.id, "value", {TYPE: mat("Amount"), **inside})
        yield (thing(deal.id), mat("value"), value), node
    if deal.quantity:
        inside = {mat("number"): _number(deal.quantity.amount), mat("unit"): Literal(deal.quantity.unit)}
        value, node = _value(deal.id, "quantity", {TYPE: mat("Amount"), **inside})
        yield (thing(deal.id), mat("quantity"), value), node


def _event(deal: NamedNode, event: Event, number: int) -> tuple[Statement, list[Triple]]:
    inside = {
        TYPE: mat("StatusEvent"),
        mat("status"): code("status", event.status),
        mat("date"): _date(event.date),
        DESCRIPTION: english(event.claim),
    }
    value, node = _value(slug_of(deal), f"{event.status}-{event.date or 'undated'}", inside, sequence=number)
    return (deal, mat("statusEvent"), value), node


def _slots(deal: Partnership, statements: list[Statement]) -> dict[str, list[tuple[str, str]]]:
    """Return the claims that a contradiction of each type can be about, with the words that name them."""
    shares = {party.entity for party in deal.participants if party.share_percent is not None}
    slots: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for statement in statements:
        predicate, claim = slug_of(statement[1]), claim_iri(statement).value
        if predicate == "participation":
            party = slug_of(str(statement[2])[1:-1]).split("--")[1].rsplit("-", 1)[0]
            slots["party"].append((claim, next(p.entity for p in deal.participants if party == f"{p.entity}-{p.role}")))
            slots["share"] += [(claim, "")] if slots["party"][-1][1] in shares else []
        elif predicate in {"value", "quantity", "kind"}:
            slots["kind" if predicate == "kind" else "amount"].append((claim, ""))
        elif predicate == "concerns":
            slots["product"].append((claim, slug_of(str(statement[2])[1:-1])))
    return slots


def _conflict(
    deal: str, text: str, slots: dict[str, list[tuple[str, str]]], steps: list[tuple[str, Event]]
) -> Iterator[Triple]:
    kind = conflict_type(text)
    inside: dict[NamedNode, Term | None] = {
        TYPE: mat("Conflict"),
        mat("about"): thing(deal),
        mat("conflictType"): code("conflict-type", kind),
        DESCRIPTION: english(text),
    }
    iri, node = _value(deal, f"conflict-{kind}", inside)
    yield from node
    yield from (Triple(iri, mat("between"), NamedNode(claim)) for claim in sides(text, kind, slots, steps))


def _relation_claim(
    relation: Relation, statement: Statement, qualifiers: dict[NamedNode, Term | None] | None = None
) -> Iterator[Triple]:
    yield from _claim(statement, "statement", relation.sources, qualifiers, stated_on=relation.observed)


def _qualifiers(relation: Relation) -> dict[NamedNode, Term | None]:
    return {
        mat("roleAsStated"): english(relation.role) if relation.role else None,
        mat("validFrom"): _date(relation.start),
        mat("validUntil"): _date(relation.end),
    }


def _claim(
    statement: Statement,
    scope: str,
    sources: Sequence[str],
    qualifiers: dict[NamedNode, Term | None] | None = None,
    *,
    speaker: str | None = None,
    stated_on: Iterable[str] = (),
) -> Iterator[Triple]:
    """Yield the statement itself, its claim, and an attestation for each source.

    The same claim made twice is one claim: its IRI is a hash of what it says.
    """
    told = {key: value for key, value in (qualifiers or {}).items() if value is not None}
    subject, predicate, value = statement
    claim = claim_iri(statement, told)
    yield Triple(*statement)
    yield from _node(
        claim,
        {
            TYPE: mat("Claim"),
            SUBJECT: subject,
            PREDICATE: predicate,
            OBJECT: value,
            mat("evidenceScope"): code("evidence-scope", scope),
            **told,
        },
    )
    yield from (Triple(claim, mat("statedOn"), PartialDate(day).literal) for day in stated_on)
    for source in sources:
        yield from _attestation(claim, source, speaker)


def claim_iri(statement: Statement, qualifiers: dict[NamedNode, Term] | None = None) -> NamedNode:
    """Return the IRI of the claim of a statement: a hash of subject, predicate, object and qualifiers."""
    told = qualifiers or {}
    return NamedNode(
        CLAIM + digest(" ".join(map(str, statement)), *(f"{key} {told[key]}" for key in sorted(told, key=str)))
    )


def _attestation(claim: NamedNode, source: str, speaker: str | None) -> Iterator[Triple]:
    iri = NamedNode(f"{claim.value}-{source_slug(source)}")
    yield Triple(claim, mat("attestation"), iri)
    yield from _node(
        iri,
        {
            TYPE: mat("Attestation"),
            mat("source"): _source(source),
            mat("stance"): code("stance", "asserts"),
            mat("attributedTo"): thing(speaker) if speaker else None,
        },
    )


def _node(iri: NamedNode, properties: dict[NamedNode, Term | None]) -> list[Triple]:
    return [Triple(iri, predicate, value) for predicate, value in properties.items() if value is not None]


def _value(
    owner: str, name: str, inside: dict[NamedNode, Term | None], sequence: int | None = None
) -> tuple[NamedNode, list[Triple]]:
    """Return a value node and its triples: its IRI is its owner, its name and a hash of its content."""
    content = [
        f"{key} {value}" for key, value in sorted(inside.items(), key=lambda item: item[0].value) if value is not None
    ]
    iri = thing(f"{owner}--{name}-{digest(*content, length=4)}")
    order: dict[NamedNode, Term | None] = {mat("sequence"): Literal(sequence)} if sequence else {}
    return iri, _node(iri, inside | order)


def _outlet(name: str) -> NamedNode:
    return NamedNode(OUTLET + slugify(name))


def _source(source_id: str) -> NamedNode:
    return NamedNode(SOURCE + source_slug(source_id))


def _country(alpha2: str | None) -> NamedNode | None:
    return code("country", alpha2) if alpha2 else None


def _date(text: str | None) -> Literal | None:
    return PartialDate(text).literal if text else None


def _boolean(value: bool) -> Literal | None:
    return Literal(True) if value else None  # noqa: FBT003


def _number(value: float | None) -> Literal | None:
    """Write a number in its shortest canonical form: the engine would rewrite any other."""
    if value is None:
        return None
    if value == int(value):
        return Literal(int(value))
    return Literal(format(Decimal(repr(value)), "f"), datatype=NamedNode(XSD + "decimal"))
