"""N-Triples lines of a generated graph: plain statements, and statements with claim and attestations."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import terms
from materiel.vocabulary import CLAIM, ID, OUTLET, SOURCE, digest
from terms import Zipf, code, local, mat

if TYPE_CHECKING:
    from collections.abc import Iterable

DEALS = 438
"""Partnerships in the shipped graph: all other numbers are in proportion to it."""


class _Predicates(dict[str, str]):
    def __missing__(self, name: str) -> str:
        self[name] = predicate = mat(name)
        return predicate


PREDICATES = _Predicates(
    a=terms.TYPE, label=terms.LABEL, altLabel=terms.ALIAS, description=terms.DESCRIPTION, title=terms.TITLE,
    subject=terms.SUBJECT, predicate=terms.PREDICATE, object=terms.OBJECT,
)  # fmt: skip


class Writer:
    """Names all things of a graph, so that any statement can point to any thing, and collects lines."""

    def __init__(self, deals: int, seed: int) -> None:
        """Name everything.

        Args:
            deals: Number of partnerships; everything else is in proportion.
            seed: Seed of all that is drawn.
        """
        rnd = self.random = random.Random(seed)
        self.deals, self.lines, self.said = deals, list[str](), set[tuple[str, str, str]]()
        self.organisations = self._named(f"<{ID}org-", sum(terms.ORGANISATIONS.values()))
        self.others = {name: self._named(f"<{ID}{name.lower()}-", n) for name, n in terms.OTHERS.items()}
        self.people = self.others["Person"]
        self.outlets = self._named(f"<{OUTLET}outlet-", 603)
        self.pages = self._named(f"<{SOURCE}page-", 1193)
        self.organisation = Zipf(self.organisations, 0.9, rnd)
        self.product = Zipf(self.others["Product"], 0.7, rnd)
        self.outlet, self.page = Zipf(self.outlets, 0.8, rnd), Zipf(self.pages, 0.45, rnd)
        names, weights = list(terms.ORGANISATIONS), list(terms.ORGANISATIONS.values())
        drawn = rnd.choices(names, weights, k=len(self.organisations))
        self.class_of = dict(zip(self.organisations, drawn, strict=True))
        self.ventures, self.associations = (self._of("JointVentureCompany"), self._of("Association"))

    def scaled(self, share: int) -> int:
        """Return how many there are of what the shipped graph has `share` of."""
        return max(9, round(self.deals * share / DEALS))

    def _named(self, start: str, share: int) -> list[str]:
        return [f"{start}{i}>" for i in range(self.scaled(share))]

    def _of(self, name: str) -> list[str]:
        """Return the organisations of a class; the last organisation becomes one if there is none."""
        if name not in self.class_of.values():
            self.class_of[self.organisations[-1 if name == "Association" else -2]] = name
        return [iri for iri, drawn in self.class_of.items() if drawn == name]

    def taken(self) -> bytes:
        """Return the lines so far and forget them."""
        data = "".join(self.lines).encode()
        self.lines.clear()
        return data

    def say(self, subject: str, /, **values: str) -> None:
        """Add a statement for each value; a name is a term of the ontology, or one of `PREDICATES`."""
        self.lines += [f"{subject} {PREDICATES[name]} {value} .\n" for name, value in values.items()]

    def claim(self, subject: str, name: str, value: str, scope: str, pages: Iterable[str], /, **more: str) -> None:
        """Add a statement, its claim with perhaps more in it, and what each page says (`by` is the speaker)."""
        if (subject, name, value) in self.said:
            return
        if name in terms.EDGES:  # the only statements that could be drawn twice
            self.said.add((subject, name, value))
        predicate, speaker = PREDICATES[name], more.pop("by", None)
        slug = digest(subject, predicate, value)
        iri = f"<{CLAIM}{slug}>"
        self.lines.append(f"{subject} {predicate} {value} .\n")
        self.say(iri, a=mat("Claim"), evidenceScope=code("evidence-scope", scope), **more)
        self.say(iri, subject=subject, predicate=predicate, object=value)
        for page in pages:
            attestation = f"<{CLAIM}{slug}-{local(page)}>"
            self.say(iri, attestation=attestation)
            self.say(attestation, a=mat("Attestation"), source=page, stance=code("stance", "asserts"))
            if speaker:
                self.say(attestation, attributedTo=speaker)

    def some(self, name: str) -> str:
        """Draw a thing of a class of `terms.OTHERS`, an association, or any organisation."""
        if name == "Association":
            return self.associations[self.random.randrange(len(self.associations))]
        return self.random.choice(self.others[name]) if name else self.organisation()

    def words(self, count: int) -> str:
        """Return some words of the trade."""
        return " ".join(self.random.choices(terms.WORDS, k=count))
