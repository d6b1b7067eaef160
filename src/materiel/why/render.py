"""Explanations written out: for a reader with numbered sources, for a program as data."""

from __future__ import annotations

import json
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from materiel.evidence import Footnotes, cite
from materiel.store.table import Table, is_iri_list, with_labels
from materiel.vocabulary import compact, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from materiel.store.base import Store
    from materiel.store.table import Cell
    from materiel.why.claims import ClaimEvidence
    from materiel.why.explain import Explanation, RowEvidence
    from materiel.why.trace import Description

FORMATS = ("table", "md", "json")
"""Forms of an explanation."""


def with_citations(table: Table, explanation: Explanation, *, claims: bool = True) -> Table:
    """Add to a table, row by row, what was found behind it.

    Args:
        table: The table that was explained, or one with the same rows in the same order.
        explanation: The explanation.
        claims: Whether to add a column `claims` too.

    Returns:
        The table with a column `sources`, which takes in what such a column already held, and perhaps `claims`;
        each cell holds IRIs separated by spaces. Rows that were not explained get empty cells.
    """
    found = {row.number: row for row in explanation.rows}
    columns, rows = table.columns, list(table.rows)
    at = columns.index("sources") if "sources" in columns else None
    held = [str(row[at] or "") for row in rows] if at is not None else [""] * len(rows)
    if at is not None and all(not text or is_iri_list(text) for text in held):
        columns = tuple(name for name in columns if name != "sources")
        rows = [(*row[:at], *row[at + 1 :]) for row in rows]
    else:
        held = [""] * len(rows)
    added: list[tuple[Cell, ...]] = []
    for number, before in enumerate(held):
        row = found.get(number)
        iris = dict.fromkeys([*before.split(), *(row.sources if row else ())])
        named = [" ".join(claim.iri for claim in row.claims) if row else ""] if claims else []
        added.append((*named, " ".join(iris)))
    names = [_free(columns, "claims")] if claims else []
    names.append(_free(columns, "sources"))
    notes = (*table.notes, *explanation.notes)
    return Table((*columns, *names), [(*row, *more) for row, more in zip(rows, added, strict=True)], notes)


def _free(columns: Iterable[str], name: str) -> str:
    while name in columns:
        name += "_behind"
    return name


def answer(store: Store, table: Table, explanation: Explanation, form: str) -> str:
    """Write an answer with its evidence in one of the forms of a table.

    Tables for readers have numbered sources below; `csv` and `tsv` have columns of IRIs; in `json` and `ndjson`
    each row has the field `why` with its claims in full.
    """
    if form in {"table", "md"}:
        footnotes = Footnotes(store)
        marked = footnotes.mark(with_citations(table, explanation, claims=False))
        text = marked.to_text(form, with_labels(store.labels.label))
        told = "".join(f"Note: {note}.\n" for note in _all_notes(explanation))
        return f"{text}\n{told}{_sources(footnotes, form)}"
    if form not in {"json", "ndjson"}:
        return with_citations(table, explanation).to_text(form)
    found = {row.number: row for row in explanation.rows}
    rows = [dict(row) for row in table]
    for number, told_row in enumerate(rows):
        _spell_out(store, told_row)
        told_row["why"] = _row_data(found[number], full=True) if number in found else None  # type: ignore[assignment]
    if form == "json":
        notes = [*table.notes, *explanation.notes]
        return json.dumps({"notes": notes, "rows": rows}, ensure_ascii=False, indent=2) + "\n"
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _spell_out(store: Store, row: dict[str, Any]) -> None:
    """Replace the addresses in the field `sources` by citations, as `ask` does."""
    if is_iri_list(row.get("sources")):
        row["sources"] = [asdict(citation) for citation in cite(store, row["sources"].split()).values()]


def _all_notes(explanation: Explanation) -> list[str]:
    told: dict[str, list[str]] = {}
    for row in explanation.rows:
        bare = ["rests on descriptions, which have no claims"] if row.descriptions and not row.claims else []
        for text in [*bare, *row.notes, *row.unexplained]:
            told.setdefault(text, []).append(str(row.number + 1))
    many = len(explanation.rows)
    return [
        *explanation.notes,
        *(f"{'every row' if len(rows) == many else 'row ' + ', '.join(rows)}: {text}" for text, rows in told.items()),
    ]


def render(store: Store, explanation: Explanation, form: str, scope: Iterable[str] = ()) -> str:
    """Write an explanation in one of `FORMATS`.

    Args:
        store: The graph that was asked.
        explanation: The explanation.
        form: One of `FORMATS`.
        scope: Notes on the scope of the answer, for a program; a reader is told them elsewhere.
    """
    if form == "json":
        data = _data(store, explanation)
        data["notes"] = [*scope, *explanation.notes]
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    notes = Footnotes(store)
    lines = [line for row in explanation.rows for line in _row_lines(store, explanation.table, row, notes, form)]
    if not explanation.rows:
        lines.append("No row: there is nothing to explain.")
    told = "".join(f"Note: {note}.\n" for note in explanation.notes)
    return "\n".join(lines).rstrip("\n") + "\n" + (f"\n{told}" if told else "") + _sources(notes, form)


def _sources(notes: Footnotes, form: str) -> str:
    cited = "".join(f"{'- ' if form == 'md' else ''}[{number}] {citation}\n" for number, citation in notes.citations())
    return f"\n{'## ' if form == 'md' else ''}Sources\n{cited}" if cited else ""


def _row_lines(store: Store, table: Table, row: RowEvidence, notes: Footnotes, form: str) -> Iterator[str]:
    show = with_labels(store.labels.label)
    values = " · ".join(f"{name} {show(value)}" for name, value in zip(table.columns, row.values, strict=True))
    yield f"{'## ' if form == 'md' else ''}Row {row.number + 1}: {values}"
    ways = f" ({row.solutions} solutions)" if row.solutions > 1 else ""
    if not row.claims:
        yield f"  rests on no claim{ways}"
    elif not row.rests_on_claims:
        yield f"  would stand without these claims, on descriptions alone{ways}"
    elif ways:
        yield f"  stands for {row.solutions} solutions"
    for claim in row.claims:
        yield f"- {claim.text} {_said(claim, notes)}"
    for line in _described(store, row.descriptions, notes):
        yield f"- {line}"
    for text in row.notes:
        yield f"- {text}"
    for text in row.unexplained:
        yield f"- not explained: {text}"
    yield ""


def _mark(notes: Footnotes, sources: Iterable[str]) -> str:
    return str(notes.mark(Table(("sources",), [(" ".join(sources),)])).rows[0][0])


def _said(claim: ClaimEvidence, notes: Footnotes) -> str:
    """Return who says so: all sources, then those who quote somebody and those who hedge or deny."""
    parts = [_mark(notes, claim.sources)]
    quoting: dict[str, list[str]] = {}
    doubting: dict[str, list[str]] = {}
    for attested in claim.attestations:
        if attested.speaker_name:
            quoting.setdefault(attested.speaker_name, []).append(attested.source)
        if attested.stance != "asserts":
            doubting.setdefault(attested.stance, []).append(attested.source)
    parts += [f"quoting {name} {_mark(notes, sources)}" for name, sources in quoting.items()]
    parts += [f"{stance} {_mark(notes, sources)}" for stance, sources in doubting.items()]
    inherited = {"partnership": "on the deal's sources", "entity": "on the sources of the thing"}
    voices = inherited.get(claim.scope or "", f"{claim.voices} voice{'s' if claim.voices != 1 else ''}")
    return f"{'; '.join(parts)} ({voices}; {compact(claim.iri)})"


def _described(store: Store, descriptions: Iterable[Description], notes: Footnotes) -> Iterator[str]:
    """Return a line for each thing from whose description the row takes something."""
    for (kind, subject), group in groupby(descriptions, key=lambda d: (d.kind, d.subject)):
        some = list(group)
        told = ", ".join(dict.fromkeys(slug_of(description.predicate) for description in some))
        sources = dict.fromkeys(source for description in some for source in description.sources)
        lead = "description" if kind == "thing" else f"own description of the {kind}"
        yield f"{lead}, no claim: {store.labels.label(subject)}: {told} {_mark(notes, sources)}".rstrip()


def _row_data(row: RowEvidence, *, full: bool) -> dict[str, Any]:
    return {
        "claims": [asdict(claim) if full else claim.iri for claim in row.claims],
        "descriptions": [asdict(description) for description in row.descriptions],
        "unexplained": row.unexplained,
        "notes": row.notes,
        "solutions": row.solutions,
        "rests_on_claims": row.rests_on_claims,
    }


def _data(store: Store, explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as data: each claim and each source once, and rows that name them."""
    columns = explanation.table.columns
    claims = {claim.iri: claim for row in explanation.rows for claim in row.claims}
    described = (source for row in explanation.rows for d in row.descriptions for source in d.sources)
    return {
        "columns": list(columns),
        "rows": [
            {"row": row.number + 1, "values": dict(zip(columns, row.values, strict=True)), **_row_data(row, full=False)}
            for row in explanation.rows
        ],
        "claims": {iri: _claim_data(claim) for iri, claim in claims.items()},
        "sources": {iri: asdict(c) for iri, c in cite(store, [*explanation.sources, *described]).items()},
    }


def _claim_data(claim: ClaimEvidence) -> dict[str, Any]:
    """Return a claim as data that names its sources and leaves their citations to the list of sources."""
    told = asdict(claim)
    for attested in told["attestations"]:
        del attested["citation"]
    return told
