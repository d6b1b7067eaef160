"""The page's own style and script: read from this package, joined in a fixed order, named by hash in the policy."""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256
from importlib.resources import files

MODULES = (
    "dom", "text", "payload", "model", "clock", "state", "facets", "scene", "settle", "overview", "path", "glyph", "links", "bundles", "labels",
    "hit", "bulk", "canvas", "tip", "legend", "search", "cite", "evidence", "panel", "timeline", "table", "download", "figure",
    "print", "story", "tools", "keys", "main",
)  # fmt: skip


@cache
def style() -> str:
    """Return the style sheet."""
    return _read("page.css")


@cache
def script() -> str:
    """Return our script: the modules share one closure and leave one name, ``materiel``, in the window."""
    body = "\n".join(f"// {name}.js\n{_read(name + '.js')}" for name in MODULES)
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'


def policy(scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """Return a content security policy that lets only these very texts run and lets nothing be fetched."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {' '.join(map(_hash, styles))}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode('ascii')}'"


def _read(name: str) -> str:
    return files("materiel.page").joinpath("assets", name).read_text(encoding="utf-8").replace("\r\n", "\n").strip("\n")
