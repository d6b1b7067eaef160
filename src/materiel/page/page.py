"""A page that can be saved, and shown in a notebook."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from materiel.page.model import Page
    from materiel.page.static import Form


class NetworkPage:
    """One self-contained HTML file."""

    def __init__(self, data: Page) -> None:
        """Hold what the page shows."""
        self.data = data

    @property
    def html(self) -> str:
        """The page's text; equal data give equal text."""
        from materiel.page.render import render

        return render(self.data)

    def save(self, path: str | Path) -> Path:
        """Write the page, whole or not at all, and return the file's path.

        A page that stands there already lends its places: what it knows stays where it was.
        """
        from materiel.files import save
        from materiel.page.former import former_places
        from materiel.page.render import render

        target = Path(path)
        save(render(self.data, former_places(target)).encode(), target)
        return target

    def figure(self, form: Form = "svg", limit: int = 80) -> bytes:
        """Return the static figure as SVG, PNG or PDF; the last two need matplotlib, from the extra ``analysis``."""
        from materiel.page.static import static_figure

        return static_figure(self.data, form, limit=limit)

    def with_story(self, text: str) -> NetworkPage:
        """Return the page with a story; the text is a story file (see docs/page.md)."""
        from materiel.page.story import read_story

        return NetworkPage(replace(self.data, story=read_story(text)))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        """Show the page in a sandboxed frame; front ends without frames get the static figure."""
        from materiel.page.notebook import mimebundle

        del include, exclude
        return mimebundle(self.data)
