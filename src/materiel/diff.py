"""What changed between two states of the graph: two days, two folders, or two revisions."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from materiel import policy
from materiel.evidence import cite
from materiel.store.table import Table
from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyoxigraph as ox

    from materiel.store.base import Store

KINDS = ("new deal", "moved", "ended", "gone", "newly disputed", "settled", "corroborated", "identity")
"""Kinds of change, in the order in which they are told."""

_DEALS = """SELECT ?deal ?label ?kind ?status WHERE {
  ?deal a mat:Partnership ; rdfs:label ?label ; mat:kind ?kind OPTIONAL { ?deal mat:currentStatus ?status } }"""
_STEPS = """SELECT ?deal ?number ?status ?date ?text ?source WHERE {
  ?deal mat:statusEvent ?event . ?event mat:status ?status ; mat:sequence ?number ; dct:description ?text ; mat:reportedIn ?source
  OPTIONAL { ?event mat:date ?date } } ORDER BY ?deal ?number ?source"""
_CONFLICTS = """SELECT ?conflict ?about ?text ?state ?source WHERE {
  ?conflict a mat:Conflict ; mat:about ?about ; dct:description ?text ; mat:state ?state
  OPTIONAL { ?conflict mat:side ?side . ?side mat:source|(mat:claim/mat:attestation/mat:source) ?source } } ORDER BY ?conflict ?source"""
_VOICES = """SELECT ?claim ?deal ?text ?count ?source WHERE {
  ?claim rdf:subject ?deal ; rdf:predicate mat:statusEvent ; rdf:object ?event ; mat:voiceCount ?count ; mat:attestation/mat:source ?source .
  ?event dct:description ?text } ORDER BY ?claim ?source"""
_NAMES = """SELECT ?thing ?name ?source WHERE {
  { ?thing rdfs:label ?name } UNION { ?thing skos:altLabel ?name }
  ?thing mat:describedIn ?source } ORDER BY ?thing ?name ?source"""
_IDENTITY = """SELECT ?thing ?what ?other ?source WHERE {
  { ?claim rdf:subject ?thing ; rdf:predicate mat:successorOf ; rdf:object ?other ; mat:attestation/mat:source ?source BIND("successor of" AS ?what) }
  UNION { ?thing mat:mergedInto ?other BIND("merged into" AS ?what) } } ORDER BY ?thing ?other ?source"""


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        kind: One of `KINDS`.
        subject: IRI of the deal or thing.
        label: Its name.
        text: What changed, in a sentence.
        date: Day, month or year of the step that made the change, when known.
        sources: IRIs of the sources.
    """

    kind: str
    subject: str
    label: str
    text: str
    date: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Diff:
    """Changes from one state to another.

    Attributes:
        before: What the first state is, in words.
        after: What the second state is.
        changes: In the order of `KINDS`, then by name.
        store: The second state's store, for citations.
    """

    before: str
    after: str
    changes: list[Change]
    store: Store

    @property
    def summary(self) -> str:
        """Counts by kind in one line."""
        counts = Counter(change.kind for change in self.changes)
        return ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind]) or "no change"

    def to_dict(self) -> dict[str, Any]:
        """Return plain data with the citation of each source."""
        cited = cite(self.store, (iri for change in self.changes for iri in change.sources))
        rows = [
            {**asdict(c), "sources": [asdict(cited[iri]) for iri in c.sources if iri in cited]} for c in self.changes
        ]
        return {"before": self.before, "after": self.after, "summary": self.summary, "changes": rows}


class State:
    """What a diff compares, read out of a store."""

    def __init__(self, store: Store) -> None:
        """Read it."""
        self.store = store
        self.deals = {row["deal"]: row for row in self._rows(_DEALS)}
        self.steps = _grouped(self._rows(_STEPS), "deal")
        self.conflicts = _grouped(self._rows(_CONFLICTS), "conflict")
        self.voices = _grouped(self._rows(_VOICES), "claim")
        self.names = _grouped(self._rows(_NAMES), "thing")
        self.identity = {(r["thing"], r["what"], r["other"]): r["source"] for r in self._rows(_IDENTITY)}

    def _rows(self, query: str) -> list[dict[str, Any]]:
        return list(Table.of(cast("ox.QuerySolutions", self.store.query(query))))

    def status(self, deal: str) -> str:
        """Return the notation of a deal's latest status."""
        return slug_of(self.deals[deal]["status"] or "/reported")

    def latest(self, deal: str) -> tuple[str, str | None, tuple[str, ...]]:
        """Return text, date and sources of the step that gives a deal its latest status."""
        status = self.status(deal)
        steps = [row for row in self.steps.get(deal, []) if slug_of(row["status"]) == status]
        last = max((row["number"] for row in steps), default=None)
        found = [row for row in steps if row["number"] == last]
        return (found[0]["text"], found[0]["date"], _sources(found)) if found else ("", None, ())

    def is_open(self, conflict: str) -> bool:
        """Tell whether a conflict has not been resolved."""
        return not str(self.conflicts[conflict][0]["state"]).endswith("/resolved")


def diff(before: Store, after: Store, names: tuple[str, str] = ("before", "after")) -> Diff:
    """Compare two states.

    Args:
        before: The first state.
        after: The second state.
        names: What the states are, in words.
    """
    old, new = State(before), State(after)
    changes = [*_deals(old, new), *_conflicts(old, new), *_voices(old, new), *_identities(old, new)]
    changes.sort(key=lambda change: (KINDS.index(change.kind), change.label, change.text))
    return Diff(*names, changes, after)


def _deals(old: State, new: State) -> Iterator[Change]:
    for deal in new.deals.keys() - old.deals.keys():
        text, date, sources = new.latest(deal)
        yield Change("new deal", deal, new.deals[deal]["label"], f"{new.status(deal)}: {text}", date, sources)
    for deal in old.deals.keys() - new.deals.keys():
        text, date, sources = old.latest(deal)
        yield Change("gone", deal, old.deals[deal]["label"], f"no longer told; was {old.status(deal)}", date, sources)
    for deal in new.deals.keys() & old.deals.keys():
        if new.status(deal) != old.status(deal):
            text, date, sources = new.latest(deal)
            kind = "ended" if new.status(deal) in policy.marked("status", "halts") else "moved"
            yield Change(
                kind, deal, new.deals[deal]["label"], f"{old.status(deal)} → {new.status(deal)}: {text}", date, sources
            )


def _conflicts(old: State, new: State) -> Iterator[Change]:
    for conflict, rows in new.conflicts.items():
        was_open = conflict in old.conflicts and old.is_open(conflict)
        if new.is_open(conflict) != was_open and (new.is_open(conflict) or conflict in old.conflicts):
            kind = "newly disputed" if new.is_open(conflict) else "settled"
            label = new.store.labels.label(rows[0]["about"])
            yield Change(kind, rows[0]["about"], label, rows[0]["text"], None, _sources(rows))


def _voices(old: State, new: State) -> Iterator[Change]:
    for claim in new.voices.keys() & old.voices.keys():
        rows, had = new.voices[claim], old.voices[claim][0]["count"]
        if had == 1 < rows[0]["count"]:
            text = f"{rows[0]['text']} (now {rows[0]['count']} voices)"
            yield Change(
                "corroborated", rows[0]["deal"], new.store.labels.label(rows[0]["deal"]), text, None, _sources(rows)
            )


def _identities(old: State, new: State) -> Iterator[Change]:
    for thing, what, other in new.identity.keys() - old.identity.keys():
        source = new.identity[thing, what, other]
        label = new.store.labels.label(thing)
        yield Change(
            "identity", thing, label, f"{what} {new.store.labels.label(other)}", None, (source,) if source else ()
        )
    for thing in new.names.keys() & old.names.keys():
        added = {r["name"] for r in new.names[thing]} - {r["name"] for r in old.names[thing]}
        if added:
            text = f"also called {', '.join(sorted(added))}"
            yield Change("identity", thing, new.store.labels.label(thing), text, None, _sources(new.names[thing]))


def _grouped(rows: Sequence[Mapping[str, Any]], key: str) -> dict[str, list[Mapping[str, Any]]]:
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return groups


def _sources(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(sorted({row["source"] for row in rows if row["source"]}))
