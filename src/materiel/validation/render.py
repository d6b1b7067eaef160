"""A report as text for a terminal and as JSON; `RENDERERS` knows these and the formats of other tools."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

from materiel.validation.interchange import junit, sarif
from materiel.validation.webpage import html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from materiel.validation.finding import Result
    from materiel.validation.report import Report

_WIDTH = 110
_SHOWN = 20


def text(report: Report, shown: int = _SHOWN) -> str:
    """Return the findings grouped by rule: the message once, then who is meant.

    Args:
        report: What to write.
        shown: How many findings of a rule to list before the rest is only counted; 0 lists all.
    """
    lines = [headline(report), *report.scope]
    for _, group in groupby(report.findings, key=lambda result: (result.severity, result.rule)):
        lines += ["", *_group(list(group), shown)]
    return "\n".join(lines) + "\n"


def headline(report: Report) -> str:
    """Return one line with the verdict and the counts."""
    counts = ", ".join(f"{severity} {number}" for severity, number in report.counts.items())
    rules = len({rule.name for rule in report.rules})
    return f"{'conforms' if report.conforms else 'does not conform'}: {counts} ({rules} rules)"


def _group(results: Sequence[Result], shown: int) -> Iterator[str]:
    """Yield the lines of one rule: each message once, with those whom it is about."""
    yield f"{results[0].severity.upper()} {results[0].rule} ({len(results)})"
    limit = shown or len(results)
    ordered = sorted(results, key=lambda result: result.message)[:limit]
    for message, group in groupby(ordered, key=lambda result: result.message):
        yield from _wrapped(message, "  ")
        yield from (f"  - {result.label}{_detail(result)}{_place(result)}" for result in group)
    if len(results) > limit:
        yield f"  … and {len(results) - limit} more"


def _wrapped(message: str, indent: str) -> list[str]:
    return textwrap.wrap(message, _WIDTH, initial_indent=indent, subsequent_indent=indent)


def _detail(result: Result) -> str:
    return f" [{' '.join(part for part in (result.path, result.value) if part)}]" if result.path or result.value else ""


def _place(result: Result) -> str:
    return f"  {result.file}:{result.line}" if result.file else ""


def as_json(report: Report) -> str:
    """Return verdict, counts and findings as JSON."""
    findings = [asdict(result) for result in report.findings]
    body = {"conforms": report.conforms, "scope": report.scope, "counts": report.counts, "findings": findings}
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


RENDERERS: dict[str, Callable[[Report], str]] = {
    "text": text,
    "json": as_json,
    "html": html,
    "sarif": sarif,
    "junit": junit,
}
"""Format name to the function that writes a report in it."""
