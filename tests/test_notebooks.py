"""The notebooks run from top to bottom in a real kernel, say nothing of this machine, and stay small.

`MATERIEL_WRITE_NOTEBOOKS=1 pytest tests/test_notebooks.py` writes the outputs back into the files.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

FORMAT: Any = nbformat

HOME = Path(__file__).parent.parent / "notebooks"
BOOKS = sorted(HOME.glob("*.ipynb"))
LARGEST = 400_000
"""Bytes: outputs are read in a diff, and cloned by everybody."""


def test_there_are_seven() -> None:
    assert len(BOOKS) == 7


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_committed_outputs_are_small_and_tell_no_paths(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text) < LARGEST
    assert not re.search(r"/(home|root|tmp|work|Users|usr|var)/", text), "a path of somebody's machine"
    book = FORMAT.reads(text, as_version=4)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1)), "run from top to bottom"
    assert not [
        out for cell in code for out in cell.outputs if out.output_type == "error" or out.get("name") == "stderr"
    ]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_notebook_runs_in_a_kernel(path: Path) -> None:
    book = FORMAT.read(path, as_version=4)
    client = NotebookClient(book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(HOME)}})
    client.execute()
    for cell in book.cells:
        cell.metadata.pop("execution", None)
        assert not [out for out in cell.get("outputs", ()) if out.get("name") == "stderr"], cell.source
    if os.environ.get("MATERIEL_WRITE_NOTEBOOKS"):
        book.metadata = {key: book.metadata[key] for key in ("kernelspec",)} | {"language_info": {"name": "python"}}
        FORMAT.write(book, path)
