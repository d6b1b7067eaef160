"""What a page shows, as plain typed data: no store, no RDF, no browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from materiel.page.story import Story

IRI_BASE = "https://w3id.org/materiel/id/"


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: firm, ministry, product, person, place."""

    id: str
    label: str
    iri: str = ""
    aliases: tuple[str, ...] = ()
    type: str = "thing"
    country: str | None = None
    category: str | None = None
    description: str = ""
    undisclosed: bool = False
    turtle: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an agreement."""

    node: str
    role: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One dated step of an agreement's life, with who says so."""

    status: str
    date: str | None = None
    not_before: str | None = None
    not_after: str | None = None
    text: str = ""
    speaker: str | None = None
    sources: tuple[str, ...] = ()
    origins: int = 0
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One of the versions that contradict each other."""

    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A contradiction, shown and never hidden."""

    text: str
    type: str = ""
    state: str = ""
    sides: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """A deal between two or more parties, drawn as a node or as links between them."""

    id: str
    label: str
    kind: str
    iri: str = ""
    parties: tuple[Party, ...] = ()
    products: tuple[str, ...] = ()
    facility: str | None = None
    value: str = ""
    steps: tuple[Step, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    origins: int = 0
    disputed: bool = False
    turtle: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Any other statement that joins two things: owns, heads, produces."""

    id: str
    source: str
    target: str
    predicate: str
    iri: str = ""
    role: str = ""
    share: float | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    sources: tuple[str, ...] = ()
    origins: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A page that was read."""

    title: str
    url: str = ""
    publisher: str = ""
    published: str | None = None
    language: str = ""
    origin: str = ""
    archived: str = ""
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that one HTML file holds: nothing but what stands in its scope, so nobody has to filter it again."""

    title: str
    nodes: tuple[Node, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    relations: tuple[Link, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    scope: tuple[str, ...] = ()
    dataset: str = ""
    focus: tuple[str, ...] = ()
    depth: int = 1
    as_of: str | None = None
    known_by: str | None = None
    licence: str = ""
    language: str = "en"
    iri_base: str = IRI_BASE
    story: Story | None = None

    @property
    def day(self) -> str:
        """The days that limit what the page holds, in words; empty when it holds all of them."""
        limits = (self.as_of and f"as of {self.as_of}", self.known_by and f"known by {self.known_by}")
        return ", ".join(limit for limit in limits if limit)
