"""Story files: a strict small part of YAML."""

from __future__ import annotations

import pytest

from materiel.page.story import StoryError, StoryStep, read_story

TEXT = """# a story
title: "How: the shells came"
steps:
  - caption: First reports
    as_of: 2022-05

  - caption: Around the firm
    focus: rheinmetall
    depth: 2
    query: deals-of
    show: a b
"""


def test_reads_title_and_steps() -> None:
    story = read_story(TEXT)
    assert story.title == "How: the shells came"
    assert story.steps[0] == StoryStep("First reports", as_of="2022-05")
    assert story.steps[1] == StoryStep(
        "Around the firm", focus="rheinmetall", depth=2, query="deals-of", show=("a", "b")
    )


def test_means_the_same_to_a_yaml_library() -> None:
    yaml = pytest.importorskip("yaml")
    read = yaml.load(TEXT, yaml.BaseLoader)
    assert read["title"] == read_story(TEXT).title
    assert [step["caption"] for step in read["steps"]] == [step.caption for step in read_story(TEXT).steps]


def test_step_becomes_a_state_of_the_page() -> None:
    step = StoryStep(
        "x",
        known_by="2023-11-02",
        focus="a b",
        depth=2,
        select="deal",
        path_from="p",
        path_to="q",
        draw="agreements",
        show=("m", "n"),
    )
    assert (
        step.state(frozenset({"deal"}))
        == "draw=agreements&ego=a%20b~2&add=m%20n&asof=2023-11&clock=known&l=deal&path=p~q"
    )
    assert StoryStep("x", select="firm").state() == "n=firm"


def test_refresh_asks_each_query_again() -> None:
    story = read_story(TEXT).refreshed(lambda query: ["new", query])
    assert story.steps[1].show == ("new", "deals-of")
    assert story.steps[0].show == ()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("title: x\nstep:\n", "line 2: expected 'title"),
        ("steps:\n  caption: x\n", "line 2: a step starts with"),
        ("steps:\n  - caption: a: b\n", "line 2: put this text in double quotes"),
        ("steps:\n  - caption: *x\n", "line 2: put this text in double quotes"),
        ("steps:\n  - caption: x\n    caption: y\n", "line 3: 'caption' is given twice"),
        ("steps:\n  - focus: x\n", "step 1: a caption is missing"),
        ("steps:\n  - caption: x\n    colour: y\n", "step 1: unknown key 'colour'"),
        ("steps:\n  - caption: x\n    depth: two\n", "step 1: depth is a number"),
        ("steps:\n  - caption x\n", "line 2: expected 'key: value'"),
    ],
)
def test_says_what_is_wrong_and_where(text: str, complaint: str) -> None:
    with pytest.raises(StoryError, match=complaint):
        read_story(text)
