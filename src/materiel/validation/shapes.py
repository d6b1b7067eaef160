"""SHACL shapes as rules; what is not understood is refused, never skipped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from materiel.store import folder
from materiel.validation import compiler
from materiel.validation.compiler import UnsupportedShape
from materiel.validation.conditions import VALUE_CONSTRAINTS, condition
from materiel.validation.finding import Rule
from materiel.validation.shape_graph import TARGETS, ShapeGraph, name_of
from materiel.vocabulary import compact, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from materiel.validation.compiler import Classes
    from materiel.validation.shape_graph import Node

_COMMON = {"name", "message", "severity", "deactivated", "flags", "description"}
_ON_VALUES = VALUE_CONSTRAINTS | {"class", "or"}
_ON_NODE = _COMMON | _ON_VALUES | {*TARGETS, "property", "closed", "ignoredProperties"}
_ON_PROPERTY = _COMMON | _ON_VALUES | {"path", "minCount", "maxCount", "hasValue", "uniqueLang"}


def rules(classes: Classes, paths: Sequence[Path] | None = None) -> list[Rule]:
    """Compile shape files into rules.

    Args:
        classes: The class tree of the store that is to be validated.
        paths: Turtle files; the ones that ship when left out.

    Raises:
        UnsupportedShape: A shape uses what the compiler does not know.
    """
    chosen = folder.files(folder.bundled("ontology") / "shapes") if paths is None else paths
    graph = ShapeGraph(chosen)
    active = (shape for shape in graph.node_shapes() if not graph.is_true(shape, "deactivated"))
    return [rule for shape in active for rule in _NodeShape(graph, classes, shape).rules()]


class _NodeShape:
    """One node shape, on its way to rules."""

    def __init__(self, graph: ShapeGraph, classes: Classes, shape: Node) -> None:
        graph.refuse_others(shape, _ON_NODE)
        self._graph, self._classes, self._shape = graph, classes, shape
        targets = [(kind, iri.value) for kind in TARGETS for iri in graph.values(shape, kind)]
        if not targets:
            raise UnsupportedShape(name_of(shape), "no sh:targetClass, sh:targetSubjectsOf or sh:targetObjectsOf")
        self._focused = compiler.focus([compiler.target(*pair, classes) for pair in targets])

    def rules(self) -> Iterator[Rule]:
        """Yield the rules of the shape itself and of its properties."""
        for component, query in self._on_values(self._shape, f"{self._focused} BIND(?this AS ?value)"):
            yield self._rule(self._shape, component, query)
        if self._graph.is_true(self._shape, "closed"):
            yield self._rule(self._shape, "Closed", compiler.foreign_properties(self._focused, self._allowed()))
        for shape in self._graph.nodes(self._shape, "property"):
            if not self._graph.is_true(shape, "deactivated"):
                yield from self._property(shape)

    def _property(self, shape: Node) -> Iterator[Rule]:
        self._graph.refuse_others(shape, _ON_PROPERTY)
        path = self._graph.path(shape)
        where = f"{self._focused} ?this {path} ?value ."
        on_values = [*self._on_values(shape, where), *self._on_sets(shape, path, where)]
        on_counts = [*self._on_counts(shape, path)]
        if not on_values and not on_counts:
            raise UnsupportedShape(name_of(shape), "no constraint at all")
        for component, query in on_values:
            yield self._rule(shape, component, query, path, idle_without=re.findall("<([^>]*)>", path)[0])
        for component, query in on_counts:
            yield self._rule(shape, component, query, path)

    def _on_values(self, shape: Node, where: str) -> Iterator[tuple[str, str]]:
        """Yield component and query of each constraint on single values."""
        for name in sorted(VALUE_CONSTRAINTS):
            if values := self._graph.parameters(shape, name):
                yield name[0].upper() + name[1:], compiler.bad_values(where, condition(name, values))
        for iri in self._graph.values(shape, "class"):
            yield "Class", compiler.not_instances(where, iri.value, self._classes)
        for head in self._graph.nodes(shape, "or"):
            good = " || ".join(self._alternative(shape, m) for m in self._graph.members(head))
            yield "Or", compiler.bad_values(where, f"({good})")

    def _alternative(self, shape: Node, member: Node | ox.Literal) -> str:
        """Return the condition of one member of sh:or, which may hold constraints on single values only."""
        if isinstance(member, ox.Literal):
            raise UnsupportedShape(name_of(shape), "a literal in sh:or")
        self._graph.refuse_others(member, VALUE_CONSTRAINTS | {"flags"})
        parts = [(name, self._graph.parameters(member, name)) for name in sorted(VALUE_CONSTRAINTS)]
        return " && ".join(condition(name, values) for name, values in parts if values).join("()")

    def _on_sets(self, shape: Node, path: str, where: str) -> Iterator[tuple[str, str]]:
        """Yield component and query of each constraint that too many or like values break."""
        most = self._graph.counts(shape, "maxCount")
        if most and not self._graph.counts(shape, "minCount"):
            yield "MaxCount", compiler.too_many(self._focused, path, most[0])
        if self._graph.is_true(shape, "uniqueLang"):
            yield "UniqueLang", compiler.same_language(where)

    def _on_counts(self, shape: Node, path: str) -> Iterator[tuple[str, str]]:
        """Yield component and query of each constraint that missing values break."""
        least, most = self._graph.counts(shape, "minCount"), self._graph.counts(shape, "maxCount")
        if least and most:
            yield "MinCount, MaxCount", compiler.not_between(self._focused, path, least[0], most[0])
        elif least:
            yield "MinCount", compiler.too_few(self._focused, path, least[0])
        for value in self._graph.values(shape, "hasValue"):
            yield "HasValue", compiler.without_value(self._focused, path, value)

    def _allowed(self) -> list[str]:
        """Return the properties that a closed shape knows."""
        ignored = self._graph.nodes(self._shape, "ignoredProperties")
        known = {m.value for head in ignored for m in self._graph.members(head)}
        for shape in self._graph.nodes(self._shape, "property"):
            known |= {p.value for p in self._graph.nodes(shape, "path") if isinstance(p, ox.NamedNode)}
        return sorted(known)

    def _rule(self, shape: Node, component: str, query: str, path: str = "", idle_without: str = "") -> Rule:
        texts = [m.value for m in self._graph.values(shape, "message") if getattr(m, "language", None) == "en"]
        if len(texts) != 1:
            raise UnsupportedShape(name_of(shape), f"{len(texts)} English messages, where one is needed,")
        severities = self._graph.values(shape, "severity")
        return Rule(
            name=name_of(shape),
            severity=slug_of(severities[0].value) if severities else "Violation",
            title=name_of(shape).replace("-", " "),
            message=texts[0],
            query=query,
            component=component,
            path=re.sub("<([^>]*)>", lambda iri: compact(iri[1]), path),
            idle_without=idle_without,
        )
