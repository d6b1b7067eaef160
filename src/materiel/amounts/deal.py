"""What has to be known of a deal to tell whether its money is also another's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from materiel.dates import PartialDate
from materiel.store.table import Table
from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyoxigraph as ox

    from materiel.store.base import Store
    from materiel.store.table import Cell

    Row = Mapping[str, Cell]

_KIND = """
SELECT ?deal ?kind ?status WHERE {{
  VALUES ?deal {{ {iris} }}
  ?deal mat:kind ?kind .
  OPTIONAL {{ ?deal mat:currentStatus ?status }}
}}"""
_DISPUTED = """
SELECT DISTINCT ?deal WHERE {{
  VALUES ?deal {{ {iris} }}
  ?conflict a mat:Conflict ; mat:about ?deal ; mat:conflictType conflicttype:amount .
  FILTER NOT EXISTS {{ ?conflict mat:state conflictstate:resolved }}
}}"""
_PARTIES = """
SELECT DISTINCT ?deal ?party ?role ?country WHERE {{
  VALUES ?deal {{ {iris} }}
  ?deal mat:participation ?part . ?part mat:party ?party ; mat:role ?role .
  OPTIONAL {{ ?party a mat:PublicBody ; mat:country ?country }}
}}"""
_STEPS = """
SELECT ?deal ?status ?date WHERE {{
  VALUES ?deal {{ {iris} }}
  ?deal mat:statusEvent ?step . ?step mat:status ?status .
  OPTIONAL {{ ?step mat:date ?date }}
}}"""
_GOODS = """
SELECT ?deal ?product ?generic WHERE {{
  VALUES ?deal {{ {iris} }}
  ?deal mat:concerns ?product .
  OPTIONAL {{ ?product mat:generic ?generic }}
}}"""
_VALUES = """
SELECT DISTINCT ?deal ?claim ?number ?currency ?date ?source WHERE {{
  VALUES ?deal {{ {iris} }}
  ?deal mat:value ?value . ?value mat:number ?number ; mat:currency ?currency .
  ?claim rdf:subject ?deal ; rdf:predicate mat:value ; rdf:object ?value ; mat:attestation/mat:source ?source .
  OPTIONAL {{ ?value mat:date ?date }}
}} ORDER BY ?deal ?value ?claim ?source"""
PAYING = frozenset({"funder", "customer"})
BACKING = PAYING | {"lead", "signatory", "partner"}
PASSIVE = frozenset({"beneficiary", "host", "venture"})


@dataclass(frozen=True, slots=True)
class Value:
    """One amount of a deal: the figure, its currency, its day as reported, the claim and the pages that state it."""

    number: Decimal
    currency: str
    date: str | None
    claim: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal.

    Attributes:
        iri: The deal.
        kind: Notation of its kind.
        status: Notation of its current status, or "".
        disputed: Whether a conflict about its amount is not resolved.
        statuses: Notations of all its steps.
        first: First day that its first dated step can mean, as ISO text, or "".
        last: Last day that its last dated step can mean, or "".
        date: Date of its first dated step as reported, or None.
        parties: Who acts in it; not those who only receive or host.
        payers: Funders and customers; of a public body also its country.
        backers: The same, with leads, signatories and partners: who may stand behind a pot of money.
        receivers: Who receives or buys.
        suppliers: Who supplies.
        products: What it concerns, broad classes left aside.
        broad: Whether it names a broad class of goods, or none.
        values: Its amounts of money.
    """

    iri: str
    kind: str
    status: str
    disputed: bool
    statuses: frozenset[str]
    first: str
    last: str
    date: str | None
    parties: frozenset[str]
    payers: frozenset[str]
    backers: frozenset[str]
    receivers: frozenset[str]
    suppliers: frozenset[str]
    products: frozenset[str]
    broad: bool
    values: tuple[Value, ...]


def read_deals(store: Store, iris: Iterable[str]) -> list[Deal]:
    """Return the deals, in the order given."""
    wanted = list(dict.fromkeys(iris))
    named = " ".join(f"<{iri}>" for iri in wanted)
    told = [_by_deal(store, query.format(iris=named)) for query in (_KIND, _PARTIES, _STEPS, _GOODS, _VALUES)]
    disputed = _by_deal(store, _DISPUTED.format(iris=named))
    return [_deal(iri, iri in disputed, *(part.get(iri, []) for part in told)) for iri in wanted]


def _by_deal(store: Store, query: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in Table.of(cast("ox.QuerySolutions", store.query(query))):
        found[str(row["deal"])].append(row)
    return found


def _deal(
    iri: str,
    disputed: bool,
    kind: list[Row],
    parties: list[Row],
    steps: list[Row],
    goods: list[Row],
    values: list[Row],
) -> Deal:
    dated = (PartialDate(str(step["date"])) for step in steps if step["date"])
    dates = sorted(dated, key=lambda d: (d.not_before, d.not_after))
    countries = {str(row["party"]): str(row["country"]) for row in parties if row["country"]}
    roles = [(str(row["party"]), slug_of(str(row["role"]))) for row in parties]

    def those(wanted: frozenset[str], with_country: bool = True) -> frozenset[str]:
        named = {party for party, role in roles if role in wanted}
        return frozenset(named | {countries[party] for party in named if with_country and party in countries})

    return Deal(
        iri,
        slug_of(str(kind[0]["kind"])) if kind else "",
        slug_of(str(kind[0]["status"])) if kind and kind[0]["status"] else "",
        disputed,
        frozenset(slug_of(str(step["status"])) for step in steps),
        dates[0].not_before.isoformat() if dates else "",
        max(d.not_after for d in dates).isoformat() if dates else "",
        dates[0].text if dates else None,
        frozenset(party for party, role in roles if role not in PASSIVE),
        those(PAYING),
        those(BACKING),
        those(frozenset({"beneficiary", "customer"})),
        those(frozenset({"supplier", "lead"}), with_country=False),
        frozenset(str(row["product"]) for row in goods if not row["generic"]),
        not goods or any(row["generic"] for row in goods),
        _values(values),
    )


def _values(rows: Iterable[Row]) -> tuple[Value, ...]:
    pages: dict[tuple[Decimal, str, str | None, str], list[str]] = defaultdict(list)
    for row in rows:
        day = str(row["date"]) if row["date"] else None
        pages[Decimal(str(row["number"])), str(row["currency"]), day, str(row["claim"])].append(str(row["source"]))
    return tuple(Value(*told, tuple(sources)) for told, sources in pages.items())
