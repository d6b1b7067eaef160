"""The places of a page that was written before, so that the next one keeps its map."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from materiel.page.layout import Point

BLOCK = re.compile(
    r'<script type="application/json" id="materiel-data" data-packed="(\w+)"[^>]*>(.*?)</script>', re.DOTALL
)


def former_places(file: Path) -> dict[str, Point] | None:
    """Return the places in an earlier page, or nothing if the file is none of ours."""
    try:
        found = BLOCK.search(file.read_text(encoding="utf-8"))
        if found is None:
            return None
        packed, text = found.groups()
        data = json.loads(zlib.decompress(base64.b64decode(text)) if packed == "deflate" else text)
        return {node["id"]: (float(node["x"]), float(node["y"])) for node in data["nodes"]}
    except (OSError, ValueError, KeyError, TypeError, zlib.error):
        return None  # a foreign or torn file keeps no map
