"""A brief, and how it is written: Markdown, HTML or JSON. Every text is escaped here, in the sink, and nowhere else."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from materiel.wording import ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from materiel.brief.model import Note, Section, Sentence

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
_NUMBER = re.compile(r"\d+")
_WEB = re.compile(r"https?://", re.IGNORECASE)


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
        return FORMS[form](self)

    def _repr_markdown_(self) -> str:
        return self.to_text("md")


def markdown(brief: Brief) -> str:
    """Return the brief as Markdown, with the numbers of its footnotes in brackets."""
    parts = [f"# {_plain(brief.title)}\n", f"*{_plain(brief.lead)}*\n"]
    for section in brief.sections:
        parts.append(f"## {_plain(section.title)}\n")
        parts += [f"- {_plain(s.text)} {_marks(brief, s)}" for s in section.sentences]
        parts.append(f"\n{_plain(section.more)}\n" if section.more else "")
    parts += ["---\n", *(f"{_plain(line)}  " for line in (brief.scope, *brief.coverage)), "\n## Sources\n"]
    parts += [
        f"{note.number}. {_plain(f'{note.voice}: {note.title} ({note.dated}).')} <{_address(note)}>"
        for note in brief.notes
    ]
    return "\n".join(parts) + "\n"


def html(brief: Brief) -> str:
    """Return the brief as one page that asks nothing of any server."""
    style = files("materiel.brief").joinpath("brief.css").read_text(encoding="utf-8")
    body = "\n".join(_section(brief, section) for section in brief.sections)
    notes = "\n".join(_note(note) for note in brief.notes)
    lines = "".join(f"<p>{escape(line)}</p>" for line in (brief.scope, *brief.coverage))
    title = escape(brief.title)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}: brief</title>
<style>{style}</style>
</head>
<body>
<header><h1>{title}</h1><p>{escape(brief.lead)}</p></header>
<main>
{body}
</main>
<aside aria-label="Scope and coverage">{lines}</aside>
<section aria-labelledby="sources"><h2 id="sources">Sources</h2>
<ol>
{notes}
</ol></section>
</body>
</html>
"""


def data(brief: Brief) -> str:
    """Return the brief as JSON, each sentence with the IRIs of its claims and the numbers of its footnotes."""
    return json.dumps(brief.to_dict(), ensure_ascii=False, indent=2) + "\n"


def _section(brief: Brief, section: Section) -> str:
    lines = "\n".join(f"<li>{escape(s.text)} {_links(brief, s)}</li>" for s in section.sentences)
    more = f'<p class="more">{escape(section.more)}</p>' if section.more else ""
    return f"<section><h2>{escape(section.title)}</h2>\n<ul>\n{lines}\n</ul>{more}</section>"


def _note(note: Note) -> str:
    told = escape(f"{note.voice}: {note.title} ({note.dated}).")
    address = escape(note.url, quote=True)
    link = (
        f'<a href="{address}" rel="noreferrer noopener">{address}</a>'
        if _WEB.match(note.url)
        else f"<span>{address}</span>"
    )
    return f'<li id="note-{note.number}">{told} {link}</li>'


def _links(brief: Brief, sentence: Sentence) -> str:
    told = ", ".join(ranges(brief.numbers(sentence.sources)))
    linked = _NUMBER.sub(lambda m: f'<a href="#note-{m[0]}">{m[0]}</a>', told)
    return f"<sup>[{linked.replace('</a>-', '</a>–')}]</sup>"  # noqa: RUF001 - a range takes an en dash


def _marks(brief: Brief, sentence: Sentence) -> str:
    return f"[{', '.join(ranges(brief.numbers(sentence.sources)))}]"


def _plain(text: str) -> str:
    """Return the text with all that Markdown would read as markup escaped, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _address(note: Note) -> str:
    return note.url.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")


FORMS: dict[str, Callable[[Brief], str]] = {"md": markdown, "html": html, "json": data}
"""Forms of a brief."""
