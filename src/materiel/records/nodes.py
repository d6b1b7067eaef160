"""The pieces that records become: claims with attestations, value nodes, literals in their canonical form."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from materiel.dates import PartialDate
from materiel.vocabulary import (
    CLAIM,
    OBJECT,
    OUTLET,
    PREDICATE,
    SOURCE,
    SUBJECT,
    TYPE,
    XSD,
    code,
    digest,
    mat,
    slugify,
    thing,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from materiel.records.model import Attested

Term: TypeAlias = "NamedNode | Literal"
Statement: TypeAlias = "tuple[NamedNode, NamedNode, Term]"


def claimed(
    statement: Statement,
    scope: str,
    sources: Sequence[str | Attested],
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
    yield from describe(
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


def _attestation(claim: NamedNode, given: str | Attested, speaker: str | None) -> Iterator[Triple]:
    source, stance, locator = (
        (given, "asserts", None) if isinstance(given, str) else (given.source, given.stance, given.locator)
    )
    voice = speaker if isinstance(given, str) else given.attributed_to or speaker
    iri = NamedNode(f"{claim.value}-{source_slug(source)}")
    yield Triple(claim, mat("attestation"), iri)
    yield from describe(
        iri,
        {
            TYPE: mat("Attestation"),
            mat("source"): source_iri(source),
            mat("stance"): code("stance", stance),
            mat("attributedTo"): thing(voice) if voice else None,
            mat("locator"): Literal(locator) if locator else None,
        },
    )


def describe(iri: NamedNode, properties: dict[NamedNode, Term | None]) -> list[Triple]:
    """Return triples of one subject; properties without a value are left out."""
    return [Triple(iri, predicate, value) for predicate, value in properties.items() if value is not None]


def value_node(
    owner: str, name: str, inside: dict[NamedNode, Term | None], sequence: int | None = None
) -> tuple[NamedNode, list[Triple]]:
    """Return a value node and its triples: its IRI is its owner, its name and a hash of its content."""
    content = [
        f"{key} {value}" for key, value in sorted(inside.items(), key=lambda item: item[0].value) if value is not None
    ]
    iri = thing(f"{owner}--{name}-{digest(*content, length=4)}")
    order: dict[NamedNode, Term | None] = {mat("sequence"): Literal(sequence)} if sequence else {}
    return iri, describe(iri, inside | order)


def source_slug(source_id: str) -> str:
    """Return a source's slug in the IRI: the record's id without `src-`."""
    return source_id.removeprefix("src-")


def source_iri(source_id: str) -> NamedNode:
    """Return the IRI of a source by its record's id."""
    return NamedNode(SOURCE + source_slug(source_id))


def outlet_iri(name: str) -> NamedNode:
    """Return the IRI of an outlet by its name."""
    return NamedNode(OUTLET + slugify(name))


def country_iri(alpha2: str | None) -> NamedNode | None:
    """Return the code of a country."""
    return code("country", alpha2) if alpha2 else None


def date_literal(text: str | None) -> Literal | None:
    """Return a partial date as a literal."""
    return PartialDate(text).literal if text else None


def number_literal(value: float | None) -> Literal | None:
    """Write a number in its shortest canonical form: the engine would rewrite any other."""
    if value is None:
        return None
    if value == int(value):
        return Literal(int(value))
    return Literal(format(Decimal(repr(value)), "f"), datatype=NamedNode(XSD + "decimal"))


def flag_literal(value: bool) -> Literal | None:
    """Return true as a literal, and nothing for false."""
    return Literal(True) if value else None  # noqa: FBT003 - the engine takes no keyword
