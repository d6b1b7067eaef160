"""How a type, a status and a mark look: one table for the page, its exports and the static figure.

Shape repeats what colour says, every glyph has an outline, and a status is a line style: nothing is told by colour
alone. Fills are from the palette of Okabe and Ito, which stays apart for the common colour-vision deficiencies.
"""

from __future__ import annotations

from typing import Any

from materiel.page.shapes import SHAPES
from materiel.store.codes import code_list

ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, VERMILION, PURPLE, GREY, WHITE = "#0072B2", "#D55E00", "#CC79A7", "#A6A6A6", "#FFFFFF"

GLYPHS: dict[str, tuple[str, str]] = {
    "company": ("circle", ORANGE),
    "state-enterprise": ("octagon", GREEN),
    "joint-venture": ("diamond", PURPLE),
    "ministry": ("square", BLUE),
    "government": ("shield", BLUE),
    "agency": ("plate", SKY),
    "armed-force": ("chevron", VERMILION),
    "parliament": ("house", BLUE),
    "intergovernmental": ("cross", BLUE),
    "product": ("hexagon", YELLOW),
    "facility": ("wedge", SKY),
    "place": ("pin", WHITE),
    "person": ("triangle", GREY),
    "event": ("star", VERMILION),
    "programme": ("spark", PURPLE),
    "fund": ("pentagon", GREEN),
    "association": ("glass", ORANGE),
    "research-org": ("slant", SKY),
    "partnership": ("lozenge", WHITE),
    "thing": ("circle", GREY),
}

# Dashes in pixels of the screen. An empty tuple is a solid line: something was signed, built or handed over.
DASHES: dict[str, tuple[int, ...]] = {
    "reported": (2, 4),
    "negotiating": (9, 4, 2, 4),
    "announced": (6, 4),
    "approved": (11, 3),
    "signed": (),
    "registered": (),
    "under-construction": (),
    "operational": (),
    "delivered": (),
    "expanded": (),
    "suspended": (16, 8),
    "terminated": (2, 9),
    "denied": (2, 9),
}

# Sitting in one hall or one town joins nobody, so a firm path does not run through it.
FIRM_PREDICATES = (
    "owns", "subsidiary-of", "part-of", "operates", "produces", "heads", "employed-by", "supplies", "procures-from",
    "funds", "successor-of", "parent", "holding", "tenure", "supplies-to",
)  # fmt: skip

# An agreement of more parties than this is drawn from its lead, not from each to each.
CLIQUE_LIMIT = 6


def glyph(kind: str) -> tuple[str, str]:
    """Return shape and fill of a type; a type nobody foresaw is a grey circle."""
    return GLYPHS.get(kind, GLYPHS["thing"])


def table() -> dict[str, Any]:
    """Return the whole encoding as plain data for the script of the page."""
    return {
        "shapes": {name: [list(point) for point in outline] for name, outline in SHAPES.items()},
        "glyphs": {name: list(pair) for name, pair in GLYPHS.items()},
        "dashes": {name: list(dash) for name, dash in DASHES.items()},
        "statuses": {code.notation: [code.order, *sorted(code.marks)] for code in code_list("status").values()},
        "firmPredicates": list(FIRM_PREDICATES),
        "cliqueLimit": CLIQUE_LIMIT,
    }
