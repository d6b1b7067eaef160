"""Totals over a set of deals: one for each currency, never over overlapping deals, converted only by given rates."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from materiel import wording as words
from materiel.amounts.deal import read_deals
from materiel.amounts.overlap import Overlap, overlaps
from materiel.policy import marked
from materiel.store.codes import code_list
from materiel.store.table import Cell, Table
from materiel.vocabulary import code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from materiel.amounts.deal import Deal
    from materiel.amounts.rates import Rates
    from materiel.store.base import Store


@dataclass(frozen=True, slots=True)
class Money:
    """One amount.

    Attributes:
        deal: The deal whose headline figure it is.
        kind: IRI of the deal's kind.
        status: IRI of the deal's current status, or None.
        number: The figure.
        currency: ISO 4217 code.
        day: Date as reported: the amount's own, else that of the deal's first step.
        claim: The claim that states it.
        sources: The pages behind the claim.
        left: Why no total counts it, or "".
    """

    deal: str
    kind: str
    status: str | None
    number: Decimal
    currency: str
    day: str | None
    claim: str
    sources: tuple[str, ...]
    left: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """What can be said about the amounts in one currency.

    Attributes:
        currency: ISO 4217 code.
        amounts: How many there are.
        clean: How many of them count: they overlap with no other of the same total and are not left out.
        sum: The sum of these, or None when there is none.
        overlaps: The pairs for which no total over all is given.
        left: Deals whose amounts are left out, each with the reason.
    """

    currency: str
    amounts: int
    clean: int
    sum: Decimal | None
    overlaps: tuple[Overlap, ...]
    left: tuple[tuple[str, str], ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the sum covers all amounts."""
        return not self.overlaps and self.clean == self.amounts


@dataclass(frozen=True)
class Totals:
    """Amounts and what they come to.

    Attributes:
        amounts: All amounts, by currency and size.
        totals: One for each currency.
        converted: The same over all currencies, when rates were given.
        notes: What was refused, and why; where rates come from.
        label: How a thing is called.
    """

    amounts: tuple[Money, ...]
    totals: tuple[Total, ...]
    converted: Total | None
    notes: tuple[str, ...]
    label: Callable[[str], str]

    def lines(self) -> list[str]:
        """Return the totals, the pairs and the notes for a reader."""
        told = [
            line for total in (*self.totals, *([self.converted] if self.converted else [])) for line in self.told(total)
        ]
        return [*told, *self.notes]

    def told(self, total: Total) -> list[str]:
        """Return one of the totals and its pairs for a reader.

        Args:
            total: One of `totals`, or `converted`.
        """
        whole = words.money(float(total.sum), total.currency) if total.sum is not None else ""
        number = words.count(total.amounts, "amount")
        if total.complete:
            return [f"{total.currency}: {number}, in total {whole}."]
        why = [f"{words.count(len(total.overlaps), 'pair')} may count money twice"] if total.overlaps else []
        why += [f"{words.count(len(total.left), 'amount')} left out"] if total.left else []
        head = f"{total.currency}: {number}, no total: {' and '.join(why)}."
        which = " and ".join(["overlaps with no other"] * bool(total.overlaps) + ["is not left out"] * bool(total.left))
        part = f" What {which} ({words.count(total.clean, 'amount')}) comes to {whole}." if total.clean else ""
        return [head + part, *self._pairs(total.overlaps), *self._left(total)]

    def _left(self, total: Total) -> list[str]:
        reasons = sorted({reason for _, reason in total.left})
        named = {r: sorted({self.label(deal) for deal, why in total.left if why == r}) for r in reasons}
        return [f"  Left out, {reason}: {'; '.join(names)}." for reason, names in named.items()]

    def _pairs(self, pairs: Sequence[Overlap]) -> list[str]:
        """Return the pairs, those that share their first deal and their reason on one line."""
        grouped: dict[tuple[str, str], list[str]] = {}
        for pair in pairs:
            grouped.setdefault((pair.reason, self.label(pair.first)), []).append(self.label(pair.second))
        return [f"  {first} {reason} {'; '.join(others)}." for (reason, first), others in sorted(grouped.items())]

    def to_dict(self) -> dict[str, object]:
        """Return amounts, totals, pairs and notes as plain data; figures as texts, so that none is rounded."""
        found = [*self.totals, *([self.converted] if self.converted else [])]
        return {
            "totals": [{**asdict(total), "sum": _text(total.sum), "complete": total.complete} for total in found],
            "notes": list(self.notes),
            "amounts": [{**asdict(money), "number": _text(money.number)} for money in self.amounts],
        }

    def warnings(self, money: Money) -> list[str]:
        """Return in words why no total counts an amount: it may also be that of another deal, or is left out for itself.

        Args:
            money: One of `amounts`.
        """
        pairs = next(total.overlaps for total in self.totals if total.currency == money.currency)
        ahead = [f"{o.reason} {self.label(o.second)}" for o in pairs if o.first == money.deal]
        behind = [f"{self.label(o.first)} {o.reason} it" for o in pairs if o.second == money.deal]
        return [*ahead, *behind, *([money.left] if money.left else [])]

    def table(self) -> Table:
        """Return the amounts as rows, with the sources behind each."""
        rows: list[tuple[Cell, ...]] = [
            (m.deal, m.kind, m.status, _cell(m.number), m.currency, m.day, " ".join(m.sources)) for m in self.amounts
        ]
        columns = ("partnership", "kind", "status", "number", "currency", "date", "sources")
        return Table(columns, rows, tuple(self.lines()))

    def data(self) -> Table:
        """Return the same rows for a program that reads no lines below: each with its warning and its currency's total.

        The total stands in a column of its own and in no row of its own, so that nobody adds it to the amounts.
        """
        sums = {total.currency: _cell(total.sum) if total.sum is not None else None for total in self.totals}
        table = self.table()
        more = [("; ".join(self.warnings(m)) or None, sums[m.currency]) for m in self.amounts]
        rows = [(*row, *told) for row, told in zip(table.rows, more, strict=True)]
        return Table((*table.columns, "warning", "total of currency"), rows, table.notes)


def totals(
    store: Store,
    deals: Iterable[str],
    rates: Rates | None = None,
    to: str | None = None,
    around: Iterable[Deal] = (),
) -> Totals:
    """Add up the headline amounts of deals, as far as that can be done.

    Args:
        store: The graph, in whatever scope it is.
        deals: IRIs of partnerships.
        rates: Rates of exchange that the user gives; without them, no currency is converted.
        to: The currency to convert to.
        around: The deals that the same question finds in the whole graph, when the store is narrower: a pair that may
            count money twice is told even where the scope leaves out one of the two, or what shows that they are a pair.
    """
    known = [deal for deal in read_deals(store, deals) if deal.values]
    amounts = sorted((m for deal in known for m in _amounts(deal)), key=lambda m: (m.currency, -m.number, m.deal))
    found = list(dict.fromkeys([*overlaps(deal for deal in around if deal.values), *overlaps(known)]))
    told_in = {deal.iri: {v.currency for v in deal.values} for deal in [*around, *known]}
    currencies = sorted({m.currency for m in amounts})
    sums = tuple(
        _total(
            currency,
            [(m, m.number) for m in amounts if m.currency == currency],
            [o for o in found if currency in told_in[o.first] & told_in[o.second]],
        )
        for currency in currencies
    )
    converted, notes = _converted(amounts, found, rates, to) if rates and to else (None, _unmixed(currencies))
    return Totals(tuple(amounts), sums, converted, tuple(notes), store.labels.label)


def _amounts(deal: Deal) -> list[Money]:
    kind = code("partnership-kind", deal.kind).value
    status = code("status", deal.status).value if deal.status else None
    left = _left_out(deal)
    return [
        Money(deal.iri, kind, status, v.number, v.currency, v.date or deal.date, v.claim, v.sources, left)
        for v in deal.values
    ]


def _left_out(deal: Deal) -> str:
    """Return why a deal's amounts are in no total, or "": money is counted from the announcement on, while the deal goes on."""
    codes = code_list("status")
    if deal.status in marked("status", "halts"):
        return "the deal is at a halt or at an end"
    if deal.status in marked("status", "hearsay") or (
        deal.status in codes and codes[deal.status].order < codes["announced"].order
    ):
        return "the deal is only reported or under negotiation"
    return "sources differ on the amount" if deal.disputed else ""


def _total(currency: str, amounts: Sequence[tuple[Money, Decimal]], found: Sequence[Overlap]) -> Total:
    counted = {money.deal for money, _ in amounts}
    pairs = tuple(o for o in found if o.first in counted or o.second in counted)
    tangled = {iri for o in pairs for iri in (o.first, o.second)}
    clean = [number for money, number in amounts if money.deal not in tangled and not money.left]
    left = tuple((money.deal, money.left) for money, _ in amounts if money.left)
    return Total(currency, len(amounts), len(clean), sum(clean, Decimal(0)) if clean else None, pairs, left)


def _converted(amounts: Sequence[Money], found: Sequence[Overlap], rates: Rates, to: str) -> tuple[Total, list[str]]:
    pairs = [(money, rates.convert(money.number, money.currency, to, money.day)) for money in amounts]
    kept = [(money, told[0]) for money, told in pairs if told]
    lost = len(pairs) - len(kept)
    notes = [f"Converted to {to} with the rates of {rates.name}, each by the newest rate not after the amount's date."]
    if lost:
        notes.append(words.stop(f"{words.capital(words.count(lost, 'amount'))} left out: no rate in the file fits"))
    return _total(to, kept, found), notes


def _unmixed(currencies: Sequence[str]) -> list[str]:
    if len(currencies) < 2:
        return []
    return [f"No total over {words.listed(currencies)}: currencies are not mixed without rates that you give."]


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _cell(number: Decimal) -> Cell:
    return int(number) if number == number.to_integral_value() else float(number)
