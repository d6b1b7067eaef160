"""A page that can be saved, and shown in a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from materiel.page.model import Page


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
        """Write the page, whole or not at all, and return the file's path."""
        from materiel.exchange.rdf import save

        target = Path(path)
        save(self.html.encode(), target)
        return target
