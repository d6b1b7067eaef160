"""The rules, each on a graph small enough to know what must follow; then the shipped graph's known figures."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from materiel import policy
from materiel.dates import PartialDate
from materiel.store import build
from materiel.store.codes import code_list
from materiel.store.embedded import EmbeddedStore
from small import Row, deal, entity, event, fact, graph, relation, rows, source, world
from strategies import DATES

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph


def history(*events: Row, more: str = "") -> list[tuple[Any, ...]]:
    """Of each step, in order: status and until."""
    kg = graph(more, **world(partnerships=[deal("deal", *events)]))
    return rows(kg, "SELECT ?s ?until WHERE { ?e mat:status ?s ; mat:sequence ?n OPTIONAL { ?e mat:until ?until } } ORDER BY ?n")  # fmt: skip


def current(*events: Row, more: str = "") -> str | None:
    kg = graph(more, **world(partnerships=[deal("deal", *events)]))
    found = rows(kg, "SELECT ?s WHERE { id:deal mat:currentStatus ?s }")
    assert len(found) <= 1
    return found[0][0] if found else None


def links(kg: KnowledgeGraph, predicate: str) -> set[tuple[Any, ...]]:
    return set(rows(kg, f"SELECT ?s ?o WHERE {{ ?s {predicate} ?o }}"))


# 10: types


def test_things_are_instances_of_all_wider_classes() -> None:
    kg = graph(entities=[entity("a", "state-enterprise"), entity("b", "ministry"), entity("c", "facility")])
    for name, wide in [("a", "Company"), ("a", "Organization"), ("b", "Organization"), ("b", "Agent"), ("c", "Place")]:
        assert kg.query(f"ASK {{ id:{name} a mat:{wide} }}") is True, (name, wide)
    assert kg.query("ASK { id:c a mat:Organization }") is False


# 20: bounds of dates


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2023-10-18", "2023-10-18", "2023-10-18"),
        ("2023-10", "2023-10-01", "2023-10-31"),
        ("2023-04", "2023-04-01", "2023-04-30"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2100-02", "2100-02-01", "2100-02-28"),
        ("2023", "2023-01-01", "2023-12-31"),
    ],
)
def test_bounds_of_partial_dates(date: str, first: str, last: str) -> None:
    kg = graph(**world(sources=[source(published=date)], partnerships=[deal("deal", event(date=date))], facts=[fact("fact-a", "x", date=date)]))  # fmt: skip
    found = rows(kg, "SELECT ?first ?last WHERE { ?x mat:notBefore ?first ; mat:notAfter ?last }")
    assert found == [(first, last)] * 3


@given(st.lists(DATES, min_size=1, max_size=12, unique=True))
@settings(max_examples=20)
def test_the_rule_bounds_dates_as_the_library_does(dates: list[str]) -> None:
    kg = graph(**world(partnerships=[deal("deal", *(event(date=date) for date in dates))]))
    found = rows(kg, "SELECT ?date ?first ?last WHERE { ?x a mat:StatusEvent ; mat:date ?date ; mat:notBefore ?first ; mat:notAfter ?last }")  # fmt: skip
    assert sorted(found) == sorted(
        (date, PartialDate(date).not_before.isoformat(), PartialDate(date).not_after.isoformat()) for date in dates
    )


def test_what_has_no_date_has_no_bounds() -> None:
    kg = graph(**world(sources=[source(published=None)], partnerships=[deal("deal", event(date=None))]))
    assert rows(kg, "SELECT ?x WHERE { ?x mat:notBefore ?day }") == []


# 30: parties


def test_a_venture_is_the_vehicle_and_no_party() -> None:
    parties = [("x", "majority-owner"), ("y", "minority-owner"), ("jv", "venture")]
    made = deal(participants=[{"entity": name, "role": role} for name, role in parties])
    kg = graph(**world(entities=[entity("x"), entity("y"), entity("jv", "joint-venture")], partnerships=[made]))
    assert links(kg, "mat:vehicle") == {("deal", "jv")}
    assert links(kg, "mat:partyTo") == {("x", "deal"), ("y", "deal")}
    assert links(kg, "mat:partnerOf") == {("x", "y"), ("y", "x")}


def test_nobody_is_a_partner_of_himself() -> None:
    both = [{"entity": "x", "role": role} for role in ("lead", "supplier")]
    assert links(graph(**world(partnerships=[deal(participants=both)])), "mat:partnerOf") == set()


# 40: status


def test_a_step_lasts_until_a_later_one_is_certain() -> None:
    found = history(event("announced", "2023-01-10"), event("signed", "2023-03"), event("operational", "2024"))
    assert found == [("announced", "2023-03-31"), ("signed", "2024-12-31"), ("operational", None)]


def test_a_further_step_overtakes_the_others_wherever_it_is_recorded() -> None:
    found = history(event("announced", "2023-01-10"), event("signed", "2024-01-01"), event("approved", "2023-06-01"))
    assert found == [("announced", "2023-06-01"), ("signed", None), ("approved", "2024-01-01")]


def test_a_step_without_a_date_ends_nothing() -> None:
    assert history(event("announced"), event("signed", None)) == [("announced", None), ("signed", None)]


def test_a_report_overtakes_no_party_but_parties_overtake_reports() -> None:
    found = history(event("announced", "2023-01-10"), event("reported", "2023-02-01"), event("signed", "2023-03-01"), event("reported", "2023-04-01"))  # fmt: skip
    assert found == [
        ("announced", "2023-03-01"),
        ("reported", "2023-01-10"),
        ("signed", None),
        ("reported", "2023-01-10"),
    ]


def test_reports_overtake_each_other_while_no_party_speaks() -> None:
    assert history(event("reported", "2023-01-01"), event("reported", "2023-02-01")) == [("reported", "2023-02-01"), ("reported", None)]  # fmt: skip


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        (["announced", "signed"], "signed"),
        (["signed", "announced"], "signed"),
        (["signed", "reported"], "signed"),
        (["reported", "signed"], "signed"),
        (["reported", "reported"], "reported"),
        (["signed", "terminated", "reported"], "terminated"),
        (["denied"], "denied"),
        (["operational", "damaged"], "operational"),
        (["operational", "expanded", "delayed"], "operational"),
        (["operational", "suspended", "announced"], "announced"),
        (["operational", "suspended", "resumed"], "operational"),
        (["terminated", "suspended", "delivered"], "delivered"),
        (["suspended", "reported"], "suspended"),
        (["operational", "suspended", "resumed", "denied", "resumed"], "operational"),
        (["expanded"], "expanded"),
        (["signed", "approved"], "signed"),
    ],
)
def test_the_current_status_is_the_furthest_unless_halted(steps: list[str], status: str) -> None:
    assert current(*(event(step, f"202{number}") for number, step in enumerate(steps))) == status


def test_a_planned_step_overtakes_nothing_and_is_nobodys_status() -> None:
    steps = (event("signed", "2023-01-01"), event("operational", "2023-06-01"))
    kg = graph(**world(partnerships=[deal("deal", *steps)]))
    ((planned,),) = rows(kg, "SELECT ?e WHERE { ?e mat:status status:operational }")
    more = f"id:{planned} mat:modality modality:planned ."
    assert history(*steps, more=more) == [("signed", None), ("operational", None)]
    assert current(*steps, more=more) == "signed"
    realised = f"id:{planned} mat:modality modality:realised ."
    assert history(*steps, more=realised)[0] == ("signed", "2023-06-01")
    assert current(*steps, more=realised) == "operational"


def test_a_planned_step_is_itself_overtaken() -> None:
    steps = (event("operational", "2023-06-01"), event("terminated", "2023-09-01"))
    kg = graph(**world(partnerships=[deal("deal", *steps)]))
    ((planned,),) = rows(kg, "SELECT ?e WHERE { ?e mat:status status:operational }")
    assert history(*steps, more=f"id:{planned} mat:modality modality:planned .")[0] == ("operational", "2023-09-01")


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(code_list("status"))), DATES, st.booleans()),
        min_size=1,
        max_size=6,
        unique_by=lambda s: s[:2],
    )
)
@settings(max_examples=40)
def test_rules_and_policy_find_the_same_current_status(steps: list[tuple[str, str, bool]]) -> None:
    told = [{**event(status, date), "reverse": back} for status, date, back in steps]
    found = policy.current([SimpleNamespace(status=status, reverse=back) for status, _, back in steps])
    assert current(*told) == (found.status if found else None)


# 50: pages behind values and deals


def test_values_and_deals_know_their_pages() -> None:
    steps = (event("announced", "2023-01-01", ("a",)), event("signed", "2023-02-01", ("a", "b")))
    kg = graph(**world(sources=[source("a"), source("b"), source("c")], partnerships=[deal("deal", *steps)], facts=[fact("fact-a", "x", ("c",))]))  # fmt: skip
    where = "{ ?x a mat:%s ; mat:reportedIn ?source OPTIONAL { ?x mat:sequence ?n } }"
    assert rows(kg, f"SELECT ?n ?source WHERE {where % 'StatusEvent'} ORDER BY ?n ?source") == [(1, "a"), (2, "a"), (2, "b")]  # fmt: skip
    assert rows(kg, f"SELECT ?n ?source WHERE {where % 'Participation'} ORDER BY ?n ?source") == [(n, s) for n in (1, 2) for s in "ab"]  # fmt: skip
    assert rows(kg, f"SELECT ?source WHERE {where % 'Partnership'} ORDER BY ?source") == [("a",), ("b",)]
    assert rows(kg, f"SELECT ?source WHERE {where % 'Observation'}") == [("c",)]


# 60: ownership


def test_who_owns_and_controls_whom() -> None:
    names = ["x", "y", "z", "u", "v"]
    held = [
        relation("x", "owns", "y", share_percent=51),
        relation("x", "owns", "z", share_percent=50),
        relation("x", "owns", "u"),
        relation("v", "subsidiary-of", "x"),
        relation("y", "owns", "z", share_percent=100, end="2023"),
        relation("u", "subsidiary-of", "y", end="2023-05-01"),
    ]
    kg = graph(sources=[source()], entities=[entity(name) for name in names], relations=held)
    assert links(kg, "mat:owns") == {("x", name) for name in "yzuv"}
    assert links(kg, "mat:controls") == {("x", "y"), ("x", "v")}
    assert links(kg, "mat:subsidiaryOf") == {("v", "x")}


# 70: offices


def test_who_leads_and_works_where_now() -> None:
    people = [entity(name, "person") for name in "mno"]
    told = [
        relation("m", "heads", "x", role="Minister", start="2023"),
        relation("n", "heads", "x", role="Minister", end="2023"),
        relation("o", "employed-by", "x"),
        relation("n", "employed-by", "y", end="2022"),
    ]
    kg = graph(sources=[source()], entities=[entity("x", "ministry"), entity("y"), *people], relations=told)
    assert links(kg, "mat:headOf") == {("m", "x")}
    assert links(kg, "mat:employedBy") == {("o", "x")}


# 80: voices


def voices(*sources: Row, speakers: tuple[str | None, ...] = (), **more: Any) -> tuple[set[str], int, int, set[str]]:
    """Voices, their count, the count of outlets, and the voices of parties, of a step told by the sources."""
    names = tuple(row["id"].removeprefix("src-") for row in sources)
    step = event(sources=names, attributed_to=speakers[0] if speakers else None)
    kg = graph(**world(sources=list(sources), entities=[entity("x"), entity("y"), entity("m", "person")], partnerships=[deal("deal", step)], **more))  # fmt: skip
    on = "?claim rdf:object ?e ; rdf:predicate mat:statusEvent . "
    ((origins, outlets),) = rows(kg, f"SELECT ?n ?m WHERE {{ {on} ?claim mat:voiceCount ?n ; mat:originCount ?m }}")
    heard = {row[0] for row in rows(kg, f"SELECT ?v WHERE {{ {on} ?claim mat:voice ?v }}")}
    ours = {row[0] for row in rows(kg, f"SELECT ?v WHERE {{ {on} ?claim mat:partyVoice ?v }}")}
    return heard, origins, outlets, ours


def test_pages_of_one_origin_are_one_voice() -> None:
    pages = [source(name, origin="Agency") for name in "abc"] + [source("d")]
    assert voices(*pages) == ({"agency", "outlet-d"}, 2, 2, set())


def test_ten_quotations_of_one_speaker_are_one_voice_in_ten_outlets() -> None:
    pages = [source(f"p{number}") for number in range(10)]
    assert voices(*pages, speakers=("m",)) == ({"m"}, 1, 10, set())


def test_a_page_that_speaks_for_a_body_is_its_voice_and_a_party_is_told_as_such() -> None:
    assert voices(source("a", speaks_for="x"), source("b")) == ({"x", "outlet-b"}, 2, 2, {"x"})


def test_who_holds_an_office_at_a_party_speaks_for_it() -> None:
    office = relation("m", "heads", "x")
    assert voices(source("a"), speakers=("m",), relations=[office]) == ({"m"}, 1, 1, {"m"})


# 85: refinement and contradiction


def claims_between(kg: KnowledgeGraph, predicate: str) -> set[tuple[str, str]]:
    found = rows(kg, f"SELECT ?one ?other WHERE {{ ?a {predicate} ?b . ?a rdf:object/mat:date ?one . ?b rdf:object/mat:date ?other }}")  # fmt: skip
    return {(one, other) for one, other in found}


@pytest.mark.parametrize(
    ("status", "one", "other", "refines", "contradicts"),
    [
        ("registered", "2023-10", "2023-10-18", True, False),
        ("registered", "2023", "2023-10", True, False),
        ("registered", "2023-10-18", "2023-10-18", False, False),
        ("registered", "2023-10-18", "2023-10-24", False, True),
        ("registered", "2023-10", "2023-11-01", False, True),
        ("registered", "2023-10-18", "2024", False, True),
        ("terminated", "2023", "2024", False, True),
        ("signed", "2023-10-18", "2023-10-24", False, False),
        ("signed", "2023-10", "2023-10-18", True, False),
    ],
)
def test_a_finer_date_refines_and_a_day_apart_contradicts(
    status: str, one: str, other: str, *, refines: bool, contradicts: bool
) -> None:
    told = [event(status, one, claim="one"), event(status, other, claim="other")]
    kg = graph(**world(partnerships=[deal("deal", *told)]))
    assert claims_between(kg, "mat:refines") == ({(other, one)} if refines else set())
    assert claims_between(kg, "mat:contradicts") == ({(one, other), (other, one)} if contradicts else set())
    found = rows(kg, "SELECT ?about ?type ?state WHERE { ?c a mat:Conflict ; mat:about ?about ; mat:conflictType ?type ; mat:state ?state }")  # fmt: skip
    assert found == ([("deal", "date", "open")] if contradicts else [])


def test_steps_of_two_deals_never_contradict() -> None:
    kg = graph(**world(partnerships=[deal("one", event("registered", "2022")), deal("two", event("registered", "2023"))]))  # fmt: skip
    assert claims_between(kg, "mat:contradicts") == set()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"share_percent": 51}, {"share_percent": 49}, 2),
        ({"share_percent": 51}, {"share_percent": 51, "role": "owner"}, 0),
        ({"share_percent": 51, "end": "2022"}, {"share_percent": 49}, 0),
        ({"share_percent": 51}, {"share_percent": 49, "start": "2023"}, 0),
        ({"share_percent": 51}, {}, 0),
    ],
)
def test_two_shares_of_one_holder(one: Row, other: Row, expected: int) -> None:
    kg = graph(**world(relations=[relation("x", "owns", "y", **one), relation("x", "owns", "y", **other)]))
    assert len(rows(kg, "SELECT ?a ?b WHERE { ?a mat:contradicts ?b }")) == expected


@pytest.mark.parametrize(("share", "expected"), [(49, 2), (51, 0)])
def test_a_share_told_in_the_deal_against_the_share_held(share: int, expected: int) -> None:
    parties = [{"entity": "x", "role": "majority-owner", "share_percent": 51}, {"entity": "jv", "role": "venture"}]
    kg = graph(**world(entities=[entity("x"), entity("jv", "joint-venture")], partnerships=[deal(participants=parties)], relations=[relation("x", "owns", "jv", share_percent=share)]))  # fmt: skip
    assert len(rows(kg, "SELECT ?a ?b WHERE { ?a mat:contradicts ?b }")) == expected


def judged(*verdicts: tuple[str, str, str]) -> KnowledgeGraph:
    """Two registrations that contradict, and verdicts (date of the claim, verdict, day of the judgement) on them."""
    told = [event("registered", "2023"), event("registered", "2024")]
    stems = world(partnerships=[deal("deal", *told)])
    claims: dict[str, str] = dict(rows(graph(**stems), "SELECT ?date ?c WHERE { ?c rdf:object/mat:date ?date ; rdf:predicate mat:statusEvent }"))  # fmt: skip
    more = "".join(
        f"id:judgement-{number} a mat:Assessment ; mat:assesses claim:{claims[date]} ; mat:verdict verdict:{verdict} ;"
        f' mat:assessedOn "{day}"^^xsd:date .\n'
        for number, (date, verdict, day) in enumerate(verdicts)
    )
    return graph(more, **stems)


@pytest.mark.parametrize(
    ("verdicts", "state"),
    [
        ([], "open"),
        ([("2023", "accepted", "2024-05-01")], "weighed"),
        ([("2023", "accepted", "2024-05-01"), ("2024", "rejected", "2024-05-01")], "resolved"),
        ([("2023", "accepted", "2024-05-01"), ("2024", "rejected", "2024-05-01"), ("2024", "unresolved", "2024-06-01")], "weighed"),
    ],
)  # fmt: skip
def test_the_newest_verdicts_decide_how_far_a_conflict_is(verdicts: list[tuple[str, str, str]], state: str) -> None:
    assert {row[1] for row in links(judged(*verdicts), "mat:state")} == {state}


def test_the_newest_verdict_counts() -> None:
    kg = judged(("2023", "accepted", "2024-05-01"), ("2023", "rejected", "2024-06-01"))
    assert {row[1] for row in links(kg, "mat:currentVerdict")} == {"rejected"}


# the whole


def test_deriving_twice_changes_nothing() -> None:
    kg = graph(**world(relations=[relation("x", "owns", "y", share_percent=51)], facts=[fact("fact-a", "x")]))
    assert isinstance(kg.store, EmbeddedStore)
    before = sorted(kg.store.triples().splitlines())
    build.derive(kg.store.engine)
    assert sorted(kg.store.triples().splitlines()) == before


def test_the_rules_write_no_blank_nodes_and_no_named_graphs(kg: KnowledgeGraph) -> None:
    assert kg.query("ASK { GRAPH ?g { ?s ?p ?o } }") is False
    assert kg.query("ASK { ?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o)) }") is False


def test_current_statuses_of_the_shipped_graph(kg: KnowledgeGraph) -> None:
    found = rows(kg, "SELECT ?s (COUNT(?deal) AS ?n) WHERE { ?deal mat:currentStatus ?s } GROUP BY ?s")
    assert dict(found) == {
        "signed": 190,
        "announced": 97,
        "operational": 41,
        "delivered": 30,
        "approved": 29,
        "negotiating": 20,
        "reported": 10,
        "under-construction": 7,
        "registered": 4,
        "terminated": 4,
        "suspended": 3,
        "denied": 2,
        "relocated": 1,
    }


def test_status_on_a_day_by_until_alone_matches_the_steps(kg: KnowledgeGraph) -> None:
    """The documented query form: notAfter <= D and not (until <= D)."""
    day = '"2023-10-20"^^xsd:date'
    found = rows(kg, f"SELECT ?s WHERE {{ id:rheinmetall-udi-joint-venture mat:statusEvent ?e . ?e mat:status ?s ; mat:notAfter ?last FILTER(?last <= {day}) OPTIONAL {{ ?e mat:until ?until }} FILTER(!BOUND(?until) || ?until > {day}) }}")  # fmt: skip
    assert found == [("registered",)]


def test_a_later_holder_of_the_same_post_replaces_the_former(kg: KnowledgeGraph) -> None:
    heads = "SELECT ?who WHERE { ?who mat:headOf id:%s } ORDER BY ?who"
    assert rows(kg, heads % "mod-ukraine") == [("mykhailo-fedorov",)]
    assert rows(kg, heads % "mod-uk") == [("john-healey",)]
    assert rows(kg, heads % "gov-ukraine") == [("volodymyr-zelensky",), ("yuliia-svyrydenko",)], "two posts"
    early = kg.scope(as_of="2023-08")
    assert rows(early, heads % "mod-uk") == [("ben-wallace",)]


def test_days_without_a_day_between_them_replace_nobody() -> None:
    told = [
        relation("m", "heads", "x", role="Chief", observed=["2023"], date="2023"),
        relation("n", "heads", "x", role="chief", observed=["2023-05"], date="2023-05"),
    ]
    kg = graph(
        **world(entities=[entity("x"), entity("y"), entity("m", "person"), entity("n", "person")], relations=told)
    )
    assert links(kg, "mat:replacedBy") == set()
    told[1] |= {"observed": ["2024-05"], "date": "2024-05"}
    kg = graph(
        **world(entities=[entity("x"), entity("y"), entity("m", "person"), entity("n", "person")], relations=told)
    )
    assert links(kg, "mat:headOf") == {("n", "x")}
