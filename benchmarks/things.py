"""What partnerships are between and rest on: sources, things, and relations other than partnerships."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import terms
from materiel.vocabulary import ID, digest
from terms import code, english, local, mat, number, reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from writer import Writer


def sources(w: Writer) -> Iterator[None]:
    """Outlets, and the pages that they published."""
    for i, outlet in enumerate(w.outlets):
        w.say(outlet, a=mat("Outlet"), label=english(f"The {w.words(1)} post {i}"))
    for i, page in enumerate(w.pages):
        outlet, chance = w.outlet(), w.random.random
        w.say(page, a=mat("Source"), url=f"<https://outlet{i % 97}.example/2023/10/{w.words(2).replace(' ', '-')}-{i}>")
        w.say(page, title=english(f"{w.words(6)} {i}"), publisher=outlet, origin=outlet)
        w.say(page, language=f'"{w.random.choice(terms.LANGUAGES)}"', country=_country(w))
        w.say(page, sourceType=code("source-type", w.random.choice(terms.SOURCE_TYPES)))
        if chance() < 0.67:
            w.say(page, publishedOn=reported(w.random.randrange(4500), w.random))
        if chance() < 0.18:
            w.say(page, relays=w.outlet())
        if chance() < 0.14:
            w.say(page, affiliation=code("affiliation", "state"), affiliatedTo='"Ministry of Defence"')
        yield


def things(w: Writer) -> Iterator[None]:
    """Organisations, people, products, facilities, places, meetings and programmes."""
    named = [(iri, name) for name, iris in w.others.items() for iri in iris]
    for iri, name in chain(w.class_of.items(), named):
        label = f"{w.words(2).title()} {local(iri)}"
        w.say(iri, a=mat(name), label=english(label), description=english(w.words(7)))
        for i in range(w.random.choice((0, 0, 1, 1, 1, 1))):
            w.say(iri, altLabel=f'"{label} {("Ltd", "GmbH")[i]}"')
        pages = w.page.some(w.random.choice((1, 1, 2)))
        for page in pages:
            w.say(iri, describedIn=page)
        if name == "Product":
            w.say(iri, productCategory=code("product-category", w.random.choice(terms.CATEGORIES)))
        elif w.random.random() < 0.75:
            w.say(iri, country=_country(w))
        if name in terms.ORGANISATIONS and w.random.random() < 0.42:
            parent = w.organisations[w.random.randrange(len(w.organisations)) // 3]
            if parent != iri:
                w.claim(iri, "parent", parent, "entity", pages)
        yield


def relations(w: Writer) -> Iterator[None]:
    """Tenures, holdings, observations and plain edges, each with its claim."""
    for i, person in enumerate(w.people):
        _node(w, person, "tenure", f"head-{i}", "Tenure", atOrganization=w.organisation(),
              roleAsStated=english(f"head of {w.words(1)}"), kind=code("tenure-kind", w.random.choice(("head", "head", "employment"))))  # fmt: skip
        yield
    for i in range(w.scaled(60)):
        owner, held = w.organisation.some(2) if i else w.organisations[:2]
        more = {"sharePercent": number(w.random.choice((26, 49, 51, 75, 100)))} if i % 2 else {}
        kind = code("holding-kind", "ownership" if i % 2 else "subsidiary")
        _node(w, owner, "holding", f"owns-{i}", "Holding", heldOrganization=held, kind=kind, **more)
        yield
    for i in range(w.scaled(26)):
        more = {"date": reported(w.random.randrange(4500), w.random), "description": english(w.words(9))}
        _node(w, w.organisation(), "observation", f"fact-{i}", "Observation", number=number(i), unit='"units"', **more)
    for _ in range(w.scaled(450)):
        edge, day = w.random.choice(list(terms.EDGES)), reported(w.random.randrange(4500), w.random)
        one, other = (w.some(kind) for kind in terms.EDGES[edge])
        if one != other:
            w.claim(one, edge, other, "statement", w.page.some(2), statedOn=day)
        yield


def _node(w: Writer, owner: str, link: str, name: str, cls: str, /, **inside: str) -> None:
    """Add a value node of a thing with its claim."""
    node = f"<{ID}{local(owner)}--{name}-{digest(name, *inside.values(), length=4)}>"
    w.say(node, a=mat(cls), **inside)
    w.claim(owner, link, node, "statement", w.page.some(w.random.choice((1, 1, 2, 3))))


def _country(w: Writer) -> str:
    return code("country", terms.COUNTRIES[min(int(w.random.expovariate(0.25)), len(terms.COUNTRIES) - 1)])
