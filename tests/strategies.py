"""Record sets for property tests: small, valid, and rich in partial dates and shared sources."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from small import Row, entity, fact, relation, source

DATES = st.builds(
    lambda day, length: day.isoformat()[:length],
    st.dates(date(2021, 1, 1), date(2024, 12, 31)),
    st.sampled_from([4, 7, 10]),
)
MAYBE_DATES = st.one_of(st.none(), DATES)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)
STATUSES = st.sampled_from(
    ["announced", "negotiating", "signed", "approved", "operational", "reported", "terminated", "registered"]
)
NUMBERS = st.one_of(st.integers(0, 10**12), st.decimals(0, 999, places=2).map(float))
SHARES = st.one_of(st.none(), st.integers(0, 50), st.sampled_from([12.5, 49.9]))
MORE: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [{}, {"instrument": "contract"}, {"reverse": True}, {"date_basis": "published"}]
)
FIRMS, SPEAKERS, SOURCES = ["x", "y", "z"], ["m", "n"], ["a", "b", "c", "d"]
ENDS = st.sampled_from([(None, None), ("2021", None), (None, "2023-05"), ("2021-03", "2022"), ("2022-05-01", None)])


def some(names: list[str], least: int = 1) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), min_size=least, max_size=3, unique=True).map(sorted)


@st.composite
def events(draw: st.DrawFn) -> list[Row]:
    drawn = draw(st.lists(st.tuples(STATUSES, MAYBE_DATES, TEXTS, some(SOURCES), st.sampled_from([None, *SPEAKERS])), min_size=1, max_size=4, unique_by=lambda e: e[:3]))  # fmt: skip
    return [
        {
            "status": s,
            "date": d,
            "claim": text,
            "sources": [f"src-{n}" for n in names],
            "attributed_to": who,
            **draw(MORE),
        }
        for s, d, text, names, who in drawn
    ]


@st.composite
def conflicts(draw: st.DrawFn) -> Row:
    sides = draw(st.lists(st.tuples(TEXTS, st.sampled_from([None, 1]), some(SOURCES, 0)), min_size=2, max_size=3, unique_by=lambda s: s[0]))  # fmt: skip
    return {
        "type": draw(st.sampled_from(["date", "place", "amount"])),
        "text": draw(TEXTS),
        "sides": [{"says": says, "step": step, "sources": [f"src-{n}" for n in names]} for says, step, names in sides],
    }


@st.composite
def deals(draw: st.DrawFn, name: str) -> Row:
    parties = draw(st.lists(st.tuples(st.sampled_from(FIRMS), st.sampled_from(["partner", "lead", "venture"])), min_size=1, max_size=3, unique=True))  # fmt: skip
    share = 100 // len(parties)
    return {
        "id": name,
        "name": draw(TEXTS),
        "kind": draw(st.sampled_from(["memorandum", "joint-venture"])),
        "participants": [
            {"entity": who, "role": role, "share_percent": draw(st.one_of(st.none(), st.integers(0, share)))}
            for who, role in parties
        ],
        "products": draw(some(["p", "q"], 0)),
        "facility": draw(st.sampled_from([None, "f"])),
        "location": draw(st.one_of(st.none(), TEXTS)),
        "value": draw(st.one_of(st.none(), st.builds(lambda n: {"amount": n, "currency": "EUR"}, NUMBERS))),
        "quantity": draw(st.one_of(st.none(), st.builds(lambda n, u: {"amount": n, "unit": u}, NUMBERS, TEXTS))),
        "events": draw(events()),
        "conflicts": draw(st.lists(conflicts(), max_size=2, unique_by=lambda c: c["text"])),
        "refinements": draw(st.lists(TEXTS, max_size=2, unique=True)),
        "caveats": draw(st.lists(TEXTS, max_size=2, unique=True)),
    }


@st.composite
def relations(draw: st.DrawFn) -> list[Row]:
    choices = [("m", "heads", "x"), ("n", "employed-by", "y"), ("x", "owns", "y"), ("y", "subsidiary-of", "z"), ("x", "produces", "p"), ("z", "member-of", "x"), ("f", "located-in", "f")]  # fmt: skip
    drawn = draw(st.lists(st.tuples(st.sampled_from(choices), ENDS, st.one_of(st.none(), TEXTS), SHARES), max_size=4, unique=True))  # fmt: skip
    rows: list[Row] = []
    for (subject, predicate, target), (start, end), role, share in drawn:
        held = predicate in {"owns", "subsidiary-of"}
        row = relation(
            subject,
            predicate,
            target,
            tuple(draw(some(SOURCES))),
            start=start,
            end=end,
            role=role,
            share_percent=share if held else None,
            observed=draw(st.lists(DATES, max_size=2, unique=True).map(sorted)),
        )
        if all(any(row[k] != other[k] for k in row if k not in {"sources", "observed", "date"}) for other in rows):
            rows.append(row)
    return rows


def facts(number: int) -> st.SearchStrategy[Row]:
    return st.builds(
        lambda who, told, value, unit, day, speaker, names: fact(
            f"fact-{number}", who, tuple(names), claim=told, value=value, unit=unit, date=day, attributed_to=speaker
        ),
        st.sampled_from(FIRMS),
        TEXTS,
        st.one_of(st.none(), NUMBERS),
        st.one_of(st.none(), TEXTS),
        MAYBE_DATES,
        st.sampled_from([None, *SPEAKERS]),
        some(SOURCES),
    )


@st.composite
def record_sets(draw: st.DrawFn) -> dict[str, list[Row]]:
    def page(name: str) -> Row:
        more: dict[str, Any] = {
            "affiliation": draw(st.sampled_from([None, "state:RU", "aligned"])),
            "relays": draw(st.sampled_from([None, "Agency"])),
            "speaks_for": draw(st.sampled_from([None, "x"])),
            "country": draw(st.sampled_from([None, "DE"])),
        }
        return source(name, draw(MAYBE_DATES), title=draw(TEXTS), origin=draw(st.sampled_from(["Agency", f"Outlet {name}"])), **more)  # fmt: skip

    def thing(name: str, kind: str, **more: Any) -> Row:
        return (
            entity(name, kind) | {"name": draw(TEXTS), "aliases": draw(st.lists(TEXTS, max_size=2, unique=True))} | more
        )

    return {
        "sources": [page(name) for name in SOURCES],
        "entities": [
            thing("x", "company", country="DE"),
            thing("y", "state-enterprise", parent="x", sources=["src-a", "src-b"]),
            thing("z", "joint-venture", undisclosed=draw(st.booleans())),
            *(thing(name, "person") for name in SPEAKERS),
            thing("p", "product", product_category="uav", wikidata="Q5"),
            thing("q", "product"),
            thing("f", "facility"),
        ],
        "partnerships": [draw(deals(f"deal-{number}")) for number in range(draw(st.integers(0, 2)))],
        "relations": draw(relations()),
        "facts": [draw(facts(number)) for number in range(draw(st.integers(0, 2)))],
    }
