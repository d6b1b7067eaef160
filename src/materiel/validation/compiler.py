"""SHACL Core to SPARQL: each constraint of a shape becomes one SELECT query over the whole graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from materiel.errors import MaterielError
from materiel.vocabulary import MAT, RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import Literal, NamedNode, QuerySolutions

    from materiel.store.base import Store

    Term = NamedNode | Literal
    Classes = Mapping[str, frozenset[str]]
    """Class IRI to itself and all its sub-classes."""


class UnsupportedShape(MaterielError):
    """A shape that uses a part of SHACL that the compiler does not know."""

    exit_code = 2

    def __init__(self, shape: str, construct: str) -> None:
        """Name the shape and the construct."""
        super().__init__(
            f"the shape {shape} uses {construct}, which validation does not compile",
            "Write it with the constructs listed in docs/validation.md, or as a check in ontology/checks/.",
        )


def subclasses(store: Store) -> Classes:
    """Return each class that has sub-classes in the store, with all of them."""
    rows = cast(
        "QuerySolutions",
        store.query(f"SELECT ?super ?sub WHERE {{ ?sub <{RDFS}subClassOf>+ ?super }}"),
    )
    below: dict[str, set[str]] = {}
    for above, sub in ((str(row[0])[1:-1], str(row[1])[1:-1]) for row in rows):
        below.setdefault(above, {above}).add(sub)
    return {name: frozenset(members) for name, members in below.items()}


def _typed(variable: str, iri: str, classes: Classes) -> str:
    """Return a pattern that binds a variable to the instances of a class, or asks whether it is one."""
    members = sorted(classes.get(iri, {iri}))
    if len(members) == 1:
        return f"{variable} <{RDF}type> <{iri}> ."
    return f"VALUES ?class {{ {' '.join(f'<{m}>' for m in members)} }} {variable} <{RDF}type> ?class ."


def target(kind: str, iri: str, classes: Classes) -> str:
    """Return the pattern that binds `?this` to the focus nodes of one target declaration."""
    return {
        "targetClass": lambda: _typed("?this", iri, classes),
        "targetSubjectsOf": lambda: f"?this <{iri}> ?any .",
        "targetObjectsOf": lambda: f"?any <{iri}> ?this .",
    }[kind]()


def focus(patterns: Sequence[str]) -> str:
    """Return the pattern that binds `?this` once to each focus node of several targets."""
    if len(patterns) == 1 and "VALUES" not in patterns[0] and "?any" not in patterns[0]:
        return patterns[0]
    union = " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)
    return f"{{ SELECT DISTINCT ?this WHERE {{ {union} }} }}"


def bad_values(where: str, good: str) -> str:
    """Return the query for values of which an expression is not true."""
    return f"SELECT DISTINCT ?this ?value WHERE {{ {where} FILTER(!{good}) }}"


def not_instances(where: str, iri: str, classes: Classes) -> str:
    """Return the query for values that are no instance of a class."""
    members = ", ".join(f"<{m}>" for m in sorted(classes.get(iri, {iri})))
    test = f"OPTIONAL {{ ?value <{RDF}type> ?type . FILTER(?type IN ({members})) }} FILTER(!BOUND(?type))"
    return f"SELECT DISTINCT ?this ?value WHERE {{ {where} {test} }}"


def _count(path: str) -> str:
    """Return the number of values; along one step no value comes twice, and counting without DISTINCT is faster."""
    return "COUNT(DISTINCT ?value)" if "/<" in path or "/^" in path else "COUNT(?value)"


def too_few(focused: str, path: str, count: int) -> str:
    """Return the query for focus nodes with fewer values than a count."""
    where = f"{focused} OPTIONAL {{ ?this {path} ?value }}"
    if count == 1:
        return f"SELECT DISTINCT ?this WHERE {{ {where} FILTER(!BOUND(?value)) }}"
    return f"SELECT ?this WHERE {{ {where} }} GROUP BY ?this HAVING({_count(path)} < {count})"


def too_many(focused: str, path: str, count: int) -> str:
    """Return the query for focus nodes with more values than a count."""
    where = f"{focused} ?this {path} ?value ."
    return f"SELECT ?this WHERE {{ {where} }} GROUP BY ?this HAVING({_count(path)} > {count})"


def not_between(focused: str, path: str, least: int, most: int) -> str:
    """Return the query for focus nodes with too few or too many values; it says which as `?component`."""
    number = _count(path)
    component = f'(IF({number} < {least}, "MinCount", "MaxCount") AS ?component)'
    where = f"{focused} OPTIONAL {{ ?this {path} ?value }}"
    outside = f"{number} < {least} || {number} > {most}"
    return f"SELECT ?this {component} WHERE {{ {where} }} GROUP BY ?this HAVING({outside})"


def without_value(focused: str, path: str, value: Term) -> str:
    """Return the query for focus nodes that lack one value."""
    where = f"OPTIONAL {{ ?this {path} ?value FILTER(SAMETERM(?value, {value})) }}"
    return f"SELECT DISTINCT ?this WHERE {{ {focused} {where} FILTER(!BOUND(?value)) }}"


def same_language(where: str) -> str:
    """Return the query for focus nodes with two values in one language."""
    lang = 'BIND(LCASE(LANG(?value)) AS ?lang) FILTER(?lang != "")'
    return f"SELECT ?this WHERE {{ {where} {lang} }} GROUP BY ?this ?lang HAVING(COUNT(DISTINCT ?value) > 1)"


def foreign_properties(focused: str, allowed: Sequence[str]) -> str:
    """Return the query for triples whose predicate a closed shape does not allow; derived ones are always allowed."""
    known = ", ".join(f"<{iri}>" for iri in allowed)
    other = f"?this ?path ?value FILTER(?path NOT IN ({known})) MINUS {{ ?path <{MAT}derived> true }}"
    return f"SELECT ?this ?path ?value WHERE {{ {focused} {other} }}"
