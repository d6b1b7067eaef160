"""The network page: one offline file in which every link leads to its evidence."""

from materiel.page.layout import positions
from materiel.page.model import Agreement, Conflict, Link, Node, Page, Party, Side, Source, Step
from materiel.page.render import render

__all__ = [
    "Agreement", "Conflict", "Link", "Node", "Page", "Party", "Side", "Source", "Step", "positions", "render",
]  # fmt: skip
