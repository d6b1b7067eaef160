"""Run benchmarks and write their table to docs/benchmarks.md.

    python benchmarks/run.py                        all of them
    python benchmarks/run.py load query:1000000     by name, perhaps with a size
    python benchmarks/run.py --table                only write the table again

Each comparison is made side by side in one run; results that were not made anew are kept from before.
"""

from __future__ import annotations

import importlib
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import measure
from measure import Row

PLAN = (
    "load:100000", "load:1000000", "query:100000", "query:1000000", "turtle:100000", "turtle:1000000",
        "validate:100000", "project:100000", "scope:100000", "scope:1000000", "cli:0")  # fmt: skip
TITLES = {
    "load": "Load and build", "query": "Fifteen questions", "turtle": "Turtle", "validate": "Validation",
    "project": "Projection to graph objects", "scope": "Scope and conflicts", "cli": "Command line",
}  # fmt: skip
PEERS = [
    "pyoxigraph",
    "rdflib",
    "oxrdflib",
    "kglab",
    "pyshacl",
    "networkx",
    "igraph",
    "sqlite-utils",
    "typer",
    "pydantic",
]
TABLE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
NOTES = Path(__file__).with_name("notes.md")
HEAD = """# Benchmarks

Made by `python benchmarks/run.py` in an environment with `pip install -e '.[dev,benchmark]'`. Graphs come from
`benchmarks/generate.py`: random, in the shipped graph's proportions and with its skew, the same from the same seed.
Both sides of each comparison are run in turn, in one go (A B A B); times are medians of three or more, unless the note says
otherwise, and a ratio is the median of the pairs' ratios. The machine is shared with other work, so times are processor time
(all threads; for the command line and where noted, by the clock), and a ratio means more than a time. Both sides give equal
results, or the benchmark stops. `≥ 10` is an aim to be so many times as fast as the peer, `≤ 2.5` to take at most so many times as long.
"""


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all, and write the table."""
    if names != ["--table"]:
        for job in names or PLAN:
            name, _, size = job.partition(":")
            for planned in [job] if size else [p for p in PLAN if p.startswith(f"{name}:")]:
                print(planned, flush=True)
                bench = importlib.import_module(f"bench_{name}")
                measure.keep(planned.replace(":", "-"), bench.run(int(planned.partition(":")[2])))
    TABLE.write_text(table(), encoding="utf-8")
    print(f"wrote {TABLE}")


def table() -> str:
    """Return the page: machine, versions, and a table for each benchmark."""
    parts = [HEAD, f"{_machine()}\n", f"{_versions()}\n"]
    found = {job: measure.kept(job.replace(":", "-")) for job in PLAN}
    aims = [row.reached for rows in found.values() for row in rows if row.reached]
    parts.append(f"Aims reached: {aims.count('yes')} of {len(aims)}.\n")
    for name, title in TITLES.items():
        rows = [row for job, kept in found.items() if job.startswith(f"{name}:") for row in kept]
        if rows:
            parts.append(f"## {title}\n\n{_rows(rows)}\n")
    if NOTES.is_file():
        parts.append(NOTES.read_text(encoding="utf-8"))
    return "\n".join(parts)


def _rows(rows: list[Row]) -> str:
    head = "| job | ours | peer | peer's | ratio | aim | reached | note |\n|---|--:|---|--:|--:|--:|---|---|"
    return "\n".join([head, *map(_line, rows)])


def _line(row: Row) -> str:
    sign = row.aim.replace(">=", "≥").replace("<=", "≤")
    ratio = f"{'over ' if row.least else ''}{_digits(row.ratio)} x"
    cells = (row.job, _time(row.ours), row.peer, ("over " if row.least else "") + _time(row.theirs), ratio)
    return "| " + " | ".join((*cells, sign if " " in sign else "", row.reached, row.note)) + " |"


def _digits(number: float) -> str:
    return f"{number:,.0f}" if number >= 10 else f"{number:.2g}" if number < 0.1 else f"{number:.2f}"


def _time(seconds: float) -> str:
    return f"{_digits(seconds)} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def _machine() -> str:
    model = next((line.partition(": ")[2] for line in _cpu() if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    return f"Machine: {model}, {os.cpu_count()} cores, {memory} GB, {platform.system()}, Python {platform.python_version()}."


def _cpu() -> list[str]:
    path = Path("/proc/cpuinfo")
    return path.read_text().splitlines() if path.is_file() else []


def _versions() -> str:
    found = []
    for name in PEERS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return f"Versions: {', '.join(found)}."


if __name__ == "__main__":
    main(sys.argv[1:])
