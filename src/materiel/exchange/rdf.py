"""Export as RDF: Turtle, TriG, N-Triples, N-Quads and JSON-LD, whole or about one thing, the same bytes every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from materiel.errors import UsageError
from materiel.store.asserted import asserted, data, triples
from materiel.store.turtle import turtle_of_lines

if TYPE_CHECKING:
    from materiel.store.base import Store

FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""Formats by file ending."""

_ABOUT = """
CONSTRUCT {{ ?x ?p ?o }} WHERE {{
  {{ SELECT DISTINCT ?x WHERE {{
    {{ BIND(<{iri}> AS ?x) }} UNION
    {{ {claims} BIND(?claim AS ?x) }} UNION
    {{ {claims} ?claim mat:attestation ?x }} UNION
    {{ {claims} ?claim mat:attestation/mat:source ?x }} UNION
    {{ {claims} ?claim mat:attestation/mat:source/(mat:publisher|mat:origin|mat:relays) ?x }} UNION
    {{ {claims} ?claim rdf:subject|rdf:object ?x FILTER(CONTAINS(STR(?x), "--")) }} UNION
    {{ ?x mat:about <{iri}> }}
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
    if about is None:
        found = triples(store)
    else:
        claims = _CLAIMS.format(iri=about)
        found = triples(store, _ABOUT.format(iri=about, claims=claims)) + triples(store, _NAMES.format(claims=claims))
    return data(found) if derived else asserted(store, found)


def serialize(found: list[bytes], form: str) -> bytes:
    """Write sorted N-Triples lines in a format."""
    if form in {"ttl", "trig"}:
        return turtle_of_lines(found)
    if form in {"nt", "nq"}:
        return b"".join(line + b"\n" for line in found)
    found_triples = (quad.triple for quad in ox.parse(b"\n".join(found), format=ox.RdfFormat.N_TRIPLES))
    return ox.serialize(found_triples, format=FORMATS[form]) or b""
