"""Writes docs/questions.md from the headers of ontology/questions/*.rq: `python tests/question_page.py`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from materiel.questions import read

if TYPE_CHECKING:
    from materiel.questions import Parameter, Question

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "ontology" / "questions"
PAGE = ROOT / "docs" / "questions.md"
COMPETENCY = {
    1: "Which partnerships between two countries exist as of a day, by kind and status?",
    2: "What is the full history of an agreement?",
    3: "Which joint ventures are registered or at work, and which only announced?",
    4: "Who owns what share of a venture, and who stands behind the owners?",
    5: "Who makes, will make or maintains a product, at what capacity, from when?",
    6: "Who are the partners of an organisation, and which are new?",
    7: "How long from announcement to operation, and what is overdue or silent?",
    8: "Which statements rest on one origin, on a party only, or on nobody named?",
    9: "Where do sources disagree, and is it resolved?",
    10: "What was known on a day, and what has changed since?",
    11: "Which licences and technology transfers were granted, to whom?",
    12: "Which agreements sit under an umbrella?",
    13: "Who funds what, and which contracts follow?",
    14: "Who bridges groups of partners, and how firm is that?",
    15: "What is lost when somebody drops out?",
    16: "How concentrated is the supply of a category?",
    17: "Which deals cross categories, or join foreign with private Ukrainian firms?",
    18: "Which sites belong to which deal, and where?",
    19: "Who signed or announced it, at which event?",
    20: "What came out of an event?",
    21: "Under which names and identifiers does a thing go, and what succeeded it?",
    22: "Which parties are under sanctions, owned by a state, or under supervision?",
    23: "What was not found?",
    24: "How do two sources differ?",
    25: "A one-page brief with footnotes",
}
"""The 25 questions that analysts ask, by number."""
COMMANDS = {
    1: ["materiel ask deals-between DE UA --as-of 2023-12"],
    4: ["materiel ask owners-behind fprt --as-of 2025"],
    7: ["materiel analyse time-to announced operational kind", "materiel analyse overdue announced operational"],
    10: ["materiel ask history rheinmetall-udi-joint-venture --known-by 2023-10-20", "materiel diff"],
    13: ["materiel analyse flows EUR", "materiel amounts NO"],
    14: ["materiel analyse robust betweenness", "materiel analyse brokers sector"],
    15: ["materiel analyse removal US"],
    16: ["materiel analyse concentration artillery-ammunition"],
    20: ["materiel analyse funnel defence-forum-kyiv-2023"],
    23: ["materiel coverage", "materiel analyse silent 540"],
    24: ["materiel diff"],
    25: ["materiel brief DE UA"],
}
"""What answers a question beside, or instead of, a named question."""
_MORE = re.compile(r"^# (competency|limits): (.+)$", re.MULTILINE)
HEAD = """# Questions

Named questions in SPARQL, each a file in [`ontology/questions/`](../ontology/questions). `materiel ask NAME …` asks one; parameters follow
in their order or as options; things are given by id, name or alias in any script, days as `2023`, `2023-10` or `2023-10-18`.
A parameter in brackets may be left out. Every row has the sources behind it. The queries are plain SPARQL 1.1: replace `$name` by terms,
leave out the lines with parameters that stay open, and any engine takes them. `--as-of`, `--known-by`, `--voices` and the other options of
scope narrow the graph before it is asked. This page is made from the headers of the files by `python tests/question_page.py`.
What each example answers on the shipped graph is recorded in `tests/questions/`.

## What analysts ask

| | question | answered by |
|---|---|---|
"""


def page() -> str:
    """Return the text of docs/questions.md."""
    found = [(read(path), more(path)) for path in sorted(FOLDER.glob("*.rq"))]
    rows = [_row(number, text, found) for number, text in COMPETENCY.items()]
    others = [f"[`{q.name}`](#{q.name})" for q, said in found if not numbers(said)]
    return (
        HEAD + "".join(rows) + f"\nFurther: {', '.join(others)}.\n\n" + "\n".join(_entry(q, said) for q, said in found)
    )


def more(path: Path) -> dict[str, str]:
    """Return what a header says beside what `materiel.questions` reads: competency and limits."""
    return dict(_MORE.findall(path.read_text(encoding="utf-8")))


def numbers(said: dict[str, str]) -> list[int]:
    """Return the numbers of the analysts' questions that a named question answers."""
    return [int(number) for number in re.findall(r"\d+", said.get("competency", ""))]


def _row(number: int, text: str, found: list[tuple[Question, dict[str, str]]]) -> str:
    named = [f"[`{q.name}`](#{q.name})" for q, said in found if number in numbers(said)]
    commands = [f"`{command}`" for command in COMMANDS.get(number, [])]
    return f"| {number} | {text} | {', '.join([*named, *commands])} |\n"


def _entry(question: Question, said: dict[str, str]) -> str:
    lines = [f"## {question.name}\n", f"**{question.title}.** {question.text}\n"]
    lines += [_parameter(parameter) for parameter in question.parameters]
    lines += ["" if question.parameters else None, f"Answer: {question.answer}.\n"]  # type: ignore[list-item]
    lines += [f"Limits: {said['limits'].removesuffix('.')}.\n"] if "limits" in said else []
    return "\n".join(line for line in [*lines, f"Example: `{question.example}`\n"] if line is not None)


def _parameter(parameter: Parameter) -> str:
    name = f"`{parameter.name}`" if parameter.default is None else f"[`{parameter.name}`]"
    default = f", {parameter.default} if not given" if parameter.default not in {None, "any"} else ""
    return f"- {name} ({parameter.type}): {parameter.text}{default}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
