"""From a query to the query that shows its workings: every solution, every step, and which alternative matched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from materiel.sparql.tokens import Reader, variables
from materiel.why import block, parse, syntax
from materiel.why.block import Names, Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Inner:
    """A sub-select, and the marks that a solution has bound when it used a row of it."""

    select: syntax.Select
    guards: tuple[str, ...]


@dataclass
class Plan:
    """How a query is explained.

    Attributes:
        head: SPARQL of the patterns that the WHERE group begins with.
        rest: SPARQL of all that follows.
        certain: The variables that the head binds.
        patterns: The triple patterns.
        inner: The sub-selects.
        optionals: For the mark of each OPTIONAL group, the variables that it mentions.
        notes: What is not explained.
    """

    names: Names
    prologue: str
    head: str = ""
    rest: str = ""
    certain: frozenset[str] = frozenset()
    patterns: list[Pattern] = field(default_factory=list)
    inner: list[Inner] = field(default_factory=list)
    optionals: dict[str, frozenset[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def group(self, group: syntax.Group, guards: tuple[str, ...]) -> str:
        """Return what stands in a group as SPARQL that leaves marks."""
        return self._all(group.elements, group, guards)

    def _all(self, elements: Sequence[syntax.Element], group: syntax.Group, guards: tuple[str, ...]) -> str:
        texts = [self._element(element, guards) for element in elements]
        shown = [self._shown(e, group, guards) for e in elements if isinstance(e, syntax.Exists)]
        return "\n".join([*texts, *shown])

    def _element(self, element: syntax.Element, guards: tuple[str, ...]) -> str:
        match element:
            case syntax.Triples():
                text = self._triples(element, guards)
            case syntax.Optional():
                text = self._optional(element, guards)
            case syntax.Union():
                text = self._union(element, guards)
            case syntax.Select():
                self.inner.append(Inner(element, guards))
                text = element.text
            case _:
                self._note(element)
                text = element.text
        return text

    def _triples(self, run: syntax.Triples, guards: tuple[str, ...]) -> str:
        texts = []
        for s, p, o in block.read(run.text, self.prologue):
            text, found = block.steps(block.node(s, self.names), p, block.node(o, self.names), self.names, guards)
            texts.append(text)
            self.patterns += found
        return "\n".join(texts)

    def _optional(self, part: syntax.Optional, guards: tuple[str, ...]) -> str:
        mark = self.names.fresh()
        self.optionals[mark] = variables(part.group.text)
        return f"OPTIONAL {self._marked(part.group, guards, mark)}"

    def _union(self, part: syntax.Union, guards: tuple[str, ...]) -> str:
        if len(part.branches) == 1:
            return f"{{ {self.group(part.branches[0], guards)} }}"
        return " UNION ".join(self._marked(branch, guards, self.names.fresh()) for branch in part.branches)

    def _marked(self, group: syntax.Group, guards: tuple[str, ...], mark: str) -> str:
        text = self.group(group, (*guards, mark))
        if any(isinstance(element, syntax.Select) for element in group.elements):
            text = f"{{ {text} }}"
        return f"{{ {text} BIND(1 AS ?{mark}) }}"

    def _shown(self, part: syntax.Exists, group: syntax.Group, guards: tuple[str, ...]) -> str:
        """Return a FILTER EXISTS as an OPTIONAL group, so that what it found can be seen.

        Variables that may have no value outside get new names, and must agree with those that have one.
        """
        sure = {name for e in group.elements if isinstance(e, syntax.Triples) for name in variables(e.text)}
        names = {name: self.names.fresh() for name in sorted(_matched(part.group) - sure)}
        outside = variables(group.text.replace(part.text, " "))
        agree = [f"FILTER(!BOUND(?{a}) || sameTerm(?{a}, ?{b}))" for a, b in names.items() if a in outside]
        text = self.group(_renamed(part.group, names, self.prologue), (*guards, mark := self.names.fresh()))
        return f"OPTIONAL {{ {text} {' '.join(agree)} BIND(1 AS ?{mark}) }}"

    def _note(self, element: syntax.Kept | syntax.Opaque | syntax.Exists) -> None:
        """Note what of a FILTER, MINUS, GRAPH and the like is not explained."""
        if isinstance(element, syntax.Kept) and element.absence:
            self.notes.append(f"depends on {element.absence}; not explained")
        elif isinstance(element, syntax.Opaque):
            self.notes.append(f"what the {element.what} part matched is not explained")

    def rest_of(self, elements: Sequence[syntax.Element], group: syntax.Group) -> str:
        """Return some elements of a group as SPARQL that leaves marks."""
        return self._all(elements, group, ())

    def essential(self, guards: tuple[str, ...], shown: frozenset[str]) -> bool:
        """Tell whether a row would go without a pattern of these marks: not if only an unseen OPTIONAL has it."""
        return all(self.optionals[mark] & shown for mark in guards if mark in self.optionals)


def _renamed(group: syntax.Group, names: dict[str, str], prologue: str) -> syntax.Group:
    reader = Reader.of(group.text)
    texts = [
        f"?{names.get(token.text[1:], token.text[1:])}" if token.kind == "variable" else token.text
        for token in reader.tokens
    ]
    spaces = [reader.text[reader.tokens[i - 1].end : token.start] if i else "" for i, token in enumerate(reader.tokens)]
    text = "".join(space + word for space, word in zip(spaces, texts, strict=True))
    return parse.group(text, prologue)


def _matched(group: syntax.Group) -> frozenset[str]:
    """Return the variables that the patterns of a group may give a value, those of its filters left out."""
    found: frozenset[str] = frozenset()
    for element in group.elements:
        match element:
            case syntax.Optional():
                found |= _matched(element.group)
            case syntax.Union():
                found |= frozenset().union(*map(_matched, element.branches))
            case syntax.Triples() | syntax.Select() | syntax.Opaque():
                found |= variables(element.text)
            case syntax.Kept() if element.starts("BIND", "VALUES"):
                found |= variables(element.text)
    return found


def plan(select: syntax.Select) -> Plan:
    """Return how a query or sub-query is explained."""
    made = Plan(Names(select.prologue + select.text), select.prologue)
    head, rest = _headed(select.group.elements)
    made.head = made.group(syntax.Group(tuple(head), ""), ())
    made.certain = frozenset(
        term.value
        for pattern in made.patterns
        for term in (pattern.subject, pattern.predicate, pattern.object)
        if isinstance(term, ox.Variable)
    )
    made.rest = made.rest_of(rest, select.group)
    return made


def _headed(elements: tuple[syntax.Element, ...]) -> tuple[list[syntax.Triples], list[syntax.Element]]:
    """Part the triple patterns with which a group may begin from all the rest.

    They may as well precede filters and values, and a BIND that they do not touch; the engine then joins them all at
    once, which is often much faster than the query as it was written.
    """
    head: list[syntax.Triples] = []
    rest: list[syntax.Element] = []
    bound: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    for number, element in enumerate(elements):
        if isinstance(element, syntax.Triples) and not variables(element.text) & hidden:
            head.append(element)
            bound |= variables(element.text)
        elif isinstance(element, syntax.Exists) or (
            isinstance(element, syntax.Kept) and element.starts("FILTER", "VALUES", "BIND")
        ):
            if isinstance(element, syntax.Kept) and element.starts("BIND"):
                hidden |= variables(element.text) - bound
            rest.append(element)
        else:
            return head, [*rest, *elements[number:]]
    return head, rest
