"""Tables drawn for a terminal, as wide as it is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHORT = 12
"""Cells up to this many characters are never broken: dates, statuses, numbers."""


def draw(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as text with thin lines; cells wrap, nothing is cut off."""
    console = Console()
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for index, column in enumerate(columns):
        longest = max((len(row[index]) for row in rows), default=0)
        table.add_column(column, overflow="fold", no_wrap=longest <= _SHORT)
    for row in rows:
        table.add_row(*(cell.replace("[", "\\[") for cell in row))
    target = Console(
        file=io.StringIO(), width=max(console.width, 60), force_terminal=console.is_terminal, no_color=console.no_color
    )
    with target.capture() as capture:
        target.print(table)
    return capture.get()
