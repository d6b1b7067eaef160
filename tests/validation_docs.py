"""The tables of docs/validation.md; run this file to write them anew after a change of rules or data."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from materiel.store import build
from materiel.store.embedded import EmbeddedStore
from materiel.validation import Report, Rule, validate

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/validation.md"


@cache
def shipped_report() -> Report:
    """Return what is found in the shipped graph, with files and lines."""
    return validate(EmbeddedStore(build.in_memory(ROOT / "graph"), "graph"), ROOT / "graph")


def tables(report: Report) -> dict[str, str]:
    """Return the body of each table by the name of its marker."""
    shapes = [rule for rule in report.rules if rule.component != "check"]
    checks = [rule for rule in report.rules if rule.component == "check"]
    severity = {rule.name: rule.severity for rule in report.rules}
    found = [f"| {rule} | {severity[rule]} | {number} |" for rule, number in report.by_rule.items()]
    totals = ", ".join(f"{number} {name}" for name, number in report.counts.items())
    return {
        "findings": "\n".join(["| rule | severity | findings |", "|---|---|--:|", *found, "", f"In all: {totals}."]),
        "checks": "\n".join(["| check | severity | says |", "|---|---|---|", *(_row(rule) for rule in checks)]),
        "shapes": "\n".join(["| shape | severity | on | says |", "|---|---|---|---|", *_shape_rows(shapes)]),
    }


def _row(rule: Rule) -> str:
    return f"| `{rule.name}` | {rule.severity} | {rule.message} |"


def _shape_rows(shapes: list[Rule]) -> list[str]:
    once = {rule.name: rule for rule in reversed(shapes)}
    return [
        f"| `{name}` | {rule.severity} | {f'`{rule.path}`' if rule.path else 'the node'} | {rule.message} |"
        for name, rule in sorted(once.items())
    ]


def filled(page: str, bodies: dict[str, str]) -> str:
    """Return the page with the text between each pair of markers replaced."""
    for name, body in bodies.items():
        pattern = rf"(<!-- {name} -->\n).*?(<!-- end -->)"
        page = re.sub(pattern, lambda match, body=body: f"{match[1]}{body}\n{match[2]}", page, flags=re.DOTALL)  # type: ignore[misc]
    return page


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), tables(shipped_report())), encoding="utf-8")
