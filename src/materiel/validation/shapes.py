"""Reading SHACL shapes from Turtle into rules; what is not understood is refused, never skipped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from materiel.store import folder
from materiel.validation import compiler
from materiel.validation.compiler import VALUE_CONSTRAINTS, UnsupportedShape
from materiel.validation.finding import Rule
from materiel.vocabulary import PREFIXES, RDF, compact, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from materiel.validation.compiler import Classes, Term

    Node = ox.NamedNode | ox.BlankNode

SHAPES = "https://w3id.org/materiel/shapes#"
_SH = PREFIXES["sh"]
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf")
_COMMON = {"name", "message", "severity", "deactivated", "flags", "description"}
_VALUES = VALUE_CONSTRAINTS | {"class", "or"}
_ON_NODE = _COMMON | _VALUES | {*_TARGETS, "property", "closed", "ignoredProperties"}
_ON_PROPERTY = _COMMON | _VALUES | {"path", "minCount", "maxCount", "hasValue", "uniqueLang"}


def rules(classes: Classes, paths: Sequence[Path] | None = None) -> list[Rule]:
    """Compile shape files into rules.

    Args:
        classes: The class tree of the store that is to be validated.
        paths: Turtle files; the ones that ship when left out.

    Raises:
        UnsupportedShape: A shape uses what the compiler does not know.
    """
    graph = ox.Store()
    for path in folder.files(folder.bundled("ontology") / "shapes") if paths is None else paths:
        graph.load(path=str(path), format=ox.RdfFormat.TURTLE)
    return list(_Reader(graph, classes).rules())


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SH + name)


class _Reader:
    """Reads one graph of shapes."""

    def __init__(self, graph: ox.Store, classes: Classes) -> None:
        self._graph = graph
        self._classes = classes

    def rules(self) -> Iterator[Rule]:
        """Yield the rules of all active node shapes, sorted by name."""
        kind = _sh("NodeShape")
        for quad in sorted(
            self._graph.quads_for_pattern(None, ox.NamedNode(RDF + "type"), kind), key=lambda q: str(q.subject)
        ):
            shape = quad.subject
            if isinstance(shape, ox.NamedNode | ox.BlankNode) and not self._off(shape):
                yield from self._node_shape(shape)

    def _node_shape(self, shape: Node) -> Iterator[Rule]:
        self._refuse_others(shape, _ON_NODE)
        patterns = [
            compiler.target(kind, target.value, self._classes)
            for kind in _TARGETS
            for target in self._values(shape, kind)
        ]
        if not patterns:
            raise UnsupportedShape(_name(shape), "no target class, subject or object (sh:targetNode and implicit)")
        focused = compiler.focus(patterns)
        for component, query in self._constraints(shape, focused + " BIND(?this AS ?value)"):
            yield self._rule(shape, component, query, "")
        yield from self._closed(shape, focused)
        for prop in self._nodes(shape, "property"):
            if not self._off(prop):
                yield from self._property_shape(prop, focused)

    def _property_shape(self, shape: Node, focused: str) -> Iterator[Rule]:
        self._refuse_others(shape, _ON_PROPERTY)
        path = self._path(shape, self._nodes(shape, "path")[0])
        where = f"{focused} ?this {path} ?value ."
        found = list(self._constraints(shape, where))
        found += [("MinCount", compiler.too_few(focused, path, n)) for n in self._counts(shape, "minCount")]
        found += [("MaxCount", compiler.too_many(where, n)) for n in self._counts(shape, "maxCount")]
        found += [("HasValue", compiler.without_value(focused, path, v)) for v in self._values(shape, "hasValue")]
        if self._true(shape, "uniqueLang"):
            found.append(("UniqueLang", compiler.same_language(where)))
        if not found:
            raise UnsupportedShape(_name(shape), "no constraint at all")
        for component, query in found:
            yield self._rule(shape, component, query, _written(path))

    def _constraints(self, shape: Node, where: str) -> Iterator[tuple[str, str]]:
        """Yield component name and query of each constraint on single values."""
        for name in sorted(VALUE_CONSTRAINTS):
            if values := self._parameters(shape, name):
                yield name[0].upper() + name[1:], compiler.bad_values(where, compiler.condition(name, values))
        for value in self._values(shape, "class"):
            yield "Class", compiler.not_instances(where, value.value, self._classes)
        for head in self._nodes(shape, "or"):
            yield "Or", compiler.bad_values(where, " || ".join(map(self._alternative, self._list(head))).join("()"))

    def _alternative(self, member: Node | Term) -> str:
        """Return the condition of one member of sh:or, which may hold constraints on single values only."""
        if isinstance(member, ox.Literal):
            raise UnsupportedShape(str(member), "a literal in sh:or")
        self._refuse_others(member, VALUE_CONSTRAINTS)
        parts = [(name, self._parameters(member, name)) for name in sorted(VALUE_CONSTRAINTS)]
        return " && ".join(compiler.condition(name, values) for name, values in parts if values).join("()")

    def _closed(self, shape: Node, focused: str) -> Iterator[Rule]:
        if not self._true(shape, "closed"):
            return
        allowed = {term.value for head in self._nodes(shape, "ignoredProperties") for term in self._terms(head)}
        for prop in self._nodes(shape, "property"):
            allowed |= {path.value for path in self._nodes(prop, "path") if isinstance(path, ox.NamedNode)}
        yield self._rule(shape, "Closed", compiler.foreign_properties(focused, sorted(allowed)), "")

    def _rule(self, shape: Node, component: str, query: str, path: str) -> Rule:
        messages = [v for v in self._values(shape, "message") if isinstance(v, ox.Literal) and v.language == "en"]
        if len(messages) != 1:
            raise UnsupportedShape(_name(shape), f"{len(messages)} English messages, where one is needed,")
        severity = next((slug_of(v.value) for v in self._values(shape, "severity")), "Violation")
        title = next((v.value for v in self._values(shape, "name")), _name(shape).replace("-", " "))
        return Rule(_name(shape), severity, title, messages[0].value, query, component, path)

    def _path(self, shape: Node, node: Node | Term) -> str:
        if isinstance(node, ox.NamedNode):
            return str(node)
        if isinstance(node, ox.BlankNode):
            if inverse := self._nodes(node, "inversePath"):
                return f"^{self._path(shape, inverse[0])}"
            if members := self._list(node):
                return "/".join(self._path(shape, member) for member in members).join("()")
        raise UnsupportedShape(_name(shape), "a path other than a property, an inverse or a sequence")

    def _refuse_others(self, shape: Node, known: frozenset[str] | set[str]) -> None:
        for quad in self._graph.quads_for_pattern(shape, None, None):
            name = quad.predicate.value
            if name.startswith(_SH) and name.removeprefix(_SH) not in known:
                raise UnsupportedShape(_name(shape), compact(name))

    def _parameters(self, shape: Node, name: str) -> list[Term]:
        found = self._values(shape, name)
        if name in {"in", "languageIn"}:
            return [term for head in self._nodes(shape, name) for term in self._terms(head)]
        return found + self._values(shape, "flags") if name == "pattern" and found else found

    def _nodes(self, shape: Node, name: str) -> list[Node]:
        objects = [quad.object for quad in self._graph.quads_for_pattern(shape, _sh(name), None)]
        return sorted((o for o in objects if isinstance(o, ox.NamedNode | ox.BlankNode)), key=str)

    def _values(self, shape: Node, name: str) -> list[Term]:
        objects = [quad.object for quad in self._graph.quads_for_pattern(shape, _sh(name), None)]
        return sorted((o for o in objects if isinstance(o, ox.NamedNode | ox.Literal)), key=str)

    def _counts(self, shape: Node, name: str) -> list[int]:
        return [int(term.value) for term in self._values(shape, name)]

    def _true(self, shape: Node, name: str) -> bool:
        return any(term.value == "true" for term in self._values(shape, name))

    def _off(self, shape: Node) -> bool:
        return self._true(shape, "deactivated")

    def _terms(self, head: Node) -> list[Term]:
        return [term for term in self._list(head) if isinstance(term, ox.NamedNode | ox.Literal)]

    def _list(self, head: Node) -> list[Node | Term]:
        found: list[Node | Term] = []
        first, rest = ox.NamedNode(RDF + "first"), ox.NamedNode(RDF + "rest")
        while members := list(self._graph.quads_for_pattern(head, first, None)):
            if isinstance(members[0].object, ox.NamedNode | ox.BlankNode | ox.Literal):
                found.append(members[0].object)
            following = next(self._graph.quads_for_pattern(head, rest, None)).object
            if not isinstance(following, ox.BlankNode):
                break
            head = following
        return found


def _name(shape: Node) -> str:
    return shape.value.removeprefix(SHAPES)


@cache
def _written(path: str) -> str:
    """Return a path with prefixes instead of full IRIs."""
    for namespace_prefix, namespace in PREFIXES.items():
        path = path.replace(f"<{namespace}", f"<{namespace_prefix}:") if namespace in path else path
    return path.replace("<", "").replace(">", "")
