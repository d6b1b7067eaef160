"""The outcome of a validation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from materiel.validation.finding import SEVERITIES, Result, Rule


@dataclass(frozen=True)
class Report:
    """The findings of a validation and the rules that were applied.

    Attributes:
        findings: All results, the gravest first.
        rules: The rules that were run, whether or not they found anything.
        scope: What of the graph was looked at, a line each.
    """

    findings: list[Result]
    rules: list[Rule]
    scope: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Number of findings of each severity."""
        found = Counter(result.severity for result in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}

    @property
    def by_rule(self) -> dict[str, int]:
        """Number of findings of each rule that has any, in the order of the findings."""
        return dict(Counter(result.rule for result in self.findings))

    @property
    def conforms(self) -> bool:
        """Whether there is no Violation."""
        return not self.counts["Violation"]
