"""Measuring side by side: paired runs, fresh processes, medians of ratios, and rows of the table."""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, TypeAlias

import generate
from materiel.vocabulary import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Case: TypeAlias = Callable[..., tuple[float, int]]
    """A measured job: returns seconds and the number of what it made, for comparison."""


RECIPE = ("terms.py", "writer.py", "things.py", "deals.py", "generate.py")
"""The files that a generated graph depends on."""


def clock() -> float:
    """Return the processor time of this process, all threads and the system's part: waiting for others does not count."""
    return process_time()


class Unequal(AssertionError):
    """Two sides of a comparison do not give the same."""


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison.

    Attributes:
        job: What is done.
        ours: Seconds that ours takes (median).
        peer: Who does the same.
        theirs: Seconds that the peer takes (median).
        ratio: Median over the pairs: theirs/ours when we aim to be faster, ours/theirs when we aim to stay within.
        aim: `>= 10` or `<= 2.5`; a bare sign or nothing for what is only told.
        note: What to know about it.
        least: Whether the peer was stopped, so that the ratio is at least this.
    """

    job: str
    ours: float
    peer: str
    theirs: float
    ratio: float
    aim: str = ""
    note: str = ""
    least: bool = False

    @property
    def reached(self) -> str:
        """`yes`, `no`, or nothing when there is no aim."""
        sign, _, bound = self.aim.partition(" ")
        if not bound:
            return ""
        return "yes" if (self.ratio >= float(bound) if sign == ">=" else self.ratio <= float(bound)) else "**no**"


def row(job: str, ours: Sequence[float], peer: str, theirs: Sequence[float], aim: str = "", note: str = "") -> Row:
    """Make a row of paired times; the sign of the aim (even without a bound) says which way the ratio goes."""
    pairs = zip(ours, theirs, strict=False)
    ratios = [a / b if aim.startswith("<=") else b / a for a, b in pairs]
    return Row(job, statistics.median(ours), peer, statistics.median(theirs), statistics.median(ratios), aim, note)


def paired(
    repeat: int, runs: Mapping[str, Callable[[], object]], clock: Callable[[], float] = clock
) -> dict[str, list[float]]:
    """Time each of several functions in turn, so many times (A B A B)."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(repeat):
        for name, run in runs.items():
            gc.collect()
            start = clock()
            run()
            times[name].append(clock() - start)
    return times


def fresh(script: str, repeat: int, cases: Sequence[str], *args: str | Path) -> dict[str, list[float]]:
    """Run cases of a script in turn, each in a process of its own, and insist that they count the same.

    Raises:
        Unequal: Two cases made different numbers of things.
    """
    times: dict[str, list[float]] = {name: [] for name in cases}
    counts: dict[str, int] = {}
    for _ in range(repeat):
        for name in cases:
            command = [sys.executable, script, "--case", name, *map(str, args)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(f"{name}: {done.stderr[-2000:]}")
            seconds, count = json.loads(done.stdout.splitlines()[-1])
            times[name].append(seconds)
            counts[name] = count
    if len(set(counts.values())) != 1:
        raise Unequal(f"different results: {counts}")
    return times


def child(cases: Mapping[str, Case]) -> None:
    """Run one case when a script is called with `--case NAME ARG...`."""
    if sys.argv[1:2] == ["--case"]:
        print(json.dumps(cases[sys.argv[2]](*map(Path, sys.argv[3:]))))


def work() -> Path:
    """Return the folder of generated graphs and results."""
    home = Path(os.environ.get("MATERIEL_BENCH") or Path(tempfile.gettempdir()) / "materiel-bench")
    home.mkdir(parents=True, exist_ok=True)
    return home


def graph(size: int, suffix: str = ".nt") -> Path:
    """Return a generated graph of a size, written once."""
    recipe = digest(*(Path(__file__).with_name(name).read_text() for name in RECIPE))
    path = work() / f"graph-{size}-{recipe}{suffix}"
    if not path.is_file():
        temporary = path.with_name(f"{os.getpid()}-{path.name}")
        generate.write(size, temporary)
        temporary.replace(path)
    return path


def keep(name: str, rows: Sequence[Row]) -> None:
    """Keep the rows of a benchmark for the table."""
    (work() / f"{name}.json").write_text(json.dumps([asdict(r) for r in rows], indent=1))


def kept(name: str) -> list[Row]:
    """Return the rows that a benchmark left."""
    path = work() / f"{name}.json"
    return [Row(**found) for found in json.loads(path.read_text())] if path.is_file() else []
