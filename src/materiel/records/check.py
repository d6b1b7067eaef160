"""What types alone cannot see in records: unknown ids and codes, repeats, shares over 100, dates that run backwards."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from materiel.dates import PartialDate
from materiel.errors import Finding
from materiel.records.model import said, source_ids
from materiel.store.codes import code_list
from materiel.vocabulary import slugify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from materiel.records.model import Attested, Entity, Fact, Partnership, Relation, Source
    from materiel.records.read import Reading

_FULL = 100
_TOO_MUCH = 10**18


class Checker:
    """Checks a reading against itself, the code lists, and the ids that the graph already has."""

    def __init__(
        self,
        reading: Reading,
        known_ids: frozenset[str] = frozenset(),
        known_sources: frozenset[str] = frozenset(),
    ) -> None:
        """Collect the ids of the reading and of the graph it goes into."""
        records = reading.records
        self._reading = reading
        self._entities = {entity.id for entity in records.entities}
        self._things = self._entities | known_ids
        self._sources = {source.id for source in records.sources} | known_sources

    def findings(self) -> list[Finding]:
        """Return all that is wrong, in the order of the files."""
        found = list(self._reading.findings)
        checks: dict[str, Callable[[Any], Iterator[tuple[str, str, str]]]]
        checks = {"sources": self._source, "entities": self._entity, "partnerships": self._partnership}
        checks |= {"relations": self._relation, "facts": self._fact}
        for stem, check in checks.items():
            for line, record in self._rows(stem):
                found += [Finding(f"{stem}.jsonl", line, *problem) for problem in check(record)]
        return sorted([*found, *self._repeated_ids(), *self._outlet_names()])

    def _rows(self, stem: str) -> Iterator[tuple[int, Any]]:
        return zip(self._reading.lines[stem], getattr(self._reading.records, stem), strict=True)

    def _sources_known(self, given: Sequence[str | Attested], field: str) -> Iterator[tuple[str, str, str]]:
        ids = source_ids(given)
        yield from self._once(field, map(repr, ids))
        for index, entry in enumerate(given):
            if not isinstance(entry, str):
                yield from self._known(f"{field}.{index}.attributed_to", entry.attributed_to)
        for index, source in enumerate(ids):
            if source not in self._sources:
                yield (*self._unknown(f"{field}.{index}", source, self._sources, "source"),)

    def _once(self, field: str, values: Iterable[str]) -> Iterator[tuple[str, str, str]]:
        """RDF keeps a statement once: what stands twice in a list would be lost without a word."""
        for value, count in Counter(values).items():
            if count > 1:
                yield field, f"{value} stands twice", "Leave one out."

    def _known(self, field: str, thing: str | None) -> Iterator[tuple[str, str, str]]:
        if thing is not None and thing not in self._things:
            yield self._unknown(field, thing, self._things, "entity")

    def _unknown(self, field: str, given: str, known: set[str] | frozenset[str], what: str) -> tuple[str, str, str]:
        near = get_close_matches(given, known, n=1, cutoff=0.8)
        remedy = f"Did you mean {near[0]!r}?" if near else f"Add the {what} or correct the id."
        return field, f"unknown {what} {given!r}", remedy

    def _code(self, field: str, code_list_name: str, notation: str | None) -> Iterator[tuple[str, str, str]]:
        codes = code_list(code_list_name)
        if notation is not None and notation not in codes:
            near = get_close_matches(notation, codes, n=1)
            listed = f"Did you mean {near[0]!r}?" if near else f"Use one of {', '.join(list(codes)[:30])}."
            yield field, f"unknown code {notation!r} of the list {code_list_name}", listed

    def _source(self, source: Source) -> Iterator[tuple[str, str, str]]:
        affiliation = source.affiliation.partition(":")[0] if source.affiliation else None
        yield from self._code("type", "source-type", source.type)
        yield from self._code("affiliation", "affiliation", affiliation)
        yield from self._code("country", "country", source.country)
        yield from self._known("speaks_for", source.speaks_for)
        try:
            NamedNode(source.url)
        except ValueError as error:
            yield "url", f"{source.url!r} is no address ({error})", "Percent-encode the character, such as %7C for |."

    def _entity(self, entity: Entity) -> Iterator[tuple[str, str, str]]:
        yield from self._code("country", "country", entity.country)
        yield from self._code("product_category", "product-category", entity.product_category)
        if entity.product_category and entity.type != "product":
            yield (
                "product_category",
                f"a {entity.type} has no product category",
                "Leave it out or correct the type.",
            )
        yield from self._once("aliases", map(repr, entity.aliases))
        yield from self._known("parent", entity.parent)
        if entity.parent == entity.id:
            yield "parent", "the entity is its own parent", "Name another entity or leave it out."
        if entity.parent and not entity.sources:
            yield "sources", "a parent is stated without a source", "Add the source that says so."
        yield from self._sources_known(entity.sources, "sources")

    def _partnership(self, deal: Partnership) -> Iterator[tuple[str, str, str]]:
        yield from self._code("kind", "partnership-kind", deal.kind)
        for index, party in enumerate(deal.participants):
            yield from self._known(f"participants.{index}.entity", party.entity)
            yield from self._code(f"participants.{index}.role", "role", party.role)
        if sum(party.share_percent or 0 for party in deal.participants) > _FULL:
            yield (
                "participants",
                "the shares add up to more than 100",
                "Correct the shares, or tell the rival ones in conflicts.",
            )
        parties = (f"{party.entity!r} as {party.role}" for party in deal.participants)
        yield from self._once("participants", parties)
        yield from self._once("products", (repr(said(product)) for product in deal.products))
        yield from self._once("conflicts", (repr(conflict.text) for conflict in deal.conflicts))
        for index, product in enumerate(deal.products):
            yield from self._known(f"products.{index}", said(product))
        yield from self._known("facility", said(deal.facility))
        yield from self._own_sources(deal)
        yield from self._conflicts(deal)
        for name in ("value", "quantity"):
            sum_ = getattr(deal, name)
            if sum_ is not None and not 0 <= sum_.amount < _TOO_MUCH:
                yield f"{name}.amount", "the amount is negative or has more than 18 digits", "Correct the amount."
        for index, event in enumerate(deal.events):
            yield from self._code(f"events.{index}.status", "status", event.status)
            yield from self._code(f"events.{index}.instrument", "instrument", event.instrument)
            yield from self._code(f"events.{index}.date_basis", "date-basis", event.date_basis)
            yield from self._known(f"events.{index}.attributed_to", event.attributed_to)
            yield from self._sources_known(event.sources, f"events.{index}.sources")
        told = Counter((event.status, event.date, event.claim) for event in deal.events)
        if any(count > 1 for count in told.values()):
            yield "events", "the same event stands twice", "Unite the two and their sources."

    def _own_sources(self, deal: Partnership) -> Iterator[tuple[str, str, str]]:
        """Check the sources that single statements of a deal give for themselves."""
        given: dict[str, object] = {f"participants.{n}": party for n, party in enumerate(deal.participants)}
        given |= {f"products.{n}": product for n, product in enumerate(deal.products)}
        given |= {"facility": deal.facility, "value": deal.value, "quantity": deal.quantity}
        for field, value in given.items():
            yield from self._sources_known(getattr(value, "sources", []), f"{field}.sources")

    def _conflicts(self, deal: Partnership) -> Iterator[tuple[str, str, str]]:
        """Check that each side of a contradiction names at most one statement, and one that the deal has."""
        products = {said(product) for product in deal.products}
        for number, conflict in enumerate(deal.conflicts):
            yield from self._code(f"conflicts.{number}.type", "conflict-type", conflict.type)
            for index, side in enumerate(conflict.sides):
                field = f"conflicts.{number}.sides.{index}"
                named = [side.step, side.party, side.product, side.field]
                if sum(name is not None for name in named) > 1:
                    yield field, "the side names more than one statement", "Make a side of each."
                if side.step and side.step > len(deal.events):
                    yield f"{field}.step", f"the deal has no step {side.step}", f"It has {len(deal.events)}."
                parts = [p for p in deal.participants if p.entity == side.party and side.role in {None, p.role}]
                if side.party and not parts:
                    yield (
                        f"{field}.party",
                        f"{side.party!r} has no such part in the deal",
                        "Name a participant and its role.",
                    )
                if side.product and side.product not in products:
                    yield f"{field}.product", f"{side.product!r} is no product of the deal", "Name one of its products."
                if side.field and getattr(deal, side.field) is None:
                    yield f"{field}.field", f"the deal has no {side.field}", "Leave it out and give the value in words."
                yield from self._sources_known(side.sources, f"{field}.sources")

    def _relation(self, relation: Relation) -> Iterator[tuple[str, str, str]]:
        yield from self._known("object", relation.object)
        if relation.subject not in self._entities:
            yield from self._known("subject", relation.subject)
            if relation.subject in self._things:
                yield (
                    "subject",
                    f"the entity record of {relation.subject!r} is not among these records",
                    "Add it to entities.jsonl.",
                )
        if relation.share_percent is not None and relation.predicate not in {"owns", "subsidiary-of"}:
            yield "share_percent", f"{relation.predicate} has no share", "Leave it out, or use owns."
        yield from self._once("observed", map(repr, relation.observed))
        if relation.observed != sorted(relation.observed) or relation.date != next(iter(relation.observed), None):
            yield (
                "observed",
                "date is not the first of the sorted days in observed",
                "Sort observed and set date to its first day.",
            )
        if (
            relation.start
            and relation.end
            and PartialDate(relation.end).not_after < PartialDate(relation.start).not_before
        ):
            yield (
                "end",
                f"ends ({relation.end}) before it starts ({relation.start})",
                "Correct one of the two.",
            )
        yield from self._sources_known(relation.sources, "sources")

    def _fact(self, fact: Fact) -> Iterator[tuple[str, str, str]]:
        yield from self._known("subject", fact.subject)
        yield from self._known("attributed_to", fact.attributed_to)
        yield from self._sources_known(fact.sources, "sources")

    def _repeated_ids(self) -> Iterator[Finding]:
        """Ids are unique over entities, partnerships and facts (they share a namespace), and over sources."""
        seen: dict[str, str] = {}
        for stem in ("sources", "entities", "partnerships", "facts"):
            for line, record in self._rows(stem):
                identifier: str = record.id
                if identifier in seen:
                    yield Finding(
                        f"{stem}.jsonl",
                        line,
                        "id",
                        f"{identifier!r} stands already in {seen[identifier]}",
                        "Give each an id of its own.",
                    )
                seen.setdefault(identifier, f"{stem}.jsonl:{line}")
        yield from self._repeated_relations()

    def _repeated_relations(self) -> Iterator[Finding]:
        seen: dict[tuple[object, ...], int] = {}
        for line, r in self._rows("relations"):
            key = (r.subject, r.predicate, r.object, r.role, r.start, r.end, r.share_percent)
            if key in seen:
                yield Finding(
                    "relations.jsonl",
                    line,
                    "relation",
                    f"the same relation stands in line {seen[key]}",
                    "Unite the two and their sources.",
                )
            seen.setdefault(key, line)

    def _outlet_names(self) -> Iterator[Finding]:
        """Two spellings of an outlet's name must not fall on one IRI."""
        names: dict[str, str] = {}
        for line, source in self._rows("sources"):
            for field in ("publisher", "relays", "origin"):
                name = getattr(source, field)
                if name and names.setdefault(slugify(name), name) != name:
                    other = names[slugify(name)]
                    yield Finding(
                        "sources.jsonl",
                        line,
                        field,
                        f"{name!r} and {other!r} are too alike",
                        "Spell the outlet's name one way.",
                    )
