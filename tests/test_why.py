"""`why`: each feature of a query leads back to the claims that it rests on, on small graphs and on the shipped one."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox
import pytest
import typer
from typer.testing import CliRunner

import small
from materiel.cli.ask import _values
from materiel.cli.why import cited, register
from materiel.errors import QueryError, UsageError
from materiel.questions import library as questions
from materiel.vocabulary import MAT
from materiel.why import answer, render, why, with_citations
from materiel.why.lineage import library as lineages
from materiel.why.parse import parse
from materiel.why.trace import trace

if TYPE_CHECKING:
    from collections.abc import Callable

    from materiel.knowledge_graph import KnowledgeGraph
    from materiel.why import Explanation

DEAL = "Deal: participation: "


@pytest.fixture(scope="module")
def tiny() -> KnowledgeGraph:
    """Two deals of three firms, a holding, a head, a product and a fact."""
    return small.graph(
        sources=[small.source("a"), small.source("b", "2023-02-01"), small.source("c", None)],
        entities=[
            small.entity("x", country="DE", sources=["src-a"]),
            small.entity("y", country="UA"),
            small.entity("z", country="UA"),
            small.entity("jv", "joint-venture"),
            small.entity("smith", "person"),
            small.entity("shell", "product", product_category="ammunition"),
        ],
        partnerships=[
            small.deal(
                "deal",
                small.event("announced", "2023-01-01", ("a",), attributed_to="smith"),
                small.event("signed", "2023-03", ("a", "b")),
                parties=("x", "y"),
                products=["shell"],
            ),
            small.deal(
                "works",
                small.event("registered", "2023-05-01", ("c",)),
                participants=[
                    {"entity": "x", "role": "lead", "share_percent": 60},
                    {"entity": "z", "role": "supplier"},
                    {"entity": "jv", "role": "venture"},
                ],
            ),
        ],
        relations=[
            small.relation("x", "owns", "y", ("a",), share_percent=60),
            small.relation("y", "owns", "z", ("b",)),
            small.relation("smith", "heads", "x", ("a",), role="chief executive"),
            small.relation("y", "produces", "shell", ("b",)),
        ],
        facts=[small.fact("budget", "x", ("b",), value=12, unit="rounds", date="2023")],
    )


def claims(kg: KnowledgeGraph, query: str, row: int = 0) -> list[str]:
    """The statements behind a row, in words, without what the row's other parts say."""
    found = why(kg.store, query)
    assert all(not each.unexplained for each in found.rows)
    return [claim.text for claim in found.rows[row].claims]


PARTS = {
    # A plain edge, a value node and what stands in it, a whole query in one pattern.
    "SELECT * { ?a mat:produces ?g }": ["Y: produces: Shell"],
    "SELECT ?r { id:deal mat:participation ?p . ?p mat:party id:x ; mat:role ?r }": [f"{DEAL}X, partner"],
    "SELECT ?r { ?p mat:party id:x . id:deal mat:participation ?p ; a ?r } LIMIT 1": [f"{DEAL}X, partner"],
    "SELECT ?n { id:x mat:observation/mat:number ?n }": ["X: observation: 12, rounds, 2023, Claim budget"],
    "SELECT ?n { ?o mat:unit 'rounds' ; mat:number 012 ; mat:number ?n }": ["X: observation: 12, rounds, 2023, Claim budget"],
    # Derived edges.
    "SELECT ?o { id:x mat:partnerOf ?o . FILTER(?o = id:y) }": [f"{DEAL}X, partner", f"{DEAL}Y, partner"],
    "SELECT ?d { id:z mat:partyTo ?d }": ["Works: participation: Z, supplier"],
    "SELECT ?v { id:works mat:vehicle ?v }": ["Works: participation: Jv, venture"],
    "SELECT ?s { id:deal mat:currentStatus ?s }": ["Deal: status event: signed, 2023-03, signed on 2023-03"],
    "SELECT ?u { ?e mat:until ?u }": [
        "Deal: status event: announced, 2023-01-01, announced on 2023-01-01",
        "Deal: status event: signed, 2023-03, signed on 2023-03",
    ],
    "SELECT ?p { id:smith mat:headOf ?p }": ["Smith: tenure: chief executive, head, X"],
    "SELECT ?n { ?c rdf:object id:shell ; rdf:predicate mat:produces ; mat:voiceCount ?n }": ["Y: produces: Shell"],
    "SELECT ?v { ?c rdf:object id:shell ; rdf:predicate mat:produces ; mat:voice ?v }": ["Y: produces: Shell"],
    # Paths.
    "SELECT ?z { id:x mat:owns+ ?z . ?z mat:partyTo id:works }": [
        "Works: participation: Z, supplier",
        "X: holding: ownership, Y, 60 %",
        "Y: holding: ownership, Z",
    ],
    "SELECT ?z { id:x mat:owns* ?z . FILTER(?z = id:x) }": [],
    "SELECT ?z { id:x mat:owns? ?z . FILTER(?z != id:x) }": ["X: holding: ownership, Y, 60 %"],
    "SELECT ?s { ?s ^mat:owns/^mat:headOf id:smith }": ["Smith: tenure: chief executive, head, X", "X: holding: ownership, Y, 60 %"],
    "SELECT ?s { id:y mat:produces|mat:operates ?s }": ["Y: produces: Shell"],
    "SELECT ?s { id:y !(mat:owns|^mat:owns|mat:holding|mat:partnerOf|mat:partyTo) ?s . ?s a mat:Product }": ["Y: produces: Shell"],
    "SELECT ?s { ?s !(^mat:produces) id:y . ?s a mat:Holding }": ["Y: holding: ownership, Z"],
    # OPTIONAL, UNION, VALUES, BIND, EXISTS, blank nodes, sub-selects.
    "SELECT ?f { VALUES ?f { id:y } OPTIONAL { ?f mat:headOf ?n } OPTIONAL { ?f mat:produces ?g } }": ["Y: produces: Shell"],
    "SELECT ?g { { id:x mat:produces ?g } UNION { id:y mat:produces ?g } UNION { id:y mat:operates ?g } }": ["Y: produces: Shell"],
    "SELECT ?g { { ?a mat:produces ?g . ?g mat:produces ?b } UNION { ?d mat:concerns ?g } }": ["Deal: concerns: Shell"],
    "SELECT ?t { BIND(id:y AS ?a) ?a mat:produces ?g BIND(CONCAT(STR(?g), '?') AS ?t) }": ["Y: produces: Shell"],
    "SELECT (STR(?g) AS ?t) (STRLEN(?t) AS ?n) { ?a mat:produces ?g }": ["Y: produces: Shell"],
    "SELECT ?c { id:x mat:country ?c FILTER EXISTS { id:y mat:produces ?c2 FILTER(?c2 != ?c) } }": ["Y: produces: Shell"],
    "SELECT ?r { ?d mat:participation [ mat:party id:z ; mat:role ?r ] }": ["Works: participation: Z, supplier"],
    "SELECT ?a { ?a mat:produces ?g { SELECT ?g (COUNT(*) AS ?n) { ?d mat:concerns ?g } GROUP BY ?g } }": [
        "Deal: concerns: Shell",
        "Y: produces: Shell",
    ],
    "SELECT ?g { { SELECT * { ?a mat:produces ?g } LIMIT 1 } }": ["Y: produces: Shell"],
    # Groups stand for all their solutions.
    "SELECT (COUNT(?g) AS ?n) { ?a mat:produces ?g }": ["Y: produces: Shell"],
    "SELECT DISTINCT ?k { id:deal mat:participation ?p . ?p a ?k . FILTER(?k = mat:Participation) }": [f"{DEAL}X, partner", f"{DEAL}Y, partner"],
    "SELECT ?d (MIN(?day) AS ?first) { ?d mat:statusEvent/mat:notBefore ?day } GROUP BY ?d HAVING (COUNT(?day) > 1)": [
        "Deal: status event: announced, 2023-01-01, announced on 2023-01-01",
        "Deal: status event: signed, 2023-03, signed on 2023-03",
    ],
    "SELECT (SUM(?n) AS ?t) { ?o mat:number ?n } GROUP BY (STRLEN(STR(?o)) AS ?l) STR(?o)": ["X: observation: 12, rounds, 2023, Claim budget"],
    "SELECT ?g { ?a mat:produces ?g } ORDER BY ?g LIMIT 1 VALUES ?a { id:y }": ["Y: produces: Shell"],
}  # fmt: skip


@pytest.mark.parametrize("query", PARTS)
def test_claims_behind_a_row(tiny: KnowledgeGraph, query: str) -> None:
    assert claims(tiny, query) == PARTS[query]


def test_comments_strings_and_prefixes_are_left_alone(tiny: KnowledgeGraph) -> None:
    query = """PREFIX m: <https://w3id.org/materiel/ns#> # } UNION {
    SELECT ?g ?t WHERE { # MINUS { }
      ?a m:produces ?g . # OPTIONAL {
      BIND("}{ # ?g 'OPTIONAL" AS ?t) FILTER(?t != '''}''')
    }"""
    assert claims(tiny, query) == ["Y: produces: Shell"]


def test_two_ways_to_one_row(tiny: KnowledgeGraph) -> None:
    row = why(tiny.store, "SELECT DISTINCT ?land { ?a mat:country ?land ; mat:partyTo ?d } ORDER BY ?land").rows[1]
    assert row.solutions == 2
    assert [claim.text for claim in row.claims] == [f"{DEAL}Y, partner", "Works: participation: Z, supplier"]


def test_only_the_rows_asked_for(tiny: KnowledgeGraph) -> None:
    found = why(tiny.store, "SELECT ?d { ?d a mat:Partnership ; mat:kind ?k } ORDER BY ?d", rows=[1, 7])
    assert len(found.table) == 2
    assert [(row.number, [claim.text for claim in row.claims]) for row in found.rows] == [
        (1, ["Works: kind: memorandum"])
    ]


def test_attestations_are_told(tiny: KnowledgeGraph) -> None:
    claim = why(tiny.store, "SELECT ?e { ?e mat:status status:announced }").rows[0].claims[0]
    assert (claim.scope, claim.voices, claim.subject[-4:], claim.predicate) == (
        "statement",
        1,
        "deal",
        MAT + "statusEvent",
    )
    (attested,) = claim.attestations
    assert attested.citation is not None
    assert (attested.citation.publisher, attested.citation.published) == ("Outlet a", "2023-01-01")
    assert (attested.speaker_name, attested.stance, attested.locator) == ("Smith", "asserts", None)


def test_absence_is_said_and_not_explained(tiny: KnowledgeGraph) -> None:
    for absent in ("MINUS { ?a mat:headOf ?h }", "FILTER NOT EXISTS { ?a mat:headOf ?h }", "FILTER(!BOUND(?h))"):
        found = why(tiny.store, f"SELECT ?a {{ ?a mat:produces ?g {absent} }}")
        assert [claim.text for claim in found.rows[0].claims] == ["Y: produces: Shell"]
        assert any("depends on" in note and "not explained" in note for note in found.notes)
    status = why(tiny.store, "SELECT ?s { id:deal mat:currentStatus ?s }").rows[0]
    assert status.notes == ["depends on the absence of a step that is further, and a later halt; not explained"]


def test_graph_patterns_are_said_to_be_opaque(tiny: KnowledgeGraph) -> None:
    found = why(tiny.store, "SELECT ?a { ?a mat:produces ?g OPTIONAL { GRAPH ?where { ?a mat:owns ?b } } }")
    assert found.notes == ("what the GRAPH part matched is not explained",)


def test_descriptions_are_told_apart(tiny: KnowledgeGraph) -> None:
    row = why(tiny.store, "SELECT ?l ?c { id:x rdfs:label ?l ; mat:country ?c }").rows[0]
    assert (row.claims, row.rests_on_claims, row.unexplained) == ([], False, [])
    assert [(d.kind, d.predicate.rpartition("#")[2], [s.rpartition("/")[2] for s in d.sources]) for d in row.descriptions] == [
        ("thing", "label", ["a"]),
        ("thing", "country", ["a"]),
    ]  # fmt: skip
    title = why(tiny.store, "SELECT ?t { source:b dct:title ?t ; mat:publisher/rdfs:label ?p }").rows[0]
    assert {d.kind for d in title.descriptions} == {"source", "outlet"}


def test_a_row_may_stand_without_its_claims(tiny: KnowledgeGraph) -> None:
    query = "SELECT ?d {} {{ ?d a mat:Partnership OPTIONAL {{ ?d mat:concerns ?g }} }} ORDER BY ?d"
    unseen, seen = (why(tiny.store, query.format(more)).rows[0] for more in ("", "?g"))
    assert [c.text for c in unseen.claims] == [c.text for c in seen.claims] == ["Deal: concerns: Shell"]
    assert (unseen.rests_on_claims, seen.rests_on_claims) == (False, True)


def test_vocabulary_needs_no_source(tiny: KnowledgeGraph) -> None:
    row = why(tiny.store, "SELECT ?n { status:signed skos:notation ?n . mat:owns rdfs:label ?l }").rows[0]
    assert (row.claims, row.descriptions, row.unexplained) == ([], [], [])


def test_what_cannot_be_explained_is_said() -> None:
    kg = small.graph(
        """id:loose a mat:Participation ; mat:party id:x . id:x mat:produces id:shell ; <http://example.org/p> 1 .
        [] rdfs:label "nameless" .""",
        **small.world(),
    )
    said = {
        "SELECT ?p { id:loose mat:party ?p }": "no claim states the value that it belongs to",
        "SELECT ?g { id:x mat:produces ?g }": "id:x mat:produces id:shell: no claim states it",
        "SELECT ?o { id:x <http://example.org/p> ?o }": "the graph does not say where this comes from",
        "SELECT ?b { ?b rdfs:label 'nameless' }": "a blank node has no name",
    }
    for query, reason in said.items():
        row = why(kg.store, query).rows[0]
        assert row.claims == []
        assert len(row.unexplained) == 1
        assert reason in row.unexplained[0]


def test_a_count_of_nothing(tiny: KnowledgeGraph) -> None:
    row = why(tiny.store, "SELECT (COUNT(*) AS ?n) { ?a mat:operates ?b }").rows[0]
    assert (row.claims, row.solutions, row.rests_on_claims) == ([], 0, False)
    assert row.notes == ["this is also the answer when nothing is found"]


def test_rows_that_change_each_time(tiny: KnowledgeGraph) -> None:
    assert claims(tiny, "SELECT ?g (RAND() AS ?r) { ?a mat:produces ?g }") == ["Y: produces: Shell"]
    assert len(claims(tiny, "SELECT (SAMPLE(?e) AS ?one) (UUID() AS ?u) { id:deal mat:statusEvent ?e }")) == 2
    lost = why(tiny.store, "SELECT ?g { ?a mat:produces ?g BIND(RAND() AS ?r) FILTER(?r >= 0) }")
    assert [claim.text for claim in lost.rows[0].claims] == ["Y: produces: Shell"]


def test_names_of_ours_do_not_clash(tiny: KnowledgeGraph) -> None:
    assert claims(tiny, "SELECT ?why1 { ?why2 mat:produces|mat:funds ?why1 }") == ["Y: produces: Shell"]


@pytest.mark.parametrize("query", ["ASK { ?a ?b ?c }", "DESCRIBE id:x", "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }"])
def test_only_select(tiny: KnowledgeGraph, query: str) -> None:
    with pytest.raises(UsageError, match="SELECT"):
        why(tiny.store, query)


@pytest.mark.parametrize("query", ["SELECT ?a { ?a mat:produces", "SELECT { }", "SELECT ?a WHERE { ?a ?b ?c } }", ""])
def test_what_is_no_query(tiny: KnowledgeGraph, query: str) -> None:
    with pytest.raises((QueryError, UsageError)):
        why(tiny.store, query)


def test_parse_keeps_the_parts() -> None:
    select = parse(
        "SELECT DISTINCT ?a (COUNT(?b) AS ?n) FROM <http://g> { ?a ?p ?b } GROUP BY ?a STR(?b) HAVING(?n > 1) OFFSET 2 VALUES ?a { 1 }"
    )
    assert [(item.variable, item.expression) for item in select.items or ()] == [("a", None), ("n", "COUNT(?b)")]
    assert [(key.variable, key.expression) for key in select.keys] == [("a", None), (None, "STR(?b)")]
    assert (select.dataset, select.having, select.values) == ("FROM <http://g>", "HAVING(?n > 1)", "VALUES ?a { 1 }")
    assert select.aggregated
    assert select.sliced


def test_base_and_own_prefixes(tiny: KnowledgeGraph) -> None:
    query = """BASE <https://w3id.org/materiel/id/> PREFIX mat: <https://w3id.org/materiel/> PREFIX ns: <ns#>
    PREFIX n: <https://w3id.org/materiel/ns#> SELECT $g { <y> n:produces $g . FILTER($g != mat:shell) }"""
    assert claims(tiny, query) == ["Y: produces: Shell"]


def test_a_written_conflict_stands_by_itself() -> None:
    kg = small.graph(
        "",
        **small.world(
            partnerships=[
                small.deal(conflicts=[{"type": "date", "text": "When", "sides": [{"says": "May"}, {"says": "June"}]}])
            ]
        ),
    )
    row = why(kg.store, "SELECT ?c { ?c a mat:Conflict ; mat:state ?s }").rows[0]
    assert ({d.kind for d in row.descriptions}, row.rests_on_claims, row.unexplained) == ({"judgement"}, False, [])


# --- Lineage


def triples(kg: KnowledgeGraph, pattern: str) -> list[ox.Triple]:
    solutions = cast("ox.QuerySolutions", kg.store.query(f"SELECT ?s ?p ?o {{ {pattern} }}"))
    return [ox.Triple(*cast("Any", row)) for row in solutions]


def test_every_derived_predicate_has_a_lineage(kg: KnowledgeGraph) -> None:
    marked = triples(kg, "?s mat:derived true . BIND(mat:derived AS ?p) BIND(true AS ?o)")
    assert set(lineages()) == {str(triple.subject)[1:-1] for triple in marked}


@pytest.mark.parametrize("predicate", sorted(lineages()))
def test_lineage_finds_claims(kg: KnowledgeGraph, predicate: str) -> None:
    """Each derived triple of the shipped graph leads to claims, or is the date of a source or a judgement's own."""
    lineage = lineages()[predicate]
    some = triples(kg, f"BIND(<{predicate}> AS ?p) ?s ?p ?o . FILTER NOT EXISTS {{ ?s a mat:Source }}")[:1000]
    found = lineage.claims(kg.store, some)
    bare = {t for t in some if t not in found}
    assert not bare or predicate == MAT + "state"
    assert all(kg.query(f"ASK {{ <{claim}> a mat:Claim }}") for claims in list(found.values())[:20] for claim in claims)
    assert lineage.title == f"Lineage of {lineage.predicate}"


# --- The shipped graph


def test_every_triple_of_the_graph_is_explained(kg: KnowledgeGraph) -> None:
    traces = trace(kg.store, triples(kg, "?s ?p ?o FILTER(STRSTARTS(STR(?s), STR(id:rheinmetall)))"))
    assert len(traces) > 1000
    assert {each.unexplained for each in traces.values()} == {""}


def explained(kg: KnowledgeGraph, query: str) -> Explanation:
    found = why(kg.store, query)
    assert [row.unexplained for row in found.rows if row.unexplained] == []
    return found


SLOW = {"attended", "flags", "makers", "private-links"}
"""Questions that take long to answer in themselves."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name for name in sorted(questions())]
)
def test_every_question_can_be_explained(kg: KnowledgeGraph, name: str) -> None:
    """Each row of a question's example has claims behind it, unless it only describes."""
    question = questions()[name]
    values = _values(question, shlex.split(question.example)[3:])
    found = explained(kg, question.bind(kg.store.labels, values))
    assert len(found.rows) == len(found.table) > 0
    assert all(row.claims or row.descriptions for row in found.rows)


def test_history_names_the_claim_of_each_step(kg: KnowledgeGraph) -> None:
    found = explained(kg, "SELECT ?e { id:rheinmetall-udi-joint-venture mat:statusEvent ?e }")
    assert len(found.rows) > 5
    assert all([claim.object for claim in row.claims] == [row.values[0]] for row in found.rows)
    assert {claim.scope for row in found.rows for claim in row.claims} == {"statement"}


def test_a_speaker_of_the_shipped_graph(kg: KnowledgeGraph) -> None:
    row = explained(
        kg, "SELECT ?s { id:aeroscraft-m16-ukraine mat:statusEvent ?e . ?e mat:status ?s ; mat:date ?d } ORDER BY ?d"
    ).rows[0]
    assert {a.speaker_name for claim in row.claims for a in claim.attestations} == {"Ukrainian Defense Industry"}


# --- Writing it out


def test_text(tiny: KnowledgeGraph) -> None:
    found = why(tiny.store, "SELECT ?s ?l { id:deal mat:statusEvent/mat:status ?s . id:x rdfs:label ?l } ORDER BY ?s")
    text = render(tiny.store, found, "table")
    assert text.startswith("Row 1: s announced · l X\n- Deal: status event: announced, 2023-01-01")
    assert "[1]; quoting Smith [1] (1 voice; claim:" in text
    assert "- description, no claim: X: label [1]\n" in text
    assert "[1-2] (2 voices; claim:" in text
    assert "\nSources\n[1] Outlet a: Page a (2023-01-01). https://example.org/a\n[2] Outlet b" in text
    assert "## Row 1:" in render(tiny.store, found, "md")
    none = why(tiny.store, "SELECT ?a { ?a mat:operates ?b }")
    assert render(tiny.store, none, "table") == "No row: there is nothing to explain.\n"


def test_stances_are_told(tiny: KnowledgeGraph) -> None:
    claim = why(tiny.store, "SELECT ?g { id:y mat:produces ?g }").rows[0].claims[0]
    kg = small.graph(
        f"<{claim.iri}> mat:attestation <{claim.iri}-a> . <{claim.iri}-a> mat:source source:a ; mat:stance stance:denies .",
        **small.world(
            sources=[small.source("a"), small.source("b")],
            entities=[small.entity("x"), small.entity("y"), small.entity("shell", "product")],
            relations=[small.relation("y", "produces", "shell", ("b",))],
        ),
    )
    text = render(kg.store, why(kg.store, "SELECT ?g { id:y mat:produces ?g }"), "table")
    assert "[1-2]; denies [1] (1 voice" in text


def test_json(tiny: KnowledgeGraph) -> None:
    data = json.loads(render(tiny.store, why(tiny.store, "SELECT ?g { ?a mat:produces ?g }"), "json"))
    (row,) = data["rows"]
    (claim,) = data["claims"].values()
    assert (row["row"], row["claims"], row["rests_on_claims"]) == (1, [claim["iri"]], True)
    (attested,) = claim["attestations"]
    assert data["sources"][attested["source"]]["url"] == "https://example.org/b"


def test_citations_for_a_table(tiny: KnowledgeGraph) -> None:
    found = why(tiny.store, "SELECT ?g ?sources { ?a mat:produces ?g BIND(STR(source:c) AS ?sources) }")
    cited = with_citations(found.table, found)
    assert cited.columns == ("g", "claims", "sources")
    assert [s.rpartition("/")[2] for s in str(cited.rows[0][2]).split()] == ["c", "b"]
    other = why(
        tiny.store, "SELECT ?g ?sources ?claims { ?a mat:produces ?g BIND(1 AS ?sources) BIND(2 AS ?claims) }", rows=[]
    )
    assert with_citations(other.table, other).columns == ("g", "sources", "claims", "claims_behind", "sources_behind")
    assert with_citations(other.table, other).rows[0][3:] == ("", "")


@pytest.mark.parametrize("form", ["table", "md", "csv", "tsv", "json", "ndjson"])
def test_answers_with_citations(tiny: KnowledgeGraph, form: str) -> None:
    found = why(tiny.store, "SELECT ?g { ?a mat:produces ?g }")
    text = answer(tiny.store, found.table, found, form)
    assert ("Outlet b" in text) is (form not in {"csv", "tsv"})
    if form in {"json", "ndjson"}:
        row: dict[str, Any] = json.loads(text)["rows"][0] if form == "json" else json.loads(text)
        assert row["why"]["claims"][0]["attestations"][0]["citation"]["publisher"] == "Outlet b"


QUERY = "SELECT ?s { id:rheinmetall-udi-joint-venture mat:currentStatus ?s }"


@pytest.fixture
def command() -> Callable[..., Any]:
    """The command alone, in this process."""
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    return lambda *arguments, **more: CliRunner().invoke(app, ["why", *arguments], **more)


def test_command(command: Callable[..., Any]) -> None:
    run = command(QUERY, "--format", "table")
    assert (run.exit_code, run.stdout.splitlines()[0]) == (0, "Row 1: s operational")
    assert "Boerse Online" in run.stdout
    assert json.loads(command(QUERY, "--row", "1").stdout)["rows"][0]["claims"]
    assert command("-", input=QUERY).exit_code == 0
    for wrong in ((QUERY, "--row", "2"), ("ASK { ?a ?b ?c }",), (QUERY, "-f", "ttl"), ("SELECT ?a {",)):
        assert isinstance(command(*wrong).exception, UsageError | QueryError)


def test_cited_answers(kg: KnowledgeGraph) -> None:
    assert "Boerse Online" in cited(kg, QUERY, "table")
    table = kg.ask("history", partnership="rheinmetall-udi-joint-venture")
    text = questions()["history"].bind(kg.store.labels, {"partnership": "rheinmetall-udi-joint-venture"})
    first = json.loads(cited(kg, text, "json", table.notes))["rows"][0]
    assert first["why"]["claims"]
    assert first["sources"][0]["publisher"]
