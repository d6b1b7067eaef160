"""The command line as whole cold processes against `sqlite-utils --help`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from time import perf_counter

import measure
from measure import Row, row

QUESTION = ("ask", "partners", "rheinmetall")


def run(size: int = 0, repeat: int = 9) -> list[Row]:
    """Start each command in turn; the shipped graph's store is built before. The size plays no part."""
    del size
    with tempfile.TemporaryDirectory(dir=measure.work(), ignore_cleanup_errors=True) as cache:
        environment = {**os.environ, "MATERIEL_CACHE": cache}
        commands = {
            "ask": [program("materiel"), *QUESTION],
            "help": [program("materiel"), "--help"],
            "peer": [program("sqlite-utils"), "--help"],
            "python": [sys.executable, "-c", "pass"],
        }
        answers = {name: output(command, environment) for name, command in commands.items()}
        if not (b"\n" in answers["ask"] and b"ask" in answers["help"] and b"sqlite-utils" in answers["peer"]):
            raise measure.Unequal("a command did not answer")
        times = measure.paired(
            repeat, {name: partial(output, c, environment) for name, c in commands.items()}, perf_counter
        )
    peer = "`sqlite-utils --help`"
    return [
        row(f"cold `materiel {' '.join(QUESTION)}`", times["ask"], peer, times["peer"], ">= 5", "store built before"),
        row("`materiel --help`", times["help"], peer, times["peer"], ">= 3"),
        row(f"cold `materiel {' '.join(QUESTION)}`", times["ask"], "`python -c pass`", times["python"], "<="),
    ]


def program(name: str) -> str:
    """Return the path of a command beside the running Python."""
    return str(Path(sys.executable).with_name(name))


def output(command: list[str], environment: dict[str, str]) -> bytes:
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout


if __name__ == "__main__":
    for found in run(*map(int, sys.argv[1:])):
        print(found)
