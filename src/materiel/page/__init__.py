"""The network page: one offline file in which every link leads to its evidence."""

from materiel.page.from_networkx import page_from_networkx
from materiel.page.from_triples import page_from_triples
from materiel.page.layout import positions
from materiel.page.model import Agreement, Conflict, Link, Node, Page, Party, Side, Source, Step
from materiel.page.render import render

__all__ = [
    "Agreement", "Conflict", "Link", "Node", "Page", "Party", "Side", "Source", "Step",
    "page_from_networkx", "page_from_triples", "positions", "render",
]  # fmt: skip
