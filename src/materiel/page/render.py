"""From a page to the text of one HTML file: pyvis renders our template, and nothing is fetched, then or later."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from materiel.page import assets, payload, vis
from materiel.page.layout import arrange
from materiel.page.rows import is_web_address, statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from materiel.page.layout import Layout, Point
    from materiel.page.model import Page

TEMPLATES = Path(__file__).parent / "templates"
TEMPLATE = "page.html"
OPTIONS: dict[str, Any] = {
    # Places come from Python: a simulation in the browser shows its first picture after 46 s at a thousand nodes.
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": False, "tooltipDelay": 3_600_000, "keyboard": False, "multiselect": False, "zoomSpeed": 0.6,
        "hideEdgesOnDrag": False, "selectConnectedEdges": False,
    },
    "nodes": {"shape": "custom", "chosen": False},
}  # fmt: skip


def render(page: Page, seed: Mapping[str, Point] | None = None, layout: Layout | None = None) -> str:
    """Return the HTML of the page; equal input gives equal bytes."""
    layout = layout or arrange(page, seed)
    with _no_collector():
        network = _network(page, layout)
        network.templateEnv.autoescape = True
        network.templateEnv.globals["page"] = _parts(page)
        return str(network.generate_html())


@contextmanager
def _no_collector() -> Iterator[None]:
    """Hold the cycle collector: it would walk a hundred thousand new dicts again and again, which is a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _network(page: Page, layout: Layout) -> Any:
    """Return pyvis's network with its lists set directly: its own add_edge loses links and is quadratic."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    network.set_template_dir(str(TEMPLATES), TEMPLATE)
    network.nodes = payload.nodes(page, layout)
    network.edges = payload.edges(page)
    network.options = OPTIONS
    return network


def _parts(page: Page) -> dict[str, Any]:
    """Return what the template prints beside the graph."""
    from markupsafe import Markup

    style, library, script = assets.style(), vis.script(), assets.script()

    def block(nodes: list[payload.Item], edges: list[payload.Item]) -> dict[str, Any]:
        packed = payload.pack(payload.about(page) | {"options": OPTIONS, "nodes": nodes, "edges": edges})
        digest = sha256(packed.text.encode()).hexdigest()
        # Marked safe here and nowhere else: the block is JSON without <, > and &, or base64.
        return {"text": Markup(packed.text), "packed": packed.packed, "sha256": digest}  # noqa: S704

    return {
        "page": page,
        "policy": assets.policy((library, script), (style,)),
        "style": Markup(style),  # noqa: S704 - our own file
        "library": Markup(library),  # noqa: S704 - checked against its hash
        "script": Markup(script),  # noqa: S704 - our own files
        "block": block,
        "statements": statements(page, limit=200),
        "is_web_address": is_web_address,
    }
