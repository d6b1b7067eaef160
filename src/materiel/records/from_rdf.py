"""RDF back to records: the inverse of `to_rdf`, field by field."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pyoxigraph import DefaultGraph, NamedNode

from materiel.records.deal import SIDE_FIELDS
from materiel.records.model import RECORD_TYPES, Records
from materiel.records.terms import EDGES, HOLDINGS, TENURES, TYPE_OF_CLASS
from materiel.vocabulary import (
    ALT_LABEL,
    DESCRIPTION,
    EXACT_MATCH,
    ID,
    LABEL,
    OBJECT,
    PREDICATE,
    SUBJECT,
    TITLE,
    TYPE,
    mat,
    slug_of,
)

if TYPE_CHECKING:
    import pyoxigraph as ox

_KIND = {kind: key for key, kind in [*TENURES.items(), *HOLDINGS.items()]}
_EDGE = {name: key for key, name in EDGES.items()}
_FIELD = {link: field for field, link in SIDE_FIELDS.items()}


class Reader:
    """Reads records out of an engine; everything is looked up from one pass over the triples."""

    def __init__(self, engine: ox.Store) -> None:
        """Index the default graph by subject."""
        self._values: dict[Any, dict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for quad in engine.quads_for_pattern(None, None, None, DefaultGraph()):
            self._values[quad.subject][quad.predicate].append(quad.object)
        self._claims: dict[tuple[Any, str], list[Any]] = defaultdict(list)
        for claim in self._of_type("Claim"):
            self._claims[self._one(claim, SUBJECT), slug_of(self._one(claim, PREDICATE))].append(claim)

        self._conflicts: dict[Any, list[Any]] = defaultdict(list)
        for conflict in self._of_type("Conflict"):
            if conflict.value.startswith(ID):  # those that rules find have IRIs of their own
                self._conflicts[self._one(conflict, mat("about"))].append(conflict)

    def records(self) -> Records:
        """Return all records, sorted by id as the exchange files are."""
        lists: dict[str, list[dict[str, Any]]] = {
            "sources": [self._source(iri) for iri in self._of_type("Source")],
            "entities": [self._entity(iri, key) for name, key in TYPE_OF_CLASS.items() for iri in self._own_type(name)],
            "partnerships": [self._partnership(iri) for iri in self._of_type("Partnership")],
            "relations": [*self._edges(), *self._tenures(), *self._holdings()],
            "facts": [
                self._fact(claim)
                for (_, name), claims in self._claims.items()
                if name == "observation"
                for claim in claims
            ],
        }
        key = {
            "relations": lambda r: (
                r["subject"],
                r["predicate"],
                r["object"],
                r["role"] or "",
                r["start"] or "",
            )
        }
        rows: dict[str, Any] = {}
        for stem, found in lists.items():
            found.sort(key=key.get(stem, lambda r: r["id"]))
            rows[stem] = [RECORD_TYPES[stem](**row) for row in found]
        return Records.model_construct(None, **rows)

    def _of_type(self, name: str) -> list[Any]:
        return [iri for iri, values in self._values.items() if mat(name) in values.get(TYPE, ())]

    def _own_type(self, name: str) -> list[Any]:
        """Instances of a class but of none of its sub-classes (a state enterprise is a company, too)."""
        below = {"Company": ("StateEnterprise", "JointVentureCompany"), "Place": ("Facility", "Country")}.get(name, ())
        return [iri for iri in self._of_type(name) if not any(mat(sub) in self._values[iri][TYPE] for sub in below)]

    def _all(self, subject: Any, predicate: NamedNode) -> list[Any]:
        return self._values[subject].get(predicate, [])

    def _one(self, subject: Any, predicate: NamedNode) -> Any:
        values = self._all(subject, predicate)
        return values[0] if values else None

    def _text(self, subject: Any, predicate: NamedNode) -> str | None:
        value = self._one(subject, predicate)
        return value.value if value is not None else None

    def _slug(self, subject: Any, predicate: NamedNode) -> str | None:
        value = self._one(subject, predicate)
        return slug_of(value) if value is not None else None

    def _number(self, subject: Any, predicate: NamedNode) -> float | None:
        text = self._text(subject, predicate)
        return None if text is None else float(text) if "." in text else int(text)

    def _name(self, subject: Any, predicate: NamedNode) -> str | None:
        iri = self._one(subject, predicate)
        return self._text(iri, LABEL) if iri is not None else None

    def _source(self, iri: Any) -> dict[str, Any]:
        affiliation, whose = self._slug(iri, mat("affiliation")), self._text(iri, mat("affiliatedTo"))
        return {
            "id": _source_id(iri),
            "url": self._text(iri, mat("url")),
            "publisher": self._name(iri, mat("publisher")),
            "title": self._text(iri, TITLE),
            "published": self._text(iri, mat("publishedOn")),
            "language": self._text(iri, mat("language")),
            "type": self._slug(iri, mat("sourceType")),
            "affiliation": f"{affiliation}:{whose}" if whose else affiliation,
            "country": self._slug(iri, mat("country")),
            "relays": self._name(iri, mat("relays")),
            "origin": self._name(iri, mat("origin")),
            "speaks_for": self._slug(iri, mat("speaksFor")),
            "retrieved": self._text(iri, mat("retrievedOn")),
            "archived": self._text(iri, mat("archivedAt")),
        }

    def _entity(self, iri: Any, entity_type: str) -> dict[str, Any]:
        return {
            "id": slug_of(iri),
            "type": entity_type,
            "name": self._text(iri, LABEL),
            "aliases": sorted(value.value for value in self._all(iri, ALT_LABEL)),
            "country": self._slug(iri, mat("country")),
            "parent": self._slug(iri, mat("parent")),
            "description": self._text(iri, DESCRIPTION),
            "product_category": self._slug(iri, mat("productCategory")),
            "wikidata": self._slug(iri, EXACT_MATCH),
            "sources": sorted(_source_id(source) for source in self._all(iri, mat("describedIn"))),
            "undisclosed": self._one(iri, mat("undisclosed")) is not None,
        }

    def _partnership(self, iri: Any) -> dict[str, Any]:
        value, quantity = self._one(iri, mat("value")), self._one(iri, mat("quantity"))
        return {
            "id": slug_of(iri),
            "name": self._text(iri, LABEL),
            "kind": self._slug(iri, mat("kind")),
            "participants": [self._participant(iri, node) for node in self._in_order(iri, "participation")],
            "products": [self._about(iri, "concerns", product) for product in _sorted(self._all(iri, mat("concerns")))],
            "facility": self._about(iri, "site", self._one(iri, mat("site"))),
            "location": self._text(iri, mat("location")),
            "value": value
            and {
                "amount": self._number(value, mat("number")),
                "currency": self._text(value, mat("currency")),
                "sources": self._own_sources(iri, "value", value),
            },
            "quantity": quantity
            and {
                "amount": self._number(quantity, mat("number")),
                "unit": self._text(quantity, mat("unit")),
                "sources": self._own_sources(iri, "quantity", quantity),
            },
            "events": [self._event(iri, node) for node in self._in_order(iri, "statusEvent")],
            "conflicts": [self._conflict(iri, node) for node in _sorted(self._conflicts[iri]) if self._has_sides(node)],
            "refinements": sorted(text.value for text in self._all(iri, mat("refinement"))),
            "caveats": self._caveats(iri),
        }

    def _in_order(self, iri: Any, link: str) -> list[Any]:
        return sorted(self._all(iri, mat(link)), key=lambda node: self._number(node, mat("sequence")) or 0)

    def _participant(self, deal: Any, node: Any) -> dict[str, Any]:
        return {
            "entity": self._slug(node, mat("party")),
            "role": self._slug(node, mat("role")),
            "share_percent": self._number(node, mat("sharePercent")),
            "sources": self._own_sources(deal, "participation", node),
        }

    def _about(self, deal: Any, link: str, value: Any) -> Any:
        if value is None:
            return None
        sources = self._own_sources(deal, link, value)
        return {"value": slug_of(value), "sources": sources} if sources else slug_of(value)

    def _own_sources(self, deal: Any, link: str, value: Any) -> list[Any]:
        """Return the sources that were given for a statement itself, rather than for its deal."""
        found = [c for c in self._claims[deal, link] if self._one(c, OBJECT) == value]
        own = [c for c in found if self._slug(c, mat("evidenceScope")) == "statement"]
        return self._evidence(own[0])["sources"] if own else []

    def _event(self, deal: Any, node: Any) -> dict[str, Any]:
        (claim,) = (c for c in self._claims[deal, "statusEvent"] if self._one(c, OBJECT) == node)
        return {
            "status": self._slug(node, mat("status")),
            "date": self._text(node, mat("date")),
            "claim": self._text(node, DESCRIPTION),
            "instrument": self._slug(node, mat("instrument")),
            "date_basis": self._slug(node, mat("dateBasis")),
            "reverse": self._one(node, mat("reverse")) is not None,
            **self._evidence(claim),
        }

    def _conflict(self, deal: Any, node: Any) -> dict[str, Any]:
        return {
            "type": self._slug(node, mat("conflictType")),
            "text": self._text(node, DESCRIPTION),
            "sides": [self._side(deal, side) for side in self._in_order(node, "side")],
        }

    def _has_sides(self, conflict: Any) -> bool:
        return len(self._all(conflict, mat("side"))) > 1

    def _caveats(self, deal: Any) -> list[str]:
        """Return the notes of the reader; a contradiction without two sides, as schema 1 wrote them, is one of them."""
        texts = {text.value for text in self._all(deal, mat("caveat"))}
        return sorted(
            texts | {self._text(c, DESCRIPTION) or "" for c in self._conflicts[deal] if not self._has_sides(c)}
        )

    def _side(self, deal: Any, side: Any) -> dict[str, Any]:
        told = {
            "says": self._text(side, DESCRIPTION),
            "sources": sorted(_source_id(source) for source in self._all(side, mat("source"))),
        }
        claim = self._one(side, mat("claim"))
        if claim is None:
            return told
        link, value = self._slug(claim, PREDICATE), self._one(claim, OBJECT)
        if link == "statusEvent":
            return {**told, "step": self._in_order(deal, link).index(value) + 1}
        if link == "participation":
            return {**told, "party": self._slug(value, mat("party")), "role": self._slug(value, mat("role"))}
        if link == "concerns":
            return {**told, "product": slug_of(value)}
        return {**told, "field": _FIELD[link or ""]}

    def _evidence(self, claim: Any) -> dict[str, Any]:
        """Return sources and speaker: a source that attests in a way of its own says how."""
        attestations = sorted(self._all(claim, mat("attestation")), key=lambda a: self._one(a, mat("source")).value)
        speakers = [self._slug(a, mat("attributedTo")) for a in attestations]
        common = speakers[0] if len(set(speakers)) == 1 else None
        return {"sources": [self._attested(a, common) for a in attestations], "attributed_to": common}

    def _attested(self, attestation: Any, common: str | None) -> Any:
        source = _source_id(self._one(attestation, mat("source")))
        speaker = self._slug(attestation, mat("attributedTo"))
        stance, locator = self._slug(attestation, mat("stance")) or "asserts", self._text(attestation, mat("locator"))
        if speaker == common and stance == "asserts" and locator is None:
            return source
        return {
            "source": source,
            "attributed_to": None if speaker == common else speaker,
            "stance": stance,
            "locator": locator,
        }

    def _sources(self, claim: Any) -> list[Any]:
        attestations = sorted(self._all(claim, mat("attestation")), key=lambda a: self._one(a, mat("source")).value)
        return [self._attested(attestation, None) for attestation in attestations]

    def _edges(self) -> list[dict[str, Any]]:
        return [
            self._relation(claim, claim, slug_of(subject), _EDGE[name], self._slug(claim, OBJECT))
            for (subject, name), claims in self._claims.items()
            if name in _EDGE
            for claim in claims
        ]

    def _tenures(self) -> list[dict[str, Any]]:
        found = [
            (subject, claim) for (subject, name), claims in self._claims.items() if name == "tenure" for claim in claims
        ]
        return [
            self._relation(
                claim,
                node,
                slug_of(subject),
                _KIND[self._slug(node, mat("kind")) or ""],
                self._slug(node, mat("atOrganization")),
            )
            for subject, claim in found
            for node in [self._one(claim, OBJECT)]
        ]

    def _holdings(self) -> list[dict[str, Any]]:
        found = [
            (subject, claim)
            for (subject, name), claims in self._claims.items()
            if name == "holding"
            for claim in claims
        ]
        rows = []
        for owner, claim in found:
            node = self._one(claim, OBJECT)
            key, held = _KIND[self._slug(node, mat("kind")) or ""], self._slug(node, mat("heldOrganization"))
            subject, target = (slug_of(owner), held) if key == "owns" else (held, slug_of(owner))
            rows.append(self._relation(claim, node, subject, key, target))
        return rows

    def _relation(
        self, claim: Any, node: Any, subject: str | None, predicate: str, target: str | None
    ) -> dict[str, Any]:
        """Read a relation: its qualifiers stand on `node` (the value node, or the claim itself)."""
        observed = sorted(value.value for value in self._all(claim, mat("statedOn")))
        return {
            "subject": subject,
            "predicate": predicate,
            "object": target,
            "role": self._text(node, mat("roleAsStated")),
            "start": self._text(node, mat("validFrom")),
            "end": self._text(node, mat("validUntil")),
            "share_percent": self._number(node, mat("sharePercent")),
            "date": observed[0] if observed else None,
            "sources": self._sources(claim),
            "observed": observed,
        }

    def _fact(self, claim: Any) -> dict[str, Any]:
        node = self._one(claim, OBJECT)
        return {
            "id": slug_of(node),
            "subject": self._slug(claim, SUBJECT),
            "claim": self._text(node, DESCRIPTION),
            "value": self._number(node, mat("number")),
            "unit": self._text(node, mat("unit")),
            "date": self._text(node, mat("date")),
            **self._evidence(claim),
        }


def _sorted(nodes: list[Any]) -> list[Any]:
    return sorted(nodes, key=lambda node: node.value)


def _source_id(iri: Any) -> str:
    return f"src-{slug_of(iri)}"


def read(engine: ox.Store) -> Records:
    """Return the records that a store holds (the triples in it need not be derived)."""
    return Reader(engine).records()
