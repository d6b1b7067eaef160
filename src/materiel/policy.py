"""Policies that the code lists tell: how far a deal has come, which statuses end it, which roles act.

The rules in `ontology/rules` read the same marks; nothing here names a code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from materiel.store.codes import code_list

if TYPE_CHECKING:
    from collections.abc import Sequence


class Step(Protocol):
    """What a policy asks of a step: its status, and whether it set the deal back."""

    @property
    def status(self) -> str: ...  # noqa: D102 - told by the class

    @property
    def reverse(self) -> bool: ...  # noqa: D102 - told by the class


S = TypeVar("S", bound=Step)


def marked(list_name: str, mark: str) -> tuple[str, ...]:
    """Return the notations of a code list that bear a mark, in the order of the list.

    Args:
        list_name: The list, such as `status` or `role`.
        mark: The mark, such as `halts` for statuses in which a deal does not go on.
    """
    return tuple(code.notation for code in code_list(list_name).values() if mark in code.marks)


def from_on(status: str) -> tuple[str, ...]:
    """Return a status and those after it in which a deal goes on: what `signed+` means."""
    codes = code_list("status")
    return tuple(n for n, code in codes.items() if code.order >= codes[status].order and "halts" not in code.marks)


def current(steps: Sequence[S]) -> S | None:
    """Return the step at which a deal stands: the furthest since it was last halted or set back.

    A halt holds until a party takes a step again; hearsay does not lift it. Of equally far steps the latest counts,
    and what neither advances nor halts a deal (a delay, a widening) only where there is nothing else.

    Args:
        steps: The steps that have been taken, in order.
    """
    codes = code_list("status")
    turn = _turning_point(steps)
    best: tuple[int, int] | None = None
    for number, step in enumerate(steps):
        marks = codes[step.status].marks if step.status in codes else frozenset()
        if turn is not None and (number < turn or (number > turn and "hearsay" in marks)):
            continue
        height = codes[step.status].order if "advances" in marks else 0 if number == turn else -1
        best = max(best or (height, number), (height, number))
    return steps[best[1]] if best else None


def _turning_point(steps: Sequence[S]) -> int | None:
    """Return the number of the last step that set a deal back, or halted it and was not resumed since."""
    marks = [code.marks if (code := code_list("status").get(step.status)) else frozenset() for step in steps]
    resumed = max((n for n, found in enumerate(marks) if "resumes" in found), default=-1)
    turns = [n for n, step in enumerate(steps) if step.reverse or ("halts" in marks[n] and n > resumed)]
    return turns[-1] if turns else None
