"""A partnership's dossier in RDF: participations, steps, what it is about, and its conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from materiel.records.model import About, said, source_ids
from materiel.records.nodes import (
    claim_iri,
    claimed,
    date_literal,
    describe,
    flag_literal,
    number_literal,
    source_iri,
    value_node,
)
from materiel.vocabulary import DESCRIPTION, LABEL, TYPE, code, english, mat, slug_of, thing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from materiel.records.model import Attested, Conflict, Event, Partnership, Side
    from materiel.records.nodes import Statement, Term

SIDE_FIELDS = {"kind": "kind", "value": "value", "quantity": "quantity", "facility": "site", "location": "location"}
"""Fields of the record that a side of a conflict may name, and the properties that they become."""


def partnership_triples(partnership: Partnership) -> Iterator[Triple]:
    """Describe a partnership: its dossier of participations, steps, claims, attestations and conflicts."""
    iri = thing(partnership.id)
    yield from describe(iri, {TYPE: mat("Partnership"), LABEL: english(partnership.name)})
    yield from (Triple(iri, mat("refinement"), english(text)) for text in partnership.refinements)
    yield from (Triple(iri, mat("caveat"), english(text)) for text in partnership.caveats)
    deal_sources = sorted({source for event in partnership.events for source in source_ids(event.sources)})
    statements = list(_statements(partnership))
    for statement, inside, sources in statements:
        yield from inside
        yield from claimed(statement, "statement" if sources else "partnership", sources or deal_sources)
    events = [_event(iri, event, number) for number, event in enumerate(partnership.events, 1)]
    for event, (link, node) in zip(partnership.events, events, strict=True):
        yield from node
        yield from claimed(link, "statement", event.sources, speaker=event.attributed_to)
    about = [statement for statement, _, _ in statements]
    for conflict in partnership.conflicts:
        yield from _conflict(partnership, conflict, about, [link for link, _ in events])


def _statements(deal: Partnership) -> Iterator[tuple[Statement, list[Triple], Sequence[str | Attested]]]:
    """Yield what is said of the deal as a whole, with the sources that the record gives for it, if any."""
    iri = thing(deal.id)
    yield (iri, mat("kind"), code("partnership-kind", deal.kind)), [], []
    for number, party in enumerate(deal.participants, 1):
        inside = {
            TYPE: mat("Participation"),
            mat("party"): thing(party.entity),
            mat("role"): code("role", party.role),
            mat("sharePercent"): number_literal(party.share_percent),
        }
        value, node = value_node(deal.id, f"{party.entity}-{party.role}", inside, sequence=number)
        yield (iri, mat("participation"), value), node, party.sources
    for product in deal.products:
        yield (iri, mat("concerns"), thing(said(product) or "")), [], _own(product)
    if site := said(deal.facility):
        yield (iri, mat("site"), thing(site)), [], _own(deal.facility)
    if deal.location:
        yield (iri, mat("location"), english(deal.location)), [], []
    yield from _amounts(deal)


def _own(value: str | About | None) -> Sequence[str | Attested]:
    return value.sources if isinstance(value, About) else []


def _amounts(deal: Partnership) -> Iterator[tuple[Statement, list[Triple], Sequence[str | Attested]]]:
    if deal.value:
        inside = {mat("number"): number_literal(deal.value.amount), mat("currency"): Literal(deal.value.currency)}
        value, node = value_node(deal.id, "value", {TYPE: mat("Amount"), **inside})
        yield (thing(deal.id), mat("value"), value), node, deal.value.sources
    if deal.quantity:
        inside = {mat("number"): number_literal(deal.quantity.amount), mat("unit"): Literal(deal.quantity.unit)}
        value, node = value_node(deal.id, "quantity", {TYPE: mat("Amount"), **inside})
        yield (thing(deal.id), mat("quantity"), value), node, deal.quantity.sources


def _event(deal: NamedNode, event: Event, number: int) -> tuple[Statement, list[Triple]]:
    inside = {
        TYPE: mat("StatusEvent"),
        mat("status"): code("status", event.status),
        mat("instrument"): code("instrument", event.instrument) if event.instrument else None,
        mat("date"): date_literal(event.date),
        mat("dateBasis"): code("date-basis", event.date_basis) if event.date_basis else None,
        mat("reverse"): flag_literal(event.reverse),
        DESCRIPTION: english(event.claim),
    }
    value, node = value_node(slug_of(deal), f"{event.status}-{event.date or 'undated'}", inside, sequence=number)
    return (deal, mat("statusEvent"), value), node


def _conflict(
    deal: Partnership, conflict: Conflict, about: list[Statement], steps: list[Statement]
) -> Iterator[Triple]:
    inside: dict[NamedNode, Term | None] = {
        TYPE: mat("Conflict"),
        mat("about"): thing(deal.id),
        mat("conflictType"): code("conflict-type", conflict.type),
        DESCRIPTION: english(conflict.text),
    }
    iri, node = value_node(deal.id, f"conflict-{conflict.type}", inside)
    yield from node
    for number, side in enumerate(conflict.sides, 1):
        yield from _side(iri, side, number, _statement(deal, side, about, steps))


def _side(conflict: NamedNode, side: Side, number: int, statement: Statement | None) -> Iterator[Triple]:
    """Describe a side; where it is a statement of the record, the conflict is between that claim, too."""
    claim = claim_iri(statement) if statement else None
    told: dict[NamedNode, Term | None] = {TYPE: mat("Side"), DESCRIPTION: english(side.says), mat("claim"): claim}
    iri, node = value_node(slug_of(conflict), f"side-{number}", told, sequence=number)
    yield Triple(conflict, mat("side"), iri)
    yield from node
    yield from (Triple(iri, mat("source"), source_iri(source)) for source in side.sources)
    if claim:
        yield Triple(conflict, mat("between"), claim)


def _statement(deal: Partnership, side: Side, about: list[Statement], steps: list[Statement]) -> Statement | None:
    """Return the statement of the record that a side names; `check` has seen to it that there is one."""
    if side.step:
        return steps[side.step - 1]
    if side.party:
        parts = [s for s in about if s[1] == mat("participation")]
        return next(
            s
            for s, party in zip(parts, deal.participants, strict=True)
            if party.entity == side.party and side.role in {None, party.role}
        )
    if side.product:
        return next(s for s in about if s[1] == mat("concerns") and s[2] == thing(side.product))
    return next((s for s in about if s[1] == mat(SIDE_FIELDS[side.field])), None) if side.field else None
