"""The answers of the questions' examples on the shipped graph.

`python tests/question_record.py [NAME …]` writes them anew, to be read before they are believed; the tests only compare.
"""

from __future__ import annotations

import csv
import io
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import materiel
from materiel.questions import Question, library
from materiel.store.table import Cell, Table, shorten

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph

HERE = Path(__file__).parent / "questions"


def recorded(table: Table) -> str:
    """Return a table as CSV with short IRIs; within a cell the items stand in order."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(name, value) for name, value in zip(table.columns, row, strict=True)] for row in table.rows)
    return out.getvalue()


def _cell(column: str, value: Cell) -> str:
    text = shorten(value)
    if isinstance(value, str) and value.startswith("https://w3id.org/materiel/"):
        return " ".join(sorted(shorten(part) for part in value.split()))
    for mark in (" | ", " and "):
        if column in {"sides", "told"} and mark in text:
            return mark.join(sorted(text.split(mark)))
    return " ".join(sorted(text.split())) if column == "stated" else text


def answer(kg: KnowledgeGraph, name: str) -> Table:
    """Ask the example of a question."""
    question = library()[name]
    return kg.ask(name, **values(question, shlex.split(question.example)[3:]))


def values(question: Question, words: list[str]) -> dict[str, str]:
    """Read the parameters of an example: in order, then as options."""
    named = next((place for place, word in enumerate(words) if word.startswith("--")), len(words))
    given = dict(zip((p.name for p in question.parameters), words[:named], strict=False))
    options = iter(words[named:])
    return given | {option.removeprefix("--"): next(options) for option in options}


def main(names: list[str]) -> None:
    """Write the answers of all examples, or of those named."""
    kg = materiel.open()
    for name in names or library():
        (HERE / f"{name}.csv").write_text(recorded(answer(kg, name)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
