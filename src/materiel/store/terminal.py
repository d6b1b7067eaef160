"""Tables drawn for a terminal, as wide as it is; a table that does not fit is told row by row."""

from __future__ import annotations

import io
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = 3
_WORD = 24
"""Words up to this many characters are never broken."""


def draw(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as text with a thin line below its head; cells wrap between words, nothing is cut off."""
    width = max(shutil.get_terminal_size((100, 24)).columns, 60)
    least = [_longest_word([column, *(row[i] for row in rows)]) for i, column in enumerate(columns)]
    if sum(least) + _GAP * (len(columns) - 1) > width:
        return _records(columns, rows, width)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for column, narrow in zip(columns, least, strict=True):
        table.add_column(column, overflow="fold", min_width=narrow)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(file=io.StringIO(), width=width, force_terminal=sys.stdout.isatty(), legacy_windows=False)
    with console.capture() as capture:
        console.print(table)
    return capture.get()


def _longest_word(cells: Sequence[str]) -> int:
    return max((min(len(word), _WORD) for cell in cells for word in cell.split()), default=1)


def _records(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    label = max(len(column) for column in columns) + 2
    blocks = []
    for row in rows:
        told = [(column, cell) for column, cell in zip(columns, row, strict=True) if cell]
        blocks.append("".join(_wrapped(column, cell, label, width) for column, cell in told))
    return "\n".join(blocks)


def _wrapped(column: str, cell: str, label: int, width: int) -> str:
    lines = textwrap.wrap(cell, width - label, break_on_hyphens=False) or [""]
    return "".join(f"{column if i == 0 else '':<{label}}{line}\n" for i, line in enumerate(lines))
