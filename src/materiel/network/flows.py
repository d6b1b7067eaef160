"""Money: who pays whom through which instrument, in the currency that was told; `materiel.amounts` says what may be added."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from materiel import wording as words
from materiel.amounts import read_deals, totals
from materiel.network.agreements import agreements, rows
from materiel.network.chart import Flow
from materiel.network.graph import store_of, whole_of
from materiel.network.result import Result
from materiel.store.table import Table
from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from materiel.amounts import Deal, Money, Totals
    from materiel.network.deals import Agreement, Agreements
    from materiel.network.graph import Graph

_FUNDS = """
SELECT ?payer ?instrument ?source WHERE {
  ?payer mat:funds ?instrument .
  ?claim rdf:subject ?payer ; rdf:predicate mat:funds ; rdf:object ?instrument ; mat:attestation ?attestation .
  ?attestation mat:source ?source .
}"""


@dataclass(frozen=True, slots=True)
class Payment:
    """One amount of a deal, or a deal with a funder of which no amount is told.

    Attributes:
        deal: The deal.
        payers: Its funders, or where none is named its customers or acquirers.
        receivers: Its suppliers, firms bought and licensors, or where none is named its leads; a beneficiary gets no money.
        money: The amount, or None.
    """

    deal: Agreement
    payers: tuple[str, ...]
    receivers: tuple[str, ...]
    money: Money | None

    @property
    def shared(self) -> bool:
        """Whether several pay, and no source says who pays which part."""
        return len(self.payers) > 1


def payments(deals: Agreements, amounts: Iterable[Money]) -> list[Payment]:
    """Return all amounts with those who pay and are paid, and the deals that have a funder but no amount."""
    by_deal: dict[str, list[Money]] = defaultdict(list)
    for money in amounts:
        by_deal[money.deal].append(money)
    found: list[Payment] = []
    for deal in deals.deals:
        payers = _payers(deal)
        receivers = _having(deal, "supplier", "target", "licensor") or _having(deal, "lead")
        rest = tuple(r for r in receivers if r not in payers) or deal.ventures
        told: list[Money | None] = [*by_deal[deal.iri]]
        if not told and _having(deal, "funder"):
            told = [None]
        found += [Payment(deal, payers, rest, money) for money in told]
    return found


def _payers(deal: Agreement) -> tuple[str, ...]:
    return _having(deal, "funder") or _having(deal, "customer", "acquirer")


def _having(deal: Agreement, *roles: str) -> tuple[str, ...]:
    return tuple(sorted({agent for agent, role in deal.roles if role in roles}))


def flows(kg: Graph, currency: str | None = None, payer: str | None = None) -> Result:
    """List who pays whom through which deal or instrument.

    Amounts are headline figures of whole deals, never divided among payers or receivers, never converted and never
    summed across currencies. What may be added, and what may count money twice, is told by `materiel.amounts.totals`.

    Args:
        kg: Where to look.
        currency: Only amounts in it, such as `EUR`.
        payer: Only what one organisation or country pays alone, by id, name, alias or code.
    """
    store, deals = store_of(kg), agreements(kg, collective=True)
    wanted = slug_of(store.labels.resolve(payer)) if payer else None
    summed = totals(store, [deal.iri for deal in deals.deals], around=_around(kg, wanted))
    found = [
        p for p in payments(deals, summed.amounts) if currency is None or (p.money and p.money.currency == currency)
    ]
    mine = [p for p in found if wanted is None or p.payers == (wanted,)]
    if wanted is not None:
        summed = totals(store, [p.deal.iri for p in mine], around=_around(kg, wanted))
    sums = [total for total in summed.totals if currency in (None, total.currency)]
    table = [_row(deals, p, summed) for p in mine]
    if not currency:
        table += _instruments(rows(store, _FUNDS), wanted)
    table.sort(key=lambda row: (row[5] or "", -(row[4] or 0), row[2]))
    clear = [p for p in mine if not (p.money and summed.warnings(p.money))]
    return Result(
        "Who pays whom" + (f", in {currency}" if currency else ""),
        Table(("payers", "receivers", "through", "kind", "amount", "currency", "status", "warning", "sources"), table),
        "amounts of deals, and deals with a funder; payers are funders, else customers or acquirers; receivers are"
        " suppliers, firms bought or licensors, else leads, never beneficiaries; and who funds which fund or programme",
        "",
        deals.scope,
        (
            *(line for total in sums for line in summed.told(total)),
            *_shared(found, wanted),
            "The figure leaves out amounts with a warning, without a payer, or of several payers",
            "Money pledged is not money paid: look at the status",
        ),
        _sankey(deals, [p for p in clear if p.payers and not p.shared], currency),
    )


def _around(kg: Graph, payer: str | None) -> list[Deal]:
    """Return the deals of the whole graph, or of what a payer pays alone in it, if the graph is a narrower view."""
    whole = whole_of(kg)
    if whole is store_of(kg):
        return []
    deals = agreements(whole, collective=True).deals
    return read_deals(whole, [deal.iri for deal in deals if payer is None or _payers(deal) == (payer,)])


def _shared(found: Iterable[Payment], payer: str | None) -> list[str]:
    """Say how many amounts several pay together, of all or of those that a payer has a part in."""
    number = sum(p.shared and p.money is not None and (payer is None or payer in p.payers) for p in found)
    where = "in the table, whole" if payer is None else "left out here"
    told = f"{words.capital(words.count(number, 'amount'))} of several payers together: {where}, since nobody says who pays which part"
    return [told] if number else []


def _row(deals: Agreements, p: Payment, summed: Totals) -> tuple[Any, ...]:
    number, unit = (float(p.money.number), p.money.currency) if p.money else (None, None)
    ends = (" ".join(deals.agents[a].iri for a in side if a in deals.agents) for side in (p.payers, p.receivers))
    doubts = "; ".join(summed.warnings(p.money)) if p.money else ""
    return (*ends, p.deal.iri, p.deal.kind, number, unit, p.deal.status, doubts, " ".join(p.deal.sources))


def _instruments(told: list[list[str]], payer: str | None) -> list[tuple[Any, ...]]:
    sources: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, instrument, source in told:
        if payer is None or slug_of(one) == payer:
            sources[one, instrument].add(source)
    return [
        (one, "", instrument, "funds", None, None, None, "no amount told", " ".join(sorted(pages)))
        for (one, instrument), pages in sources.items()
    ]


def _sankey(deals: Agreements, chosen: Iterable[Payment], currency: str | None) -> Flow:
    """Return links payer → kind → receiver, of whole amounts or of numbers of deals; several receivers are one end."""
    links: dict[tuple[str, str], float] = defaultdict(float)
    for p in chosen:
        size = float(p.money.number) / 1e6 if currency and p.money else 1.0
        ends = [deals.label(r) for r in p.receivers if r in deals.agents]
        end = ends[0] if len(ends) == 1 else "several together" if ends else "receiver not told"
        links[deals.label(p.payers[0]), p.deal.kind] += size
        links[p.deal.kind, f"{end} "] += size
    unit = f"million {currency}" if currency else "amounts and deals"
    return Flow([(a, b, value) for (a, b), value in sorted(links.items()) if value > 0], unit)
