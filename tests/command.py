"""The command line as a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SCRIPT = shutil.which("materiel", path=str(Path(sys.executable).parent)) or "materiel"


@dataclass(frozen=True)
class Run:
    """What a command wrote and how it ended."""

    code: int
    stdout: str
    stderr: str


Command = Callable[..., Run]


def run(*arguments: str, stdin: str = "", cwd: Path | None = None, env: dict[str, str] | None = None) -> Run:
    """Run a command to its end, in this environment with more of it."""
    done = subprocess.run(
        [SCRIPT, *arguments],
        input=stdin.encode(),
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        timeout=120,
    )
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())
