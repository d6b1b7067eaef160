"""A page inside a notebook: a sandboxed frame that carries the whole file, nothing in the working folder.

The frame's text is a small loader and the page, deflated: a saved notebook grows by about a quarter of a megabyte
instead of three quarters. Front ends that refuse frames or scripts show the static figure instead.
"""

from __future__ import annotations

import base64
import zlib
from collections import Counter
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from materiel.page.layout import edges_of
from materiel.page.render import render
from materiel.page.static import static_figure

if TYPE_CHECKING:
    from materiel.page.model import Page

SANDBOX = "allow-scripts allow-downloads allow-popups allow-modals"
LIMIT = 300
LARGE = 3_000_000

LOADER = """<!DOCTYPE html><meta charset="utf-8"><title>materiel</title><script type="text/plain" id="packed">{packed}</script><script>
(async () => {{
  const bytes = Uint8Array.from(atob(document.getElementById("packed").textContent), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const text = await new Response(stream).text();
  document.open();
  document.write(text);
  document.close();
}})();
</script>"""


def frame(page: Page, height: int = 640) -> str:
    """Return the iframe element for a page."""
    packed = base64.b64encode(zlib.compress(render(page).encode(), 9)).decode("ascii")
    source = escape(LOADER.format(packed=packed), quote=True)
    title = escape(page.title, quote=True)
    return f'<iframe srcdoc="{source}" sandbox="{SANDBOX}" width="100%" height="{int(height)}" frameborder="0" title="{title}"></iframe>'


def limited(page: Page, limit: int = LIMIT) -> Page:
    """Return the page with its best linked things only, and a scope line that says so."""
    if len(page.nodes) <= limit:
        return page
    degree = Counter(end for pair in edges_of(page) for end in pair)
    focus = set(page.focus)
    kept = sorted(page.nodes, key=lambda node: (node.id not in focus, -degree[node.id], node.id))[:limit]
    ids = {node.id for node in kept}
    deals = tuple(deal for deal in page.agreements if sum(party.node in ids for party in deal.parties) > 1)
    links = tuple(link for link in page.relations if link.source in ids and link.target in ids)
    used = {key for deal in deals for step in deal.steps for key in step.sources} | {
        key for link in links for key in link.sources
    }
    used |= {key for deal in deals for clash in deal.conflicts for side in clash.sides for key in side.sources}
    sources = {key: source for key, source in page.sources.items() if key in used}
    note = f"{limit} of {len(page.nodes)} entities: the best linked ones"
    return replace(
        page, nodes=tuple(kept), agreements=deals, relations=links, sources=sources, scope=(*page.scope, note)
    )


def mimebundle(page: Page, limit: int = LIMIT, height: int = 640) -> dict[str, str]:
    """Return what Jupyter shows: the frame, the figure for untrusted notebooks, and a line of text."""
    small = limited(page, limit)
    text = f"{page.title}: {len(page.nodes)} entities, {len(page.agreements)} agreements, {len(page.relations)} other statements"
    html = frame(small, height)
    if len(html) > LARGE:
        html = f"<p>{escape(text)}: {len(html) / 1e6:.1f} MB would go into this cell; save the page to a file, or show fewer with limit=.</p>"
    return {"text/plain": text, "text/html": html, "image/svg+xml": static_figure(small, limit=40).decode()}
