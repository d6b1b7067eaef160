"""The exchange records: what one line of each JSON Lines file holds."""

from __future__ import annotations

from collections.abc import Iterable  # noqa: TC003 - pydantic reads the annotations
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema, model_validator

from materiel.dates import PartialDate
from materiel.errors import BadDate


def _date(text: str) -> str:
    try:
        PartialDate(text)
    except BadDate as error:
        raise ValueError(error.reason) from None
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
SourceId = Annotated[str, StringConstraints(pattern=r"^src-[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
Date = Annotated[str, AfterValidator(_date)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=4_000)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Percent = Annotated[int | float, Field(ge=0, le=100), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100})]
Number = Annotated[int | float, Field(allow_inf_nan=False), WithJsonSchema({"type": "number"})]

EntityType = Literal[
    "agency", "armed-force", "association", "company", "event", "facility", "fund", "government", "intergovernmental",
    "joint-venture", "ministry", "parliament", "person", "place", "product", "programme", "research-org", "state-enterprise",
]  # fmt: skip
Predicate = Literal[
    "attended", "employed-by", "funds", "heads", "located-in", "member-of", "operates", "organised", "owns", "part-of",
    "procures-from", "produces", "regulates", "sanctioned-by", "subsidiary-of", "successor-of", "supplies",
]  # fmt: skip
ENTITY_TYPES: tuple[str, ...] = get_args(EntityType)
PREDICATES: tuple[str, ...] = get_args(Predicate)


class Record(BaseModel):
    """A record refuses fields that it does not know and values of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


class Attested(Record):
    """How one source states something: whom it quotes, how surely, and where."""

    source: SourceId
    """The source."""
    attributed_to: Id | None = None
    """Whom this source quotes, when it is not whoever the step names."""
    stance: Literal["asserts", "hedges", "denies"] = "asserts"
    """Whether the source asserts, hedges or denies it."""
    locator: Text | None = None
    """Place in the text, such as `para=3`."""


Sources = Annotated[list[SourceId | Attested], Field(min_length=1)]


class Source(Record):
    """A page that was read."""

    id: SourceId
    """Slug with the prefix `src-`; never changes."""
    url: Url
    """Address of the page, http or https."""
    publisher: Text
    """Name of the site on which the page was read."""
    title: Text
    """What the page is about, in neutral words."""
    published: Date | None = None
    """Day, month or year of publication, when the page shows it."""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
    """BCP 47 language tag of the page."""
    type: Text
    """Notation of the code list source-type."""
    affiliation: Text | None = None
    """Notation of the code list affiliation, with `:XX` for the state or body, such as `state:UA`."""
    country: Country | None = None
    """ISO 3166-1 alpha-2 code of the site's country."""
    relays: Text | None = None
    """Name of the outlet that the page copies or cites."""
    origin: Text
    """What counts as one voice: pages with the same origin are one origin."""
    speaks_for: Id | None = None
    """Entity whose voice the page is."""
    retrieved: Date | None = None
    """Day on which the page was read."""
    archived: Url | None = None
    """Address of a stored copy."""


class Entity(Record):
    """An actor, product, site, event or programme."""

    id: Id
    """Slug; never changes and is never reused."""
    type: EntityType
    """What it is."""
    name: Text
    """Canonical English name."""
    aliases: list[Text] = []
    """Other spellings and names in other languages."""
    country: Country | None = None
    """ISO 3166-1 alpha-2 code; empty for bodies of several states."""
    parent: Id | None = None
    """Entity that this one belongs to."""
    description: Text
    """One line in own words."""
    product_category: Text | None = None
    """Notation of the code list product-category; products only."""
    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$")] | None = None
    """Wikidata item."""
    sources: list[SourceId] = []
    """Sources that describe it."""
    undisclosed: bool = False
    """A party whose name the sources withhold; one placeholder for each deal."""


class Participant(Record):
    """One party in one role."""

    entity: Id
    """The party."""
    role: Text
    """Notation of the code list role."""
    share_percent: Percent | None = None
    """Share in the deal, 0 to 100."""
    sources: list[SourceId | Attested] = []
    """Sources that say so; without them the sources of the deal stand behind it."""


class Money(Record):
    """A sum of money."""

    amount: Number
    """The number, in whole units of the currency."""
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    """ISO 4217 code."""
    sources: list[SourceId | Attested] = []
    """Sources that say so; without them the sources of the deal stand behind it."""


class Quantity(Record):
    """A number of things, or a rate."""

    amount: Number
    """The number."""
    unit: Text
    """What is counted, such as `rounds/year`."""
    sources: list[SourceId | Attested] = []
    """Sources that say so; without them the sources of the deal stand behind it."""


class About(Record):
    """A product, site or kind with sources of its own."""

    value: Text
    """The id or code."""
    sources: Sources
    """Sources that say so."""


class Event(Record):
    """A step in the life of a partnership."""

    status: Text
    """Notation of the code list status."""
    date: Date | None = None
    """Day, month or year as reported."""
    claim: Text
    """What is said to have happened, in own words."""
    sources: Sources
    """Sources that say so."""
    attributed_to: Id | None = None
    """Who says so according to the sources: speaker or announcer."""
    instrument: Text | None = None
    """The paper that it is about: notation of the code list instrument."""
    date_basis: Text | None = None
    """What the date is the day of: notation of the code list date-basis; empty for the day on which it happened."""
    reverse: bool = False
    """Whether the step took the deal back behind what it had reached."""


class Side(Record):
    """What one side of a contradiction says, and the statement of the record that says it, if there is one."""

    says: Text
    """The value in words, such as `18 October 2023`."""
    step: Annotated[int, Field(ge=1)] | None = None
    """Number of the step that says so."""
    party: Id | None = None
    """The party whose part says so."""
    role: Text | None = None
    """Its role, where it has several."""
    product: Id | None = None
    """The product that says so."""
    field: Literal["kind", "value", "quantity", "facility", "location"] | None = None
    """The field of the record that says so."""
    sources: list[SourceId] = []
    """Sources that say so, where it is known which do."""


class Conflict(Record):
    """A contradiction between sources: two sides or more on the same matter that cannot all hold."""

    type: Text
    """Notation of the code list conflict-type."""
    text: Text
    """What is in doubt, in own words."""
    sides: Annotated[list[Side], Field(min_length=2)]
    """What each side says."""


class Partnership(Record):
    """A deal, venture or agreement."""

    id: Id
    """Slug; never changes and is never reused."""
    name: Text
    """English name."""
    kind: Text
    """Notation of the code list partnership-kind."""
    participants: Annotated[list[Participant], Field(min_length=1)]
    """Parties."""
    products: list[Id | About] = []
    """Products that it is about."""
    facility: Id | About | None = None
    """Site of the work."""
    location: Text | None = None
    """Place in words."""
    value: Money | None = None
    """Headline sum."""
    quantity: Quantity | None = None
    """Headline quantity or rate."""
    events: Annotated[list[Event], Field(min_length=1)]
    """Steps, in order; a coarse date after a finer one falls within that period."""
    conflicts: list[Conflict] = []
    """Contradictions between the sources."""
    refinements: list[Text] = []
    """How statements of other scope, time or exactness fit together."""
    caveats: list[Text] = []
    """Notes of the reader that contradict nothing."""

    @model_validator(mode="before")
    @classmethod
    def _words_are_caveats(cls, row: Any) -> Any:
        """Read records of schema 1: a contradiction in mere words names no side, so it is kept as a caveat."""
        if not isinstance(row, dict) or not any(isinstance(c, str) for c in row.get("conflicts") or ()):
            return row
        words = [c for c in row["conflicts"] if isinstance(c, str)]
        return {
            **row,
            "conflicts": [c for c in row["conflicts"] if not isinstance(c, str)],
            "caveats": [*row.get("caveats", []), *words],
        }


class Relation(Record):
    """A statement about two entities that is not a deal."""

    subject: Id
    """Entity."""
    predicate: Predicate
    """What links them."""
    object: Id
    """Entity."""
    role: Text | None = None
    """Post or part, as worded by the source."""
    start: Date | None = None
    """First day, when told."""
    end: Date | None = None
    """Last day, when told."""
    share_percent: Percent | None = None
    """Share held, 0 to 100; for `owns` and `subsidiary-of`."""
    date: Date | None = None
    """First day on which a source states it; the first of `observed`."""
    sources: Sources
    """Sources that say so."""
    observed: list[Date] = []
    """All days on which a source states it."""


class Fact(Record):
    """A statement that is neither a deal nor a relation."""

    id: Id
    """Slug; never changes and is never reused."""
    subject: Id
    """Entity that it is about."""
    claim: Text
    """What is said, in own words."""
    value: Number | None = None
    """The number in it."""
    unit: Text | None = None
    """What the number counts."""
    date: Date | None = None
    """Day, month or year that it speaks of."""
    attributed_to: Id | None = None
    """Who says so."""
    sources: Sources
    """Sources that say so."""


def source_ids(sources: Iterable[str | Attested]) -> list[str]:
    """Return the ids of sources, whether they stand alone or say how they attest."""
    return [entry.source if isinstance(entry, Attested) else entry for entry in sources]


def said(value: str | About | None) -> str | None:
    """Return an id or code, whether it stands alone or with sources of its own."""
    return value.value if isinstance(value, About) else value


SCHEMA_VERSION = 2
"""Version of the exchange records. Version 1 had contradictions in words only and no sources within a deal; it is still read."""


class Records(BaseModel):
    """A whole set of records, one list for each file."""

    sources: list[Source] = []
    entities: list[Entity] = []
    partnerships: list[Partnership] = []
    relations: list[Relation] = []
    facts: list[Fact] = []


RECORD_TYPES: dict[str, type[Record]] = {
    "sources": Source,
    "entities": Entity,
    "partnerships": Partnership,
    "relations": Relation,
    "facts": Fact,
}
"""File stem -> type of its lines."""
