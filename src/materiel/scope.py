"""Scope: the graph as of a day, as known by a day, resting on a chosen strength of evidence.

A scope is applied to claims. An attestation counts when its source may be used; a claim stands when enough
voices attest it; a step, tenure or holding stands when it had happened by the day; a deal stands when a step of
it does. The statements of claims that do not stand are left out, and the rules derive anew from the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from materiel import policy
from materiel.dates import PartialDate
from materiel.errors import UsageError
from materiel.store.codes import code_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Scope:
    """What of the graph is looked at.

    Attributes:
        as_of: Day of the valid clock: what had happened for certain by its end. A month or year means its last day.
        known_by: Day of the known-by clock: what sources published for certain by its end say.
        voices: Least number of independent voices behind a claim (who is quoted, else the house of the page).
        origins: Least number of origins of pages behind a claim, whoever is quoted.
        statuses: Latest statuses of deals; `signed+` means signed or any later status of a deal that goes on.
        exclude_disputed: Leave out claims that are a side of a conflict which is not resolved.
        exclude_affiliations: Leave out sources of these affiliations, such as `state:RU` or `aligned`.
        exclude_publishers: Leave out sources of these publishers.
        accepted: Leave out claims whose newest verdict is `rejected`.
    """

    as_of: str | None = None
    known_by: str | None = None
    voices: int = 1
    origins: int = 1
    statuses: tuple[str, ...] = ()
    exclude_disputed: bool = False
    exclude_affiliations: tuple[str, ...] = ()
    exclude_publishers: tuple[str, ...] = ()
    accepted: bool = False

    def __post_init__(self) -> None:
        """Refuse days that do not exist and codes that no list has.

        Raises:
            BadDate: A day is not a date.
            UsageError: A status or affiliation is unknown, or a count below one.
        """
        for day in (self.as_of, self.known_by):
            if day is not None:
                PartialDate(day)
        if min(self.voices, self.origins) < 1:
            raise UsageError("voices and origins are counts from 1", "Use 2 for claims that two stand behind.")
        _known("status", (status.removesuffix("+") for status in self.statuses))
        _known("affiliation", (affiliation.partition(":")[0] for affiliation in self.exclude_affiliations))

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return all(getattr(self, f.name) == f.default for f in fields(self))

    @property
    def as_of_day(self) -> str | None:
        """Last day of `as_of`, as ISO 8601."""
        return PartialDate(self.as_of).not_after.isoformat() if self.as_of else None

    @property
    def known_by_day(self) -> str | None:
        """Last day of `known_by`, as ISO 8601."""
        return PartialDate(self.known_by).not_after.isoformat() if self.known_by else None

    @property
    def status_codes(self) -> frozenset[str]:
        """The statuses meant, with `signed+` spelt out; empty means all."""
        meant = {status for status in self.statuses if not status.endswith("+")}
        return frozenset(meant.union(*(policy.from_on(s[:-1]) for s in self.statuses if s.endswith("+"))))

    def __str__(self) -> str:
        """Return the scope in words."""
        parts = [
            f"as of {self.as_of}" if self.as_of else "as of today",
            f"known by {self.known_by}" if self.known_by else "",
            f"at least {self.voices} voices" if self.voices > 1 else "",
            f"at least {self.origins} page origins" if self.origins > 1 else "",
            f"status {', '.join(self.statuses)}" if self.statuses else "",
            "without disputed claims" if self.exclude_disputed else "",
            f"without {', '.join(self.exclude_affiliations)} sources" if self.exclude_affiliations else "",
            f"without {', '.join(self.exclude_publishers)}" if self.exclude_publishers else "",
            "without rejected claims" if self.accepted else "",
        ]
        return "; ".join(part for part in parts if part)


def _known(list_name: str, notations: Iterable[str]) -> None:
    codes = code_list(list_name)
    for notation in notations:
        if notation not in codes:
            raise UsageError(f"unknown {list_name} {notation!r}", f"Use one of {', '.join(codes)}.")


@dataclass(frozen=True, slots=True)
class Left:
    """What a scope left out.

    Attributes:
        claims: Claims that do not stand.
        deals: Partnerships of which no step stands.
        undated_sources: Sources without a date, which a known-by scope cannot place and leaves out.
        undated_events: Steps without a date, which an as-of scope cannot place and leaves out.
    """

    claims: int = 0
    deals: int = 0
    undated_sources: int = 0
    undated_events: int = 0

    def __str__(self) -> str:
        """Return the counts in words, those that are not zero."""
        told = {
            "claims": self.claims,
            "deals": self.deals,
            "undated sources": self.undated_sources,
            "undated events": self.undated_events,
        }
        return ", ".join(f"{count:,} {what}" for what, count in told.items() if count) or "nothing"


WHOLE = Scope()
NOTHING = Left()


def narrowed(scope: Scope, limits: Mapping[str, Any]) -> Scope:
    """Return a scope with some limits set; lists may be given for tuples.

    Raises:
        UsageError: There is no such limit.
    """
    known = {f.name for f in fields(scope)}
    if unknown := set(limits) - known:
        raise UsageError(f"a scope has no {', '.join(sorted(unknown))}", f"Use {', '.join(sorted(known))}.")
    given: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in limits.items()}
    return replace(scope, **given)
