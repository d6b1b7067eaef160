"""What a brief is made of: sections of sentences, each with its claims and sources, and the footnotes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing that the brief says.

    Attributes:
        text: The words.
        claims: IRIs of the claims that the words rest on, never empty.
        sources: IRIs of the pages that make these claims, never empty.
    """

    text: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences under a heading.

    Attributes:
        title: The heading.
        sentences: In the order in which they are read.
        more: What was left out for want of room, or "".
    """

    title: str
    sentences: tuple[Sentence, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote.

    Attributes:
        number: Its number in the brief, from 1.
        iri: The source.
        publisher: Site on which the page was read.
        title: What the page is about.
        published: Date as the page shows it, or None.
        url: Address.
        retrieved: Day on which the page was read, or None when that was not recorded.
        origin: Whose voice the page relays, when it is not the publisher's own.
    """

    number: int
    iri: str
    publisher: str
    title: str
    published: str | None
    url: str
    retrieved: str | None = None
    origin: str | None = None

    @property
    def dated(self) -> str:
        """The date of publication, and of reading when known."""
        read = f", read {self.retrieved}" if self.retrieved else ""
        return f"{self.published or 'undated'}{read}"

    @property
    def voice(self) -> str:
        """The publisher, and whom it relays."""
        return f"{self.publisher}, after {self.origin}" if self.origin else self.publisher
