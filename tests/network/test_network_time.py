"""Durations, funnels, robustness, dependence, money and growth."""

from __future__ import annotations

import itertools
import math
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.amounts import totals
from materiel.errors import NotFound, UsageError
from materiel.network import (
    changes,
    chart,
    concentration,
    dependence,
    flows,
    funnel,
    overdue,
    robustness,
    survival,
    timeline,
)
from materiel.network.agreements import agreements
from materiel.network.options import Options
from network.worlds import firms, world
from small import entity, event, relation, source

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph

ID = "https://w3id.org/materiel/id/"
REMISSION = [
    "6",
    "6",
    "6",
    "6+",
    "7",
    "9+",
    "10",
    "10+",
    "11+",
    "13",
    "16",
    "17+",
    "19+",
    "20+",
    "22",
    "23",
    "25+",
    "32+",
    "32+",
    "34+",
    "35+",
]
"""Weeks of remission under 6-mercaptopurine, + for those still in it (Freireich et al., Blood 21, 1963)."""


def test_kaplan_meier_of_the_remission_data_as_published() -> None:
    """Kleinbaum and Klein, Survival Analysis, table 2.1: S(6)=.857, S(10)=.753, S(23)=.448; the median is 23 weeks."""
    fit = survival.fitted([int(w.rstrip("+")) for w in REMISSION], ["+" not in w for w in REMISSION])
    shares = {week: round(1 - survival.share_by(fit, week)[0], 3) for week in (6, 7, 10, 13, 16, 22, 23)}
    assert shares == {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}
    middle, low, high = survival.median(fit)
    assert (middle, high) == (23.0, None)
    assert low is not None
    assert low < 23


@pytest.fixture(scope="module")
def paced() -> KnowledgeGraph:
    """Deals announced, then signed, in work, ended, skipped, or left open; the last page is of 2024-12-31."""

    def steps(*told: tuple[str, str]) -> list[Any]:
        return [event(status, day) for status, day in told]

    return world(
        {
            "quick": {
                "parties": {"x": "partner", "y": "partner"},
                "events": steps(("announced", "2023-01-01"), ("signed", "2023-01-11"), ("operational", "2023-04-11")),
            },
            "slow": {
                "parties": {"x": "partner", "z": "partner"},
                "events": steps(("announced", "2023-01-01"), ("signed", "2023-12-31")),
            },
            "open": {"parties": {"y": "partner", "z": "partner"}, "events": steps(("announced", "2023-01-01"))},
            "ended": {
                "parties": {"x": "partner", "y": "partner"},
                "events": steps(("announced", "2023-01-01"), ("terminated", "2023-02-10")),
            },
            "skipped": {"parties": {"x": "partner", "z": "partner"}, "events": steps(("signed", "2023-05-01"))},
            "coarse": {"parties": {"x": "partner", "z": "partner"}, "events": steps(("announced", "2024"))},
        },
        firms("x", "y", "z", y="FR", z="UA"),
        sources=[source("a"), source("last", "2024-12-31")],
    )


def test_cases_by_hand(paced: KnowledgeGraph) -> None:
    until = survival.last_day(paced)
    assert until == date(2024, 12, 31)
    found, skipped = survival.cases(agreements(paced).deals, "announced", "signed", until)
    told = {case.deal.slug: (case.days, case.reached, case.ended) for case in found}
    assert told == {
        "quick": (10.0, True, False),
        "slow": (364.0, True, False),
        "open": (730.0, False, False),
        "ended": (40.0, False, True),
        "coarse": (183.0, False, False),
    }
    assert skipped == 1


def test_as_of_a_day_open_deals_are_censored_on_that_day(kg: KnowledgeGraph) -> None:
    then = kg.scope(as_of="2023")
    assert survival.last_day(then) == date(2023, 12, 31)
    assert survival.last_day(kg.scope(known_by="2024-06")) <= date(2024, 6, 30)
    found, _ = survival.cases(agreements(then).deals, "announced", "signed", survival.last_day(then))
    assert found
    assert max(survival.middle(case.start) for case in found) <= date(2023, 12, 31)


def test_time_to_by_hand(paced: KnowledgeGraph) -> None:
    row = next(iter(survival.time_to(paced, "announced", "signed", least=1).table))
    assert (row["deals"], row["got there"], row["ended"]) == (5, 2, 1)
    assert row["1 year"] == pytest.approx(1 - 4 / 5 * 1 / 2, abs=1e-3), "4 of 5 left at day 10, 1 of 2 left at day 364"
    by_country = survival.time_to(paced, "announced", "signed", "country", least=1).table
    assert set(by_country.column("group")) == {"DE", "FR"}, "Ukraine, in nearly every deal, is no group"
    for wrong in ({"by": "colour"}, {"goal": "fame"}, {"goal": "denied"}):
        with pytest.raises(UsageError):
            survival.time_to(paced, **wrong)  # type: ignore[arg-type]


def test_overdue_silent_and_transitions_by_hand(paced: KnowledgeGraph) -> None:
    late = overdue.overdue(paced, "announced", "signed", 365).table
    assert late.column("partnership") == [ID + "open"]
    assert late.column("sources")[0]
    quiet = overdue.silent(paced, 365).table
    assert quiet.column("partnership") == [ID + "open", ID + "skipped", ID + "slow"]
    steps = {(r["from"], r["to"]): (r["deals"], r["median days"]) for r in overdue.transitions(paced).table}
    assert steps["announced", "signed"] == (2, 187.0)
    assert steps["announced", "terminated"] == (1, 40.0)
    assert steps["announced", "(stands there)"] == (2, None)


def test_the_shipped_graph_from_promise_to_reality(kg: KnowledgeGraph) -> None:
    row = next(iter(survival.time_to(kg).table))
    assert row["deals"] > 100  # type: ignore[operator]
    assert row["low 1"] <= row["1 year"] <= row["high 1"] < 0.5, "few announced deals are seen to be at work in a year"  # type: ignore[operator]
    assert overdue.overdue(kg).table.rows
    assert all(row["sources"] for row in overdue.silent(kg).table)
    assert len(overdue.transitions(kg).table) > 20


def test_funnel_by_hand() -> None:
    kg = world(
        {
            "near": {
                "parties": {"x": "partner", "y": "partner"},
                "events": [event("announced", "2023-09-29", ("b",)), event("signed", "2024-02-01", ("c",))],
            },
            "far": {"parties": {"x": "partner", "y": "partner"}, "events": [event("announced", "2022-01-01", ("b",))]},
            "named": {
                "parties": {"x": "partner", "y": "partner"},
                "events": [event("announced", "2022-01-01", ("c",), claim="Told at the Great Forum of Kyiv")],
            },
        },
        [*firms("x", "y"), entity("forum", "event") | {"name": "Great Forum of Kyiv"}],
        relations=[relation("x", "attended", "forum", ("b",), observed=["2023-09-29"])],
    )
    result = funnel.funnel(kg, "forum")
    assert {(r["partnership"], r["link"]) for r in result.table} == {
        (ID + "near", "same page, near in time"),
        (ID + "named", "named in the text"),
    }
    assert {r["partnership"]: r["signed or further"] for r in result.table} == {ID + "near": True, ID + "named": False}
    with pytest.raises(NotFound):
        funnel.funnel(kg, "x")


def test_the_first_kyiv_forum(kg: KnowledgeGraph) -> None:
    result = funnel.funnel(kg, "defence-forum-kyiv-2023")
    assert "2023-09-29" in result.definition, "the day stands in its name"
    assert ID + "defence-alliance" in result.table.column("partnership") or len(result.table) >= 5


def test_ranks_and_intervals_by_hand(paced: KnowledgeGraph) -> None:
    deals = agreements(paced)
    ranks = robustness.ranks(deals.deals, deals, "strength", Options())
    assert ranks == {"x": 1, "y": 3, "z": 2}, "x has five links, z four, y three"
    spread = robustness.intervals(deals, "strength", Options(), runs=30)
    assert all(1 <= low <= high <= 4 for low, high in spread.values())
    assert spread == robustness.intervals(deals, "strength", Options(), runs=30), "the same seed, the same intervals"
    firms_only = robustness.intervals(deals, "strength", Options(), runs=5, keep=lambda node: node != "x")
    assert set(firms_only) == {"y", "z"}
    assert all(low <= high <= 3 for low, high in firms_only.values())
    certain = robustness.intervals(deals, "degree", Options(), runs=5, method="bootstrap")
    assert set(certain) == {"x", "y", "z"}


def test_robustness_of_the_shipped_graph(kg: KnowledgeGraph) -> None:
    scoped = {"signed or further": kg.scope(statuses=["signed+"])}
    result = robustness.robust(kg, "strength", limit=10, runs=20, scoped=scoped)
    assert "signed or further: " in result.scope
    for row in result.table:
        assert row["low"] <= row["high"]  # type: ignore[operator]
    first = next(iter(result.table))
    assert (first["organisation"], first["rank"], first["flips"]) == (ID + "gov-ukraine", 1, "")


def test_herfindahl_as_published() -> None:
    """The example of the Horizontal Merger Guidelines of 1992: four firms of 30, 30, 20 and 20 percent give 2600."""
    assert concentration.herfindahl([30, 30, 20, 20]) == pytest.approx(0.26)
    assert concentration.herfindahl([]) == 0.0


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=20))
def test_herfindahl_lies_between_equal_shares_and_one(shares: list[float]) -> None:
    assert 1 / len(shares) - 1e-9 <= concentration.herfindahl(shares) <= 1 + 1e-9


@pytest.fixture(scope="module")
def supply() -> KnowledgeGraph:
    """A shell made by x, licensed by l; a drone by y with money of f; both in deals."""
    return world(
        {
            "licence": {
                "parties": {"l": "licensor", "x": "licensee"},
                "products": ["shell"],
                "events": [event("signed", "2023-02-01")],
                "value": {"amount": 5_000_000, "currency": "EUR"},
            },
            "order": {
                "parties": {"y": "supplier", "f": "funder", "g": "customer"},
                "products": ["drone"],
                "events": [event("signed", "2024-02-01")],
                "value": {"amount": 7_000_000, "currency": "EUR"},
            },
            "again": {
                "parties": {"y": "supplier", "f": "funder"},
                "products": ["drone"],
                "events": [event("signed", "2024-03-01")],
                "value": {"amount": 7_000_000, "currency": "EUR"},
            },
        },
        [
            *firms("x", "y", "l", y="FR", l="US"),
            entity("f", "fund"),
            entity("g", "government", country="UA"),
            entity("shell", "product", product_category="artillery-ammunition"),
            entity("drone", "product", product_category="uav"),
        ],
        relations=[relation("y", "produces", "drone"), relation("g", "funds", "f")],
    )


def test_what_hangs_on_whom_by_hand(supply: KnowledgeGraph) -> None:
    licensor = list(dependence.removal(supply, "l").table)
    assert [(r["product"], r["lost"], r["because of"]) for r in licensor] == [(ID + "shell", True, ID + "l")]
    assert licensor[0]["sources"]
    assert not dependence.removal(supply, "f").table.rows, "the maker's own output is left"
    both = list(dependence.removal(supply, "f", last_only=False).table)
    assert {r["lost path"] for r in both} == {ID + "order", ID + "again"}
    assert [r["product"] for r in dependence.removal(supply, "US").table] == [ID + "shell"]
    assert {r["product"] for r in dependence.removal(supply, "France").table} == {ID + "drone"}
    with pytest.raises(NotFound):
        dependence.removal(supply, "atlantis")


def test_concentration_by_hand(supply: KnowledgeGraph) -> None:
    rows = [(r["year"], r["deals"], r["index"], r["largest"]) for r in concentration.concentration(supply, "uav").table]
    assert rows == [(2024, 2, 1.0, ID + "y")]
    countries = concentration.concentration(supply, "artillery-ammunition", "country").table
    assert countries.column("largest") == ["DE"]


def test_money_by_hand(supply: KnowledgeGraph) -> None:
    result = flows.flows(supply, "EUR")
    told = {r["through"]: (r["payers"], r["receivers"], r["amount"], r["warning"]) for r in result.table}
    assert told[ID + "order"][:3] == (ID + "f", ID + "y", 7_000_000.0)
    assert told[ID + "licence"] == ("", ID + "l", 5_000_000.0, ""), "an amount whose payer nobody names"
    assert told[ID + "order"][3] == "Again is a pot of the same payer as it"
    assert told[ID + "again"][3] == "is a pot of the same payer as Order"
    assert any("EUR: three amounts, no total" in caveat for caveat in result.caveats)
    assert any("EUR 5 million" in caveat for caveat in result.caveats), "what overlaps with nothing"
    assert isinstance(result.chart, chart.Flow)
    assert not result.chart.links, "in doubt, or without a payer"
    chain = [r for r in flows.flows(supply).table if r["kind"] == "funds"]
    assert [(r["payers"], r["through"]) for r in chain] == [(ID + "g", ID + "f")]


def test_a_shared_amount_is_never_divided_and_a_beneficiary_is_not_paid() -> None:
    def given(number: int, **parties: str) -> dict[str, Any]:
        return {"parties": parties, "products": [f"p{number}"], "value": {"amount": number, "currency": "EUR"}}

    countries = {"dk": "DK", "is": "IS", "ua": "UA"}
    kg = world(
        {
            "pool": given(4_000_000, dk="funder", **{"is": "funder"}, y="supplier"),
            "gift": given(3_000_000, dk="funder", ua="beneficiary"),
            "pair": given(2_000_000, **{"is": "customer"}, x="supplier", y="supplier"),
        },
        [
            *firms("x", "y"),
            *(entity(name, "government", country=code) for name, code in countries.items()),
            *(entity(f"p{n}", "product", product_category="uav") for n in (4_000_000, 3_000_000, 2_000_000)),
        ],
    )
    whole = flows.flows(kg, "EUR")
    assert {r["through"]: r["receivers"] for r in whole.table}[ID + "gift"] == ""
    assert any("One amount of several payers together: in the table, whole" in c for c in whole.caveats)
    assert isinstance(whole.chart, chart.Flow)
    assert sorted(value for _, _, value in whole.chart.links) == [2.0, 2.0, 3.0, 3.0], "4 million are nobody's alone"
    ends = {b.strip() for a, b, _ in whole.chart.links if b.endswith(" ")}
    assert ends == {"several together", "receiver not told"}
    iceland = flows.flows(kg, "EUR", "is")
    assert [(r["through"], r["amount"]) for r in iceland.table] == [(ID + "pair", 2_000_000.0)]
    assert any("One amount of several payers together: left out here" in c for c in iceland.caveats)


def test_flows_and_amounts_of_the_shipped_graph_agree_in_every_currency(kg: KnowledgeGraph) -> None:
    summed = totals(kg.store, [deal.iri for deal in agreements(kg, collective=True).deals])
    assert len(summed.totals) > 4
    for total in summed.totals:
        told = flows.flows(kg, total.currency)
        assert [line for line in summed.told(total) if line not in told.caveats] == [], total.currency
        amounts = sorted(float(m.number) for m in summed.amounts if m.currency == total.currency)
        assert sorted(told.table.column("amount")) == amounts  # type: ignore[type-var]
        doubted = {row["through"] for row in told.table if row["warning"]}
        paired = {iri for pair in total.overlaps for iri in (pair.first, pair.second)}
        assert doubted == paired | {deal for deal, _ in total.left}
        clear = [row["amount"] for row in told.table if not row["warning"]]
        assert sum(map(Decimal, clear)) == (total.sum or 0)  # type: ignore[arg-type]


def test_a_narrower_scope_loses_no_warning(kg: KnowledgeGraph) -> None:
    narrow = kg.scope(statuses=("signed+",))
    whole = {row["through"] for row in flows.flows(kg, "EUR").table if row["warning"]}
    rows = list(flows.flows(narrow, "EUR").table)
    assert 0 < len(rows) < len(flows.flows(kg, "EUR").table)
    assert {row["through"] for row in rows if row["through"] in whole} == {r["through"] for r in rows if r["warning"]}


def test_dependence_and_money_of_the_shipped_graph(kg: KnowledgeGraph) -> None:
    series = concentration.concentration(kg, "artillery-ammunition").table
    assert series.column("deals") == sorted(series.column("deals"))  # type: ignore[type-var]
    lost = dependence.removal(kg, "US").table
    assert all(row["lost"] and row["sources"] for row in lost)
    money = flows.flows(kg)
    currencies = {row["currency"] for row in money.table} - {None}
    assert len(currencies) > 4
    heads = [c for c in money.caveats if c.partition(":")[0] in currencies]
    assert len(heads) == len(currencies), "currencies are never summed"


def test_change_points_by_hand() -> None:
    assert changes.segments([1] * 20 + [10] * 20) == [20]
    assert changes.segments([3] * 40) == []
    assert changes.segments([0] * 10 + [5] * 10 + [0] * 10) == [10, 20]
    assert changes.segments([]) == []


@given(st.lists(st.integers(0, 30), max_size=25))
def test_the_partition_is_the_best_of_all_with_few_changes(counts: list[int]) -> None:
    def cost(cuts: list[int]) -> float:
        edges = [0, *cuts, len(counts)]
        parts = [counts[a:b] for a, b in itertools.pairwise(edges)]
        return sum(changes._cost(sum(p), len(p)) for p in parts if p) + 2 * math.log(max(len(counts), 2)) * len(cuts)

    found = cost(changes.segments(counts, least=1))
    others = [[], *([i] for i in range(1, len(counts)))]
    assert found <= min(cost(cuts) for cuts in others) + 1e-9


def test_growth_by_hand(paced: KnowledgeGraph) -> None:
    months = timeline.growth(paced)
    new = {r["month"]: r["new"] for r in months.table if r["new"]}
    assert new == {"2023-01": 4, "2023-05": 1}
    assert months.table.rows[-1][-1] == 5
    assert months.caveats[0].startswith("1 deals are dated more coarsely")
    assert dict(zip(*(timeline.growth(paced, "year").table.column(c) for c in ("year", "new")), strict=True)) == {
        "2023": 5,
        "2024": 1,
    }
    with pytest.raises(UsageError):
        timeline.growth(paced, "week")


def test_over_time(paced: KnowledgeGraph, kg: KnowledgeGraph) -> None:
    rows = {r["year"]: r for r in timeline.over_time(paced).table}
    assert (rows[2023]["organisations"], rows[2023]["links"], rows[2023]["density"]) == (3, 3, 1.0)
    whole = timeline.over_time(kg).table
    assert whole.column("organisations") == sorted(whole.column("organisations"))  # type: ignore[type-var]
    named = changes.change_points(kg).table
    assert any("deals a month after" in str(words) for words in named.column("in words"))
