"""The answer of a CONSTRUCT as a page: IRIs become things, labels name them, all other triples become links."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from materiel.page.model import Link, Node, Page

if TYPE_CHECKING:
    from collections.abc import Iterable

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
NAMES = (
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://xmlns.com/foaf/0.1/name",
)
ALIAS = "http://www.w3.org/2004/02/skos/core#altLabel"
TEXT = "http://purl.org/dc/terms/description"
TYPES = {
    "JointVentureCompany": "joint-venture", "GovernmentAgency": "agency", "IntergovernmentalOrganization": "intergovernmental",
    "ResearchOrganization": "research-org", "Meeting": "event",
}  # fmt: skip
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+$")


def page_from_triples(triples: Iterable[tuple[object, object, object]], title: str = "Answer") -> Page:
    """Return a page of triples given as N-Triples terms, plain strings, or terms of rdflib or pyoxigraph."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    joins: list[tuple[str, str, str]] = []
    for s, p, o in triples:
        subject, predicate, (value, is_iri) = _term(s)[0], _term(p)[0], _term(o)
        if predicate == RDF_TYPE or not is_iri:
            said[subject][predicate].append(value)
        else:
            joins.append((subject, predicate, value))
    ids = dict.fromkeys([*said, *(end for s, _, o in joins for end in (s, o))])
    nodes = tuple(_node(iri, said.get(iri, {})) for iri in sorted(ids))
    links = tuple(Link(f"triple-{i}", s, o, _local(p), iri="") for i, (s, p, o) in enumerate(sorted(set(joins))))
    return Page(
        title=title, nodes=nodes, relations=links, scope=(f"{len(nodes)} things, {len(links)} links between them",)
    )


def _term(term: object) -> tuple[str, bool]:
    """Return the text of a term and whether it is an IRI or a blank node."""
    if hasattr(term, "language"):  # a literal of rdflib or pyoxigraph
        return str(getattr(term, "value", term)) if not isinstance(term, str) else str(term), False
    text = str(term)
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1], True
    if text.startswith('"'):
        return re.sub(r'^"|"(@[\w-]+|\^\^<[^>]*>)?$', "", text).replace('\\"', '"'), False
    return text, text.startswith("_:") or bool(IRI.match(text))


def _node(iri: str, said: dict[str, list[str]]) -> Node:
    names = [name for predicate in NAMES for name in said.get(predicate, [])]
    types = sorted(_type(kind) for kind in said.get(RDF_TYPE, []))
    text = "; ".join(sorted(said.get(TEXT, [])))
    return Node(
        iri,
        names[0] if names else _local(iri),
        iri,
        tuple(sorted({*names[1:], *said.get(ALIAS, [])})),
        types[0] if types else "thing",
        description=text,
    )


def _type(iri: str) -> str:
    name = _local(iri)
    return TYPES.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _local(iri: str) -> str:
    return re.split(r"[/#]", iri.rstrip("/#"))[-1] or iri
