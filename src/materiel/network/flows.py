"""Money: who pays whom through which instrument, in the currency that was told, with warnings of double counting."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

from materiel.network.agreements import agreements, rows
from materiel.network.chart import Flow
from materiel.network.graph import store_of
from materiel.network.result import Result
from materiel.store.table import Table
from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from materiel.network.deals import Agreement, Agreements
    from materiel.network.graph import Graph

NEAR = 92
"""Days within which two deals of one payer in one currency may be the same money told twice."""
_VALUES = """
SELECT ?deal ?number ?currency WHERE {
  ?deal a mat:Partnership ; mat:value ?value .
  ?value mat:number ?number ; mat:currency ?currency .
}"""
_FUNDS = """
SELECT ?payer ?instrument ?source WHERE {
  ?payer mat:funds ?instrument .
  ?claim rdf:subject ?payer ; rdf:predicate mat:funds ; rdf:object ?instrument ; mat:attestation ?attestation .
  ?attestation mat:source ?source .
}"""
_INSTRUMENTS = ("Fund", "Programme")


@dataclass(frozen=True, slots=True)
class Payment:
    """A deal with money in it.

    Attributes:
        deal: The deal.
        payers: Its funders, or where none is named its customers.
        receivers: Suppliers, targets, licensors and the like; where none is named, beneficiaries.
        amounts: (number, currency) as told.
    """

    deal: Agreement
    payers: tuple[str, ...]
    receivers: tuple[str, ...]
    amounts: tuple[tuple[float, str], ...]


def payments(deals: Agreements, values: Iterable[list[str]]) -> list[Payment]:
    """Return the deals that have a payer and a receiver, or an amount."""
    amounts: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for deal, number, currency in values:
        amounts[deal].append((float(number), currency))
    found = []
    for entry in deals.deals:
        payers = _having(entry, "funder") or _having(entry, "customer", "acquirer")
        receivers = _having(entry, "supplier", "target", "licensor") or _having(entry, "lead", "beneficiary")
        told = tuple(sorted(amounts.get(entry.iri, [])))
        if payers and (told or _having(entry, "funder")):
            rest = tuple(r for r in receivers if r not in payers) or entry.ventures
            found.append(Payment(entry, payers, rest, told))
    return found


def _having(deal: Agreement, *roles: str) -> tuple[str, ...]:
    return tuple(sorted({agent for agent, role in deal.roles if role in roles}))


def warnings(payments_: list[Payment], deals: Agreements, funded: set[str]) -> dict[str, list[str]]:
    """Return reasons why the money of a deal may be counted twice, by the deal's IRI."""
    found: dict[str, list[str]] = defaultdict(list)
    for payment in payments_:
        through = [p for p in payment.payers if p in funded or deals.agents[p].type in _INSTRUMENTS]
        if through:
            found[payment.deal.iri].append(f"paid out of {', '.join(through)}, which others fund")
        if len(payment.amounts) > 1:
            found[payment.deal.iri].append("several headline figures")
    for one, other in combinations(payments_, 2):
        if reason := _same_money(one, other):
            found[one.deal.iri].append(f"{reason} as {other.deal.slug}")
            found[other.deal.iri].append(f"{reason} as {one.deal.slug}")
    return found


def _same_money(one: Payment, other: Payment) -> str | None:
    """Tell why two deals may be the same money: one payer and currency, near in time, and a product or receiver in common."""
    same_payer = set(one.payers) & set(other.payers)
    currencies = {c for _, c in one.amounts} & {c for _, c in other.amounts}
    if not (same_payer and currencies and one.deal.day and other.deal.day):
        return None
    apart = abs((date.fromisoformat(one.deal.day) - date.fromisoformat(other.deal.day)).days)
    alike = set(one.deal.products) & set(other.deal.products) or set(one.receivers) & set(other.receivers)
    return "may be the same money" if apart <= NEAR and alike else None


def flows(kg: Graph, currency: str | None = None, payer: str | None = None) -> Result:
    """List who pays whom through which deal or instrument.

    Amounts are headline figures of whole deals, never split among payers, never converted and never summed across
    currencies.

    Args:
        kg: Where to look.
        currency: Only deals with an amount in it, such as `EUR`.
        payer: Only deals and instruments that one organisation or country pays into, by id, name, alias or code.
    """
    store, deals = store_of(kg), agreements(kg)
    told = rows(store, _FUNDS)
    found = payments(deals, rows(store, _VALUES))
    doubts = warnings(found, deals, {slug_of(instrument) for _, instrument, _ in told})
    chosen = [p for p in found if currency is None or any(c == currency for _, c in p.amounts)]
    wanted = slug_of(store.labels.resolve(payer)) if payer else None
    chosen = [p for p in chosen if wanted is None or wanted in p.payers]
    table = [_row(deals, p, doubts.get(p.deal.iri, []), currency) for p in chosen]
    table += [] if currency else _instruments(told, wanted)
    table.sort(key=lambda row: (row[5] or "", -(row[4] or 0), row[2]))
    return Result(
        "Who pays whom" + (f", in {currency}" if currency else ""),
        Table(("payers", "receivers", "through", "kind", "amount", "currency", "status", "warning", "sources"), table),
        "deals with a funder, or with a customer and an amount; receivers are suppliers, licensors or firms bought, else"
        " leads and beneficiaries; and who funds which fund or programme; the figure leaves out deals with a warning",
        "",
        deals.scope,
        (*_totals(chosen, doubts), "Money pledged is not money paid: look at the status"),
        _sankey(deals, [p for p in chosen if not doubts.get(p.deal.iri)], currency),
    )


def _row(deals: Agreements, p: Payment, doubts: list[str], currency: str | None) -> tuple[Any, ...]:
    amounts = [a for a in p.amounts if currency is None or a[1] == currency]
    number, unit = amounts[-1] if amounts else (None, None)
    ends = (" ".join(deals.agents[a].iri for a in side if a in deals.agents) for side in (p.payers, p.receivers))
    return (*ends, p.deal.iri, p.deal.kind, number, unit, p.deal.status, "; ".join(doubts), " ".join(p.deal.sources))


def _instruments(told: list[list[str]], payer: str | None) -> list[tuple[Any, ...]]:
    sources: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, instrument, source in told:
        if payer is None or slug_of(one) == payer:
            sources[one, instrument].add(source)
    return [
        (one, "", instrument, "funds", None, None, None, "no amount told", " ".join(sorted(pages)))
        for (one, instrument), pages in sources.items()
    ]


def _totals(chosen: list[Payment], doubts: dict[str, list[str]]) -> list[str]:
    """Say in words what the headline figures come to in each currency, with and without those in doubt."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for payment in chosen:
        for number, unit in payment.amounts[-1:]:
            sums[unit][0] += number
            sums[unit][1] += 0.0 if doubts.get(payment.deal.iri) else number
    return [
        f"{unit}: headline figures come to {all_:,.0f}, of which {sure:,.0f} without a warning; donor schemes and the"
        " contracts that they pay for overlap, so neither is a total"
        for unit, (all_, sure) in sorted(sums.items())
    ]


def _sankey(deals: Agreements, chosen: list[Payment], currency: str | None) -> Flow:
    """Return links payer → kind → receiver: amounts split evenly among the ends for drawing only, or numbers of deals."""
    links: dict[tuple[str, str], float] = defaultdict(float)
    for p in chosen:
        size = next((a for a, unit in reversed(p.amounts) if unit == currency), 0.0) / 1e6 if currency else 1.0
        receivers = [r for r in p.receivers if r in deals.agents]
        for one in p.payers:
            links[deals.label(one), p.deal.kind] += size / len(p.payers)
        for other in receivers:
            links[p.deal.kind, deals.label(other) + " "] += size / len(receivers)
    unit = f"million {currency}" if currency else "deals"
    return Flow([(a, b, value) for (a, b), value in sorted(links.items()) if value > 0], unit)
