"""Cross-record checks: SELECT queries under `ontology/checks/` that must return nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from materiel.errors import FileProblem
from materiel.store import folder
from materiel.validation.finding import SEVERITIES, Rule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_FIELD = re.compile(r"^# (title|severity|message): (.*(?:\n#   .*)*)", re.MULTILINE)


def rules(paths: Sequence[Path] | None = None) -> list[Rule]:
    """Read check files.

    Args:
        paths: Query files; the ones that ship when left out.

    Raises:
        FileProblem: A header is incomplete.
    """
    home = folder.bundled("ontology") / "checks"
    return [_rule(path) for path in (folder.files(home, ".rq") if paths is None else paths)]


def _rule(path: Path) -> Rule:
    text = path.read_text(encoding="utf-8")
    head = {name: re.sub(r"\n#\s+", " ", value).strip() for name, value in _FIELD.findall(text)}
    missing = {"title", "severity", "message"} - head.keys()
    if missing or head["severity"] not in SEVERITIES:
        wrong = ", ".join(sorted(missing)) or f"severity {head['severity']!r}"
        raise FileProblem(
            f"{path}: the comment header lacks or misstates: {wrong}",
            f"Begin the file with `# title:`, `# severity:` ({', '.join(SEVERITIES)}) and `# message:`.",
        )
    return Rule(path.stem, head["severity"], head["title"], head["message"], text)
