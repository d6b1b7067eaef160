"""The analyst library: named questions in SPARQL, each with title, text, typed parameters and answer shape.

A question is a file `ontology/questions/{name}.rq`: a comment header and a query that any SPARQL 1.1 engine
takes. Parameters are written `$name` in it and replaced by terms; a line that mentions a parameter which was
left open is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from pyoxigraph import Literal, NamedNode

from materiel.dates import PartialDate
from materiel.errors import NotFound, UsageError
from materiel.store import folder
from materiel.store.table import Cell, Table, is_iri_list
from materiel.vocabulary import XSD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyoxigraph as ox

    from materiel.store.base import Store
    from materiel.store.labels import Labels

_HEADER = re.compile(r"^# (title|text|param|answer|example): (.+)$", re.MULTILINE)
_PARAM = re.compile(r"(?P<name>\w+) (?P<type>\S+)(?: = (?P<default>\S+))?: (?P<text>.*?)(?: \((?P<example>[^)]*)\))?")
_PLACE = re.compile(r"\$(\w+)")
OPEN = "any"
"""The default of a parameter that may be left open."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.

    Attributes:
        name: Its name, `$name` in the query.
        type: `entity`, `code/{list}`, `date-from`, `date-to`, `number` or `text`.
        text: What it means.
        default: Its value when not given: `any` leaves it open, None makes it required.
        example: A value to try.
    """

    name: str
    type: str
    text: str
    default: str | None
    example: str | None

    def term(self, value: str, labels: Labels) -> str:
        """Return the value as a SPARQL term.

        Raises:
            NotFound: Nothing has the name.
            Ambiguous: Several things have it.
            BadDate: The value is no date.
        """
        if self.type.startswith("date"):
            day = PartialDate(value).not_after if self.type == "date-to" else PartialDate(value).not_before
            return str(Literal(day.isoformat(), datatype=NamedNode(XSD + "date")))
        if self.type == "number":
            return _number(self.name, value)
        if self.type == "text":
            return str(Literal(value))
        return f"<{labels.resolve(value, self.type if self.type.startswith('code/') else 'id')}>"


def _number(name: str, value: str) -> str:
    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise UsageError(f"{name}: {value!r} is not a number", "Write it in digits, such as 12 or 0.5.")
    return value


@dataclass(frozen=True, slots=True)
class Question:
    """A named question.

    Attributes:
        name: Its name on the command line: the file's name.
        title: A few words.
        text: The question in full.
        parameters: In the order in which they can be given.
        answer: What a row of the answer is.
        example: A command that asks it.
        sparql: The query with `$name` for parameters.
    """

    name: str
    title: str
    text: str
    parameters: tuple[Parameter, ...]
    answer: str
    example: str
    sparql: str

    def bind(self, labels: Labels, values: Mapping[str, str | None]) -> str:
        """Return the query with its parameters filled in.

        Raises:
            UsageError: A parameter is missing or unknown.
        """
        if unknown := set(values) - {parameter.name for parameter in self.parameters}:
            known = ", ".join(parameter.name for parameter in self.parameters) or "none"
            raise UsageError(f"{self.name} has no parameter {', '.join(sorted(unknown))}", f"Its parameters: {known}.")
        terms: dict[str, str | None] = {}
        for parameter in self.parameters:
            value = values.get(parameter.name) or parameter.default
            if value is None:
                raise UsageError(f"{self.name}: {parameter.name} is missing ({parameter.text})", f"Try: {self.example}")
            terms[parameter.name] = None if value == OPEN else parameter.term(value, labels)
        return _fill(self.sparql, terms)


def _fill(text: str, terms: Mapping[str, str | None]) -> str:
    """Put terms in the place of parameters, all at once, so that no value is read again; lines with an open one go.

    Raises:
        UsageError: A line with an open parameter holds another one, which would go with it.
    """
    kept = []
    for line in text.split("\n"):
        named = [name for name in _PLACE.findall(line) if name in terms]
        if open_ := [name for name in named if terms[name] is None]:
            if set(named) != set(open_):
                raise UsageError(
                    f"a line of the question holds {' and '.join(f'${name}' for name in named)}",
                    f"Write the pattern with ${open_[0]} in a line of its own: it goes when {open_[0]} is left open.",
                )
            continue
        kept.append(_PLACE.sub(lambda match: terms.get(match[1]) or match[0], line))
    return "\n".join(kept)


@cache
def library() -> dict[str, Question]:
    """Return the named questions of this installation, by name."""
    paths = folder.files(folder.bundled("ontology") / "questions", ".rq")
    return {path.stem: read(path) for path in paths}


def read(path: Path) -> Question:
    """Read a question from its file."""
    text = path.read_text(encoding="utf-8")
    header: dict[str, list[str]] = {}
    for key, value in _HEADER.findall(text):
        header.setdefault(key, []).append(value)
    parameters = tuple(_parameter(path, line) for line in header.get("param", []))
    body = "\n".join(line for line in text.split("\n") if not line.startswith("#"))
    title, words, answer, example = (header[key][0] for key in ("title", "text", "answer", "example"))
    return Question(path.stem, title, words, parameters, answer, example, body)


def _parameter(path: Path, line: str) -> Parameter:
    match = _PARAM.fullmatch(line)
    if not match:
        raise UsageError(
            f"{path}: the parameter line {line!r} cannot be read", "Write `name type = default: text (example)`."
        )
    return Parameter(match["name"], match["type"], match["text"], match["default"], match["example"])


def find(name: str) -> Question:
    """Return the question of a name.

    Raises:
        NotFound: There is none; near names are suggested.
    """
    from difflib import get_close_matches

    if name not in library():
        raise NotFound(name, get_close_matches(name, library(), n=3, cutoff=0.4))
    return library()[name]


def ask(store: Store, name: str, values: Mapping[str, str | None]) -> Table:
    """Ask a named question of a store.

    Returns:
        The rows; the column `sources` holds the addresses of the sources behind each, separated by spaces.
    """
    return answer(store, find(name), values)


def answer(store: Store, question: Question, values: Mapping[str, str | None]) -> Table:
    """Answer a question; lists of IRIs within a cell are sorted, so that equal graphs give equal answers."""
    table = Table.of(cast("ox.QuerySolutions", store.query(question.bind(store.labels, values))))
    return Table(table.columns, [tuple(_sorted(value) for value in row) for row in table.rows])


def _sorted(value: Cell) -> Cell:
    return " ".join(sorted(value.split())) if isinstance(value, str) and is_iri_list(value) else value
