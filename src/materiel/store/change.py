"""One change of a graph folder, all or nothing: a redo log is safe on the disk before the first file is touched."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from materiel.errors import FileProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LOG = ".change"
"""The log of a change that is under way; whoever finds it finishes the change."""

_FEW = 40
"""From here on one sync of the whole disk costs less than one a file."""


def apply(folder: Path, contents: Mapping[str, bytes | None]) -> None:
    """Write files, and remove those whose content is None; a kill at any moment leaves all of it or none.

    Raises:
        FileProblem: The disk is full or a place cannot be written; the former files stand.
    """
    if not contents:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            _finish(folder)
            _sweep(folder)
            _check_places(folder, contents)
            _log(folder, contents)
            _finish(folder)
    except OSError as error:
        remedy = "Make room or correct the permissions, then run the command again."
        raise FileProblem(f"{error.filename or folder}: {error.strerror}", remedy) from None


def recover(folder: Path) -> None:
    """Finish a change that was cut off; costs one look when there is none.

    Raises:
        FileProblem: There is one, and the folder cannot be written.
    """
    if not (folder / LOG).exists():
        return
    try:
        with _alone(folder):
            _finish(folder)
    except OSError as error:
        remedy = "Run the command as somebody who may write there."
        raise FileProblem(f"{folder}: a change was cut off and cannot be finished ({error.strerror})", remedy) from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait for others who change the folder; the lock goes with the process, however that ends."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock
        yield
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _check_places(folder: Path, contents: Mapping[str, bytes | None]) -> None:
    for place in {(folder / name).parent for name in contents}:
        while not place.exists():
            place = place.parent  # noqa: PLW2901 - the nearest one that stands
        if not os.access(place, os.W_OK | os.X_OK):
            raise PermissionError(13, "permission denied", str(place))


def _log(folder: Path, contents: Mapping[str, bytes | None]) -> None:
    told = {name: None if data is None else data.decode() for name, data in contents.items()}
    unfinished = folder / f"{LOG}.new"
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump(told, file)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise
    unfinished.replace(folder / LOG)
    _sync(folder)


def _finish(folder: Path) -> None:
    """Do what the log says, from its start however far another came, and drop it once all is on the disk."""
    log = folder / LOG
    if not log.exists():
        return
    told: dict[str, str | None] = json.loads(log.read_text(encoding="utf-8"))
    for name, text in told.items():
        _place(folder / name, text, sync=len(told) < _FEW)
    if len(told) < _FEW:
        for place in {(folder / name).parent for name in told}:
            _sync(place)
    else:
        os.sync()
    log.unlink()


def _place(path: Path, text: str | None, *, sync: bool) -> None:
    if text is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("wb") as file:
        file.write(text.encode())
        if sync:
            file.flush()
            os.fsync(file.fileno())
    temporary.replace(path)


def _sync(folder: Path) -> None:
    with suppress(OSError):  # Windows opens no folders; a folder that a removal emptied may be gone
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _sweep(folder: Path) -> None:
    """Remove what a command that was killed left behind."""
    for left in folder.rglob(".*.new"):
        left.unlink(missing_ok=True)
