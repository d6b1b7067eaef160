"""The explanation of an answer: for each row the claims, descriptions and gaps behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from materiel.store.table import Cell, Table, cell
from materiel.why.claims import ClaimEvidence, load
from materiel.why.parse import parse
from materiel.why.terms import solve
from materiel.why.trace import Description, Trace, trace
from materiel.why.ways import Way, find

if TYPE_CHECKING:
    from collections.abc import Collection

    import pyoxigraph as ox

    from materiel.store.base import Store

_LOST = "the solutions behind this row were not found again"


@dataclass(frozen=True, slots=True)
class RowEvidence:
    """What a row of an answer rests on.

    Attributes:
        number: The row's place in the table, from 0.
        values: The row.
        claims: The claims behind it, of all solutions that it stands for.
        descriptions: What the row takes from the descriptions of things and sources, which have no claims.
        unexplained: What cannot be explained, and why.
        notes: What else the row depends on.
        solutions: How many solutions the row stands for.
        rests_on_claims: Whether every solution behind the row would be gone without these claims.
    """

    number: int
    values: tuple[Cell, ...]
    claims: list[ClaimEvidence]
    descriptions: list[Description]
    unexplained: list[str]
    notes: list[str]
    solutions: int
    rests_on_claims: bool

    @property
    def sources(self) -> list[str]:
        """The IRIs of the sources of all claims, each once; of the descriptions when there are no claims."""
        found: list[ClaimEvidence] | list[Description] = self.claims or self.descriptions
        return list(dict.fromkeys(source for each in found for source in each.sources))


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer with the evidence for its rows.

    Attributes:
        table: The whole answer.
        rows: The rows that were explained.
        notes: What about the query is not explained.
    """

    table: Table
    rows: list[RowEvidence]
    notes: tuple[str, ...]

    @property
    def sources(self) -> list[str]:
        """The IRIs of all sources, in the order in which the rows need them."""
        return list(dict.fromkeys(source for row in self.rows for source in row.sources))


def why(store: Store, query: str, rows: Collection[int] | None = None) -> Explanation:
    """Return the claims behind the rows of a SELECT query.

    Args:
        store: The graph that is asked.
        query: The query; the known prefixes need not be declared.
        rows: The places of the rows to explain, from 0; all if not given. Places beyond the answer are passed over.

    Raises:
        QueryError: The query cannot be read.
        UsageError: It is not a SELECT query.
    """
    columns, answer = solve_rows(store, query)
    chosen = [i for i in range(len(answer)) if rows is None or i in rows]
    select = parse(query)
    ways, notes = find(store, select, columns, [answer[i] for i in chosen])
    traces = trace(store, (t for found in ways.values() for way in found for t in way.triples()))
    claims = load(store, (claim for found in traces.values() for claim in found.claims))
    table = Table(columns, [tuple(cell(term) for term in row) for row in answer])
    explained = [_row(i, table.rows[i], ways[answer[i]], traces, claims) for i in chosen]
    if select.sliced:
        notes = [*notes, "LIMIT or OFFSET chose among the rows; the choice depends on the rows not shown"]
    return Explanation(table, explained, tuple(notes))


def solve_rows(store: Store, query: str) -> tuple[tuple[str, ...], list[tuple[ox.NamedNode | ox.Literal | None, ...]]]:
    """Answer a query.

    Returns:
        The columns, and the rows as terms.
    """
    parse(query)
    columns, solutions = solve(store, query)
    return columns, [tuple(solution[column] for column in columns) for solution in solutions]  # type: ignore[misc]


def _row(
    number: int,
    values: tuple[Cell, ...],
    ways: list[Way],
    traces: dict[ox.Triple, Trace],
    claims: dict[str, ClaimEvidence],
) -> RowEvidence:
    found = [traces[triple] for triple in dict.fromkeys(t for way in ways for t in way.triples())]
    named = {claim for each in found for claim in each.claims}
    return RowEvidence(
        number,
        values,
        sorted((claims[iri] for iri in named if iri in claims), key=lambda claim: (claim.text, claim.iri)),
        sorted({each.description for each in found if each.description}),
        sorted({each.unexplained for each in found if each.unexplained}) if ways else [_LOST],
        _notes(ways, found),
        sum(not way.empty for way in ways),
        bool(ways) and all(way.rests_on(lambda triple: traces[triple].rests_on_claims) for way in ways),
    )


def _notes(ways: list[Way], found: list[Trace]) -> list[str]:
    absences = sorted({each.absence for each in found if each.absence})
    notes = [f"depends on the absence of {absence}; not explained" for absence in absences]
    return [*notes, "this is also the answer when nothing is found"] if any(way.empty for way in ways) else notes
