"""The page's data as plain items for pyvis, and packed as the one inert block that the file carries."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from materiel.page import encoding
from materiel.page.standing import last_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from materiel.page.layout import Layout
    from materiel.page.model import Agreement, Conflict, Page, Step

Item = dict[str, Any]
PLAIN_LIMIT = 2_000_000  # bytes; below it the block stays readable and can be compared line by line
SEPARATORS = (",", ":")


@dataclass(frozen=True, slots=True)
class Block:
    """The text of the data block and how it is to be read."""

    text: str
    packed: bool


def _some(**values: Any) -> Item:
    """Drop what is empty, so that ten thousand nodes do not carry ten thousand nulls."""
    return {key: value for key, value in values.items() if value or (value == 0 and value is not False)}


def nodes(page: Page, layout: Layout) -> list[Item]:
    """Return things and agreements as node items with their places."""
    return [_placed(item, layout) for item in [*_things(page), *_agreements(page)]]


def _placed(item: Item, layout: Layout) -> Item:
    own = item["id"]
    x, y = layout.places[own]
    item["x"], item["y"], item["g"] = round(x), round(y), layout.groups[own]
    return item


def _iri(page: Page, own_id: str, iri: str) -> str:
    return "" if iri == page.iri_base + own_id else iri


def _things(page: Page) -> Iterable[Item]:
    for node in page.nodes:
        yield {"id": node.id, "label": node.label, "type": node.type} | _some(
            iri=_iri(page, node.id, node.iri), aliases=list(node.aliases), country=node.country, cat=node.category,
            text=node.description, undisclosed=node.undisclosed, turtle=node.turtle,
        )  # fmt: skip


def _agreements(page: Page) -> Iterable[Item]:
    known = _Numbers(page.sources)
    for deal in page.agreements:
        yield {"id": deal.id, "label": deal.label, "type": "partnership", "kind": deal.kind} | _some(
            iri=_iri(page, deal.id, deal.iri), value=deal.value, origins=deal.origins, disputed=deal.disputed, turtle=deal.turtle,
            steps=[_step(step, known) for step in deal.steps], conflicts=[_clash(c, known) for c in deal.conflicts],
        )  # fmt: skip


class _Numbers:
    """Source ids as numbers: a page with ten thousand steps names each source once."""

    def __init__(self, sources: Mapping[str, Any]) -> None:
        self._numbers = {key: number for number, key in enumerate(sources)}

    def __call__(self, keys: Iterable[str]) -> list[int]:
        return [self._numbers[key] for key in keys if key in self._numbers]


def _step(step: Step, known: Callable[[Iterable[str]], list[int]]) -> Item:
    # The bounds of a date follow from it, so they are written only where they say something else.
    until = step.not_after if step.not_after and step.not_after[:7] != last_day(step.date)[:7] else None
    return _some(
        s=step.status, d=step.date, a=until, t=step.text, w=step.speaker, f=known(step.sources), o=step.origins, b=step.reverse
    )  # fmt: skip


def _clash(clash: Conflict, known: Callable[[Iterable[str]], list[int]]) -> Item:
    sides = [_some(t=side.text, f=known(side.sources)) for side in clash.sides]
    return _some(t=clash.text, k=clash.type, s=clash.state, v=sides)


def edges(page: Page) -> list[Item]:
    """Return participations, products, sites and relations as edge items; ends outside the page are left out."""
    present = {node.id for node in page.nodes}
    joined = [edge for deal in page.agreements for edge in _sides(deal)]
    return [edge for edge in [*joined, *_relations(page)] if edge["to"] in present and edge.get("from")]


def _sides(deal: Agreement) -> Iterable[Item]:
    for party in deal.parties:
        yield {"from": deal.id, "to": party.node, "p": "party"} | _some(role=party.role, share=party.share)
    for product in deal.products:
        yield {"from": deal.id, "to": product, "p": "concerns"}
    if deal.facility:
        yield {"from": deal.id, "to": deal.facility, "p": "site"}


def _relations(page: Page) -> Iterable[Item]:
    known, present = _Numbers(page.sources), {node.id for node in page.nodes}
    for link in page.relations:
        if link.source in present:
            yield {"id": link.id, "from": link.source, "to": link.target, "p": link.predicate} | _some(
                iri=link.iri, role=link.role, share=link.share, a=link.valid_from, u=link.valid_until,
                f=known(link.sources), o=link.origins,
            )  # fmt: skip


def about(page: Page) -> Item:
    """Return what the page says of itself, its sources, and the encoding its script draws by."""
    sources = [
        _some(
            id=key, t=source.title, u=source.url, p=source.publisher, d=source.published, l=source.language,
            o=source.origin, v=source.archived, iri=source.iri,
        )
        for key, source in page.sources.items()
    ]  # fmt: skip
    return {
        "format": 1, "title": page.title, "dataset": page.dataset, "scope": list(page.scope), "focus": list(page.focus),
        "depth": page.depth, "asOf": page.as_of, "knownBy": page.known_by, "licence": page.licence,
        "iriBase": page.iri_base, "story": _story(page), "sources": sources,
        "encoding": encoding.table(),
    }  # fmt: skip


def _story(page: Page) -> Item | None:
    """A chosen agreement is a link when agreements are drawn as links, so the story must know which ids are deals."""
    statements = frozenset({deal.id for deal in page.agreements} | {link.id for link in page.relations})
    return page.story.as_data(statements) if page.story else None


def pack(content: Item) -> Block:
    """Write the block: plain JSON with nothing that could end a script element, or deflated when it is large."""
    text = json.dumps(content, ensure_ascii=False, separators=SEPARATORS, allow_nan=False)
    if len(text) > PLAIN_LIMIT:
        return Block(base64.b64encode(zlib.compress(text.encode("utf-8", "replace"), 4)).decode("ascii"), packed=True)
    return Block(inert(text), packed=False)


def inert(text: str) -> str:
    r"""Escape the characters that mean something to HTML or to old script engines, inside JSON strings."""
    escapes = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
    return text.translate({ord(char): code for char, code in escapes.items()}).encode("utf-8", "replace").decode()
