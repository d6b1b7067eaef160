"""A report as one small page: no script, nothing fetched, every value escaped where it is written."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from materiel.validation.finding import Result
    from materiel.validation.report import Report

_STYLE = """
:root { color-scheme: light dark; --edge: #8886; --violation: #b3261e; --warning: #8a5300; --info: #1a5fb4 }
@media (prefers-color-scheme: dark) { :root { --violation: #ff8a80; --warning: #ffc46b; --info: #8ab8ff } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
summary { cursor: pointer; padding: .3rem 0 } table { border-collapse: collapse; width: 100%; font-size: .9rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--edge); overflow-wrap: anywhere }
details { border-top: 1px solid var(--edge) } .Violation { color: var(--violation) } .Warning { color: var(--warning) }
.Info { color: var(--info) } code { font-size: .85rem }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html(report: Report) -> str:
    """Return the report as a page: the verdict, and a fold for each rule with its findings."""
    verdict = "The graph conforms." if report.conforms else "The graph does not conform."
    counts = ", ".join(f"{number} {severity}" for severity, number in report.counts.items())
    groups = groupby(report.findings, key=lambda result: (result.severity, result.rule))
    folds = "\n".join(_fold(list(group)) for _, group in groups)
    return f"""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>Validation: {counts}</title><style>{_STYLE}</style></head>
<body><main>
<h1>{verdict}</h1>
<p>{counts}. {len({rule.name for rule in report.rules})} rules were applied. {escape(" ".join(report.scope))}</p>
{folds}
</main></body>
</html>
"""


def _fold(results: Sequence[Result]) -> str:
    first = results[0]
    title = f'<b class="{escape(first.severity)}">{escape(first.severity)}</b> {escape(first.rule)} ({len(results)})'
    rows = "\n".join(map(_row, results))
    is_open = " open" if first.severity == "Violation" else ""
    head = "<tr><th>Thing</th><th>Path and value</th><th>What to do</th><th>Where</th></tr>"
    return f"<details{is_open}><summary>{title}</summary>\n<table>{head}\n{rows}\n</table></details>"


def _row(result: Result) -> str:
    place = f"{result.file}:{result.line}" if result.file else result.focus
    cells = (
        escape(result.label),
        f"<code>{escape(f'{result.path} {result.value}'.strip())}</code>",
        escape(result.message),
        f"<code>{escape(place)}</code>",
    )
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
