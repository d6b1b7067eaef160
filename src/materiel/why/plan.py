"""From a query to the query that shows its workings: every solution, every step, and which alternative matched."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

from materiel.why import block, parse, syntax
from materiel.why.block import Names, Pattern
from materiel.why.tokens import Reader, variables


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
        texts = [self._element(element, guards) for element in group.elements]
        shown = [self._shown(e, group, guards) for e in group.elements if isinstance(e, syntax.Exists)]
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
        names = {name: self.names.fresh() for name in sorted(variables(part.text) - sure)}
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


def plan(select: syntax.Select) -> Plan:
    """Return how a query or sub-query is explained."""
    made = Plan(Names(select.prologue + select.text), select.prologue)
    elements = select.group.elements
    count = next((i for i, element in enumerate(elements) if not isinstance(element, syntax.Triples)), len(elements))
    made.head = made.group(syntax.Group(elements[:count], ""), ())
    made.certain = frozenset(
        term.value
        for pattern in made.patterns
        for term in (pattern.subject, pattern.predicate, pattern.object)
        if isinstance(term, ox.Variable)
    )
    made.rest = made.group(syntax.Group(elements[count:], select.group.text), ())
    return made
