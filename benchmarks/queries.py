"""Fifteen questions of analysts: over asserted triples alone, and as our graph answers them with derived ones.

A question has one or more forms over flat triples (the best of them is compared) and one of ours; where
derived triples help nothing, both are the same text. All forms give the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from materiel.policy import marked
from materiel.store.codes import code_list
from materiel.vocabulary import PREFIXES

X = "id:org-12"
DAY = "2022-02-24"
BEGIN, END = "2021-01-01", "2021-12-31"


@dataclass(frozen=True, slots=True)
class Query:
    """A question.

    Attributes:
        flat: Forms over asserted triples, the textbook's first.
        ours: Our form, if it is another.
    """

    flat: tuple[str, ...]
    ours: str = ""

    @property
    def best(self) -> str:
        """The text that our graph is asked."""
        return self.ours or self.flat[0]


def full(text: str) -> str:
    """Return a query with the prefixes that it uses declared."""
    return "".join(f"PREFIX {p}: <{ns}> " for p, ns in PREFIXES.items() if f"{p}:" in text) + text


_PARTY = "?a mat:party {x} ; mat:role ?ra . {d} mat:participation ?a . FILTER(?ra != role:venture)"
_DEALS = _PARTY.format(x=X, d="?d")
_OTHER = "?d mat:participation ?b . ?b mat:party ?o ; mat:role ?rb . FILTER(?rb != role:venture && ?o != " + X + ")"
_KNOWN = f'FILTER(STR(?t) <= "{DAY}" && (STRLEN(STR(?t)) = 10 || !STRSTARTS("{DAY}", STR(?t))))'
"""The last day that a reported date can mean is not after the day, without knowing months' ends."""
_EVENT = "?d mat:statusEvent ?e . ?e mat:status ?s ; mat:date ?t ; mat:sequence ?q ."
_HEIGHTS = " ".join(
    f"(status:{name} {code.order if 'advances' in code.marks else 0 if 'halts' in code.marks else -1})"
    for name, code in code_list("status").items()
)
"""How far each status is: what advances a deal by its order, then what halts it, then the rest."""
_HALTS = ", ".join(f"status:{name}" for name in marked("status", "halts"))
_LAST = (
    "{ SELECT ?d (MAX(?h * 1000000 + ?fq) AS ?last) WHERE { %s ?d mat:statusEvent ?f . ?f mat:status ?fs ; mat:date ?t ; mat:sequence ?fq . "
    + _KNOWN
    + f" VALUES (?fs ?h) {{ {_HEIGHTS} }}"
    + """
  OPTIONAL { SELECT ?d (MAX(?hq) AS ?turn) WHERE { ?d mat:statusEvent ?g . ?g mat:status ?gs ; mat:date ?gt ; mat:sequence ?hq . """
    + _KNOWN.replace("?t", "?gt")
    + f" FILTER(?gs IN ({_HALTS})) }} GROUP BY ?d }}"
    + """
  FILTER(?fq >= COALESCE(?turn, 0) && !(BOUND(?turn) && ?fs = status:reported)) } GROUP BY ?d }
  ?d mat:statusEvent ?e . ?e mat:status ?s ; mat:sequence ?q ."""
    + f" VALUES (?s ?k) {{ {_HEIGHTS} }} FILTER(?k * 1000000 + ?q = ?last)"
)
_STANDS = f"""?d mat:statusEvent ?e . ?e mat:status ?s ; mat:notAfter ?t . FILTER(?t <= "{DAY}"^^xsd:date)
  OPTIONAL {{ ?e mat:until ?u }} FILTER(!BOUND(?u) || ?u > "{DAY}"^^xsd:date)"""
_COUNT = "SELECT ?s (COUNT(DISTINCT ?d) AS ?n) WHERE { %s } GROUP BY ?s"
_SIGNED = "?d mat:statusEvent ?e . ?e mat:status status:signed ; "
_EGO = """CONSTRUCT { ?d mat:participation ?p . ?p mat:party ?y ; mat:role ?r . ?y rdfs:label ?l . ?d rdfs:label ?dl }
  WHERE { %s ?d mat:participation ?p ; rdfs:label ?dl . ?p mat:party ?y ; mat:role ?r . ?y rdfs:label ?l }"""

QUERIES = {
    "point": Query((f"SELECT ?l ?c WHERE {{ {X} rdfs:label ?l ; mat:country ?c }}",)),
    "partners": Query(
        (f"SELECT DISTINCT ?o ?l WHERE {{ {_DEALS} {_OTHER} ?o rdfs:label ?l }}",),
        f"SELECT DISTINCT ?o ?l WHERE {{ {X} mat:partyTo ?d . ?o mat:partyTo ?d ; rdfs:label ?l FILTER(?o != {X}) }}",
    ),
    "two hops": Query(
        (
            f"""SELECT (COUNT(DISTINCT ?z) AS ?n) WHERE {{ {_DEALS} {_OTHER}
        ?c mat:party ?o ; mat:role ?rc . ?g mat:participation ?c , ?h . ?h mat:party ?z ; mat:role ?rh .
        FILTER(?rc != role:venture && ?rh != role:venture && ?z != ?o && ?z != {X}) }}""",
        ),
        f"SELECT (COUNT(DISTINCT ?z) AS ?n) WHERE {{ {X} mat:partyTo ?d . ?o mat:partyTo ?d , ?g . ?z mat:partyTo ?g FILTER(?o != {X} && ?z != ?o && ?z != {X}) }}",
    ),
    "majority by country": Query(
        (
            """SELECT ?c (COUNT(DISTINCT ?d) AS ?n) WHERE { ?d mat:kind kind:joint-venture ; mat:participation ?a .
        ?a mat:sharePercent ?p ; mat:party ?o . ?o mat:country ?c FILTER(?p > 50) } GROUP BY ?c""",
        ),
    ),
    "status of all on a day": Query((_COUNT % (_LAST % ""),), _COUNT % _STANDS),
    "status of X on a day": Query(
        (f"SELECT DISTINCT ?d ?s WHERE {{ {_LAST % _DEALS} }}",),
        f"SELECT DISTINCT ?d ?s WHERE {{ {X} mat:partyTo ?d . {_STANDS} }}",
    ),
    "who says so": Query(
        (
            f"""SELECT DISTINCT ?d ?w ?url WHERE {{ {_DEALS} ?k rdf:subject ?d ; mat:attestation ?m .
        ?m mat:source ?w . ?w mat:url ?url }}""",
        ),
        f"SELECT ?d ?w ?url WHERE {{ {X} mat:partyTo ?d . ?d mat:reportedIn ?w . ?w mat:url ?url }}",
    ),
    "top 20 parties": Query(
        (
            """SELECT ?o (COUNT(DISTINCT ?d) AS ?n) WHERE { ?d mat:participation ?a . ?a mat:party ?o ; mat:role ?r
        FILTER(?r != role:venture) } GROUP BY ?o ORDER BY DESC(?n) ?o LIMIT 20""",
        ),
        "SELECT ?o (COUNT(?d) AS ?n) WHERE { ?o mat:partyTo ?d } GROUP BY ?o ORDER BY DESC(?n) ?o LIMIT 20",
    ),
    "parents in Ukraine": Query(("SELECT ?o ?top WHERE { ?o mat:parent+ ?top . ?top mat:country country:UA }",)),
    "reachable": Query(
        (
            f"""SELECT (COUNT(DISTINCT ?z) AS ?n) WHERE {{
        {X} (^mat:party/^mat:participation/mat:participation/mat:party)+ ?z }}""",
        ),
        f"""SELECT (COUNT(DISTINCT ?z) AS ?n) WHERE {{
        {X} ((mat:partyTo|^mat:vehicle)/(^mat:partyTo|mat:vehicle))+ ?z }}""",
    ),
    "names containing": Query(
        ("""SELECT ?o ?l WHERE { ?o rdfs:label ?l FILTER(CONTAINS(LCASE(STR(?l)), "howitzer org-")) }""",)
    ),
    "ego": Query((_EGO % _DEALS,), _EGO % f"{X} mat:partyTo ?d ."),
    "page of X": Query(
        (
            f"""SELECT * WHERE {{ {X} rdfs:label ?l . OPTIONAL {{ {X} skos:altLabel ?alias }}
        OPTIONAL {{ {X} mat:country ?c }} OPTIONAL {{ {X} dct:description ?text }}
        OPTIONAL {{ {X} mat:parent ?up . OPTIONAL {{ ?up rdfs:label ?upl }} }}
        OPTIONAL {{ ?t mat:atOrganization {X} . ?who mat:tenure ?t . OPTIONAL {{ ?who rdfs:label ?name }} }}
        OPTIONAL {{ {X} mat:holding ?h . ?h mat:heldOrganization ?held }} }}""",
        )
    ),
    "events by year": Query(
        (
            """SELECT ?y ?s (COUNT(?e) AS ?n) WHERE { ?e mat:status ?s ; mat:date ?t BIND(SUBSTR(STR(?t), 1, 4) AS ?y) }
        GROUP BY ?y ?s""",
        )
    ),
    "signed between": Query(
        (
            f"""SELECT DISTINCT ?d ?l WHERE {{ {_SIGNED} mat:date ?t . ?d rdfs:label ?l
        FILTER(STR(?t) <= "{END}" && STR(?t) >= SUBSTR("{BEGIN}", 1, STRLEN(STR(?t)))) }}""",
        )
    ),
}
