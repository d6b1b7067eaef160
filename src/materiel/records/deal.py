"""A partnership's dossier in RDF: participations, events, what it is about, and its conflicts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from materiel.records.conflicts import conflict_type, sides
from materiel.records.nodes import claim_iri, claimed, date_literal, describe, number_literal, value_node
from materiel.vocabulary import DESCRIPTION, LABEL, TYPE, code, english, mat, slug_of, thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from materiel.records.model import Event, Partnership
    from materiel.records.nodes import Statement, Term


def partnership_triples(partnership: Partnership) -> Iterator[Triple]:
    """Describe a partnership: its dossier of participations, events, claims, attestations and conflicts."""
    iri = thing(partnership.id)
    yield from describe(iri, {TYPE: mat("Partnership"), LABEL: english(partnership.name)})
    sources = sorted({source for event in partnership.events for source in event.sources})
    statements = list(_whole_deal_statements(partnership))
    for statement, inside in statements:
        yield from inside
        yield from claimed(statement, "partnership", sources)
    events = [_event(iri, event, number) for number, event in enumerate(partnership.events, 1)]
    for event, (link, node) in zip(partnership.events, events, strict=True):
        yield from node
        yield from claimed(link, "statement", event.sources, speaker=event.attributed_to)
    slots = _slots(partnership, [statement for statement, _ in statements])
    steps = [(claim_iri(link).value, event) for event, (link, _) in zip(partnership.events, events, strict=True)]
    for text in partnership.conflicts:
        yield from _conflict(partnership.id, text, slots, steps)


def _whole_deal_statements(deal: Partnership) -> Iterator[tuple[Statement, list[Triple]]]:
    """Yield what the records cite no source for by itself: the deal's sources stand for it."""
    iri = thing(deal.id)
    yield (iri, mat("kind"), code("partnership-kind", deal.kind)), []
    for number, party in enumerate(deal.participants, 1):
        inside = {
            TYPE: mat("Participation"),
            mat("party"): thing(party.entity),
            mat("role"): code("role", party.role),
            mat("sharePercent"): number_literal(party.share_percent),
        }
        value, node = value_node(deal.id, f"{party.entity}-{party.role}", inside, sequence=number)
        yield (iri, mat("participation"), value), node
    yield from (((iri, mat("concerns"), thing(product)), []) for product in deal.products)
    if deal.facility:
        yield (iri, mat("site"), thing(deal.facility)), []
    if deal.location:
        yield (iri, mat("location"), english(deal.location)), []
    yield from _amounts(deal)


def _amounts(deal: Partnership) -> Iterator[tuple[Statement, list[Triple]]]:
    if deal.value:
        inside = {mat("number"): number_literal(deal.value.amount), mat("currency"): Literal(deal.value.currency)}
        value, node = value_node(deal.id, "value", {TYPE: mat("Amount"), **inside})
        yield (thing(deal.id), mat("value"), value), node
    if deal.quantity:
        inside = {mat("number"): number_literal(deal.quantity.amount), mat("unit"): Literal(deal.quantity.unit)}
        value, node = value_node(deal.id, "quantity", {TYPE: mat("Amount"), **inside})
        yield (thing(deal.id), mat("quantity"), value), node


def _event(deal: NamedNode, event: Event, number: int) -> tuple[Statement, list[Triple]]:
    inside = {
        TYPE: mat("StatusEvent"),
        mat("status"): code("status", event.status),
        mat("date"): date_literal(event.date),
        DESCRIPTION: english(event.claim),
    }
    value, node = value_node(slug_of(deal), f"{event.status}-{event.date or 'undated'}", inside, sequence=number)
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
    iri, node = value_node(deal, f"conflict-{kind}", inside)
    yield from node
    yield from (Triple(iri, mat("between"), NamedNode(claim)) for claim in sides(text, kind, slots, steps))
