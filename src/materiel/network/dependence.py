"""What hangs on whom: the products that lose paths when somebody drops out, with the sources of each lost path."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from materiel.errors import NotFound
from materiel.network.agreements import agreements, rows
from materiel.network.concentration import MAKING, makers
from materiel.network.graph import scope_of, store_of
from materiel.network.result import Result
from materiel.network.survival import ENDED
from materiel.store.table import Table
from materiel.vocabulary import CODE, slug_of

if TYPE_CHECKING:
    from materiel.network.deals import Agreement, Agreements
    from materiel.network.graph import Graph
    from materiel.store.base import Store

_MAKES = """
SELECT ?maker ?product ?source WHERE {
  ?maker mat:produces ?product .
  ?claim rdf:subject ?maker ; rdf:predicate mat:produces ; rdf:object ?product ; mat:attestation ?attestation .
  ?attestation mat:source ?source .
}"""
_SITES = """
SELECT ?deal ?site ?country WHERE {
  ?deal a mat:Partnership ; mat:site ?site .
  OPTIONAL { ?site mat:country ?country }
}"""
_COUNTRY = "SELECT ?x WHERE {{ ?x mat:country <{country}> }}"


@dataclass(frozen=True, slots=True)
class Path:
    """One way in which a product is supported: a maker's own output, or a deal.

    Attributes:
        product: The product.
        through: Maker or deal, as an IRI.
        needs: Groups of things; the path stands as long as one of each group is left.
        sources: Pages that tell of it.
    """

    product: str
    through: str
    needs: tuple[frozenset[str], ...]
    sources: tuple[str, ...]

    def lost(self, gone: set[str]) -> list[str]:
        """Return what the path loses when some things are gone; nothing if it stands."""
        return sorted({name for group in self.needs if group <= gone for name in group})


def paths(kg: Graph) -> list[Path]:
    """Return all supported paths of products that are no generic classes.

    A maker's output needs the maker. A deal needs one of its makers (or, when none is named, one of all its parties but
    customers and beneficiaries), each licensor, one of its funders, and one of its sites.
    """
    whole, store = agreements(kg), store_of(kg)
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for maker, product, source in rows(store, _MAKES):
        told[maker, product].add(source)
    found = [
        Path(slug_of(product), maker, (frozenset({slug_of(maker)}),), tuple(sorted(sources)))
        for (maker, product), sources in sorted(told.items())
    ]
    sites: dict[str, set[str]] = defaultdict(set)
    for deal, site, _ in rows(store, _SITES):
        sites[deal].add(slug_of(site))
    for deal_ in (deal for deal in whole.deals if deal.status not in ENDED):
        needs = _needs(whole, deal_, sites.get(deal_.iri, set()))
        found += [Path(product, deal_.iri, needs, deal_.sources) for product in deal_.products]
    return [path for path in found if path.needs and not whole.generic(path.product)]


def _needs(deals: Agreements, deal: Agreement, sites: set[str]) -> tuple[frozenset[str], ...]:
    def having(*roles: str) -> set[str]:
        return {agent for agent, role in deal.roles if role in roles}

    making = set(makers(deals, deal)) or having(*MAKING, "host", "target", "acquirer") - having(
        "customer", "beneficiary"
    )
    groups = [making, having("funder"), sites, *({licensor} for licensor in sorted(having("licensor")))]
    return tuple(frozenset(group) for group in groups if group)


def removal(kg: Graph, thing: str, *, last_only: bool = True) -> Result:
    """List the products that lose paths, or their last one, when an organisation, country, site or funder drops out.

    Args:
        kg: Where to look.
        thing: Id, name or alias of an organisation, facility, fund or programme; or a country's code or name.
        last_only: Only products that lose their last supported path.

    Raises:
        NotFound: Nothing has the name.
    """
    gone, title = _gone(store_of(kg), thing)
    all_paths = paths(kg)
    lost = {path: reason for path in all_paths if (reason := path.lost(gone))}
    before, after = Counter(p.product for p in all_paths), Counter(p.product for p in all_paths if p not in lost)
    label = store_of(kg).labels.label
    table: list[Any] = []
    for path, reason in lost.items():
        if last_only and after[path.product]:
            continue
        iri = _thing(path.product)
        row = (iri, not after[path.product], after[path.product], before[path.product], path.through)
        table.append((*row, " ".join(map(_thing, reason)), " ".join(path.sources)))
    table.sort(key=lambda row: (not row[1], row[2], label(row[0]), row[4]))
    products = {row[0] for row in table if row[1]}
    return Result(
        f"If {title} dropped out",
        Table(("product", "lost", "paths left", "paths before", "lost path", "because of", "sources"), table),
        f"{len(products)} of {len(before)} products lose their last supported path, {len(lost)} of {len(all_paths)} paths"
        " are lost. A path is a maker's own output, or a deal that has not ended, which needs a maker, its licensors, a"
        " funder if it has any, and a site if it has any; generic products aside",
        "",
        scope_of(kg),
        (
            "A path that no source told of is not counted: a product may be made by others all the same",
            "Announced deals count as paths; narrow the status to see what hangs on deals that are real",
            "What a firm alone makes hangs on it by definition: look at what hangs on others' licences, money and sites",
            "Nobody is replaced and nothing is moved: the answer is the first day, not the second year",
        ),
    )


def _thing(slug: str) -> str:
    return f"https://w3id.org/materiel/id/{slug}"


def _gone(store: Store, thing: str) -> tuple[set[str], str]:
    """Return what drops out: a country with all that is there, or one thing with the companies that it controls."""
    try:
        country = store.labels.resolve(thing, "code/country")
    except NotFound:
        iri = store.labels.resolve(thing)
        held = {row[0] for row in rows(store, f"SELECT ?x WHERE {{ <{iri}> mat:controls ?x }}")}
        return {slug_of(x) for x in (iri, *held)}, store.labels.label(iri)
    found = {slug_of(row[0]) for row in rows(store, _COUNTRY.format(country=f"{CODE}country/{slug_of(country)}"))}
    return found, store.labels.label(country)
