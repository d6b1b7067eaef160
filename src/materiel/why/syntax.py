"""The structure of a SELECT query: its head, its groups and what stands in them; expressions are kept as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Triples:
    """A run of triple patterns, as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A FILTER, BIND, VALUES or MINUS, as written; `absence` tells what must be missing for it to hold, if anything."""

    text: str
    absence: str = ""

    def starts(self, *words: str) -> bool:
        """Tell whether it begins with one of these words."""
        return self.text.upper().startswith(words)


@dataclass(frozen=True, slots=True)
class Opaque:
    """A GRAPH, SERVICE or LATERAL, as written: kept, but what it matches is not explained."""

    text: str
    what: str


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between braces."""

    elements: tuple[Element, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Exists:
    """A FILTER EXISTS."""

    text: str
    group: Group


@dataclass(frozen=True, slots=True)
class Optional:
    """An OPTIONAL group."""

    group: Group


@dataclass(frozen=True, slots=True)
class Union:
    """One group, or several of which any may hold."""

    branches: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A column or a group key: a variable, an expression, or an expression under a name."""

    variable: str | None
    expression: str | None


@dataclass(frozen=True, slots=True)
class Select:
    """A SELECT query or sub-query.

    Attributes:
        text: The whole of it, as written, without the prologue.
        prologue: The declarations before it.
        items: The columns; None for `*`.
        dataset: The FROM clauses.
        group: The WHERE group.
        keys: What the solutions are grouped by.
        having: The HAVING clause with its word.
        values: The VALUES clause after the group.
        aggregated: Whether rows stand for groups of solutions.
        sliced: Whether LIMIT or OFFSET cut the rows.
    """

    text: str
    prologue: str
    items: tuple[Item, ...] | None
    dataset: str
    group: Group
    keys: tuple[Item, ...]
    having: str
    values: str
    aggregated: bool
    sliced: bool


Element: TypeAlias = Triples | Kept | Opaque | Exists | Optional | Union | Select
