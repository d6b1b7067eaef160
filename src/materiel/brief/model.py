"""What a brief is made of: sections of sentences, each with its claims and sources, and the footnotes."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


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


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief on one thing, or on a pair.

    Attributes:
        title: What it is about.
        lead: What the thing is, in a few words, without a claim of its own.
        sections: The text.
        scope: What was looked at: days, evidence floor.
        coverage: What the answer rests on and did not see, a line each.
        notes: The footnotes, in the order of their numbers.
    """

    title: str
    lead: str
    sections: tuple[Section, ...]
    scope: str
    coverage: tuple[str, ...]
    notes: tuple[Note, ...] = field(default=())

    def sentences(self) -> Iterator[Sentence]:
        """Iterate over all sentences."""
        return (sentence for section in self.sections for sentence in section.sentences)

    def numbers(self, sources: Iterable[str]) -> list[int]:
        """Return the footnote numbers of sources, in order."""
        known = {note.iri: note.number for note in self.notes}
        return sorted(known[iri] for iri in sources)

    def to_dict(self) -> dict[str, object]:
        """Return the brief as plain data, sentences with the IRIs of their claims."""
        sections = [
            {
                "title": section.title,
                "sentences": [
                    {"text": s.text, "claims": list(s.claims), "notes": self.numbers(s.sources)}
                    for s in section.sentences
                ],
                **({"more": section.more} if section.more else {}),
            }
            for section in self.sections
        ]
        return {
            "title": self.title,
            "lead": self.lead,
            "sections": sections,
            "scope": self.scope,
            "coverage": list(self.coverage),
            "notes": [asdict(note) for note in self.notes],
        }

    def to_text(self, form: str = "md") -> str:
        """Return the brief as `md`, `html` or `json`."""
        from materiel.brief.render import FORMS

        return FORMS[form](self)

    def _repr_markdown_(self) -> str:
        return self.to_text("md")
