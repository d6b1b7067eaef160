"""Every command that the README and the docs show is run, and shows what they say; every Python example runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from console import ROOT, Example, examples, run

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = [example for page in PAGES for example in examples(page)]
PYTHON = [
    (page.name, code)
    for page in PAGES
    for code in re.findall(r"^```python\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL)
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.page.name}: {e.command[:60]}")
def test_a_console_example_shows_what_the_page_says(example: Example, tmp_path: Path) -> None:
    (tmp_path / "graph").symlink_to(ROOT / "graph")
    assert example.matches(answer := run(example.command, tmp_path)), f"{example.command}\n{answer}"


@pytest.mark.parametrize(("page", "code"), PYTHON, ids=lambda value: value[:20])
def test_a_python_example_runs(page: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "graph").symlink_to(ROOT / "graph")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, f"{page}\n{code}\n{done.stderr}"


def test_the_readme_has_ten_examples_and_two_commands() -> None:
    readme = (ROOT / "README.md").read_text()
    assert len(examples(ROOT / "README.md")) >= 10
    assert "pip install" in readme
    assert "materiel demo" in readme
    assert "-m pytest" in readme


def _prose(page: Path) -> str:
    return re.sub(r"^```.*?^```$|`[^`]*`", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)


def test_links_between_pages_lead_somewhere() -> None:
    lost = [
        (page.name, link)
        for page in PAGES
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", _prose(page))
        if not (page.parent / link).exists()
    ]
    assert lost == []


def test_no_command_is_left_out_of_the_reference() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "materiel", "--help"], capture_output=True, text=True, check=True
    ).stdout
    commands = re.findall(r"^  ([a-z]+)  ", shown.split("Commands:")[1], re.MULTILINE)
    reference = "".join(page.read_text() for page in PAGES)
    assert [command for command in commands if f"materiel {command}" not in reference] == []


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_no_third_party_code_is_committed() -> None:
    files = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=True).stdout.split()
    assert [name for name in files if name.endswith((".min.js", ".min.css", ".whl", ".woff2"))] == []
    assert max((ROOT / name).stat().st_size for name in files if name.endswith(".js")) < 60_000
