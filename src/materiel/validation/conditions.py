"""Constraints on single values as SPARQL expressions that are true of a good `?value`, and never an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from materiel.vocabulary import XSD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyoxigraph import Literal, NamedNode

    Term = NamedNode | Literal

_PARTIAL = {"date": "T00:00:00", "gYearMonth": "-01T00:00:00", "gYear": "-01-01T00:00:00"}
_CASTS = {"integer", "decimal", "boolean", "double", "float"}
_KINDS = {"IRI": "ISIRI(?value)", "Literal": "ISLITERAL(?value)", "BlankNode": "ISBLANK(?value)"}


def _datatype(value: Term) -> str:
    local = value.value.removeprefix(XSD)
    if local in _PARTIAL:
        formed = f'<{XSD}dateTime>(CONCAT(STR(?value), "{_PARTIAL[local]}"))'
    elif local in _CASTS:
        formed = f"{value}(STR(?value))"
    else:
        formed = "?value"
    return f"COALESCE(DATATYPE(?value) = {value} && ISLITERAL({formed}), false)"


def _language(tags: Sequence[Term]) -> str:
    return " || ".join(f'COALESCE(LANGMATCHES(LANG(?value), "{tag.value}"), false)' for tag in tags)


def _kind(value: Term) -> str:
    parts = [part for name, part in _KINDS.items() if name in value.value.rpartition("#")[2].split("Or")]
    return " || ".join(parts)


_CONDITIONS: dict[str, Callable[[Sequence[Term]], str]] = {
    "datatype": lambda v: _datatype(v[0]),
    "nodeKind": lambda v: _kind(v[0]),
    "in": lambda v: " || ".join(f"SAMETERM(?value, {term})" for term in v),
    "pattern": lambda v: f"COALESCE(REGEX(STR(?value), {', '.join(map(str, v))}), false)",
    "minInclusive": lambda v: f"COALESCE(?value >= {v[0]}, false)",
    "maxInclusive": lambda v: f"COALESCE(?value <= {v[0]}, false)",
    "minLength": lambda v: f"COALESCE(STRLEN(STR(?value)) >= {v[0]}, false)",
    "languageIn": _language,
}
"""Parameter of SHACL to the expression that its value makes."""

VALUE_CONSTRAINTS = frozenset(_CONDITIONS)


def condition(name: str, values: Sequence[Term]) -> str:
    """Return the expression that is true of a `?value` that keeps one constraint."""
    return f"({_CONDITIONS[name](values)})"
