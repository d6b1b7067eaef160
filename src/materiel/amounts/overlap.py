"""Which deals may count one sum of money twice: pots and the contracts that they pay for, approvals and orders, repeats.

The rules err on the side of caution: what may overlap is not added up, and the pair is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from materiel.amounts.deal import Deal

POTS = frozenset({"financing", "government-agreement", "framework-agreement", "memorandum", "letter-of-intent"})
"""Kinds whose money may be spent through other deals."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two deals whose amounts must not be added.

    Attributes:
        first: A deal.
        second: The other.
        reason: What the first is to the second, in words.
    """

    first: str
    second: str
    reason: str


def overlaps(deals: Iterable[Deal]) -> list[Overlap]:
    """Return the pairs among deals that may count one sum of money twice; pots and approvals come first in a pair."""
    pairs = combinations(sorted(deals, key=lambda deal: deal.iri), 2)
    return [found for a, b in pairs for found in [next(_found(a, b), None)] if found]


def _found(a: Deal, b: Deal) -> Iterator[Overlap]:
    for one, other in ((a, b), (b, a)):
        if one.kind in POTS and other.kind not in POTS and _pays(one, other):
            yield Overlap(one.iri, other.iri, "may pay for")
        if _is_approval(one) and not _is_approval(other) and one.receivers & other.receivers and _same_sale(one, other):
            yield Overlap(one.iri, other.iri, "is an approved sale that may be carried out by")
    if a.kind in POTS and b.kind in POTS and a.backers & b.backers and _goods(a, b):
        yield Overlap(a.iri, b.iri, "is a pot of the same payer as")
    if a.products & b.products and len(a.parties & b.parties) > 1:
        yield Overlap(a.iri, b.iri, "has the same goods and parties as")


def _goods(a: Deal, b: Deal) -> bool:
    """Tell whether the goods may be the same: some are, or one of the two names none in particular."""
    return a.broad or b.broad or bool(a.products & b.products)


def _pays(pot: Deal, contract: Deal) -> bool:
    """Tell whether a pot may pay for a contract: a common payer, the same goods, and a contract not older than the pot."""
    older = bool(contract.last and pot.first and contract.last < pot.first)
    return not older and bool(pot.backers & contract.payers) and _goods(pot, contract)


def _is_approval(deal: Deal) -> bool:
    """Tell whether a deal is leave to sell and no order: approved, and never signed."""
    return deal.kind not in POTS and "approved" in deal.statuses and "signed" not in deal.statuses


def _same_sale(approval: Deal, contract: Deal) -> bool:
    older = bool(contract.last and approval.first and contract.last < approval.first)
    return not older and bool(approval.products & contract.products or approval.suppliers & contract.suppliers)
