"""What stands below a static figure: title, day, scope, sources and the signs that it uses."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from materiel.page import encoding
from materiel.page.drawing import Shape, Stroke, Text
from materiel.page.shapes import SHAPES
from materiel.page.standing import standing

if TYPE_CHECKING:
    from materiel.page.model import Page

CHARACTER = 6.1
EDGE = 16.0


class Notes:
    """Marks written from the top left to the bottom right, line by line."""

    def __init__(self, width: int, top: int) -> None:
        """Start below the picture."""
        self.texts: list[Text] = []
        self.strokes: list[Stroke] = []
        self.shapes: list[Shape] = []
        self._width, self._x, self._y = width, EDGE, top + 14.0

    @property
    def bottom(self) -> int:
        """Return where the sheet may end."""
        return int(self._y + 20)

    def line(self, text: str, *, bold: bool = False) -> None:
        """Write one line, cut at the edge of the sheet."""
        room = int((self._width - 2 * EDGE) / CHARACTER)
        self.texts.append(Text(EDGE, self._y, text[:room], 13 if bold else 11, bold, "start"))
        self._y += 17

    def sign(self, kind: str) -> None:
        """Write the sign of a type and its name."""
        x, y = self._place(32 + len(kind) * CHARACTER)
        shape, fill = encoding.glyph(kind)
        self.shapes.append(Shape(tuple((x + 8 + px * 6, y + py * 6) for px, py in SHAPES[shape]), fill, kind))
        self.texts.append(Text(x + 20, y, kind.replace("-", " "), anchor="start"))

    def style(self, status: str) -> None:
        """Write the line style of a status and its name."""
        x, y = self._place(54 + len(status) * CHARACTER)
        self.strokes.append(Stroke((x, y), (x + 34, y), encoding.DASHES.get(status, ())))
        self.texts.append(Text(x + 40, y, status.replace("-", " "), anchor="start"))

    def _place(self, room: float) -> tuple[float, float]:
        if self._x + room > self._width - EDGE:
            self._x, self._y = EDGE, self._y + 18
        place = (self._x, self._y)
        self._x += room
        return place


def notes(seen: Page, page: Page, width: int, top: int) -> Notes:
    """Return the notes of what is seen of a page."""
    written = Notes(width, top)
    written.line(page.title, bold=True)
    for line in (_counts(seen, page), *page.scope, _sources(seen), f"Data: {page.dataset}" if page.dataset else ""):
        if line:
            written.line(line)
    for kind in sorted({node.type for node in seen.nodes}):
        written.sign(kind)
    told = {now.status for deal in seen.agreements if (now := standing(deal))}
    for status in (status for status in encoding.DASHES if status in told):
        written.style(status)
    return written


def _counts(seen: Page, page: Page) -> str:
    day = page.day[:1].upper() + page.day[1:] or "All days"
    return f"{day}: {len(seen.nodes)} of {len(page.nodes)} entities, {len(seen.agreements)} agreements"


def _sources(seen: Page) -> str:
    used = {key for deal in seen.agreements for step in deal.steps for key in step.sources if key in seen.sources}
    if not used:
        return ""
    publishers = Counter(seen.sources[key].publisher for key in used)
    named = ", ".join(name for name, _ in sorted(publishers.items(), key=lambda item: (-item[1], item[0]))[:14])
    return f"Sources: {len(used)} pages of {len(publishers)} publishers: {named}"
