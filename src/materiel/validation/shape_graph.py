"""Reading access to a graph of SHACL shapes: parameters, lists and paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from materiel.validation.compiler import UnsupportedShape
from materiel.vocabulary import PREFIXES, RDF, compact

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from pathlib import Path

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Term: TypeAlias = ox.NamedNode | ox.Literal

SHAPES = "https://w3id.org/materiel/shapes#"
TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf")
_SH = PREFIXES["sh"]
_FIRST, _REST, _TYPE = (ox.NamedNode(RDF + name) for name in ("first", "rest", "type"))


class ShapeGraph:
    """Shapes as read from Turtle files."""

    def __init__(self, paths: Iterable[Path]) -> None:
        """Read the files."""
        self._graph = ox.Store()
        for path in paths:
            self._graph.load(path=str(path), format=ox.RdfFormat.TURTLE)

    def node_shapes(self) -> list[Node]:
        """Return what is typed as a node shape or has a target, sorted."""
        typed = self._graph.quads_for_pattern(None, _TYPE, _sh("NodeShape"))
        aimed = (q for name in TARGETS for q in self._graph.quads_for_pattern(None, _sh(name), None))
        found = {quad.subject for quads in (typed, aimed) for quad in quads}
        return sorted((s for s in found if isinstance(s, ox.NamedNode | ox.BlankNode)), key=str)

    def nodes(self, shape: Node, name: str) -> list[Node]:
        """Return the IRIs and blank nodes of one SHACL property of a shape."""
        return sorted((o for o in self._objects(shape, name) if not isinstance(o, ox.Literal)), key=str)

    def values(self, shape: Node, name: str) -> list[Term]:
        """Return the IRIs and literals of one SHACL property of a shape."""
        return sorted((o for o in self._objects(shape, name) if not isinstance(o, ox.BlankNode)), key=str)

    def counts(self, shape: Node, name: str) -> list[int]:
        """Return the numbers of one SHACL property of a shape."""
        return [int(term.value) for term in self.values(shape, name)]

    def is_true(self, shape: Node, name: str) -> bool:
        """Return whether one SHACL property of a shape is `true`."""
        return any(term.value == "true" for term in self.values(shape, name))

    def parameters(self, shape: Node, name: str) -> list[Term]:
        """Return the value of a constraint parameter: members of its list, or the value (and the flags of a pattern)."""
        if name in {"in", "languageIn"}:
            return [t for h in self.nodes(shape, name) for t in self.members(h) if not isinstance(t, ox.BlankNode)]
        found = self.values(shape, name)
        return found + self.values(shape, "flags") if name == "pattern" and found else found

    def members(self, head: Node) -> list[Node | ox.Literal]:
        """Return the members of an RDF list; none when the node is no list."""
        found: list[Node | ox.Literal] = []
        while firsts := self._of(head, _FIRST):
            found.append(firsts[0])
            rest = self._of(head, _REST)[0]
            if isinstance(rest, ox.Literal):
                break
            head = rest
        return found

    def path(self, shape: Node) -> str:
        """Return the path of a property shape in SPARQL syntax."""
        paths = self.nodes(shape, "path")
        if len(paths) != 1:
            raise UnsupportedShape(name_of(shape), f"{len(paths)} paths, where one is needed,")
        return self._step(shape, paths[0])

    def _step(self, shape: Node, node: Node | ox.Literal) -> str:
        if isinstance(node, ox.NamedNode):
            return str(node)
        if isinstance(node, ox.BlankNode):
            if inverse := self.nodes(node, "inversePath"):
                return f"^{self._step(shape, inverse[0])}"
            if members := self.members(node):
                return "/".join(self._step(shape, member) for member in members).join("()")
        raise UnsupportedShape(name_of(shape), "a path other than a property, an inverse or a sequence")

    def refuse_others(self, shape: Node, known: AbstractSet[str]) -> None:
        """Refuse a shape with a SHACL property that is not known.

        Raises:
            UnsupportedShape: With the shape and the property.
        """
        for quad in self._graph.quads_for_pattern(shape, None, None):
            name = quad.predicate.value
            if name.startswith(_SH) and name.removeprefix(_SH) not in known:
                raise UnsupportedShape(name_of(shape), compact(name))

    def _objects(self, shape: Node, name: str) -> list[Node | ox.Literal]:
        return self._of(shape, _sh(name))

    def _of(self, node: Node, predicate: ox.NamedNode) -> list[Node | ox.Literal]:
        objects = (quad.object for quad in self._graph.quads_for_pattern(node, predicate, None))
        return [o for o in objects if isinstance(o, ox.NamedNode | ox.BlankNode | ox.Literal)]


def name_of(shape: Node) -> str:
    """Return the local name of a shape."""
    return shape.value.removeprefix(SHAPES)


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SH + name)
