"""Reading RDF strictly: what the engine would change, or what would hurt it, is refused before storing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, RdfFormat, parse

from materiel.dates import PartialDate
from materiel.errors import BadDate, FileProblem
from materiel.vocabulary import PREFIXES, RDF, XSD, compact, slug_of

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 4 * 2**30
MAX_DEPTH = 100
MAX_LITERAL = 2**20

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}
"""Formats that we read, by file ending."""

_BY_LINE = {RdfFormat.N_TRIPLES, RdfFormat.N_QUADS}
"""Formats without bare numbers or brackets, spared the two searches that cost most."""

_TYPED = re.compile(rb'"([^"\\\n]*)"\^\^(<[^>\s]*>|[\w-]*:[\w-]+)')
_BARE = re.compile(
    rb"[\s,\[({](?=[+.\d-])(?:[+-]?(?:0\d+|\d*\.\d*0|\d+\.|\.\d+|\d*\.?\d+[eE][+-]?\d+)[ \t]*[\r\n;,.#\])}]|\+\d)"
)
_LONG = re.compile(rb'"[^"\\\n]{%d}' % MAX_LITERAL)
_NESTED = re.compile(rb"[\[({<](?:\s*[\[({<]){%d}" % (MAX_DEPTH - 1))
_TRIPLE_TERM = re.compile(rb"<<|(>>)")
_JSON = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[{]|([\]}])', re.DOTALL)
_XML = re.compile(rb"<[A-Za-z_](?:[^<>]*[^<>/])?>|(</)")
"""What opens a level; the group is what closes one."""

_FORMS = {
    "integer": re.compile(r"0|-?[1-9][0-9]*"),
    "decimal": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]"),
    "boolean": re.compile(r"true|false"),
    "string": re.compile(r"(?s).*"),
}
_DATES = {"date": 10, "gYearMonth": 7, "gYear": 4}


def format_of(path: Path) -> RdfFormat:
    """Return the RDF format of a file by its ending.

    Raises:
        FileProblem: The ending is not one of `FORMATS`.
    """
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        known = ", ".join(FORMATS)
        raise FileProblem(
            f"{path}: cannot tell the RDF format by the ending {path.suffix!r}", f"Use one of {known}."
        ) from None


def read(path: Path) -> bytes:
    """Read a file and refuse what is too large, nested too deeply, or would not stay as it is written.

    Raises:
        FileProblem: With the file, the line where it is known, and what to do.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FileProblem(f"{path}: larger than {MAX_BYTES >> 30} GiB", "Split the file.")
        data = path.read_bytes()
    except OSError as error:
        raise FileProblem(f"{path}: {error.strerror}", "Check the path and its permissions.") from None
    check(data, format_of(path), str(path))
    return data


def check(data: bytes, form: RdfFormat, name: str) -> None:
    """Refuse text that the engine would rewrite, or that could bring it down.

    The literal forms of the model are `xsd:string`, language-tagged text, `xsd:integer`, `xsd:decimal`,
    `xsd:boolean`, `xsd:date`, `xsd:gYearMonth` and `xsd:gYear`, each in its canonical spelling.

    Raises:
        FileProblem: With file, line, reason and remedy.
    """
    if form == RdfFormat.RDF_XML and re.search(rb"<!DOCTYPE", data, re.IGNORECASE):
        raise FileProblem(f"{name}: RDF/XML with a DOCTYPE is refused", "Remove it and write the entities out.")
    by_line = form in _BY_LINE
    if (not by_line and _NESTED.search(data)) or _too_deep(data, form):
        raise FileProblem(f"{name}: nested more than {MAX_DEPTH} deep", "Flatten the data; the model needs no nesting.")
    if _LONG.search(data):
        raise FileProblem(
            f"{name}: a literal is longer than {MAX_LITERAL} characters", "Shorten it or link to the text."
        )
    typed = _TYPED.findall(data)
    canonical = all(_is_canonical(*pair) for pair in set(typed)) and len(typed) == data.count(b"^^")
    if not canonical or (not by_line and _has_bare(data)) or form in {RdfFormat.RDF_XML, RdfFormat.JSON_LD}:
        _check_each(data, form, name)


def _too_deep(data: bytes, form: RdfFormat) -> bool:
    """Tell whether levels nest too deeply for parsers that call themselves for each."""
    if form == RdfFormat.JSON_LD:
        levels, least = _JSON, data.count(b"{") + data.count(b"[")
    elif form == RdfFormat.RDF_XML:
        levels, least = _XML, data.count(b"</")
    else:
        levels, least = _TRIPLE_TERM, data.count(b"<<")
    if least <= MAX_DEPTH:
        return False
    depth = 0
    for match in levels.finditer(data):
        if not match[0].startswith(b'"'):
            depth += -1 if match[1] else 1
            if depth > MAX_DEPTH:
                return True
    return False


def _has_bare(data: bytes) -> bool:
    """Tell whether a bare number in another form than the model's stands outside of a text, or perhaps does."""
    for match in _BARE.finditer(data):
        before = data[data.rfind(b"\n", 0, match.start()) + 1 : match.start() + 1]
        if before.replace(rb"\"", b"").count(b'"') % 2 == 0 or b"'" in before or b'"""' in data:
            return True
    return False


@lru_cache(maxsize=65536)
def _is_canonical(text: bytes, datatype: bytes) -> bool:
    iri = datatype[1:-1].decode() if datatype.startswith(b"<") else _expanded(datatype.decode())
    return iri is not None and problem(text.decode(errors="replace"), iri) is None


def _expanded(name: str) -> str | None:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else None


def _check_each(data: bytes, form: RdfFormat, name: str) -> None:
    for quad in parse(data, format=form):
        value = quad.object
        if isinstance(value, Literal) and value.language is None:
            found = problem(value.value, value.datatype.value)
            if found:
                subject = str(quad.subject)[1:-1]
                line = _line(data, subject, value.value)
                raise FileProblem(f"{name}:{line}: {found[0]} (on {compact(subject)})", found[1])


def _line(data: bytes, subject: str, text: str) -> int:
    """Return the line of a literal: its first place after the first naming of its subject."""
    start = max(data.find(slug_of(subject).encode()), 0)
    places = (data.find(form.encode(), start) for form in (f'"{text}"', f"'{text}'", f" {text}", text))
    return data[: next((place for place in places if place >= 0), start)].count(b"\n") + 1


def problem(text: str, datatype: str) -> tuple[str, str] | None:
    """Return what is wrong with a literal and what to do, or None when its form is one of the model's."""
    local = datatype.removeprefix(XSD)
    if datatype == RDF + "langString" or (local in _FORMS and datatype != local and _FORMS[local].fullmatch(text)):
        return None
    if local in _DATES and len(text) == _DATES[local]:
        try:
            PartialDate(text)
        except BadDate as error:
            return f"{text!r}: the date {error.reason}", "Correct the date or leave it out."
        return None
    if local in _FORMS or local in _DATES:
        return (
            f"{text!r} is not in the canonical form of xsd:{local}",
            "Write it canonically (5 not 05, 1.5 not 1.50, no time zone).",
        )
    remedy = "Use string, integer, decimal, boolean, date, gYearMonth or gYear."
    return f"the datatype {compact(datatype)} is not one of the model's", remedy
