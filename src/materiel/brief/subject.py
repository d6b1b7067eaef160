"""What a brief is about: one thing or country, or what two of them have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from materiel.errors import NotFound
from materiel.store.table import Table
from materiel.vocabulary import CODE

if TYPE_CHECKING:
    import pyoxigraph as ox

    from materiel.store.base import Store

_DEALS = """
SELECT DISTINCT ?deal WHERE {{
  {{ <{iri}> mat:partyTo ?deal }} UNION {{ ?deal mat:vehicle <{iri}> }} UNION {{ ?deal mat:concerns <{iri}> }}
  UNION {{ ?deal mat:site <{iri}> }} UNION {{ ?member mat:country <{iri}> ; mat:partyTo ?deal }}
}} ORDER BY ?deal"""
_HEAD = """
SELECT DISTINCT ?type ?country ?kind ?status WHERE {{
  <{iri}> a ?class . ?class rdfs:label ?type .
  OPTIONAL {{ ?sub rdfs:subClassOf ?class . <{iri}> a ?sub }}
  FILTER(!BOUND(?sub))
  OPTIONAL {{ <{iri}> mat:country ?country }}
  OPTIONAL {{ <{iri}> mat:kind ?kind ; mat:currentStatus ?status }}
}} ORDER BY ?type"""
_IS = "ASK {{ <{iri}> a mat:{kind} }}"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a brief is about.

    Attributes:
        iris: The one thing, or the two.
        title: Their names.
        lead: What the thing is, or "".
        deals: IRIs of the deals that it takes part in or that are about it; of both, when there are two.
        is_deal: Whether it is itself a deal.
        is_person: Whether it is a person.
    """

    iris: tuple[str, ...]
    title: str
    lead: str
    deals: tuple[str, ...]
    is_deal: bool
    is_person: bool

    @property
    def things(self) -> tuple[str, ...]:
        """What has ties of its own to tell: a single thing that is no country."""
        return self.iris if len(self.iris) == 1 and not self.iris[0].startswith(f"{CODE}country/") else ()


def subject(store: Store, first: str, second: str | None = None) -> Subject:
    """Find what is meant by one name or two; the name or code of a country means the country, not its government."""
    iris = tuple(find(store, name) for name in (first, second) if name)
    title = " and ".join(store.labels.label(iri) for iri in iris)
    is_deal = len(iris) == 1 and _is(store, iris[0], "Partnership")
    deals = [iris] if is_deal else [_deals(store, iri) for iri in iris]
    common = tuple(iri for iri in deals[0] if all(iri in others for others in deals[1:]))
    return Subject(iris, title, _lead(store, iris), common, is_deal, len(iris) == 1 and _is(store, iris[0], "Person"))


def find(store: Store, name: str) -> str:
    """Return the IRI of a country, else of the thing that a name stands for.

    Raises:
        NotFound: Nothing has the name.
        Ambiguous: Several things have it.
    """
    try:
        return store.labels.resolve(name, "code/country")
    except NotFound:
        return store.labels.resolve(name)


def _deals(store: Store, iri: str) -> tuple[str, ...]:
    rows = Table.of(cast("ox.QuerySolutions", store.query(_DEALS.format(iri=iri))))
    return tuple(str(deal) for deal in rows.column("deal"))


def _is(store: Store, iri: str, kind: str) -> bool:
    return bool(store.query(_IS.format(iri=iri, kind=kind)))


def _lead(store: Store, iris: tuple[str, ...]) -> str:
    if len(iris) > 1:
        return "deals that both take part in"
    rows = list(Table.of(cast("ox.QuerySolutions", store.query(_HEAD.format(iri=iris[0])))))
    kinds = sorted({store.labels.label(str(row["kind"])) if row["kind"] else str(row["type"]) for row in rows})
    rest = sorted({store.labels.label(str(row[c])) for c in ("country", "status") for row in rows if row[c]})
    return ", ".join([*kinds, *rest])
