"""What joins organisations, and what the weight of a link is."""

from __future__ import annotations

from dataclasses import dataclass

from materiel.errors import UsageError

WEIGHTS = {
    "count": "number of shared deals",
    "shared": "sum over shared deals of 1/(parties - 1), so that each deal gives a party one link in all (Newman 2001)",
    "origin": "sum over shared deals of 1 - 1/2^origins: 0.5 for one voice, 0.75 for two, towards 1",
    "status": "sum over shared deals of the firmness of their status, 0.05 (ended) to 1 (in work), by our judgement",
}
"""What the weight of an edge can be. `shared` follows M. E. J. Newman, "Scientific collaboration networks. II",
Physical Review E 64, 016132 (2001)."""


@dataclass(frozen=True, slots=True)
class Options:
    """What joins.

    Attributes:
        weight: One of `WEIGHTS`.
        collective: Whether records that are no agreements (`NOT_AGREEMENTS`) join.
        beneficiaries: Whether a party joins that only receives the result, such as the state that is helped.
        undisclosed: Whether parties whose names sources withhold are shown; they never join two deals in any case.
        parties: Deals with more parties than this do not join organisations; None for no bound.
    """

    weight: str = "count"
    collective: bool = False
    beneficiaries: bool = True
    undisclosed: bool = False
    parties: int | None = None

    def __post_init__(self) -> None:
        """Refuse an unknown weight.

        Raises:
            UsageError: There is no such weight.
        """
        if self.weight not in WEIGHTS:
            raise UsageError(f"unknown weight {self.weight!r}", f"Use one of {', '.join(WEIGHTS)}.")

    def __str__(self) -> str:
        """Say in words what joins."""
        told = [f"edges weigh the {WEIGHTS[self.weight]}"]
        told.append(f"undisclosed parties {'are shown but join nothing' if self.undisclosed else 'left out'}")
        told += [] if self.collective else ["collective claims, budgets and laws left out"]
        told += [] if self.beneficiaries else ["parties that only benefit left out"]
        told += [f"deals of more than {self.parties} parties left out"] if self.parties else []
        return "; ".join(told)
