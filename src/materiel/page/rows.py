"""Statements as rows of a table, for readers without script."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from materiel.page.model import Page, Source


@dataclass(frozen=True, slots=True)
class Row:
    """One statement: what, between whom, since when, says who."""

    statement: str
    parties: str
    kind: str
    status: str
    date: str
    sources: tuple[Source, ...]


def statements(page: Page, limit: int) -> list[Row]:
    """Return the first rows: agreements with each step, then relations."""
    return list(islice(_rows(page), limit))


def _rows(page: Page) -> Iterator[Row]:
    labels = {node.id: node.label for node in page.nodes}
    for deal in page.agreements:
        parties = ", ".join(labels.get(party.node, party.node) for party in deal.parties)
        for step in deal.steps:
            yield Row(
                step.text or deal.label, parties, deal.kind, step.status, step.date or "", _of(page, step.sources)
            )
    for link in page.relations:
        ends = f"{labels.get(link.source, link.source)}, {labels.get(link.target, link.target)}"
        yield Row(link.role or link.predicate, ends, link.predicate, "", link.valid_from or "", _of(page, link.sources))


def _of(page: Page, keys: tuple[str, ...]) -> tuple[Source, ...]:
    return tuple(page.sources[key] for key in keys if key in page.sources)


def is_web_address(text: str) -> bool:
    """Tell whether an address may become a link: http and https only."""
    return text.lower().startswith(("http://", "https://"))
