"""Layouts kept on disk by what they depend on, and used to seed the layout of the next, slightly larger graph."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from materiel.page.layout import Layout, arrange, fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from materiel.page.layout import Point
    from materiel.page.model import Page

KEPT = 40


def default_folder() -> Path:
    """Return the user's cache folder for layouts."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "materiel" / "layouts"


def cached_layout(page: Page, folder: Path, seed: Mapping[str, Point] | None = None) -> Layout:
    """Return the layout of a page from the cache, or make it and keep it."""
    file = folder / f"{fingerprint(page)}.json"
    found = _read(file)
    if found is not None and seed is None:
        return found
    layout = arrange(page, seed)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}.tmp")
    fresh.write_text(json.dumps({"places": layout.places, "groups": layout.groups}), encoding="utf-8")
    fresh.replace(file)
    _forget_old(folder)
    return layout


def _read(file: Path) -> Layout | None:
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return Layout(
            {key: (x, y) for key, (x, y) in data["places"].items()}, {key: int(g) for key, g in data["groups"].items()}
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # a torn or foreign file is no layout; a new one is made


def _forget_old(folder: Path) -> None:
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[KEPT:]:
        file.unlink(missing_ok=True)
