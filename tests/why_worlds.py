"""Small graphs for the tests of `why`, from which claims can be taken away, and queries made of templates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from hypothesis import strategies as st

import small
from materiel.records.to_rdf import files
from materiel.store import build
from materiel.store import ontology as terms
from materiel.store.embedded import EmbeddedStore
from materiel.vocabulary import MAT, OBJECT, PREDICATE, PREFIXES, SUBJECT, mat

if TYPE_CHECKING:
    from collections.abc import Collection

FIRMS = ("alpha", "beta", "gamma")
GOODS = ("shell", "drone")
PEOPLE = ("smith",)
SOURCES = ("a", "b")
_NODES = {mat(name) for name in ("Participation", "StatusEvent", "Amount", "Holding", "Tenure", "Observation")}


@cache
def ontology() -> list[ox.Quad]:
    """The part of the ontology that rules and `why` need."""
    engine = ox.Store()
    build.load(engine, terms.files())
    kept = {MAT + "derived", MAT + "claimable", PREFIXES["rdfs"] + "subClassOf", PREFIXES["skos"] + "notation"}
    return [quad for quad in engine if quad.predicate.value in kept]


@dataclass(frozen=True)
class World:
    """Asserted triples, and the claims among them."""

    triples: tuple[ox.Triple, ...]

    @property
    def claims(self) -> set[str]:
        return {str(t.subject)[1:-1] for t in self.triples if t.predicate == SUBJECT}

    def store(self, without: Collection[str] = ()) -> EmbeddedStore:
        """Return the store without some claims: statement, value node, claim and attestations, derived anew.

        What another claim states as well stays.
        """
        parts: dict[str, dict[ox.NamedNode, Any]] = {}
        for t in self.triples:
            parts.setdefault(str(t.subject)[1:-1], {})[t.predicate] = t.object
        statement = {c: ox.Triple(*(parts[c][p] for p in (SUBJECT, PREDICATE, OBJECT))) for c in self.claims}
        kept = {statement[c] for c in self.claims if c not in without}
        lost = {t for t in statement.values() if t not in kept}
        types = {t.subject for t in self.triples if t.object in _NODES}
        gone = {t.object for t in lost if t.object in types} | {ox.NamedNode(c) for c in without}
        gone |= {t.object for t in self.triples if t.subject in gone and t.predicate == mat("attestation")}
        engine = ox.Store()
        engine.extend(ontology())
        engine.extend(
            ox.Quad(*t) for t in self.triples if t not in lost and t.subject not in gone and t.object not in gone
        )
        build.derive(engine)
        return EmbeddedStore(engine, "world")


def made(**stems: list[small.Row]) -> World:
    """Return the world of some records, with sources, firms, goods and a person to build on."""
    records = small.records(
        sources=[small.source(name) for name in SOURCES],
        entities=[
            *(small.entity(name, country="DE" if name == "alpha" else "UA") for name in FIRMS),
            *(small.entity(name, "product") for name in GOODS),
            *(small.entity(name, "person") for name in PEOPLE),
        ],
        **stems,
    )
    return World(tuple(dict.fromkeys(t for triples in files(records).values() for t in triples)))


_sources = st.sampled_from([("a",), ("b",), ("a", "b")])
_dates = st.sampled_from(["2022", "2023-05", "2023-05-01", "2023-05-20", "2024-01-01", None])
_events = st.builds(
    small.event,
    status=st.sampled_from(["reported", "announced", "signed", "registered", "terminated"]),
    date=_dates,
    sources=_sources,
    attributed_to=st.sampled_from([None, "smith", "alpha"]),
)
_parties = st.lists(
    st.fixed_dictionaries({"entity": st.sampled_from(FIRMS), "role": st.sampled_from(["lead", "supplier", "venture"])}),
    min_size=2,
    max_size=3,
    unique_by=lambda party: (party["entity"], party["role"]),
)


@st.composite
def _deals(draw: st.DrawFn) -> list[small.Row]:
    return [
        small.deal(
            f"deal-{number}",
            *draw(st.lists(_events, min_size=1, max_size=3, unique_by=lambda e: (e["status"], e["date"]))),
            participants=draw(_parties),
            products=draw(st.lists(st.sampled_from(GOODS), max_size=1)),
        )
        for number in range(draw(st.integers(2, 3)))
    ]


@st.composite
def _relations(draw: st.DrawFn) -> list[small.Row]:
    ends = [(a, "owns", b) for a, b in product(FIRMS, FIRMS) if a != b]
    ends += [(a, "produces", g) for a, g in product(FIRMS, GOODS)]
    ends += [("smith", predicate, firm) for predicate, firm in product(("heads", "employed-by"), FIRMS)]
    chosen = draw(st.lists(st.sampled_from(ends), min_size=2, max_size=6, unique=True))
    return [small.relation(*chosen_ends, draw(_sources), **_more(draw, chosen_ends[1])) for chosen_ends in chosen]


def _more(draw: st.DrawFn, predicate: str) -> dict[str, Any]:
    more: dict[str, Any] = {"end": draw(st.sampled_from([None, None, "2023-06-01"]))}
    if predicate == "owns":
        more["share_percent"] = draw(st.sampled_from([None, 20, 60]))
    return more if predicate != "produces" else {}


worlds = st.builds(lambda deals, relations: made(partnerships=deals, relations=relations), _deals(), _relations())

STEADY = (
    "?d mat:participation ?x . ?x mat:party ?a",
    "?d mat:participation [ mat:party ?a ; mat:role role:lead ]",
    "?a mat:partyTo ?d",
    "?d ^mat:partyTo ?a",
    "?d mat:statusEvent ?e . ?e mat:status ?s ; mat:notAfter ?day",
    "?d mat:concerns ?g",
    "?d mat:vehicle ?a",
    "?d mat:reportedIn ?page",
    "?a mat:partnerOf ?b",
    "?a mat:owns|mat:controls ?b",
    "?a mat:owns+ ?b",
    "?a (mat:owns|mat:partnerOf)/mat:owns? ?b",
    "?b (mat:owns/mat:partnerOf)* ?a . ?b mat:produces ?g",
    "?a mat:produces ?g",
    "?a mat:partyTo/mat:concerns ?g",
    "?h mat:headOf|mat:employedBy ?a",
    "?a !(rdf:type|mat:owns|^mat:party) ?b . ?b a mat:Company",
    "?c rdf:object ?x ; rdf:subject ?d ; mat:voiceCount ?n",
    "?c mat:attestation/mat:source ?page ; rdf:subject ?a",
    "?c mat:voice ?h ; rdf:subject ?d",
    "?c mat:partyVoice ?a ; rdf:subject ?d",
    "?c mat:contradicts ?k . ?c rdf:subject ?d",
    "?a mat:country ?land",
    "?d rdfs:label ?name ; a mat:Partnership",
)
"""Patterns whose solutions only become fewer when claims go."""
SHIFTING = {
    "?d mat:currentStatus ?s": {"?d", "?s"},
    "?e mat:until ?day": {"?e", "?day"},
    "{ SELECT ?d (COUNT(?y) AS ?m) WHERE { ?d mat:participation ?y } GROUP BY ?d }": {"?d", "?m"},
    "{ SELECT ?a (MAX(?z) AS ?m) WHERE { ?a mat:partyTo ?f . ?f mat:statusEvent/mat:notAfter ?z } GROUP BY ?a }": {
        "?a",
        "?m",
    },
}
"""Patterns that may have other solutions when claims go, and what a row must show for them not to stand in."""
ASSERTED = ("?a mat:produces ?g", "?d mat:concerns ?g", "?x mat:role role:lead", "?x mat:party ?a")
"""Patterns whose absence can be asked for: when claims go, what was absent stays absent."""

_steady = st.sampled_from(STEADY)
_parts = st.one_of(
    _steady,
    st.sampled_from((*STEADY, *SHIFTING)),
    st.builds("{{ {} }} UNION {{ {} }}".format, _steady, _steady),
    st.builds("FILTER EXISTS {{ {} }}".format, _steady),
    st.builds("FILTER NOT EXISTS {{ {} }}".format, st.sampled_from(ASSERTED)),
    st.builds("MINUS {{ {} }}".format, st.sampled_from(ASSERTED)),
    st.just("VALUES ?a { id:alpha id:beta }"),
    st.just("FILTER(!BOUND(?a) || ?a != id:gamma)"),
    st.just("BIND(STR(?a) AS ?told)"),
)
_options = st.builds("OPTIONAL {{ {} }}".format, _steady)


@st.composite
def queries(draw: st.DrawFn) -> str:
    """Return a SELECT query: a few parts that share variables, under one of several heads."""
    aggregated = draw(st.booleans())
    first = draw(st.sampled_from(STEADY if aggregated else (*STEADY, *SHIFTING)))
    bind = "BIND("
    parts = draw(st.lists(_parts, max_size=2, unique=True))
    if aggregated:
        parts = [part for part in parts if part not in SHIFTING and not part.startswith(("FILTER NOT", "MINUS"))]
    parts.sort(key=lambda part: part.startswith(bind))
    body = " ".join(
        part if part[0] in "{FMVBO" else f"{part} ." for part in [first, *parts, *draw(st.lists(_options, max_size=1))]
    )
    names = sorted({word.strip("()") for word in body.split() if word.startswith("?") and word[1:].isalpha()})
    outside = [name for name in names if name not in {"?y", "?z", "?f", "?told"} and f"({name}" not in body]
    chosen = draw(st.lists(st.sampled_from(outside), min_size=1, max_size=2, unique=True))
    if aggregated:
        counted = draw(st.sampled_from(outside))
        head = draw(st.sampled_from([f"(COUNT({counted}) AS ?count)", f"(COUNT(DISTINCT {counted}) AS ?count)"]))
        group = f"GROUP BY {chosen[0]}" if draw(st.booleans()) else ""
        return f"SELECT {chosen[0] if group else ''} {head} WHERE {{ {body} }} {group}"
    head = draw(st.sampled_from([f"DISTINCT {' '.join(chosen)}", " ".join(chosen), "*"]))
    return f"SELECT {head} WHERE {{ {body} }}"


def may_shift(query: str) -> bool:
    """Tell whether a row may come about in another way when claims go."""
    shown = set(query.split("WHERE", maxsplit=1)[0].split())
    return "*" not in shown and any(part in query and not needed <= shown for part, needed in SHIFTING.items())
