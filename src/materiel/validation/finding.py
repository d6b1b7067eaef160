"""What validation is made of: a rule that is one query, and the results it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple

    from materiel.store.base import Store

    Row: TypeAlias = Mapping[str, NamedNode | BlankNode | Literal | Triple]

SEVERITIES = ("Violation", "Warning", "Info")
"""Violation: cannot be used. Warning: needs a look. Info: could be better."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that must hold, as a SELECT query that returns what breaks it.

    Attributes:
        name: The check's file name, or the shape's local name.
        severity: One of `SEVERITIES`.
        title: What the rule is about, in a few words.
        message: What is wrong and what to do; `{?name}` stands for a variable of the query.
        query: SELECT with `?this` (the focus), and perhaps `?path`, `?value` and others.
        component: The constraint component of SHACL, or `check`; a row may name its own as `?component`.
        path: The path that a shape constrains, in SPARQL syntax with known prefixes.
        idle_without: Property without which in the store the rule cannot find anything, when there is one.
    """

    name: str
    severity: str
    title: str
    message: str
    query: str = field(repr=False)
    component: str = "check"
    path: str = ""
    idle_without: str = ""

    def run(self, store: Store) -> Iterator[Row]:
        """Yield a row for each finding: variable name to term, unbound ones left out."""
        solutions = cast("QuerySolutions", store.query(self.query))
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield {name: term for name in names if (term := solution[name]) is not None}


@dataclass(frozen=True, slots=True)
class Result:
    """One finding.

    Attributes:
        severity: One of `SEVERITIES`.
        rule: Name of the shape or check.
        focus: IRI of the node that is at fault.
        path: The property or path at fault, when there is one.
        value: The value at fault, when there is one.
        message: What is wrong and what to do.
        component: The constraint component of SHACL, or `check`.
        label: Name of the focus for people.
        file: File that describes the focus, relative to the graph folder, when a folder was given.
        line: Line in that file, from 1.
    """

    severity: str
    rule: str
    focus: str
    path: str
    value: str
    message: str
    component: str
    label: str
    file: str = ""
    line: int = 0

    @property
    def order(self) -> tuple[int, str, str, str, str]:
        """Sort key: the gravest first, then by rule and place."""
        return SEVERITIES.index(self.severity), self.rule, self.label, self.path, self.value
