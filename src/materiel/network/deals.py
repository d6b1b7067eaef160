"""What a deal is in memory: its parties, products, steps, sources and origins."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_COLLECTIVE = "a collective claim, a budget or a law, not an agreement between its parties"
NOT_AGREEMENTS = dict.fromkeys(
    (
        "defence-city-regime",
        "ukraine-46-domestic-types-2024",
        "ukraine-five-western-jvs-2024",
        "ukraine-mod-arms-budget-2024",
        "ukraine-western-joint-production-contracts-2024",
        "us-ukraine-aid-proposal-2023",
    ),
    _COLLECTIVE,
)
"""Records that the data set keeps for its timeline, with the reason why they are no deals."""
FIRMNESS = {
    "denied": 0.05,
    "terminated": 0.05,
    "suspended": 0.1,
    "reported": 0.1,
    "negotiating": 0.2,
    "announced": 0.3,
    "approved": 0.5,
    "signed": 0.6,
    "registered": 0.8,
    "under-construction": 0.8,
    "operational": 1.0,
    "delivered": 1.0,
    "expanded": 1.0,
}
"""How much of a link a deal of each status is, by our judgement; used when links are weighted by status."""


@dataclass(frozen=True, slots=True)
class Agent:
    """A party of deals: its names, class, country code or None, and whether sources withhold its name."""

    slug: str
    iri: str
    label: str
    type: str
    country: str | None
    undisclosed: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a deal: its status, the date as reported, the first and last day that the date can mean."""

    iri: str
    status: str
    sequence: int
    date: str | None
    first: str | None
    last: str | None
    planned: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """A deal.

    Attributes:
        iri: Its IRI.
        label: Its English name.
        kind: Notation of its kind.
        status: Notation of its current status, or None.
        roles: (party, role) pairs without those of what the deal creates.
        ventures: What the deal creates.
        products: Products that it is about.
        steps: Its steps in order.
        sources: The pages that tell of it.
        origins: The voices behind the pages.
    """

    iri: str
    label: str
    kind: str
    status: str | None
    roles: tuple[tuple[str, str], ...] = ()
    ventures: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    sources: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """Its id."""
        return slug_of(self.iri)

    @property
    def members(self) -> list[str]:
        """Its parties, each once, in order."""
        return sorted({agent for agent, _ in self.roles})

    @property
    def opening(self) -> Step | None:
        """The earliest of its dated, realised steps."""
        steps = [step for step in self.steps if step.first and not step.planned]
        return min(steps, key=lambda step: (step.first or "", step.sequence), default=None)

    @property
    def day(self) -> str | None:
        """The first day that its opening step can mean."""
        return self.opening.first if self.opening else None

    def since(self, statuses: Iterable[str]) -> Step | None:
        """Return the earliest dated, realised step of one of the statuses."""
        wanted = set(statuses)
        steps = [step for step in self.steps if step.status in wanted and step.first and not step.planned]
        return min(steps, key=lambda step: (step.first or "", step.sequence), default=None)


@dataclass(frozen=True)
class Agreements:
    """The deals of a store, their parties and products.

    Attributes:
        deals: Sorted by IRI.
        agents: Parties by slug.
        products: (label, category, whether generic) by slug.
        scope: Which evidence they rest on.
        left_out: Reason by slug of the records that are no deals.
    """

    deals: tuple[Agreement, ...]
    agents: dict[str, Agent]
    products: dict[str, tuple[str, str | None, bool]] = field(default_factory=dict)
    scope: str = ""
    left_out: dict[str, str] = field(default_factory=dict)

    def only(self, keep: Callable[[Agreement], bool], scope: str) -> Agreements:
        """Return the deals that a test keeps, with a scope that says so."""
        return replace(self, deals=tuple(filter(keep, self.deals)), scope=scope)

    def label(self, slug: str) -> str:
        """Return the English name of a party or product."""
        return self.agents[slug].label if slug in self.agents else self.products.get(slug, (slug, None, False))[0]

    def country(self, slug: str) -> str | None:
        """Return the country of a party."""
        return self.agents[slug].country if slug in self.agents else None

    def generic(self, slug: str) -> bool:
        """Tell whether a product is a class that no maker could be told by."""
        return self.products.get(slug, ("", None, False))[2]
