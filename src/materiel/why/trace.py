"""From triples to what they rest on: claims, descriptions, the vocabulary, or nothing that could be named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from materiel.vocabulary import BASE, CODE, DCT, ID, MAT, ONTOLOGY, RDFS, SKOS, TYPE, compact
from materiel.why.lineage import library, text_of
from materiel.why.lookup import JUDGEMENTS, RECORDS, VALUES, Lookup, look_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from materiel.store.base import Store

_DESCRIBING = {
    *(TYPE.value, RDFS + "label", DCT + "description"),
    *(SKOS + name for name in ("altLabel", "prefLabel", "exactMatch", "closeMatch")),
    *(
        MAT + name
        for name in ("country", "productCategory", "undisclosed", "generic", "describedIn", "caveat", "refinement")
    ),
    *(MAT + name for name in ("lei", "mergedInto")),
}
_DATASET = BASE + "dataset/"
_TERMS = ("http://www.w3.org/2002/07/owl#", SKOS)


@dataclass(frozen=True, slots=True, order=True)
class Description:
    """A triple that describes something and has no claim of its own.

    Attributes:
        kind: `thing`, `source`, `outlet`, `judgement` or `dataset`.
        subject: What is described.
        predicate: The property.
        object: Its value.
        sources: The sources that describe it.
    """

    kind: str
    subject: str
    predicate: str
    object: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """What a triple rests on.

    Attributes:
        claims: The claims.
        description: How it describes something, when it would stand without any claim.
        vocabulary: Whether it is part of the ontology or a code list and needs no source.
        absence: What must be missing for a rule to have written it.
        unexplained: Why nothing can be said.
    """

    claims: frozenset[str] = frozenset()
    description: Description | None = None
    vocabulary: bool = False
    absence: str = ""
    unexplained: str = ""

    @property
    def rests_on_claims(self) -> bool:
        """Whether the triple would be gone without the claims."""
        return bool(self.claims) and self.description is None


def trace(store: Store, triples: Iterable[ox.Triple]) -> dict[ox.Triple, Trace]:
    """Return what each triple rests on."""
    wanted = list(dict.fromkeys(triples))
    named = [t for t in wanted if isinstance(t.subject, ox.NamedNode) and not isinstance(t.object, ox.BlankNode)]
    known, lookup = set(named), look_up(store, named)
    nameless = Trace(unexplained="a blank node has no name by which its claims could be found")
    return {triple: _trace(lookup, triple) if triple in known else nameless for triple in wanted}


def show(triple: ox.Triple) -> str:
    """Return a triple in short form."""
    return " ".join(
        compact(term.value) if isinstance(term, ox.NamedNode) else str(term)
        for term in (triple.subject, triple.predicate, triple.object)
    )


def _trace(lookup: Lookup, triple: ox.Triple) -> Trace:
    predicate, subject = triple.predicate.value, text_of(triple.subject)
    if _is_written(lookup, subject, predicate):
        sides = lookup.claims.get(triple) or lookup.on_node.get(subject) or set()
        return Trace(frozenset(sides), Description("judgement", subject, predicate, text_of(triple.object), ()))
    if claims := lookup.claims.get(triple):
        lineage = library().get(predicate)
        return Trace(frozenset(claims), absence=lineage.absence if lineage else "")
    types = lookup.types[subject]
    if claims := {subject} if MAT + "Claim" in types else lookup.on_node.get(subject):
        return Trace(frozenset(claims))
    if subject.startswith((MAT, CODE, ONTOLOGY)) or any(kind.startswith(_TERMS) for kind in types):
        return Trace(vocabulary=True)
    if kind := _kind(lookup, subject, predicate):
        sources = (subject,) if kind == "source" else tuple(sorted(lookup.sources[subject])) if kind == "thing" else ()
        return Trace(description=Description(kind, subject, predicate, text_of(triple.object), sources))
    return Trace(unexplained=f"{show(triple)}: {_reason(lookup, predicate, types)}")


def _is_written(lookup: Lookup, subject: str, predicate: str) -> bool:
    """Tell whether a triple is a judgement of a person on claims, or comes from one: it names them, but stands by itself."""
    conflict = lookup.types[subject] & {MAT + "Conflict", MAT + "Side"} and subject.startswith(ID)
    return bool(conflict) or predicate == MAT + "currentVerdict"


def _kind(lookup: Lookup, subject: str, predicate: str) -> str:
    """Return of what kind of thing a triple is a description, or nothing when it is none."""
    types = lookup.types[subject]
    told = {
        "source": MAT + "Source" in types,
        "outlet": MAT + "Outlet" in types,
        "judgement": bool(types & JUDGEMENTS),
        "dataset": subject.startswith(_DATASET),
        "thing": predicate in _DESCRIBING
        and not types & (VALUES | RECORDS)
        and any(kind.startswith(MAT) for kind in types),
    }
    return next((kind for kind, holds in told.items() if holds), "")


def _reason(lookup: Lookup, predicate: str, types: set[str]) -> str:
    if predicate in lookup.claimable:
        return "no claim states it"
    if types & VALUES:
        return "no claim states the value that it belongs to"
    if predicate in lookup.derived:
        return "derived, but the claims that it came from are not found"
    return "the graph does not say where this comes from"
