"""Scope: the graph as of a day, as known by a day, on a chosen strength of evidence; the derived layer is made anew."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from materiel import open as open_graph
from materiel.dates import PartialDate
from materiel.errors import BadDate, OutOfScope, UsageError
from materiel.exchange.rdf import export
from materiel.scope import Scope
from materiel.store.embedded import EmbeddedStore
from small import Row, deal, entity, event, fact, graph, graph_of, records, relation, rows, source, world
from strategies import DATES, record_sets

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph

VENTURE = "rheinmetall-udi-joint-venture"


def status(kg: KnowledgeGraph, name: str) -> str | None:
    found = rows(kg, f"SELECT ?s WHERE {{ id:{name} mat:currentStatus ?s }}")
    assert len(found) <= 1
    return found[0][0] if found else None


@pytest.mark.parametrize(
    ("as_of", "known_by", "expected"),
    [
        ("2023-10-20", None, "registered"),  # with what is known today
        ("2023-09-01", "2023-09-01", "announced"),
        (
            "2023-10-20",
            "2023-10-20",
            "approved",
        ),  # the cartel office had cleared it; the registration came out on the 24th
        ("2023-10-20", "2023-10-24", "registered"),
        ("2023-10-17", None, "approved"),
        ("2023-09-27", None, "announced"),
        ("2023-05-12", None, None),
        ("2023-05-13", "2023-05-12", None),
        ("2023-10-24", None, "registered"),  # presented again that day: nothing is taken back
        ("2024-06-10", None, "operational"),
        ("2024-06-11", None, "operational"),  # a second workshop widens it
    ],
)
def test_the_venture_of_rheinmetall_day_by_day(kg: KnowledgeGraph, as_of: str, known_by: str | None, expected: str | None) -> None:  # fmt: skip
    assert status(kg.scope(as_of=as_of, known_by=known_by), VENTURE) == expected


HISTORIES: dict[str, dict[str, str | None]] = {
    "baykar-ukraine-plant": {"2019-06-30": None, "2019-12-30": None, "2019-12-31": "signed", "2022-08-08": "registered", "2022-08-09": "registered", "2024-02-06": "under-construction"},
    "arquus-bastion-supply": {"2022-10-02": None, "2022-10-03": "reported", "2023-04-29": "reported", "2023-04-30": "negotiating", "2023-11-29": "negotiating", "2023-11-30": "terminated", "2024-07-31": "terminated", "2025-08-30": "terminated", "2025-08-31": "delivered"},
    "ceska-zbrojovka-bren2": {"2023-10-30": None, "2023-10-31": "negotiating", "2024-02-28": "negotiating", "2024-02-29": "signed", "2025-04-29": "signed", "2025-04-30": "operational"},
    "skyrizon-motor-sich-acquisition": {"2016-12-30": None, "2016-12-31": "announced", "2018-04-29": "announced", "2018-04-30": "suspended", "2021-03-11": "announced", "2021-03-12": "denied", "2022-11-06": "suspended", "2022-11-07": "terminated"},
    "wescam-baykar-sensor-supply": {"2020-05-30": None, "2020-05-31": "approved", "2020-10-05": "suspended", "2021-04-12": "terminated", "2024-01-30": "terminated", "2024-01-31": "approved"},
    "terem-rarog-drones": {"2024-02-25": None, "2024-02-26": "signed", "2024-05-30": "signed", "2024-05-31": "under-construction", "2024-10-30": "under-construction", "2024-10-31": "under-construction"},
    "uk-ukraine-naval-credit-2021": {"2020-10-30": None, "2020-10-31": "announced", "2021-12-30": "announced", "2021-12-31": "signed", "2024-12-30": "signed", "2024-12-31": "terminated"},
    "csg-ukrainian-armor-155mm": {"2024-10-01": None, "2024-10-02": "signed", "2025-07-08": "under-construction", "2025-10-30": "under-construction", "2025-10-31": "operational"},
    "lithuania-fpv-contracts-2024": {"2024-08-07": "reported", "2024-08-26": "signed", "2025-06-30": "signed", "2025-12-31": "signed"},
    "eu-windfall-military-aid": {"2024-05-30": "negotiating", "2024-05-31": "approved", "2024-07-22": "approved", "2024-07-23": "delivered"},
    "canada-ukraine-cartridge-plant": {"2017-10-30": None, "2017-10-31": "negotiating", "2021-06-01": "signed", "2021-06-11": "signed"},
    "l3harris-vampire-contract": {"2022-08-24": "announced", "2022-12-30": "announced", "2022-12-31": "signed"},
}  # fmt: skip
"""What each deal's status was on days beside its dates, by hand from the records: a month or a year has happened on its last day."""

DAYS = sorted({day for history in HISTORIES.values() for day in history})


@pytest.fixture(scope="module")
def some(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """The part of the shipped graph about these deals: its views are made in no time."""
    path = tmp_path_factory.mktemp("some") / "deals.nt"
    path.write_bytes(b"".join(export(kg.store, "nt", kg.resolve(name)) for name in HISTORIES))
    return open_graph(path)


@pytest.mark.parametrize("day", DAYS)
def test_histories_with_partial_dates(some: KnowledgeGraph, day: str) -> None:
    for name, history in HISTORIES.items():
        if day in history:
            assert status(some.scope(as_of=day), name) == history[day], name


def test_the_part_tells_the_same_as_the_whole(kg: KnowledgeGraph, some: KnowledgeGraph) -> None:
    for name in HISTORIES:
        assert status(kg.scope(as_of="2022-08-08"), name) == status(some.scope(as_of="2022-08-08"), name)


@pytest.mark.parametrize(
    ("name", "known_by", "expected"),
    [
        ("baykar-ukraine-plant", "2022-08-07", None),
        ("baykar-ukraine-plant", "2022-08-08", "registered"),
        ("arquus-bastion-supply", "2023-11-29", None),  # first told "in November 2023"
        ("arquus-bastion-supply", "2023-11-30", "terminated"),
        ("wescam-baykar-sensor-supply", "2021-04-14", "suspended"),
        ("wescam-baykar-sensor-supply", "2021-04-15", "terminated"),
        ("wescam-baykar-sensor-supply", "2025-12-30", "terminated"),  # the approval of 2024 was told "in 2025"
        ("wescam-baykar-sensor-supply", "2025-12-31", "approved"),
        ("terem-rarog-drones", "2025-03-30", "signed"),
        ("terem-rarog-drones", "2025-03-31", "under-construction"),
    ],
)
def test_what_was_known_by_a_day(some: KnowledgeGraph, name: str, known_by: str, expected: str | None) -> None:
    assert status(some.scope(known_by=known_by), name) == expected


@pytest.mark.parametrize(("text", "day"), [("2024", "2024-12-31"), ("2024-02", "2024-02-29"), ("2024-02-28", "2024-02-28")])  # fmt: skip
def test_a_month_or_a_year_means_its_last_day(text: str, day: str) -> None:
    assert Scope(as_of=text, known_by=text).as_of_day == Scope(as_of=text, known_by=text).known_by_day == day


# the rules, one by one


DOUBT = {
    "type": "date",
    "text": "When it was signed",
    "sides": [{"says": "February 2023", "step": 2}, {"says": "2022", "sources": ["src-a"]}],
}


def small(**more: Any) -> KnowledgeGraph:
    steps = [
        event("announced", "2022-05", ("a",)),
        event("signed", "2023-02", ("b",)),
        event("delivered", None, ("c",)),
    ]
    stems = world(
        sources=[source("a", "2022-06"), source("b", "2023"), source("c", None)],
        entities=[entity("x"), entity("y"), entity("m", "person")],
        partnerships=[deal("deal", *steps, conflicts=[DOUBT])],
    )
    return graph(**(stems | more))


def test_what_has_no_date_is_counted_and_left_out() -> None:
    as_of = small().scope(as_of="2024")
    assert (as_of.left.undated_events, as_of.left.undated_sources) == (1, 0)
    assert status(as_of, "deal") == "signed"
    known = small().scope(known_by="2024")
    assert (known.left.undated_events, known.left.undated_sources) == (0, 1)
    assert status(known, "deal") == "signed"
    assert "undated" in str(known.left)


def test_a_deal_without_a_step_is_gone_with_all_that_belongs_to_it() -> None:
    kg = small().scope(as_of="2022-05-30")
    assert kg.left.deals == 1
    assert rows(kg, "SELECT ?x WHERE { ?x a ?c FILTER(CONTAINS(STR(?x), '/id/deal')) }") == []
    assert rows(kg, "SELECT ?x WHERE { ?x a mat:Claim }") == []
    assert kg.query("ASK { id:x mat:partnerOf id:y }") is False
    assert small().scope(as_of="2022-05-31").query("ASK { id:x mat:partnerOf id:y }") is True


def test_a_written_conflict_stands_while_two_of_its_sides_do() -> None:
    assert small().scope(as_of="2024").query("ASK { ?c a mat:Conflict }") is True
    assert small().scope(known_by="2024").query("ASK { ?c a mat:Conflict }") is True
    assert small().scope(known_by="2022").query("ASK { ?c a mat:Conflict }") is False  # only the page of 2022 was out
    assert small().scope(known_by="2022").query("ASK { ?s a mat:Side }") is False


@pytest.mark.parametrize(
    ("more", "day", "stands", "ended"),
    [
        ({"start": "2023-05"}, "2023-05-30", False, False),
        ({"start": "2023-05"}, "2023-05-31", True, False),
        ({}, "2000", True, False),
        ({"observed": ["2023-05"]}, "2023-05-30", False, False),
        ({"observed": ["2023-05", "2024"]}, "2023-05-31", True, False),
        ({"start": "2022", "observed": ["2023-05"]}, "2022-12-31", True, False),
        ({"start": "2022", "end": "2023-05"}, "2023-04-30", True, False),
        ({"start": "2022", "end": "2023-05"}, "2023-05-01", True, True),
        ({"end": "2023"}, "2022-12-31", True, False),
        ({"end": "2023"}, "2023-01-01", True, True),
    ],
)
def test_offices_and_holdings_begin_and_end(more: Row, day: str, *, stands: bool, ended: bool) -> None:
    told = [relation("m", "heads", "x", **more), relation("x", "owns", "y", **more)]
    kg = small(relations=told, partnerships=[deal("deal", event(date="1999"))], sources=[source()]).scope(as_of=day)
    assert kg.query("ASK { id:m mat:tenure ?t }") is stands
    assert kg.query("ASK { id:x mat:holding ?h }") is stands
    assert kg.query("ASK { id:m mat:headOf id:x }") is (stands and not ended)
    assert kg.query("ASK { id:x mat:owns id:y }") is (stands and not ended)


def test_statements_count_from_their_date() -> None:
    kg = small(facts=[fact("fact-a", "x", date="2023-06"), fact("fact-b", "x")])
    assert rows(kg.scope(as_of="2023-06-29"), "SELECT ?o WHERE { id:x mat:observation ?o }") == [("fact-b",)]
    assert len(rows(kg.scope(as_of="2023-06-30"), "SELECT ?o WHERE { id:x mat:observation ?o }")) == 2


def test_voices_and_outlets_are_counted_over_usable_pages() -> None:
    pages = [source("a", "2022"), source("b", "2023"), source("c", "2023", origin="Outlet b"), source("d", "2023", affiliation="state:RU")]  # fmt: skip
    told = [event("announced", "2022-01", ("a", "b")), event("signed", "2022-02", ("b", "c")), event("approved", "2022-03", ("a", "d"))]  # fmt: skip
    quoted = event("delivered", "2022-04", ("a", "b", "d"), attributed_to="m")
    kg = small(sources=pages, partnerships=[deal("deal", *told, quoted)])
    assert status(kg, "deal") == "delivered"
    assert status(kg.scope(voices=2), "deal") == "approved"
    assert status(kg.scope(origins=2), "deal") == "delivered"
    assert status(kg.scope(origins=3), "deal") == "delivered"
    assert status(kg.scope(origins=4), "deal") is None
    assert status(kg.scope(voices=2, exclude_affiliations=["state:RU"]), "deal") == "announced"
    assert status(kg.scope(voices=2, exclude_affiliations=["state"]), "deal") == "announced"
    assert status(kg.scope(voices=2, exclude_affiliations=["state:UA"]), "deal") == "approved"
    assert status(kg.scope(voices=2, exclude_publishers=["OUTLET D"]), "deal") == "announced"
    assert status(kg.scope(voices=2, known_by="2022"), "deal") is None


def test_statuses() -> None:
    deals = [deal(name, event("announced", "2022"), event(name, "2023")) for name in ("signed", "delivered", "terminated")]  # fmt: skip
    kg = small(partnerships=[*deals, deal("announced", event("announced", "2022"))])

    def found(scoped: KnowledgeGraph) -> set[Any]:
        return {name for (name,) in rows(scoped, "SELECT ?d WHERE { ?d a mat:Partnership }")}

    assert found(kg.scope(statuses=["announced"])) == {"announced"}
    assert found(kg.scope(statuses=["signed+"])) == {"signed", "delivered"}
    assert found(kg.scope(statuses=["signed+", "terminated"])) == {"signed", "delivered", "terminated"}
    assert found(kg.scope(statuses=["signed"], as_of="2022")) == set()
    assert found(kg.scope(statuses=["announced"], as_of="2022")) == {"signed", "delivered", "terminated", "announced"}


def test_an_inherited_statement_stands_exactly_where_its_deal_does() -> None:
    told = [event("announced", "2021", ("a",)), event("signed", "2022", ("a", "b"))]
    own = [{"entity": "x", "role": "partner", "sources": ["src-a"]}, {"entity": "y", "role": "partner"}]
    kg = graph(**world(sources=[source("a"), source("b")], partnerships=[deal("deal", *told, participants=own)]))
    parties = "SELECT ?who WHERE { ?d mat:participation/mat:party ?who } ORDER BY ?who"
    counts = "SELECT ?n WHERE { ?d mat:participation ?p . ?p mat:party id:%s . ?c rdf:object ?p . OPTIONAL { ?c mat:voiceCount ?n } }"
    assert (rows(kg, counts % "x"), rows(kg, counts % "y")) == ([(1,)], [(None,)])
    assert rows(kg.scope(voices=2), parties) == [("y",)], "x rests on one voice of its own, y on those of its deal"
    assert rows(kg.scope(voices=3), parties) == []


def test_disputed_claims_are_left_out_until_the_conflict_is_resolved() -> None:
    told = [event("announced", "2021"), event("registered", "2022", claim="one"), event("registered", "2023", claim="other")]  # fmt: skip
    stems = world(partnerships=[deal("deal", *told)])
    assert status(graph(**stems), "deal") == "registered"
    assert status(graph(**stems).scope(exclude_disputed=True), "deal") == "announced"
    claims: dict[str, str] = dict(rows(graph(**stems), "SELECT ?date ?c WHERE { ?c rdf:object/mat:date ?date ; rdf:predicate mat:statusEvent }"))  # fmt: skip
    verdicts = "".join(
        f'id:judgement-{date} mat:assesses claim:{claims[date]} ; mat:verdict verdict:{verdict} ; mat:assessedOn "2024-05-01"^^xsd:date .\n'
        for date, verdict in [("2022", "rejected"), ("2023", "accepted")]
    )  # fmt: skip
    judged = graph(verdicts, **stems)
    assert status(judged.scope(exclude_disputed=True), "deal") == "registered"
    dates = "SELECT ?d WHERE { ?e mat:status status:registered ; mat:date ?d }"
    assert rows(judged.scope(accepted=True), dates) == [("2023",)]
    assert len(rows(judged, dates)) == 2


def test_a_denial_does_not_attest() -> None:
    kg = small()
    ((name,),) = rows(kg, "SELECT ?a WHERE { ?a a mat:Attestation ; mat:source source:a . ?c mat:attestation ?a ; rdf:predicate mat:statusEvent }")  # fmt: skip
    assert isinstance(kg.store, EmbeddedStore)
    kg.store.engine.update(
        "PREFIX mat: <https://w3id.org/materiel/ns#> DELETE { ?a mat:stance ?old } INSERT { ?a mat:stance <https://w3id.org/materiel/code/stance/denies> }"
        f" WHERE {{ BIND(<https://w3id.org/materiel/claim/{name}> AS ?a) ?a mat:stance ?old }}"
    )
    assert rows(kg.scope(origins=1, as_of="2024"), "SELECT ?s WHERE { ?e mat:status ?s }") == [("signed",)]


# how scopes are made


def test_the_whole_scope_is_the_same_object(kg: KnowledgeGraph) -> None:
    assert kg.scope() is kg
    assert kg.scope(as_of=None, voices=1, statuses=[]) is kg
    assert kg.scope(as_of="2022").scope(as_of=None) is kg
    assert kg.within(Scope()) is kg


def test_a_scope_of_a_scope_is_one_scope(kg: KnowledgeGraph) -> None:
    both = kg.scope(as_of="2022", known_by="2022")
    assert kg.scope(as_of="2022").scope(known_by="2022") is both
    assert kg.scope(known_by="2022").scope(as_of="2022") is both
    assert both.scope(as_of="2023").scoped == Scope(as_of="2023", known_by="2022")
    assert kg.scope(as_of="2022", known_by="2022") is both


def test_scopes_say_what_they_are_and_leave_out(kg: KnowledgeGraph) -> None:
    scoped = kg.scope(as_of="2022", voices=2, statuses=["signed+"], exclude_affiliations=["aligned"])
    assert str(scoped.scoped) == "as of 2022; at least 2 voices; status signed+; without aligned sources"
    assert scoped.notes[0] == f"Scope: {scoped.scoped}."
    assert scoped.notes[1].startswith("Left out: ")
    assert f"{scoped.left.claims:,} claims" in scoped.notes[1]
    table = scoped.query("SELECT ?x WHERE { ?x a mat:Partnership }")
    assert not isinstance(table, bool | list)
    assert table.notes == scoped.notes
    assert scoped.ask("joint-ventures").notes == scoped.notes


@pytest.mark.parametrize(
    ("limits", "error", "reason"),
    [
        ({"as_of": "2023-02-30"}, BadDate, "does not exist"),
        ({"known_by": "yesterday"}, BadDate, "not of the form"),
        ({"statuses": ["singed"]}, UsageError, "unknown status 'singed'"),
        ({"statuses": ["nope+"]}, UsageError, "unknown status 'nope'"),
        ({"exclude_affiliations": ["private"]}, UsageError, "unknown affiliation 'private'"),
        ({"origins": 0}, UsageError, "counts from 1"),
        ({"voices": -1}, UsageError, "counts from 1"),
        ({"since": "2023"}, UsageError, "a scope has no since"),
    ],
)
def test_limits_that_do_not_fit_are_refused(kg: KnowledgeGraph, limits: dict[str, Any], error: type[Exception], reason: str) -> None:  # fmt: skip
    with pytest.raises(error, match=reason) as caught:
        kg.scope(**limits)
    assert caught.value.remedy  # type: ignore[attr-defined]


# properties


def claims(kg: KnowledgeGraph) -> set[Any]:
    return {name for (name,) in rows(kg, "SELECT ?c WHERE { ?c a mat:Claim }")}


@given(record_sets(), DATES, DATES, st.sampled_from(["as_of", "known_by"]))
@settings(max_examples=25)
def test_a_later_day_never_removes_claims(stems: dict[str, list[Row]], one: str, other: str, clock: str) -> None:
    kg = graph_of(records(**stems))
    early, late = sorted([one, other], key=lambda day: PartialDate(day).not_after)
    assert claims(kg.scope(**{clock: early})) <= claims(kg.scope(**{clock: late})) <= claims(kg)


@given(record_sets(), DATES)
@settings(max_examples=20)
def test_every_claim_left_rests_on_a_usable_source(stems: dict[str, list[Row]], day: str) -> None:
    kg = graph_of(records(**stems)).scope(known_by=day, exclude_affiliations=["state:RU"])
    usable = {row["id"].removeprefix("src-") for row in stems["sources"] if row["published"] and row["affiliation"] != "state:RU" and PartialDate(row["published"]).not_after <= PartialDate(day).not_after}  # fmt: skip
    resting = rows(kg, "SELECT ?c ?s WHERE { ?c a mat:Claim ; mat:attestation/mat:source ?s }")
    assert {claim for claim, _ in resting} == claims(kg)
    assert {page for _, page in resting} <= usable


@given(record_sets(), DATES)
@settings(max_examples=15)
def test_no_scope_leaves_loose_ends(stems: dict[str, list[Row]], day: str) -> None:
    kg = graph_of(records(**stems)).scope(as_of=day, known_by=day)
    for loose in [
        "?c a mat:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o FILTER NOT EXISTS { ?s ?p ?o }",
        "?d mat:participation|mat:statusEvent|mat:value|mat:quantity|mat:holding|mat:tenure|mat:observation ?v FILTER NOT EXISTS { ?v a ?class }",
        "?v a ?class FILTER(?class IN (mat:Participation, mat:StatusEvent, mat:Amount, mat:Holding, mat:Tenure, mat:Observation)) FILTER NOT EXISTS { ?d ?p ?v . ?c rdf:object ?v }",
        "?a a mat:Attestation FILTER NOT EXISTS { ?c mat:attestation ?a }",
        "?c mat:attestation ?a FILTER NOT EXISTS { ?a mat:source ?s }",
        "?x mat:partyTo|mat:partnerOf ?y FILTER NOT EXISTS { ?y a ?class }",
    ]:
        assert kg.query(f"ASK {{ {loose} }}") is False, loose


DERIVED = {
    "status": "SELECT ?d ?s WHERE { ?d mat:currentStatus ?s }",
    "steps": "SELECT ?d ?s ?date ?text ?until ?page WHERE { ?d mat:statusEvent ?e . ?e mat:status ?s ; dct:description ?text ; mat:reportedIn ?page OPTIONAL { ?e mat:date ?date } OPTIONAL { ?e mat:until ?until } }",
    "partners": "SELECT ?x ?y WHERE { ?x mat:partnerOf ?y }",
    "vehicles": "SELECT ?x ?y WHERE { ?x mat:vehicle ?y }",
    "offices": "SELECT ?x ?y WHERE { ?x mat:headOf|mat:employedBy ?y }",
    "ownership": "SELECT ?x ?p ?y WHERE { VALUES ?p { mat:owns mat:controls mat:subsidiaryOf } ?x ?p ?y }",
    "holdings": "SELECT ?x ?y ?share ?from ?until ?page WHERE { ?x mat:holding ?h . ?h mat:heldOrganization ?y ; mat:reportedIn ?page OPTIONAL { ?h mat:sharePercent ?share } OPTIONAL { ?h mat:validFrom ?from } OPTIONAL { ?h mat:validUntil ?until } }",
    "edges": "SELECT ?x ?p ?y WHERE { VALUES ?p { mat:produces mat:memberOf mat:locatedIn mat:parent mat:concerns mat:site } ?x ?p ?y }",
    "statements": "SELECT ?x ?o ?page WHERE { ?x mat:observation ?o . ?o mat:reportedIn ?page }",
    "sums": "SELECT ?d ?n ?u WHERE { ?d mat:value|mat:quantity ?a . ?a mat:number ?n ; mat:currency|mat:unit ?u }",
}  # fmt: skip


def last(day: str) -> Any:
    return PartialDate(day).not_after


def filtered(stems: dict[str, list[Row]], as_of: str, known_by: str) -> dict[str, list[Row]]:
    """The records as they would have been written on a day: an oracle that knows nothing of claims."""
    day = last(as_of)
    usable = {row["id"] for row in stems["sources"] if row["published"] and last(row["published"]) <= last(known_by)}

    def told(row: Row) -> Row:
        return row | {"sources": [page for page in row["sources"] if page in usable]}

    deals = []
    for row in stems["partnerships"]:
        steps = [told(step) for step in row["events"] if step["date"] and last(step["date"]) <= day]
        deals.append(row | {"events": [step for step in steps if step["sources"]], "conflicts": []})
    kept = []
    for row in map(told, stems["relations"]):
        since = row["start"] or next(iter(sorted(row["observed"], key=last)), None)
        if row["sources"] and (since is None or last(since) <= day):
            ended = row["end"] and PartialDate(row["end"]).not_before <= day
            kept.append(row | {"end": row["end"] if ended else None})
    things = [told(row) if row.get("parent") else row for row in stems["entities"]]
    return stems | {
        "entities": [row if row.get("sources") or "parent" not in row else row | {"parent": None} for row in things],
        "partnerships": [row for row in deals if row["events"]],
        "relations": kept,
        "facts": [row for row in map(told, stems["facts"]) if row["sources"] and (not row["date"] or last(row["date"]) <= day)],
    }  # fmt: skip


@given(record_sets(), DATES, DATES)
@settings(max_examples=30)
def test_a_view_is_the_graph_of_the_records_of_that_day(stems: dict[str, list[Row]], as_of: str, known_by: str) -> None:  # fmt: skip
    view = graph_of(records(**stems)).scope(as_of=as_of, known_by=known_by)
    oracle = graph_of(records(**filtered(stems, as_of, known_by)))
    for what, query in DERIVED.items():
        assert set(rows(view, query)) == set(rows(oracle, query)), what


def test_the_shipped_graph_is_whole_in_a_scope_that_leaves_nothing_out(kg: KnowledgeGraph) -> None:
    """As of a far day all but the undated steps stand."""
    late = kg.scope(as_of="2099")
    assert late.left.undated_events == 3
    assert len(claims(kg)) - len(claims(late)) == late.left.claims
    assert rows(late, "SELECT (COUNT(?d) AS ?n) WHERE { ?d a mat:Partnership }") == [(437,)]


def test_a_thing_that_the_scope_left_out_is_said_to_be_so(kg: KnowledgeGraph) -> None:
    early = kg.scope(known_by="2015")
    for face in (early.resolve, early.__getitem__, early.brief, early.page):
        with pytest.raises(OutOfScope, match=r"Industry LLC joint venture is not in this scope: .*known by 2015"):
            face("rheinmetall-udi-joint-venture")
    assert OutOfScope.exit_code == 3
    assert [name.id for name in early.store.labels.search("rheinmetall-udi") if name.id == VENTURE] == []


def test_few_scopes_are_kept(kg: KnowledgeGraph) -> None:
    first = weakref.ref(kg.scope(as_of="2016"))
    for year in range(2017, 2022):
        kg.scope(as_of=str(year))
    gc.collect()
    assert first() is None
    assert kg.scope(as_of="2021") is kg.scope(as_of="2021")
