"""The code lists of the ontology, read from their files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from materiel.store import folder
from materiel.vocabulary import MAT, SKOS, slug_of


@dataclass(frozen=True, slots=True)
class Code:
    """One concept of a code list.

    Attributes:
        notation: The key in records and on the command line.
        label: English label.
        definition: English definition.
        order: Place in an ordered list, else 0.
        marks: Names of the marks that the code bears, such as `advances` or `halts`: policies read them.
    """

    notation: str
    label: str
    definition: str
    order: int
    marks: frozenset[str] = frozenset()


@cache
def code_list(name: str) -> dict[str, Code]:
    """Return the codes of a list by notation, in order.

    Args:
        name: The list's name, such as `status` or `partnership-kind`.
    """
    path = folder.bundled("ontology") / "codes" / f"{name}.ttl"
    found: dict[str, dict[str, str]] = {}
    for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE):
        value = quad.object
        if isinstance(quad.subject, NamedNode) and isinstance(value, Literal) and value.language in {None, "en"}:
            found.setdefault(quad.subject.value, {})[quad.predicate.value] = value.value
    codes = [
        Code(
            slug_of(iri),
            p.get(SKOS + "prefLabel", slug_of(iri)),
            p.get(SKOS + "definition", ""),
            int(p.get(MAT + "order", 0)),
            frozenset(name.removeprefix(MAT) for name, value in p.items() if name.startswith(MAT) and value == "true"),
        )
        for iri, p in found.items()
        if SKOS + "notation" in p
    ]
    return {code.notation: code for code in sorted(codes, key=lambda c: (c.order, c.notation))}
