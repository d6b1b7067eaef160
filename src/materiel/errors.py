"""Errors that a person can act on: each says what is wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class MaterielError(Exception):
    """Anything that we refuse or cannot do.

    Attributes:
        exit_code: The exit code of the command line: 1 failed, 2 usage, 3 not found or ambiguous,
            4 findings, 5 limit.
        remedy: What the user can do about it.
    """

    exit_code = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        """Store what is wrong and what to do."""
        super().__init__(message)
        self.remedy = remedy


class BadDate(MaterielError):
    """A text that is no date of the accepted forms."""

    exit_code = 2

    def __init__(
        self, text: str, reason: str, remedy: str = "Write a day (2023-10-18), a month (2023-10) or a year (2023)."
    ) -> None:
        """Name the text, why it was refused, and what to write."""
        super().__init__(f"the date {text!r} {reason}", remedy)
        self.reason = reason


class NotFound(MaterielError):
    """A name that nothing in the graph has."""

    exit_code = 3

    def __init__(self, name: str, suggestions: Sequence[str] = ()) -> None:
        """Name what was looked for and the nearest names."""
        near = (
            f"Did you mean {' or '.join(suggestions)}?"
            if suggestions
            else "Try `materiel search` with a part of the name."
        )
        super().__init__(f"nothing is called {name!r}", near)
        self.suggestions = list(suggestions)


class OutOfScope(MaterielError):
    """A thing that the graph has and the scope leaves out."""

    exit_code = 3

    def __init__(self, label: str, scope: str) -> None:
        """Name the thing and the scope."""
        super().__init__(f"{label} is not in this scope: {scope}", "Widen the scope, or ask for the whole graph.")


class Ambiguous(MaterielError):
    """A name that several things have."""

    exit_code = 3

    def __init__(self, name: str, candidates: Sequence[tuple[str, str]]) -> None:
        """Name the candidates as (id, label) pairs."""
        listed = ", ".join(f"{slug} ({label})" for slug, label in candidates)
        super().__init__(f"{name!r} is the name of {len(candidates)} things", f"Use an id: {listed}.")
        self.candidates = list(candidates)


class QueryError(MaterielError):
    """A SPARQL text that cannot be read or that the engine refuses."""

    exit_code = 2


class UsageError(MaterielError):
    """An option or argument that does not fit."""

    exit_code = 2


class FileProblem(MaterielError):
    """A file that cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing wrong in an input file.

    Attributes:
        file: The file's name.
        line: The line, from 1.
        field: The path of the field in the record, such as `events.2.date`.
        reason: What is wrong.
        remedy: What to do.
    """

    file: str
    line: int
    field: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        """Return one line: place, field, reason, remedy."""
        return f"{self.file}:{self.line}: {self.field}: {self.reason}. {self.remedy}"


class Refused(MaterielError):
    """Input with findings; nothing was written."""

    exit_code = 4

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Keep all findings, in the order of the files."""
        self.findings = sorted(findings)
        super().__init__(
            f"{len(self.findings)} problem(s) in the input; nothing was written\n" + "\n".join(map(str, self.findings)),
            "Correct the lines above and run the command again.",
        )
