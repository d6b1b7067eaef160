"""Export as RDF: Turtle, TriG, N-Triples, N-Quads and JSON-LD, whole or about one thing, the same bytes every time."""

from __future__ import annotations

import os
from itertools import groupby
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from materiel.errors import UsageError
from materiel.store.turtle import turtle_of_lines
from materiel.vocabulary import BASE, CLAIM, ID, OUTLET, RDF, SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from materiel.store.base import Store

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""Formats by file ending."""

_DATA = tuple(f"<{space}".encode() for space in (ID, SOURCE, OUTLET, CLAIM, BASE + "dataset/"))
_TYPE = f"<{RDF}type>".encode()
_DERIVED = "SELECT ?p WHERE { ?p mat:derived true }"
_SUPER = "SELECT ?class ?super WHERE { ?class rdfs:subClassOf+ ?super }"
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_ABOUT = """
CONSTRUCT {{ ?x ?p ?o }} WHERE {{
  {{ SELECT DISTINCT ?x WHERE {{
    {{ BIND(<{iri}> AS ?x) }} UNION
    {{ {claims} BIND(?claim AS ?x) }} UNION
    {{ {claims} ?claim mat:attestation ?x }} UNION
    {{ {claims} ?claim mat:attestation/mat:source ?x }} UNION
    {{ {claims} ?claim mat:attestation/mat:source/(mat:publisher|mat:origin|mat:relays) ?x }} UNION
    {{ {claims} ?claim rdf:subject|rdf:object ?x FILTER(CONTAINS(STR(?x), "--")) }}
  }} }}
  ?x ?p ?o .
}}"""
_CLAIMS = "?claim rdf:subject|rdf:object <{iri}> ."
_NAMES = """
CONSTRUCT {{ ?x a ?class ; rdfs:label ?label }} WHERE {{
  {claims} {{ ?claim rdf:subject|rdf:object ?x }} UNION {{ ?claim rdf:object/(mat:party|mat:atOrganization|mat:heldOrganization) ?x }}
    UNION {{ ?claim mat:attestation/mat:attributedTo ?x }}
  ?x rdfs:label ?label ; a ?class .
}}"""


def export(store: Store, form: str, about: str | None = None, *, derived: bool = False) -> bytes:
    """Write the data of a store.

    Args:
        store: What to export.
        form: One of `FORMATS`.
        about: IRI of a thing: it, its value nodes, the claims about it, their attestations, sources and outlets,
            and the names of what they mention. None exports everything.
        derived: Whether to include the triples that the rules derive.

    Returns:
        Bytes that depend only on the triples: sorted by IRI.

    Raises:
        UsageError: The format is unknown.
    """
    if form not in FORMATS:
        raise UsageError(f"unknown RDF format {form!r}", f"Use one of {', '.join(FORMATS)}.")
    return serialize(lines(store, about, derived=derived), form)


def lines(store: Store, about: str | None = None, *, derived: bool = False) -> list[bytes]:
    """Return the data as sorted N-Triples lines; without the derived ones unless asked."""
    found = sorted(line for line in set(_lines(store, about)) if line.startswith(_DATA))
    return found if derived else list(_asserted(found, store))


def _lines(store: Store, about: str | None) -> list[bytes]:
    if about is None:
        return _triples(store, _ALL)
    claims = _CLAIMS.format(iri=about)
    return _triples(store, _ABOUT.format(iri=about, claims=claims)) + _triples(store, _NAMES.format(claims=claims))


def _triples(store: Store, query: str) -> list[bytes]:
    answer = store.query(query)
    data = ox.serialize(cast("Iterable[ox.Triple]", answer), format=ox.RdfFormat.N_TRIPLES) or b""
    return data.splitlines()


def _asserted(found: list[bytes], store: Store) -> Iterator[bytes]:
    """Leave out derived predicates, and of the classes of a thing all but the narrowest."""
    derived = {str(row["p"]).encode() for row in cast("ox.QuerySolutions", store.query(_DERIVED))}
    above = {
        (str(r["class"]).encode(), str(r["super"]).encode()) for r in cast("ox.QuerySolutions", store.query(_SUPER))
    }
    for _, group in groupby(found, key=lambda line: line.split(b" ", 1)[0]):
        statements = [(line, *line[:-2].split(b" ", 2)[1:]) for line in group]
        types = {value for _, predicate, value in statements if predicate == _TYPE}
        wide = {wider for narrow in types for wider in types if (narrow, wider) in above}
        for line, predicate, value in statements:
            if predicate not in derived and not (predicate == _TYPE and value in wide):
                yield line


def serialize(found: list[bytes], form: str) -> bytes:
    """Write sorted N-Triples lines in a format."""
    if form in {"ttl", "trig"}:
        return turtle_of_lines(found)
    if form in {"nt", "nq"}:
        return b"".join(line + b"\n" for line in found)
    triples = (quad.triple for quad in ox.parse(b"\n".join(found), format=ox.RdfFormat.N_TRIPLES))
    return ox.serialize(triples, format=FORMATS[form]) or b""


def save(data: bytes, path: Path) -> None:
    """Write a file whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UsageError(f"{path}: {error.strerror}", "Choose another place.") from None
