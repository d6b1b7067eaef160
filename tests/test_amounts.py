"""Trust in numbers: no mixed currencies, no money counted twice, no rate but the user's."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import small
from materiel.amounts import Overlap, Totals, read_rates, totals
from materiel.brief.subject import subject
from materiel.cli import amounts as command
from materiel.errors import FileProblem, UsageError
from materiel.vocabulary import ID, slug_of

if TYPE_CHECKING:
    from pathlib import Path

    from materiel.knowledge_graph import KnowledgeGraph

Row = dict[str, Any]
ENTITIES = [
    small.entity("gov-de", "government", country="DE"),
    small.entity("mod-de", "ministry", country="DE"),
    small.entity("gov-ua", "government", country="UA"),
    small.entity("maker", country="DE"),
    small.entity("other", country="FR"),
    small.entity("office", "agency", country="US"),
    small.entity("shell", "product", product_category="artillery-ammunition"),
    small.entity("tank", "product", product_category="tank"),
]


def deal(name: str, kind: str, amount: float, roles: dict[str, str], currency: str = "EUR", **more: Any) -> Row:
    date = more.pop("date", "2024-01-01")
    status = more.pop("status", "signed")
    parties = [{"entity": entity, "role": role} for entity, role in roles.items()]
    value = {"amount": amount, "currency": currency}
    return small.deal(name, small.event(status, date)) | {"kind": kind, "participants": parties, "value": value} | more


def summed(*deals: Row) -> Totals:
    kg = small.graph("", **small.world(entities=ENTITIES, partnerships=list(deals)))
    return totals(kg.store, [ID + row["id"] for row in deals])


def pairs(told: Totals) -> set[tuple[str, str]]:
    return {(slug_of(o.first), slug_of(o.second)) for total in told.totals for o in total.overlaps}


POT = deal("pot", "financing", 500, {"gov-de": "funder", "gov-ua": "beneficiary"})
ORDER = deal("order", "supply-contract", 100, {"mod-de": "customer", "maker": "supplier"}, products=["shell"])
FOREIGN = deal("foreign", "supply-contract", 40, {"gov-ua": "customer", "other": "supplier"}, products=["tank"])


def test_amounts_of_one_currency_are_added() -> None:
    told = summed(ORDER, FOREIGN)
    assert [(t.currency, t.sum, t.complete) for t in told.totals] == [("EUR", Decimal(140), True)]
    assert "EUR: two amounts, in total EUR 140." in told.lines()


def test_currencies_are_never_mixed() -> None:
    told = summed(ORDER, FOREIGN | {"value": {"amount": 40, "currency": "USD"}})
    assert [(t.currency, t.sum) for t in told.totals] == [("EUR", Decimal(100)), ("USD", Decimal(40))]
    assert told.converted is None
    assert "No total over EUR and USD" in told.lines()[-1]


def test_a_pot_and_the_order_that_it_may_pay_for_are_not_added() -> None:
    told = summed(POT, ORDER, FOREIGN)
    assert pairs(told) == {("pot", "order")}
    (total,) = told.totals
    assert (total.complete, total.clean, total.sum) == (False, 1, Decimal(40))
    assert any("Pot may pay for Order" in line for line in told.lines())
    assert not any("540" in line or "640" in line for line in told.lines())


def test_an_order_older_than_the_pot_is_not_paid_out_of_it() -> None:
    older = ORDER | {"events": [small.event("signed", "2022-05")]}
    assert pairs(summed(POT, older)) == set()
    same_year = ORDER | {"events": [small.event("signed", "2024")]}
    assert pairs(summed(POT, same_year)) == {("pot", "order")}


def test_other_goods_are_not_paid_out_of_a_pot_for_some() -> None:
    assert pairs(summed(POT | {"products": ["tank"]}, ORDER)) == set()
    assert pairs(summed(POT | {"products": ["shell"]}, ORDER)) == {("pot", "order")}


def test_two_pots_of_one_payer_are_not_added() -> None:
    second = deal("treaty", "government-agreement", 700, {"mod-de": "signatory", "gov-ua": "signatory"})
    assert pairs(summed(POT, second)) == {("pot", "treaty")}


def test_an_approved_sale_and_the_contract_that_carries_it_out_are_not_added() -> None:
    approval = deal(
        "leave",
        "supply-contract",
        90,
        {"gov-ua": "customer", "office": "lead"},
        "USD",
        status="approved",
        products=["shell"],
    )
    contract = deal(
        "contract", "supply-contract", 80, {"gov-ua": "beneficiary", "maker": "supplier"}, "USD", products=["shell"]
    )
    assert pairs(summed(approval, contract)) == {("leave", "contract")}


def test_the_same_goods_and_parties_are_not_added() -> None:
    again = ORDER | {"id": "again", "name": "Again"}
    assert pairs(summed(ORDER, again)) == {("again", "order")}


def test_a_day_is_kept_as_reported() -> None:
    told = summed(ORDER | {"events": [small.event("signed", "2024-03"), small.event("delivered", "2025")]})
    assert [money.day for money in told.amounts] == ["2024-03"]


@pytest.mark.parametrize("status", ["reported", "negotiating", "suspended", "terminated", "denied"])
def test_what_is_not_agreed_or_at_an_end_is_in_no_total(status: str) -> None:
    told = summed(ORDER, FOREIGN | {"events": [small.event(status, "2024-01-01")]})
    (total,) = told.totals
    assert (total.amounts, total.clean, total.sum, total.complete) == (2, 1, Decimal(100), False)
    assert any(line.startswith("  Left out, ") and line.endswith(": Foreign.") for line in told.lines())
    statuses = {slug_of(str(row["partnership"])): slug_of(str(row["status"])) for row in told.table()}
    assert statuses == {"order": "signed", "foreign": status}


AMOUNT = """
id:clash a mat:Conflict ; mat:about id:foreign ; mat:conflictType conflicttype:amount ; dct:description "40 or 50"@en ;
  mat:side [ a mat:Side ; dct:description "40"@en ] , [ a mat:Side ; dct:description "50"@en ] .
"""


@pytest.mark.parametrize(("type_", "counted"), [("amount", Decimal(100)), ("date", Decimal(140))])
def test_an_amount_in_open_conflict_is_in_no_total(type_: str, counted: Decimal) -> None:
    turtle = AMOUNT.replace("conflicttype:amount", f"conflicttype:{type_}")
    kg = small.graph(turtle, **small.world(entities=ENTITIES, partnerships=[ORDER, FOREIGN]))
    told = totals(kg.store, [ID + "order", ID + "foreign"])
    assert [t.sum for t in told.totals] == [counted]
    assert ("  Left out, sources differ on the amount: Foreign." in told.lines()) == (type_ == "amount")


def test_a_conflict_that_a_verdict_resolved_leaves_nothing_out() -> None:
    verdict = 'id:word a mat:Assessment ; mat:assesses id:clash ; mat:assessedOn "2026-01-01" ; mat:verdict verdict:accepted .'
    kg = small.graph(AMOUNT + verdict, **small.world(entities=ENTITIES, partnerships=[ORDER, FOREIGN]))
    assert [t.sum for t in totals(kg.store, [ID + "order", ID + "foreign"]).totals] == [Decimal(140)]


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=6))
def test_a_total_is_the_sum_of_what_overlaps_with_nothing(numbers: list[int]) -> None:
    found = [Overlap("0", "1", "may pay for")] if len(numbers) > 1 else []
    from materiel.amounts.totals import Money, _total

    amounts = [(Money(str(n), "", None, Decimal(v), "EUR", None, "", ()), Decimal(v)) for n, v in enumerate(numbers)]
    total = _total("EUR", amounts, found)
    clean = numbers[2:] if found else numbers
    assert (total.sum or 0) == sum(clean)
    assert total.complete == (not found)


RATES = "date,currency,rate_to,rate\n2023-12-29,USD,EUR,0.9\n2024-01-02,USD,EUR,0.8\n2024-01-01,EUR,GBP,0.5\n"


def rates(folder: Path, text: str = RATES) -> Path:
    path = folder / "rates.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rates_are_those_of_the_file_and_never_later_than_the_amount(tmp_path: Path) -> None:
    table = read_rates(rates(tmp_path))
    assert table.convert(Decimal(10), "USD", "EUR", "2024-01-01") == (Decimal("9.0"), "2023-12-29")
    assert table.convert(Decimal(10), "USD", "EUR", "2024-01") == (Decimal("8.0"), "2024-01-02")
    assert table.convert(Decimal(10), "GBP", "EUR", "2025") == (Decimal(20), "2024-01-01")
    assert table.convert(Decimal(10), "USD", "EUR", "2020") is None
    assert table.convert(Decimal(10), "USD", "EUR", None) is None
    assert table.convert(Decimal(10), "UAH", "EUR", "2025") is None


def test_a_conversion_names_its_source_and_what_it_leaves_out(tmp_path: Path) -> None:
    dollars = FOREIGN | {"value": {"amount": 40, "currency": "USD"}}
    hryvnias = deal(
        "hryvnias", "supply-contract", 7, {"gov-ua": "customer", "maker": "supplier"}, "UAH", products=["tank"]
    )
    kg = small.graph("", **small.world(entities=ENTITIES, partnerships=[ORDER, dollars, hryvnias]))
    deals = [ID + name for name in ("order", "foreign", "hryvnias")]
    told = totals(kg.store, deals, read_rates(rates(tmp_path)), "EUR")
    assert told.converted is not None
    assert told.converted.sum == Decimal(136)
    assert any("rates.csv (SHA-256 " in line for line in told.lines())
    assert any("One amount left out" in line for line in told.lines())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("day,rate\n", 1),
        ("date,currency,rate_to,rate\n2024,USD,EUR,much\n", 2),
        ("date,currency,rate_to,rate\n2024-13,USD,EUR,1\n", 2),
        ("date,currency,rate_to,rate\n2024,USD,EUR,1\n2024,USD,EUR,-1\n", 3),
        ("date,currency,rate_to,rate\n2024,USD,EUR,NaN\n", 2),
    ],
)
def test_a_bad_file_of_rates_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(FileProblem, match=rf"rates\.csv:{line}: "):
        read_rates(rates(tmp_path, text))


def test_the_danish_model_is_not_counted_twice(kg: KnowledgeGraph) -> None:
    told = totals(kg.store, subject(kg.store, "danish-model").deals)
    assert any(
        {slug_of(o.first), slug_of(o.second)} == {"danish-model-2025", "denmark-eu-windfall-2025"}
        for t in told.totals
        for o in t.overlaps
    )


def test_the_shipped_graph_never_sums_all_german_money(kg: KnowledgeGraph) -> None:
    told = totals(kg.store, subject(kg.store, "DE", "UA").deals)
    euros = next(total for total in told.totals if total.currency == "EUR")
    assert not euros.complete
    assert ("germany-ukraine-december-2025-package", "qfi-linza-supply-2025") in pairs(told)
    assert all(money.sources for money in told.amounts)


def test_a_narrower_scope_loses_no_warning() -> None:
    def told(*scope: str) -> tuple[set[str], set[str]]:
        made = CliRunner().invoke(app(), ["amounts", "NO", "--format", "json", *scope])
        assert made.exit_code == 0, made.output
        answer = json.loads(made.stdout)
        named = {o[end] for total in answer["totals"] for o in total["overlaps"] for end in ("first", "second")}
        return {amount["deal"] for amount in answer["amounts"]}, named

    whole, doubted = told()
    signed, still = told("--status", "signed+")
    assert signed < whole
    assert still & signed == doubted & signed != set()


def app() -> typer.Typer:
    made = typer.Typer()
    made.callback()(lambda: None)
    command.register(made)
    return made


def test_the_command(tmp_path: Path) -> None:
    shown = CliRunner().invoke(app(), ["amounts", "NO", "--format", "json"])
    assert shown.exit_code == 0, shown.output
    told = json.loads(shown.stdout)
    assert {total["currency"] for total in told["totals"]} >= {"EUR", "NOK", "USD"}
    assert all(amount["sources"] for amount in told["amounts"])
    text = CliRunner().invoke(
        app(), ["amounts", "NO", "--format", "md", "--rates", str(rates(tmp_path)), "--to", "EUR"]
    )
    assert "Converted to EUR with the rates of rates.csv" in text.stdout
    assert isinstance(CliRunner().invoke(app(), ["amounts", "NO", "--to", "EUR"]).exception, UsageError)


@pytest.mark.parametrize("form", ["csv", "tsv", "ndjson"])
def test_totals_and_warnings_travel_in_every_format(form: str) -> None:
    arguments = ["amounts", "DE", "UA", "--format"]
    whole = json.loads(CliRunner().invoke(app(), [*arguments, "json"]).stdout)
    text = CliRunner().invoke(app(), [*arguments, form]).stdout
    rows = (
        [json.loads(line) for line in text.splitlines()]
        if form == "ndjson"
        else list(csv.DictReader(io.StringIO(text, newline=""), delimiter="," if form == "csv" else "\t"))
    )
    euros = next(total for total in whole["totals"] if total["currency"] == "EUR")
    mine = [row for row in rows if row["currency"] == "EUR"]
    assert {float(row["total of currency"]) for row in mine} == {float(euros["sum"])}
    doubted = {o[end] for o in euros["overlaps"] for end in ("first", "second")} | {deal for deal, _ in euros["left"]}
    assert {row["partnership"] for row in mine if row["warning"]} == doubted
    assert len(rows) == len(whole["amounts"]), "no row is a total"
