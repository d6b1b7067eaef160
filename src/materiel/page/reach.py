"""What lies within some steps of a focus: one step leads over a deal, or over a relation, to the other side."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Reach:
    """The deals and relations among things, for walking."""

    def __init__(
        self,
        members: Mapping[str, Sequence[str]],
        about: Mapping[str, Sequence[str]],
        relations: Iterable[tuple[str, str]],
        hidden: set[str],
    ) -> None:
        """Index both ways.

        Args:
            members: Parties of each deal.
            about: Products and sites of each deal; a deal leads to them, they lead nowhere but from the focus itself.
            relations: Pairs of things that a relation links.
            hidden: Undisclosed parties; they are reached but lead no further.
        """
        self._members, self._about, self._hidden = members, about, hidden
        self._deals: dict[str, set[str]] = defaultdict(set)
        for table in (members, about):
            for deal, things in table.items():
                for thing in things:
                    self._deals[thing].add(deal)
        self._parties = {thing for things in members.values() for thing in things}
        self._next: dict[str, set[str]] = defaultdict(set)
        for one, other in relations:
            self._next[one].add(other)
            self._next[other].add(one)

    def around(self, focus: Sequence[str], depth: int) -> tuple[set[str], set[str]]:
        """Return the things and the deals within `depth` steps of the focus, which may hold deals, too."""
        deals = {slug for slug in focus if slug in self._members}
        things = {slug for slug in focus if slug not in deals} | {m for deal in deals for m in self._members[deal]}
        front = {slug for slug in focus if slug not in deals}
        for step in range(depth):
            here = front if step == 0 else (front & self._parties) - self._hidden
            found = {deal for thing in here for deal in self._deals[thing]}
            reached = {m for deal in found for m in self._members.get(deal, ())} | {
                n for thing in here for n in self._next[thing]
            }
            front = reached - things
            deals |= found
            things |= reached
        return things | {thing for deal in deals for thing in self._about.get(deal, ())}, deals
