"""The words of a generated graph: N-Triples terms, code lists, and a law of skewed degrees."""

from __future__ import annotations

from bisect import bisect
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from materiel.vocabulary import CODE, DCT, MAT, RDF, RDFS, SKOS, XSD

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

ORGANISATIONS = {
    "Company": 260, "Government": 48, "GovernmentAgency": 35, "Ministry": 31, "StateEnterprise": 23,
    "Association": 19, "JointVentureCompany": 16, "Fund": 14, "ArmedForce": 7, "IntergovernmentalOrganization": 5,
    "Parliament": 5, "ResearchOrganization": 4,
}  # fmt: skip
"""How often each class of organisation stands in the shipped graph."""
OTHERS = {"Person": 192, "Product": 188, "Facility": 50, "Place": 38, "Meeting": 36, "Programme": 35}
KINDS = ["supply-contract"] * 4 + ["memorandum", "co-production", "maintenance-repair", "framework-agreement"] * 2
KINDS += ["joint-venture", "financing", "licensed-production", "investment"]
ROLES = [
    "partner",
    "signatory",
    "supplier",
    "beneficiary",
    "customer",
    "funder",
    "lead",
    "host",
    "licensor",
    "licensee",
]
FLOW = [
    "reported",
    "negotiating",
    "announced",
    "signed",
    "approved",
    "registered",
    "under-construction",
    "operational",
    "expanded",
]
EDGES = {
    "attended": ("Person", "Meeting"), "organised": ("", "Meeting"), "produces": ("", "Product"),
    "operates": ("", "Product"), "locatedIn": ("Facility", "Place"), "partOf": ("Facility", "Facility"),
    "funds": ("", ""), "memberOf": ("", "Association"), "suppliesTo": ("", ""), "procuresFrom": ("", ""),
}  # fmt: skip
"""Plain edges with the classes of their ends; nothing stands for any organisation."""
COUNTRIES = [
    "UA",
    "DE",
    "GB",
    "US",
    "FR",
    "PL",
    "CZ",
    "NO",
    "SE",
    "FI",
    "DK",
    "NL",
    "IT",
    "ES",
    "LT",
    "LV",
    "EE",
    "SK",
    "RO",
    "BG",
    "TR",
    "CA",
    "KR",
    "JP",
]
CATEGORIES = ["artillery-ammunition", "uav", "armoured-vehicle", "electronic-warfare"]
LANGUAGES = ["en"] * 7 + ["de", "uk", "fr", "it", "pl"]
SOURCE_TYPES = ["newspaper", "newspaper", "aggregator", "trade-press", "news-agency", "broadcaster", "blog"]
WORDS = [
    "ammunition",
    "shell",
    "armour",
    "radar",
    "drone",
    "factory",
    "repair",
    "hub",
    "workshop",
    "propellant",
    "barrel",
    "missile",
    "optics",
    "vehicle",
    "engine",
    "turret",
    "howitzer",
    "sensor",
    "maritime",
    "aerospace",
    "systems",
    "dynamics",
    "industries",
    "works",
    "technologies",
    "steel",
]
FIRST_DAY = date(2014, 1, 1)
TYPE, LABEL, ALIAS = f"<{RDF}type>", f"<{RDFS}label>", f"<{SKOS}altLabel>"
DESCRIPTION, TITLE = f"<{DCT}description>", f"<{DCT}title>"
SUBJECT, PREDICATE, OBJECT = (f"<{RDF}{name}>" for name in ("subject", "predicate", "object"))


class Zipf:
    """Draws so that the n-th item comes up in proportion to n to the power of minus `exponent`."""

    def __init__(self, items: Sequence[str], exponent: float, rnd: random.Random) -> None:
        """Sum the weights once."""
        self._items, self._random = items, rnd
        self._sums = list(accumulate((n + 1) ** -exponent for n in range(len(items))))

    def __call__(self) -> str:
        """Draw one item."""
        place = bisect(self._sums, self._random.random() * self._sums[-1])
        return self._items[min(place, len(self._items) - 1)]

    def some(self, number: int) -> list[str]:
        """Draw so many different items (there must be more than that)."""
        drawn: dict[str, None] = {}
        while len(drawn) < number:
            drawn[self()] = None
        return list(drawn)


def mat(name: str) -> str:
    return f"<{MAT}{name}>"


def code(code_list: str, notation: str) -> str:
    return f"<{CODE}{code_list}/{notation}>"


def number(value: int) -> str:
    return f'"{value}"^^<{XSD}integer>'


def english(text: str) -> str:
    return f'"{text}"@en'


def local(iri: str) -> str:
    """Return the last segment of an IRI in angle brackets."""
    return iri[iri.rindex("/") + 1 : -1]


def reported(day: int, rnd: random.Random) -> str:
    """Return a date so many days after the first as sources report it: a day, less often a month or a year."""
    text = str(FIRST_DAY + timedelta(days=day))
    chance = rnd.random()
    if chance < 0.66:
        return f'"{text}"^^<{XSD}date>'
    return f'"{text[:7]}"^^<{XSD}gYearMonth>' if chance < 0.9 else f'"{text[:4]}"^^<{XSD}gYear>'
