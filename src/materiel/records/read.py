"""Reading exchange records: every problem of every file is found before anything is done."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from materiel.errors import FileProblem, Finding
from materiel.records.model import RECORD_TYPES, Record, Records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_REMEDIES = {
    "missing": "Add the field",
    "extra_forbidden": "Remove the field or correct its name",
    "string_pattern_mismatch": "Correct the spelling",
    "literal_error": "Use one of the values named",
    "too_short": "Give at least one",
    "less_than_equal": "Use a number from 0 to 100",
    "greater_than_equal": "Use a number from 0 to 100",
    "value_error": "Write a day (2023-10-18), a month (2023-10) or a year (2023)",
}


@dataclass
class Reading:
    """What a folder of records holds.

    Attributes:
        records: The records that could be read.
        lines: Line number of each record, by file stem, in the order of the records.
        findings: What is wrong with the others.
    """

    records: Records
    lines: dict[str, list[int]]
    findings: list[Finding] = field(default_factory=list)


def read(folder: Path) -> Reading:
    """Read `sources.jsonl`, `entities.jsonl`, `partnerships.jsonl`, `relations.jsonl` and `facts.jsonl`; any may be absent.

    Raises:
        FileProblem: The folder has none of the files, or a file cannot be read.
    """
    if not any((folder / f"{stem}.jsonl").is_file() for stem in RECORD_TYPES):
        names = ", ".join(f"{stem}.jsonl" for stem in RECORD_TYPES)
        raise FileProblem(f"{folder}: no records here", f"Give a folder with one or more of {names}.")
    findings: list[Finding] = []
    kept: dict[str, Any] = {}
    lines: dict[str, list[int]] = {}
    for stem, record_type in RECORD_TYPES.items():
        rows = list(_rows(folder / f"{stem}.jsonl", record_type, findings))
        lines[stem], kept[stem] = [number for number, _ in rows], [record for _, record in rows]
    return Reading(Records.model_construct(None, **kept), lines, findings)


def _rows(path: Path, record_type: type[Record], findings: list[Finding]) -> Iterator[tuple[int, Record]]:
    for number, text in enumerate(_text(path).split("\n"), 1):
        if not text.strip():
            continue
        try:
            yield number, record_type.model_validate(_json(text))
        except json.JSONDecodeError as error:
            findings.append(
                Finding(
                    path.name,
                    number,
                    f"column {error.colno}",
                    f"not JSON: {error.msg}",
                    "Write one JSON object a line.",
                )
            )
        except ValidationError as error:
            findings += [_finding(path.name, number, dict(problem)) for problem in error.errors(include_url=False)]
        except ValueError as error:
            findings.append(Finding(path.name, number, "record", str(error), "Correct the line."))


def _text(path: Path) -> str:
    if not path.exists():
        return ""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileProblem(f"{path}: not UTF-8 (byte {error.start})", "Save the file as UTF-8.") from None
    except OSError as error:
        raise FileProblem(f"{path}: {error.strerror}", "Check the path and its permissions.") from None


def _json(text: str) -> Any:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(keys := [key for key, _ in pairs]) != len(set(keys)):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ValueError(f"the key {twice!r} stands twice in one object")
        return dict(pairs)

    def no_constant(name: str) -> Any:
        raise ValueError(f"{name} is not a number of JSON")

    return json.loads(text, object_pairs_hook=unique, parse_constant=no_constant)


def _finding(file: str, line: int, problem: dict[str, Any]) -> Finding:
    place = ".".join(str(part) for part in problem["loc"]) or "record"
    reason = str(problem["msg"]).removeprefix("Value error, ")
    given = problem.get("input")
    shown = f" (given: {given!r})" if isinstance(given, str | int | float) else ""
    remedy = _REMEDIES.get(str(problem["type"]), "Correct the value")
    return Finding(file, line, place, reason[:1].lower() + reason[1:] + shown, remedy + ".")
