"""Partnerships of a generated graph: who takes part, what happened when, what it is worth, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import terms
from materiel.vocabulary import ID, digest
from terms import code, english, local, mat, number, reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from writer import Writer


def partnerships(w: Writer) -> Iterator[None]:
    """Partnerships: who takes part, what happened when, what it is worth, and who says so."""
    for i in range(w.deals):
        deal, kind, rnd = f"<{ID}deal-{i}>", w.random.choice(terms.KINDS), w.random
        pages = w.page.some(rnd.choice((1, 2, 2, 3, 3, 4, 5, 7)))
        w.say(deal, a=mat("Partnership"), label=english(f"{w.words(3)} deal {i}"))
        w.claim(deal, "kind", code("partnership-kind", kind), "partnership", pages)
        _parties(w, deal, kind, pages)
        _events(w, deal, pages)
        for product in w.product.some(rnd.choice((0, 1, 1, 1, 2))):
            w.claim(deal, "concerns", product, "partnership", pages)
        if rnd.random() < 0.58:
            w.claim(deal, "location", english(f"near {w.words(1)}"), "partnership", pages)
        if rnd.random() < 0.11:
            w.claim(deal, "site", rnd.choice(w.others["Facility"]), "partnership", pages)
        for name, unit, share in (("value", "currency", 0.28), ("quantity", "unit", 0.19)):
            if rnd.random() < share:
                amount = {
                    "number": number(rnd.randrange(1, 900) * 1000),
                    unit: '"EUR"' if unit == "currency" else '"units"',
                }
                _part(w, deal, name, name, "Amount", pages, **amount)
        for number_of in range(rnd.choice((0, 0, 1, 1, 2))):
            node = f"<{ID}{local(deal)}--conflict-{number_of}>"
            w.say(node, a=mat("Conflict"), about=deal, conflictType=code("conflict-type", "unclassified"),
                  description=english(f"Pages differ on {w.words(4)}"))  # fmt: skip
            for side in (1, 2):
                iri = f"{node[:-1]}--side-{side}>"
                w.say(node, side=iri)
                w.say(
                    iri, a=mat("Side"), sequence=number(side), source=rnd.choice(pages), description=english(w.words(3))
                )
        yield


def _part(
    w: Writer, deal: str, link: str, name: str, cls: str, pages: list[str], by: str = "", /, **inside: str
) -> None:
    node = f"<{ID}{local(deal)}--{name}-{digest(name, *inside.values(), length=4)}>"
    w.say(node, a=mat(cls), **inside)
    scope, more = ("statement", {"by": by} if by else {}) if link == "statusEvent" else ("partnership", {})
    w.claim(deal, link, node, scope, pages, **more)


def _parties(w: Writer, deal: str, kind: str, pages: list[str]) -> None:
    rnd = w.random
    parties = [
        (iri, rnd.choice(terms.ROLES))
        for iri in w.organisation.some(rnd.choices(range(1, 9), (1, 48, 24, 14, 5, 3, 2, 1))[0])
    ]
    shares = {}
    if kind == "joint-venture":
        shares = dict(zip([iri for iri, _ in parties], (51, 49), strict=False))
        venture = rnd.choice(w.ventures)
        if venture not in shares:
            parties = [p for p in parties if p[0] != venture] + [(venture, "venture")]
    for place, (iri, role) in enumerate(parties, 1):
        more = {"sharePercent": number(shares[iri])} if iri in shares else {}
        more |= {"party": iri, "role": code("role", role), "sequence": number(place)}
        _part(w, deal, "participation", f"{local(iri)}-{role}", "Participation", pages, **more)


def _events(w: Writer, deal: str, pages: list[str]) -> None:
    rnd = w.random
    stage, day = rnd.randrange(4), rnd.randrange(4200)
    for place in range(1, 1 + rnd.choices(range(1, 8), (53, 29, 8, 4, 3, 1, 1))[0]):
        status = rnd.choice(("suspended", "terminated")) if place > 1 and rnd.random() < 0.06 else terms.FLOW[stage]
        told = {"status": code("status", status), "date": reported(day, rnd), "description": english(f"{w.words(8)}")}
        by = rnd.choice(w.people) if rnd.random() < 0.5 else ""
        some = pages[: rnd.choice((1, 1, 2, 3))]
        _part(w, deal, "statusEvent", f"{status}-{place}", "StatusEvent", some, by, **told, sequence=number(place))
        stage, day = min(stage + 1, len(terms.FLOW) - 1), day + rnd.randrange(5, 320)
