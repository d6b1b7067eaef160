"""Validation: SHACL shapes and SPARQL checks, run by the engine over the whole graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from materiel.validation import checks, shapes
from materiel.validation.compiler import UnsupportedShape, subclasses
from materiel.validation.finding import SEVERITIES, Result, Rule
from materiel.validation.naming import results_of
from materiel.validation.render import RENDERERS
from materiel.validation.report import Report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from materiel.store.base import Store

__all__ = ["RENDERERS", "SEVERITIES", "Report", "Result", "Rule", "UnsupportedShape", "rules", "validate"]


def rules(store: Store) -> list[Rule]:
    """Return every rule that ships: the shapes, compiled for the classes of this store, and the checks."""
    return [*shapes.rules(subclasses(store)), *checks.rules()]


def validate(
    store: Store, graph_files: Path | None = None, chosen: Sequence[Rule] | None = None, scope: Sequence[str] = ()
) -> Report:
    """Run the rules over a store that holds ontology, code lists, data and derived triples.

    Args:
        store: What to validate.
        graph_files: The graph folder, when findings are to name file and line.
        chosen: Rules to run; all that ship when left out.
        scope: What the report says of the scope.
    """
    applied = rules(store) if chosen is None else list(chosen)
    used = {iri: _is_used(store, iri) for iri in {rule.idle_without for rule in applied} - {""}}
    active = (rule for rule in applied if used.get(rule.idle_without, True))
    rows = [(rule, row) for rule in active for row in rule.run(store)]
    return Report(results_of(rows, store, graph_files), applied, tuple(scope))


def _is_used(store: Store, iri: str) -> bool:
    return bool(store.query(f"ASK {{ ?any <{iri}> ?value }}"))
