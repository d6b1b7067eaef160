"""What importing a record for a thing that exists may and may not do: nothing is lost, and no source is made to say what it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import materiel
from materiel.records.merge import merge
from materiel.records.model import Fact, Partnership
from materiel.records.write import import_records
from small import deal, entity, event, fact, rows, source, world, write

if TYPE_CHECKING:
    from pathlib import Path


def partnership(*steps: Any, **more: Any) -> Partnership:
    return Partnership.model_validate(deal("deal", *steps, **more))


def joined_of(old: Any, new: Any, place: str, differs: list[str]) -> Any:
    return merge(old, new, place, differs)


def test_a_source_of_another_value_never_attests_the_one_that_stays() -> None:
    own = [{"entity": "x", "role": "partner", "share_percent": 51, "sources": ["src-a"]}]
    other = [{"entity": "x", "role": "partner", "share_percent": 60, "sources": ["src-b"]}]
    differs: list[str] = []
    joined = joined_of(
        partnership(event(), participants=own), partnership(event(), participants=other), "deal", differs
    )
    assert joined.participants[0].model_dump() == partnership(event(), participants=own).participants[0].model_dump()
    assert differs == ["deal.participants.share_percent: 51 stays, 60 is told"]
    told = [Fact.model_validate(fact("f", "x", (name,), value=value)) for name, value in (("a", 46), ("b", 60))]
    assert joined_of(told[0], told[1], "f", []).sources == ["src-a"]


def test_an_inherited_statement_takes_sources_of_its_own_and_a_value_its_further_sources() -> None:
    bare, own = (
        [{"entity": "x", "role": "partner", **more}] for more in ({}, {"share_percent": 60, "sources": ["src-b"]})
    )
    joined = joined_of(partnership(event(), participants=bare), partnership(event(), participants=own), "deal", [])
    assert (joined.participants[0].share_percent, joined.participants[0].sources) == (60, ["src-b"])
    money = [{"amount": 5, "currency": "EUR", "sources": [name]} for name in ("src-a", "src-b")]
    differs: list[str] = []
    joined = joined_of(partnership(event(), value=money[0]), partnership(event(), value=money[1]), "deal", differs)
    assert (joined.value.sources, differs) == (["src-a", "src-b"], [])


def test_a_step_found_late_stands_where_it_happened_and_sides_name_the_right_steps() -> None:
    before = partnership(event("announced", "2023-05-13"), event("operational", "2024"))
    late = event("suspended", "2023-06-01")
    doubt = {"type": "date", "text": "When", "sides": [{"says": "June", "step": 1}, {"says": "2025", "step": 2}]}
    joined = joined_of(before, partnership(late, event("delivered", "2025"), conflicts=[doubt]), "deal", [])
    assert [step.status for step in joined.events] == ["announced", "suspended", "operational", "delivered"]
    assert [side.step for side in joined.conflicts[0].sides] == [2, 4]
    again = joined_of(joined, partnership(late, event("delivered", "2025"), conflicts=[doubt]), "deal", [])
    assert again == joined


def test_the_status_follows_the_order_in_which_things_happened(tmp_path: Path) -> None:
    stems = world(sources=[source("a")], entities=[entity("x"), entity("y")])
    for number, steps in enumerate(
        [[event("announced", "2023-05-13"), event("operational", "2024")], [event("suspended", "2023-06-01")]]
    ):
        write(tmp_path / str(number), **(stems | {"partnerships": [deal("deal", *steps)]}))
        import_records(tmp_path / str(number), tmp_path / "graph")
    kg = materiel.open(tmp_path / "graph", cache=False)
    assert rows(kg, "SELECT ?s WHERE { id:deal mat:currentStatus ?s }") == [("operational",)]
