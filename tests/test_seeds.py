"""The two seed articles: each of their facts is in the graph, with source, date and speaker, and SPARQL finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from materiel.store.table import Table

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph

RFERL, BNN = "seed-rferl-2023-12-15", "seed-2024-02-29"
UMEROV, ZELENSKY, HAVRYLIUK = "rustem-umerov", "volodymyr-zelensky", "ivan-havryliuk"

OBSERVATIONS = """
SELECT ?subject ?text ?number ?unit ?date ?speaker ?publisher ?published WHERE {
  ?claim rdf:subject ?subject ; rdf:predicate mat:observation ; rdf:object id:%s ; mat:attestation ?attestation .
  id:%s dct:description ?text .
  ?attestation mat:source source:%s ; mat:stance stance:asserts .
  source:%s mat:publisher/rdfs:label ?publisher ; mat:publishedOn ?published .
  OPTIONAL { id:%s mat:number ?number }
  OPTIONAL { id:%s mat:unit ?unit }
  OPTIONAL { id:%s mat:date ?date }
  OPTIONAL { ?attestation mat:attributedTo ?speaker }
}"""


def table(kg: KnowledgeGraph, query: str) -> list[dict[str, Any]]:
    found = kg.query(query)
    assert isinstance(found, Table)
    return list(found)


def slug(iri: str | None) -> str | None:
    return iri and iri.rsplit("/", 1)[-1]


@pytest.mark.parametrize(
    ("source", "publisher", "day", "address"),
    [
        (RFERL, "RFE/RL", "2023-12-15", "https://rferl.org/amp/ukraine-defense-ministry-increasing-weapons-production-2024/32732630.html"),
        (BNN, "BNN Breaking", "2024-02-29", "https://bnnbreaking.com/conflict-defence/military/ukraine-boosts-domestic-arms-production-eyes-self-sufficiency-amid-western-aid-uncertainty"),
    ],
)  # fmt: skip
def test_the_articles_are_sources_like_any_other(
    kg: KnowledgeGraph, source: str, publisher: str, day: str, address: str
) -> None:
    found = table(kg, f"SELECT ?name ?day ?url ?title WHERE {{ source:{source} a mat:Source ; mat:publisher/rdfs:label ?name ; mat:publishedOn ?day ; mat:url ?url ; dct:title ?title }}")  # fmt: skip
    assert [(row["name"], row["day"], row["url"]) for row in found] == [(publisher, day, address)]
    assert found[0]["title"]


@pytest.mark.parametrize(
    ("fact", "source", "subject", "words", "number", "unit", "date", "speaker"),
    [
        # RFE/RL, 15 December 2023
        ("fact-mod-main-goal-2024", RFERL, "mod-ukraine", ["Main goal", "2024", "domestic weapons production"], None, None, "2023-12-15", UMEROV),
        ("fact-mod-focus-localisation", RFERL, "mod-ukraine", ["Focus", "localised weapons production", "joint companies"], None, None, "2023-12-15", UMEROV),
        ("fact-plan-to-scale", RFERL, "gov-ukraine", ["not only to develop technologies but to scale"], None, None, "2023-12-15", UMEROV),
        ("fact-umerov-met-british-firms", RFERL, UMEROV, ["largest defence makers", "joint conference in Kyiv"], None, None, "2023-12", UMEROV),
        ("fact-umerov-direct-deals", RFERL, "mod-ukraine", ["direct deals with British", "battle testing"], None, None, "2023-12-15", UMEROV),
        ("fact-budget-2024-uah", RFERL, "mod-ukraine", ["USD 6.8bn", "2024 budget", "weapons"], 255_000_000_000, "UAH", "2023-12-15", UMEROV),
        ("fact-dependence-on-west", RFERL, "armed-forces-ukraine", ["depended largely on Western allies"], None, None, "2023-12-15", None),
        ("fact-us-aid-running-out", RFERL, "gov-usa", ["close to running out"], None, None, "2023-12", "gov-usa"),
        ("fact-us-proposal-60bn", RFERL, "gov-usa", ["Republicans in Congress"], 60_000_000_000, "USD", "2023-12", "gov-usa"),
        ("fact-congress-leaves", RFERL, "us-congress", ["leaving Washington on 14 December"], None, None, "2023-12-14", None),
        ("fact-zelensky-washington", RFERL, ZELENSKY, ["Visited Washington"], None, None, "2023-12", ZELENSKY),
        ("fact-zelensky-security-donor", RFERL, ZELENSKY, ["donor of security"], None, None, "2023-12-15", ZELENSKY),
        ("fact-forum-250-producers", RFERL, "defence-forum-kyiv-2023", ["September 2023", "more than 250"], 250, "producers", "2023-09", None),
        ("fact-washington-conference", RFERL, "us-ukraine-dib-conference-2023", ["conference held in Washington"], None, None, "2023-12", None),
        ("fact-two-us-firms-155mm", RFERL, "us-155mm-firms-unnamed", ["two American firms", "155 mm shells"], 2, "firms", "2023", None),
        ("fact-rheinmetall-venture-oct-2023", RFERL, "rheinmetall-ukrainian-defense-industry-llc", ["October 2023", "service and repair"], None, None, "2023-10", None),
        # BNN Breaking, 29 February 2024
        ("fact-46-types", BNN, "armed-forces-ukraine", ["46 types of home-made equipment", "2024"], 46, "equipment types", "2024-02-29", HAVRYLIUK),
        ("fact-46-types-increase", BNN, "armed-forces-ukraine", ["rise on the same period a year earlier"], None, None, "2024-02-29", HAVRYLIUK),
        ("fact-self-sufficiency-aim", BNN, "mod-ukraine", ["self-sufficient"], None, None, "2024-02-29", HAVRYLIUK),
        ("fact-zelensky-champions-industry", BNN, ZELENSKY, ["domestic defence industry"], None, None, "2024-02-29", ZELENSKY),
        ("fact-contracts-joint-production", BNN, "gov-ukraine", ["joint production and technology exchange"], None, None, "2024-02-29", None),
        ("fact-rheinmetall-ammo-factory-plan", BNN, "rheinmetall", ["ammunition factory in Ukraine"], None, None, "2024-02-29", "rheinmetall"),
        ("fact-half-of-shipments-late", BNN, "mod-ukraine", ["half of allied arms shipments"], 50, "percent", "2024-02", UMEROV),
        ("fact-eu-considers-fund", BNN, "european-union", ["defence industry fund"], None, None, "2024-02-29", None),
        ("fact-frozen-assets-considered", BNN, "european-union", ["frozen Russian assets"], None, None, "2024-02-29", None),
        ("fact-us-principal-supporter", BNN, "gov-usa", ["main supporter"], None, None, "2024-02-29", None),
    ],
)  # fmt: skip
def test_each_statement_is_an_observation_with_its_evidence(
    kg: KnowledgeGraph, fact: str, source: str, subject: str, words: list[str],
    number: int | None, unit: str | None, date: str, speaker: str | None,
) -> None:  # fmt: skip
    (row,) = table(kg, OBSERVATIONS % (fact, fact, source, source, fact, fact, fact))
    assert slug(row["subject"]) == subject
    for part in words:
        assert part in str(row["text"])
    assert (row["number"], row["unit"], row["date"], slug(row["speaker"])) == (number, unit, date, speaker)
    assert row["published"] == ("2023-12-15" if source == RFERL else "2024-02-29")
    assert row["publisher"] == ("RFE/RL" if source == RFERL else "BNN Breaking")


STEPS = """
SELECT ?text ?speaker WHERE {
  ?claim rdf:subject id:%s ; rdf:predicate mat:statusEvent ; rdf:object ?event ; mat:attestation ?attestation .
  ?event mat:status status:%s ; mat:date ?date ; dct:description ?text .
  ?attestation mat:source source:%s .
  OPTIONAL { ?attestation mat:attributedTo ?speaker }
  FILTER(STR(?date) = "%s")
}"""


@pytest.mark.parametrize(
    ("deal", "source", "status", "date", "words", "speaker"),
    [
        ("mod-ukraine-uk-direct-deals-2023", RFERL, "announced", "2023-12-15", "direct deals and offers battle testing", UMEROV),
        ("ukraine-mod-arms-budget-2024", RFERL, "announced", "2023-12-15", "UAH 255bn (USD 6.8bn)", UMEROV),
        ("us-ukraine-aid-proposal-2023", RFERL, "negotiating", "2023-12-14", "leaving on 14 December without a deal", "gov-usa"),
        ("us-firms-155mm-coproduction-2023", RFERL, "reported", "2023-12-15", "two American firms on jointly making 155 mm shells", None),
        ("rheinmetall-udi-joint-venture", RFERL, "operational", "2023-10", "joint defence venture with Rheinmetall", None),
        ("ukraine-46-domestic-types-2024", BNN, "delivered", "2024-02-29", "46 types of home-made equipment", HAVRYLIUK),
        ("rheinmetall-ammunition-plant-ukraine", BNN, "announced", "2024-02-29", "plans for an ammunition factory", "rheinmetall"),
        ("ukraine-western-joint-production-contracts-2024", BNN, "reported", "2024-02-29", "joint production and technology exchange", None),
        ("edip-ukraine-support-instrument", BNN, "reported", "2024-02-29", "massive defence industry fund", None),
        ("eu-windfall-military-aid", BNN, "negotiating", "2024-02-29", "frozen Russian assets", None),
    ],
)  # fmt: skip
def test_each_deal_named_has_its_step(
    kg: KnowledgeGraph, deal: str, source: str, status: str, date: str, words: str, speaker: str | None
) -> None:
    (row,) = table(kg, STEPS % (deal, status, source, date))
    assert words in str(row["text"])
    assert slug(row["speaker"]) == speaker


RELATIONS = """
SELECT ?role ?until WHERE {
  { ?claim rdf:subject id:%(s)s ; rdf:predicate mat:%(p)s ; rdf:object id:%(o)s . OPTIONAL { ?claim mat:roleAsStated ?role } }
  UNION
  { ?claim rdf:subject id:%(s)s ; rdf:predicate mat:tenure ; rdf:object ?node . ?node mat:atOrganization id:%(o)s ; mat:kind tenurekind:%(k)s .
    OPTIONAL { ?node mat:roleAsStated ?role } OPTIONAL { ?node mat:validUntil ?until } }
  ?claim mat:attestation/mat:source source:%(source)s .
}"""


@pytest.mark.parametrize(
    ("subject", "predicate", "target", "source", "role"),
    [
        (UMEROV, "head", "mod-ukraine", RFERL, "Minister of Defence"),
        (UMEROV, "head", "mod-ukraine", BNN, "Minister of Defence"),
        (ZELENSKY, "head", "gov-ukraine", RFERL, "President"),
        (HAVRYLIUK, "employment", "mod-ukraine", BNN, "Deputy Minister of Defence"),
        (UMEROV, "attended", "uk-ukraine-defence-conference-2023", RFERL, None),
        ("uk-defence-manufacturers", "attended", "uk-ukraine-defence-conference-2023", RFERL, None),
        ("uk-ukraine-defence-conference-2023", "locatedIn", "kyiv", RFERL, None),
        ("us-ukraine-dib-conference-2023", "locatedIn", "washington-dc", RFERL, None),
        ("gov-ukraine", "organised", "defence-forum-kyiv-2023", RFERL, None),
        ("gov-usa", "suppliesTo", "gov-ukraine", RFERL, "main supporter with aid and arms"),
        ("mod-ukraine", "operates", "ukraine-localisation-2024", RFERL, None),
        ("mod-ukraine", "suppliesTo", "armed-forces-ukraine", BNN, "46 types of home-made equipment in early 2024"),
        ("european-union", "operates", "eu-defence-industry-fund-2024", BNN, "under consideration"),
    ],
)
def test_who_is_who_and_was_where(
    kg: KnowledgeGraph, subject: str, predicate: str, target: str, source: str, role: str | None
) -> None:
    kind = predicate if predicate in {"head", "employment"} else "head"
    asked = {"s": subject, "p": predicate, "o": target, "k": kind, "source": source}
    rows = table(kg, RELATIONS % asked)
    assert role in [row["role"] for row in rows]


def test_nothing_else_is_attributed_to_the_articles_than_what_stands_above(kg: KnowledgeGraph) -> None:
    """All 26 observations of the graph come from the two articles, each from one."""
    rows = table(kg, "SELECT ?x (GROUP_CONCAT(DISTINCT STR(?s)) AS ?from) WHERE { ?x a mat:Observation ; mat:reportedIn ?s } GROUP BY ?x")  # fmt: skip
    assert len(rows) == 26
    assert {slug(row["from"]) for row in rows} == {RFERL, BNN}


def test_the_money_is_a_number_with_a_currency(kg: KnowledgeGraph) -> None:
    (row,) = table(kg, "SELECT ?n ?c WHERE { id:ukraine-mod-arms-budget-2024 mat:value ?v . ?v mat:number ?n ; mat:currency ?c }")  # fmt: skip
    assert (row["n"], row["c"]) == (255_000_000_000, "UAH")


def test_what_other_sources_say_against_it_stands_beside_it(kg: KnowledgeGraph) -> None:
    """The dollar value of the budget, and what the 46 types were, are told differently elsewhere."""
    for deal, words in [("ukraine-mod-arms-budget-2024", "6.9bn"), ("ukraine-46-domestic-types-2024", "codified")]:
        texts = [str(row["text"]) for row in table(kg, f"SELECT ?text WHERE {{ {{ id:{deal} mat:caveat|mat:refinement ?text }} UNION {{ ?c mat:about id:{deal} ; dct:description ?text }} }}")]  # fmt: skip
        assert any(words in text for text in texts), deal
