"""Which claims stand in a scope, and which nodes and lines are left out because theirs do not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, cast

from materiel import policy
from materiel.dates import PartialDate
from materiel.scope import Left, Scope
from materiel.vocabulary import ID, MAT, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyoxigraph as ox

    from materiel.store.base import Store

_DISPUTED = "SELECT DISTINCT ?claim WHERE { ?x a mat:Conflict ; mat:state ?state ; mat:between ?claim FILTER(?state != conflictstate:resolved) }"
_REJECTED = "SELECT ?claim WHERE { ?claim mat:currentVerdict verdict:rejected }"
_MAT_COLUMNS = [
    "attestation",
    "source",
    "attributedTo",
    "stance",
    "publishedOn",
    "affiliation",
    "affiliatedTo",
    "publisher",
    "speaksFor",
    "origin",
    "statusEvent",
    "status",
    "modality",
    "reverse",
    "evidenceScope",
    "sequence",
    "date",
    "validFrom",
    "validUntil",
    "statedOn",
    "about",
    "side",
    "claim",
    "observation",
    "describedIn",
    "party",
    "atOrganization",
    "heldOrganization",
]
_COLUMNS = {f"<{MAT}{name}>".encode(): name for name in _MAT_COLUMNS} | {
    f"<{RDF}{name}>".encode(): name for name in ("subject", "predicate", "object")
}
_SIDES = 2
_THING = f"<{ID}".encode()
_LABEL = b"<http://www.w3.org/2000/01/rdf-schema#label>"


@dataclass(frozen=True, order=True, slots=True)
class _Step:
    status: str
    reverse: bool


def _status(numbered: list[tuple[int, _Step]]) -> str:
    step = policy.current([step for _, step in sorted(numbered)])
    return step.status if step else ""


class Standing:
    """Decides which claims stand.

    Attributes:
        left: What is left out, in numbers.
        lost_nodes: Claims, attestations, value nodes, deals and conflicts to leave out, as N-Triples terms.
        lost_lines: Further N-Triples lines to leave out: edges of lost claims, and ends that lie after the day.
    """

    def __init__(self, lines: Sequence[bytes], scope: Scope, store: Store) -> None:
        """Decide for the asserted lines of a store."""
        self._scope, self._store = scope, store
        self._columns(lines)
        self._claims = {c: (s, self._predicate[c], self._object[c]) for c, s in self._subject.items()}
        self._deal_of = {event: deal for deal, event in self._pairs["statusEvent"]}
        attested = self._attested()
        happened = {claim for claim in attested if self._happened(claim)} - self._excluded()
        deals = self._deals(happened)
        lost_deals = set(self._deal_of.values()) - deals
        self._standing = {claim for claim in happened if self._claims[claim][0] not in lost_deals}
        self.lost_nodes = self._nodes(lost_deals)
        self.lost_lines = self._lines()
        self.left = self._left(lost_deals)

    def _columns(self, lines: Iterable[bytes]) -> None:
        """Sort the lines of the properties that matter into columns, in one pass."""
        pairs: dict[str, list[tuple[bytes, bytes]]] = {name: [] for name in _COLUMNS.values()}
        labels: dict[bytes, bytes] = {}
        for line in lines:
            subject, predicate, value = line[:-2].split(b" ", 2)
            name = _COLUMNS.get(predicate)
            if name:
                pairs[name].append((subject, value))
            elif predicate == _LABEL:
                labels[subject] = value
        self._pairs, self._labels = pairs, labels
        self._subject, self._predicate, self._object = (dict(pairs[n]) for n in ("subject", "predicate", "object"))

    def _column(self, name: str) -> dict[bytes, bytes]:
        return dict(self._pairs[name])

    def _attested(self) -> set[bytes]:
        """Return the claims behind which enough voices and origins stand."""
        source, speaker, stance = self._column("source"), self._column("attributedTo"), self._column("stance")
        body, origin = self._column("speaksFor"), self._column("origin")
        voices: dict[bytes, set[bytes]] = defaultdict(set)
        origins: dict[bytes, set[bytes]] = defaultdict(set)
        self._silent = set()
        for claim, attestation in self._pairs["attestation"]:
            page = source[attestation]
            if page not in self._usable:
                self._silent.add(attestation)
            elif not stance.get(attestation, b"").endswith(b"/denies>"):
                house = origin.get(page, page)
                voices[claim].add(speaker.get(attestation) or body.get(page) or house)
                origins[claim].add(house)
        scope, inherited = self._scope, self._inherited
        enough = {c for c in voices if len(voices[c]) >= scope.voices and len(origins[c]) >= scope.origins}
        return enough | (voices.keys() & inherited)

    @property
    def _inherited(self) -> set[bytes]:
        """Claims that only inherit the sources of their record: nobody is known to state them, so they stand with it."""
        scopes = frozenset(policy.marked("evidence-scope", "inherited"))
        return {claim for claim, scope in self._pairs["evidenceScope"] if _slug(scope) in scopes}

    @cached_property
    def _usable(self) -> set[bytes]:
        """The sources that may be used: published in time, of an affiliation and publisher that is not left out."""
        published, kind, whose = (self._column(name) for name in ("publishedOn", "affiliation", "affiliatedTo"))
        day, house = self._scope.known_by_day, self._column("publisher")
        pages = set(self._column("source").values())
        if day is not None:
            pages = {page for page in pages if page in published and last_day(published[page]) <= day}
        without = set(self._scope.exclude_affiliations)
        pages = {p for p in pages if not _affiliations(kind.get(p), whose.get(p)) & without} if without else pages
        names = {name.casefold() for name in self._scope.exclude_publishers}
        return (
            {p for p in pages if _text(self._labels.get(house.get(p, b""), b"")).casefold() not in names}
            if names
            else pages
        )

    def _happened(self, claim: bytes) -> bool:
        """Tell whether what the claim says had happened, or had begun to hold, for certain by the as-of day.

        What has no start of its own counts from the first day on which a source states it, else from always.
        """
        day = self._scope.as_of_day
        if day is None:
            return True
        node = self._claims[claim][2]
        if node in self._deal_of:
            return node in self._dates and self._dates[node] <= day
        since = self._since.get(node) or self._since.get(claim) or self._dates.get(node) or self._stated.get(claim)
        return since is None or since <= day

    @cached_property
    def _dates(self) -> dict[bytes, str]:
        return {node: last_day(value) for node, value in self._pairs["date"]}

    @cached_property
    def _since(self) -> dict[bytes, str]:
        return {node: last_day(value) for node, value in self._pairs["validFrom"]}

    @cached_property
    def _stated(self) -> dict[bytes, str]:
        first: dict[bytes, str] = {}
        for claim, value in self._pairs["statedOn"]:
            first[claim] = min(last_day(value), first.get(claim, "9999"))
        return first

    def _excluded(self) -> set[bytes]:
        queries = [_DISPUTED] * self._scope.exclude_disputed + [_REJECTED] * self._scope.accepted
        found = [cast("ox.QuerySolutions", self._store.query(query)) for query in queries]
        return {str(row["claim"]).encode() for rows in found for row in rows}

    def _deals(self, claims: set[bytes]) -> set[bytes]:
        """Return the deals of which a step stands, and whose status is one of the scope."""
        status, number, modality = (self._column(name) for name in ("status", "sequence", "modality"))
        back = dict(self._pairs["reverse"])
        steps: dict[bytes, list[tuple[int, _Step]]] = defaultdict(list)
        for claim in claims:
            node = self._claims[claim][2]
            if node in self._deal_of and modality.get(node, b"/realised>").endswith(b"/realised>"):
                step = _Step(_slug(status[node]), node in back)
                steps[self._deal_of[node]].append((int(_text(number[node])), step))
        meant = self._scope.status_codes
        return {deal for deal, found in steps.items() if not meant or _status(found) in meant}

    def _nodes(self, lost_deals: set[bytes]) -> set[bytes]:
        """Lost claims with their attestations, value nodes that no standing claim links, lost deals and their conflicts.

        A written conflict stands while two of its sides do.
        """
        lost = set(self._claims) - self._standing
        linked = {self._claims[claim][2] for claim in self._standing}
        values = {self._claims[claim][2] for claim in lost if _is_value(self._claims[claim])} - linked
        conflicts = self._lost_conflicts(lost_deals)
        attestations = {attestation for claim, attestation in self._pairs["attestation"] if claim in lost}
        return lost | values | lost_deals | conflicts | attestations | self._silent | self._unspoken(lost, values)

    def _lost_conflicts(self, lost_deals: set[bytes]) -> set[bytes]:
        """Conflicts of which fewer than two sides stand, and the sides that do not: by their claim, or a usable source."""
        claim, about = self._column("claim"), self._column("about")
        pages: dict[bytes, set[bytes]] = defaultdict(set)
        for side, page in self._pairs["source"]:
            pages[side].add(page)
        undated = self._scope.known_by is None
        sides: dict[bytes, list[bytes]] = defaultdict(list)
        lost: set[bytes] = set()
        for conflict, side in self._pairs["side"]:
            named = claim.get(side)
            told = bool(pages[side] & self._usable) if pages[side] else undated
            if named in self._standing if named else told:
                sides[conflict].append(side)
            else:
                lost.add(side)
        gone = {c for c, _ in self._pairs["side"] if len(sides[c]) < _SIDES or about[c] in lost_deals}
        return lost | gone | {side for conflict, side in self._pairs["side"] if conflict in gone}

    def _unspoken(self, lost: set[bytes], values: set[bytes]) -> set[bytes]:
        """Things that no source describes and of which only lost claims spoke, such as a town that a later page names."""
        spoken = {term for claim in self._standing for term in self._claims[claim][::2]} | set(
            self._column("describedIn")
        )
        inside = {
            thing
            for name in ("party", "atOrganization", "heldOrganization")
            for node, thing in self._pairs[name]
            if node not in values
        }
        named = {term for claim in lost for term in self._claims[claim][::2] if term.startswith(_THING)}
        return {
            thing
            for thing in named - spoken - inside - values
            if b"--" not in thing and thing not in self._deal_of.values()
        }

    def _lines(self) -> set[bytes]:
        kept = {self._claims[claim] for claim in self._standing}
        gone = set(self._claims.values()) - kept
        lines = {b"%s %s %s ." % statement for statement in gone}
        day = self._scope.as_of_day
        ends = [(n, v) for n, v in self._pairs["validUntil"] if day is not None and first_day(v) > day]
        return lines | {b"%s <%svalidUntil> %s ." % (node, MAT.encode(), value) for node, value in ends}

    def _left(self, lost_deals: set[bytes]) -> Left:
        pages = set(self._column("source").values())
        undated_pages = len(pages - set(self._column("publishedOn"))) if self._scope.known_by else 0
        undated_steps = len(set(self._deal_of) - set(self._dates)) if self._scope.as_of else 0
        return Left(len(self._claims) - len(self._standing), len(lost_deals), undated_pages, undated_steps)


@lru_cache(maxsize=65536)
def last_day(literal: bytes) -> str:
    """Return the last day that a date literal in N-Triples form can mean, as ISO 8601."""
    return PartialDate(_text(literal)).not_after.isoformat()


def first_day(literal: bytes) -> str:
    """Return the first day that a date literal in N-Triples form can mean, as ISO 8601."""
    return PartialDate(_text(literal)).not_before.isoformat()


def _text(literal: bytes) -> str:
    return literal[1 : literal.rfind(b'"')].decode()


def _slug(term: bytes) -> str:
    return term[term.rfind(b"/") + 1 : -1].decode()


def _affiliations(kind: bytes | None, whose: bytes | None) -> set[str]:
    if kind is None:
        return set()
    return {_slug(kind), f"{_slug(kind)}:{_text(whose)}"} if whose else {_slug(kind)}


def _is_value(statement: tuple[bytes, bytes, bytes]) -> bool:
    """Tell whether a statement links a node that belongs to it: a value node, or an observation."""
    return b"--" in statement[2] or statement[1].endswith(b"#observation>")
