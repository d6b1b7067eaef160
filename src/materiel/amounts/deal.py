"""What has to be known of a deal to tell whether its money is also another's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from materiel.brief.facts import claims_about
from materiel.dates import PartialDate
from materiel.store.table import Table
from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from materiel.brief.facts import Claim
    from materiel.store.base import Store

_PARTIES = """
SELECT DISTINCT ?party ?country WHERE {{
  VALUES ?deal {{ {iris} }}
  ?deal mat:participation ?part . ?part mat:party ?party .
  ?party a mat:PublicBody ; mat:country ?country .
}}"""
_GENERIC = "SELECT ?product WHERE { ?product mat:generic true }"
PAYING = frozenset({"funder", "customer"})
BACKING = PAYING | {"lead", "signatory", "partner"}
PASSIVE = frozenset({"beneficiary", "host", "venture"})


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal.

    Attributes:
        iri: The deal.
        kind: Notation of its kind.
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
        values: Claims of its amounts of money.
    """

    iri: str
    kind: str
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
    values: tuple[Claim, ...]


def read_deals(store: Store, iris: Iterable[str]) -> list[Deal]:
    """Return the deals, in the order given."""
    wanted = list(dict.fromkeys(iris))
    told = claims_about(store, wanted)
    parties = _rows(store, _PARTIES.format(iris=" ".join(f"<{iri}>" for iri in wanted)))
    countries = {str(row["party"]): str(row["country"]) for row in parties}
    generic = {str(row["product"]) for row in _rows(store, _GENERIC)}
    return [_deal(iri, told.get(iri, []), countries, generic) for iri in wanted]


def _rows(store: Store, query: str) -> Table:
    return Table.of(cast("ox.QuerySolutions", store.query(query)))


def _deal(iri: str, claims: list[Claim], countries: dict[str, str], generic: set[str]) -> Deal:
    by: dict[str, list[Claim]] = {}
    for claim in claims:
        by.setdefault(claim.predicate, []).append(claim)
    roles = [(str(c.value["party"]), slug_of(str(c.value["role"]))) for c in by.get("participation", [])]
    goods = {str(c.object) for c in by.get("concerns", [])}
    steps = by.get("statusEvent", [])
    dates = sorted((PartialDate(c.date) for c in steps if c.date), key=lambda d: (d.not_before, d.not_after))

    def those(wanted: frozenset[str], with_country: bool = True) -> frozenset[str]:
        named = {party for party, role in roles if role in wanted}
        return frozenset(named | {countries[party] for party in named if with_country and party in countries})

    return Deal(
        iri,
        slug_of(str(by["kind"][0].object)) if "kind" in by else "",
        frozenset(claim.status for claim in steps),
        dates[0].not_before.isoformat() if dates else "",
        max(d.not_after for d in dates).isoformat() if dates else "",
        dates[0].text if dates else None,
        frozenset(party for party, role in roles if role not in PASSIVE),
        those(PAYING),
        those(BACKING),
        those(frozenset({"beneficiary", "customer"})),
        those(frozenset({"supplier", "lead"}), with_country=False),
        frozenset(goods - generic),
        not goods or bool(goods & generic),
        tuple(claim for claim in by.get("value", []) if claim.value.get("currency")),
    )
