"""Results, figures, the library and the command."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from materiel.errors import MaterielError, NotFound, UsageError
from materiel.network import figures, library, sankey
from materiel.network.chart import Bars, Flow, Lines
from materiel.network.result import Result
from materiel.store.table import Table

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph

CHARTS: dict[str, Any] = {
    "bars": Bars(["a", "b"], [2.0, 1.0], "things"),
    "ranks": Bars(["a", "b"], [1.0, 2.0], "rank", [1.0, 1.0], [2.0, 5.0], dots=True),
    "lines": Lines({"x": ([1, 2, 3], [0.1, 0.2, 0.9]), "y": ([1, 2], [0.3, 0.2])}, "year", "share", step=True),
    "bands": Lines({"x": ([0, 9], [0.1, 0.2])}, "days", "share", {"x": ([0.0, 0.1], [0.2, 0.4])}, marks={"here": 5}),
    "flow": Flow([("a", "k", 2.0), ("b", "k", 1.0), ("k", "c", 3.0)], "deals"),
}


def result(chart: Any = None) -> Result:
    table = Table(("thing", "sources"), [("https://w3id.org/materiel/id/x", "https://w3id.org/materiel/source/a")])
    return Result("A title", table, "what was computed", "Somebody 1900", "all of it", ("mind this",), chart)


def test_results_state_scope_definition_and_caveats() -> None:
    told = result()
    for form in ("table", "md", "json"):
        text = told.to_text(form)
        for part in ("all of it", "what was computed", "Somebody 1900", "mind this"):
            assert part in text, form
    assert json.loads(told.to_text("json"))["rows"][0]["thing"].endswith("/x")
    assert "mind this" not in told.to_text("csv"), "data only"
    assert told.to_frame().attrs["notes"] == list(told.notes)
    assert "<table>" in told._repr_html_()


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("form", figures.FORMATS)
def test_figures_are_the_same_bytes_each_time(name: str, form: str) -> None:
    one, other = figures.rendered(result(CHARTS[name]), form), figures.rendered(result(CHARTS[name]), form)
    assert one == other
    assert one.startswith({"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[form])


def test_figures_carry_scope_and_sources(tmp_path: Any) -> None:
    drawn = figures.figure(result(CHARTS["bars"]))
    assert drawn._supxlabel is not None  # type: ignore[attr-defined]
    caption = drawn._supxlabel.get_text()  # type: ignore[attr-defined]
    assert "all of it" in caption
    assert "1 sources" in caption
    saved = figures.save(result(CHARTS["bars"]), tmp_path / "x.svg")
    assert saved.read_bytes().startswith(b"<?xml")
    with pytest.raises(UsageError, match="not written as"):
        figures.save(result(CHARTS["bars"]), tmp_path / "x.gif")
    with pytest.raises(UsageError, match="nothing to draw"):
        figures.figure(result())


def test_the_colours_can_be_told_apart() -> None:
    """Okabe and Ito 2008."""
    assert len(set(figures.PALETTE)) == 8
    assert figures.PALETTE[0] == "#0072B2"


def test_sankey_keeps_what_flows() -> None:
    links = [(f"p{i}", "k", float(i + 1)) for i in range(30)] + [("k", "r ", 465.0)]
    merged = sankey.merged(links, shown=10)
    assert sum(v for a, b, v in merged if b == "k") == 465
    assert len({a for a, b, _ in merged if b == "k"}) == 10
    assert sankey.columns(links) == {**{f"p{i}": 0 for i in range(30)}, "k": 1, "r ": 2}
    places = sankey.places(merged)
    assert places["k"][1] == pytest.approx(places["r "][1])


@pytest.mark.parametrize("name", [n for n in library.ANALYSES if n != "robust"])
def test_every_analysis_runs_on_the_shipped_graph_as_its_example_says(kg: KnowledgeGraph, name: str) -> None:
    analysis = library.ANALYSES[name]
    words = analysis.example.split()
    assert words[:3] == ["materiel", "analyse", name]
    values = dict(zip(analysis.parameters, words[3:], strict=False))
    if name == "centrality":
        values["limit"] = "5"
    found = library.run(kg, name, values)
    assert found.table.rows, name
    assert found.scope
    assert found.definition
    assert found.caveats or name == "transitions"
    if found.chart is not None:
        assert figures.rendered(found, "svg")


def test_the_library_refuses_what_it_does_not_know(kg: KnowledgeGraph) -> None:
    with pytest.raises(NotFound, match="centralty"):
        library.run(kg, "centralty")
    for values in ({"colour": "red"}, {"limit": "many"}):
        with pytest.raises(UsageError):
            library.run(kg, "centrality", values)
    with pytest.raises(UsageError, match="is missing"):
        library.run(kg, "paths", {"one": "rheinmetall"})
    with pytest.raises(UsageError, match="joins no organisations"):
        library.run(kg, "silent", {}, weight="origin")
    with pytest.raises(UsageError, match="neither true nor false"):
        library.run(kg, "removal", {"thing": "US", "last_only": "perhaps"})
    joined = library.run(kg, "mixing", {}, weight="origin", beneficiaries=False)
    assert joined.table.rows


def test_a_missing_library_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch, kg: KnowledgeGraph) -> None:
    monkeypatch.setitem(sys.modules, "lifelines", None)
    with pytest.raises(MaterielError, match="is not installed") as told:
        library.run(kg, "time-to")
    assert "materiel[analysis]" in told.value.remedy


def test_an_empty_graph_is_no_error() -> None:
    from small import graph

    empty = graph(sources=[], entities=[])
    for name in (
        "centrality",
        "brokers",
        "groups",
        "cuts",
        "time-to",
        "silent",
        "growth",
        "over-time",
        "changes",
        "flows",
    ):
        assert library.run(empty, name).table.rows == [], name
