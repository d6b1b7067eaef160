"""Console examples of the docs: run in a real terminal, compared with what the page shows.

`python tests/console.py README.md docs/*.md` writes the answers anew; the tests only compare.
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
COLUMNS = 100
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.+(?:\\\n.+)*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
ELLIPSIS = "…\n"


@dataclass(frozen=True)
class Example:
    """A command and the answer that a page shows; a line `…` stands for any lines."""

    page: Path
    command: str
    answer: str

    @property
    def pattern(self) -> str:
        """The answer as a regular expression."""
        return "(?:.*\n)*".join(re.escape(part) for part in self.answer.split(ELLIPSIS))

    def matches(self, answer: str) -> bool:
        """Tell whether a command's answer is what the page shows."""
        return re.fullmatch(self.pattern, answer) is not None


def examples(page: Path) -> list[Example]:
    """Return the console examples of a Markdown page."""
    text = page.read_text(encoding="utf-8")
    return [
        Example(page, command, answer) for block in _BLOCK.findall(text) for command, answer in _COMMAND.findall(block)
    ]


def run(command: str, folder: Path) -> str:
    """Run a command by the shell in a terminal of `COLUMNS` columns and return what it shows, trailing blanks removed."""
    bin_folder = Path(sys.executable).parent
    env = os.environ | {
        "PATH": f"{bin_folder}:{os.environ['PATH']}",
        "COLUMNS": str(COLUMNS),
        "NO_COLOR": "1",
        "TERM": "xterm",
    }
    reader, writer = pty.openpty()
    process = subprocess.Popen(
        ["bash", "-c", command], stdin=subprocess.DEVNULL, stdout=writer, stderr=subprocess.PIPE, cwd=folder, env=env
    )
    os.close(writer)
    shown = b""
    while chunk := _read(reader):
        shown += chunk
    os.close(reader)
    process.communicate()
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode()).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines)


def _read(reader: int) -> bytes:
    try:
        return os.read(reader, 65536)
    except OSError:  # the other end is closed
        return b""


def refreshed(example: Example, answer: str) -> str:
    """Return the answer for the page: whole, or with the same lines left out as before."""
    if ELLIPSIS not in example.answer:
        return answer
    head, tail = (part.count("\n") for part in (example.answer.split(ELLIPSIS)[0], example.answer.split(ELLIPSIS)[-1]))
    lines = answer.splitlines(keepends=True)
    return "".join([*lines[:head], ELLIPSIS, *(lines[-tail:] if tail else [])])


def main(pages: list[str]) -> None:
    """Write the answers of pages anew."""
    folder = Path(tempfile.mkdtemp())
    (folder / "graph").symlink_to(ROOT / "graph")
    for name in pages:
        page = Path(name)
        text = page.read_text(encoding="utf-8")
        for example in examples(page):
            answer = refreshed(example, run(example.command, folder))
            text = text.replace(f"$ {example.command}\n{example.answer}", f"$ {example.command}\n{answer}")
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
