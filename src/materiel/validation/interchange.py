"""A report in the formats of other tools: SARIF 2.1.0 for code hosts and editors, JUnit XML for build servers."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from materiel import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from materiel.validation.finding import Result, Rule
    from materiel.validation.report import Report

_LEVELS = {"Violation": "error", "Warning": "warning", "Info": "note"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def sarif(report: Report) -> str:
    """Return the report as a SARIF log with one run."""
    rules = _named(report.rules)
    driver = {
        "name": "materiel",
        "version": __version__,
        "informationUri": "https://w3id.org/materiel/",
        "rules": [_sarif_rule(rule) for rule in rules.values()],
    }
    index = {name: position for position, name in enumerate(rules)}
    results = [_sarif_result(result, index[result.rule]) for result in report.findings]
    run: dict[str, Any] = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    run["properties"] = {"scope": report.scope}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _named(rules: Iterable[Rule]) -> dict[str, Rule]:
    """Return one rule of each name; a shape has one for each of its constraints."""
    named: dict[str, Rule] = {}
    for rule in rules:
        named.setdefault(rule.name, rule)
    return named


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.title},
        "help": {"text": rule.message},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _sarif_result(result: Result, index: int) -> dict[str, Any]:
    location: dict[str, Any] = {"logicalLocations": [{"name": result.label, "fullyQualifiedName": result.focus}]}
    if result.file:
        physical: dict[str, Any] = {"artifactLocation": {"uri": result.file, "uriBaseId": "GRAPH"}}
        location["physicalLocation"] = physical | ({"region": {"startLine": result.line}} if result.line else {})
    return {
        "ruleId": result.rule,
        "ruleIndex": index,
        "level": _LEVELS[result.severity],
        "message": {"text": f"{result.label}: {result.message}"},
        "locations": [location],
    }


def junit(report: Report) -> str:
    """Return the report as JUnit XML: a test for each rule, which fails by Violations and tells of the rest."""
    by_rule: dict[str, list[Result]] = {}
    for result in report.findings:
        by_rule.setdefault(result.rule, []).append(result)
    rules = _named(report.rules)
    failed = sum(any(r.severity == "Violation" for r in results) for results in by_rule.values())
    cases = "".join(_case(rule, by_rule.get(name, [])) for name, rule in rules.items())
    counts = f'tests="{len(rules)}" failures="{failed}" errors="0" skipped="0"'
    scope = "".join(f'<property name="scope" value={quoteattr(line)}/>' for line in report.scope)
    inside = f"<properties>{scope}</properties>\n{cases}" if scope else cases
    suite = f'<testsuite name="materiel validate" {counts}>\n{inside}</testsuite>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {counts}>\n{suite}\n</testsuites>\n'


def _case(rule: Rule, results: list[Result]) -> str:
    head = f"<testcase classname={_attribute(f'materiel.{rule.severity}')} name={_attribute(rule.name)}"
    if not results:
        return f"{head}/>\n"
    body = _text("\n".join(f"{r.label} ({r.file or r.focus}): {r.message}" for r in results))
    message = _attribute(f"{len(results)} {rule.severity}: {rule.title}")
    inside = (
        f"<failure type={_attribute(rule.severity)} message={message}>{body}</failure>"
        if rule.severity == "Violation"
        else f"<system-out>{body}</system-out>"
    )
    return f"{head}>{inside}</testcase>\n"


def _text(value: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", value))


def _attribute(value: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", value))
