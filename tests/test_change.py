"""A change of a graph folder under SIGKILL, a full disk and leftovers: the former files or the new ones, never a mixture."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from materiel.errors import FileProblem
from materiel.store import folder
from small import tree

if TYPE_CHECKING:
    from pathlib import Path

OLD = {f"places/p{n}.ttl": f"# old {n}\n".encode() for n in range(12)}
NEW = {f"places/p{n}.ttl": f"# new {n}\n".encode() for n in range(2, 14)}
GONE = ["places/p0.ttl", "places/p1.ttl"]

KILLED = """
import os, signal, sys
from pathlib import Path
from materiel.store import folder
left = int(sys.argv[2])
def watch(event, args):
    global left
    if event in ("open", "os.rename", "os.remove", "os.mkdir") and sys.argv[1] in str(args[0]):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
new = {f"places/p{n}.ttl": f"# new {n}\\n".encode() for n in range(2, 14)}
sys.addaudithook(watch)
folder.write(Path(sys.argv[1]), new, ["places/p0.ttl", "places/p1.ttl"])
"""


def killed(graph: Path, moment: int) -> int:
    """Change a folder in a process that is killed at its n-th touch of the disk."""
    folder.write(graph, OLD)
    return subprocess.run([sys.executable, "-c", KILLED, str(graph), str(moment)], check=False, timeout=60).returncode


def check(tmp_path: Path, moment: int) -> None:
    graph = tmp_path / f"g{moment}"
    code = killed(graph, moment)
    assert code in {0, -signal.SIGKILL}
    names = {path.relative_to(graph).as_posix() for path in folder.files(graph)}
    found = {name: (graph / name).read_bytes() for name in names}
    assert found in (OLD, NEW)
    assert code or found == NEW
    folder.write(graph, NEW, GONE)
    assert tree(graph) == NEW, "the next command sweeps what is left"


@pytest.mark.parametrize("moment", range(0, 60, 4))
def test_a_kill_leaves_the_former_files_or_the_new_ones(tmp_path: Path, moment: int) -> None:
    check(tmp_path, moment)


@pytest.mark.slow
def test_two_hundred_kills(tmp_path: Path) -> None:
    for moment in range(200):
        check(tmp_path, moment)


def test_the_kills_fall_within_the_change(tmp_path: Path) -> None:
    codes = [killed(tmp_path / f"g{moment}", moment) for moment in (1, 8, 30)]
    assert codes == [-signal.SIGKILL] * 3


def test_a_full_disk_leaves_the_former_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write(tmp_path / "g", OLD)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileProblem, match="No space left") as caught:
        folder.write(tmp_path / "g", NEW, GONE)
    assert "Make room" in caught.value.remedy
    assert tree(tmp_path / "g") == OLD


def test_what_older_versions_left_is_swept(tmp_path: Path) -> None:
    folder.write(tmp_path / "g", OLD)
    (tmp_path / "g" / "places" / ".p3.ttl.4711.new").write_text("half")
    folder.write(tmp_path / "g", NEW, GONE)
    assert tree(tmp_path / "g") == NEW
