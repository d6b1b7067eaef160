"""Names: by id, label or alias, in any script, case and accents folded; ambiguity lists, a near miss suggests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from materiel.errors import Ambiguous, FileProblem, NotFound
from materiel.store.labels import Labels
from materiel.vocabulary import fold
from small import deal, entity, graph, world

if TYPE_CHECKING:
    from pathlib import Path

    from materiel.knowledge_graph import KnowledgeGraph


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("rheinmetall", "rheinmetall"),
        ("Rheinmetall", "rheinmetall"),
        ("RHEINMETALL AG", "rheinmetall"),
        ("Рейнметалл", "rheinmetall"),
        ("рейнметалл", "rheinmetall"),
        ("Rustem Umerov", "rustem-umerov"),
        ("Умєров", "rustem-umerov"),
        ("Рустем Умєров", "rustem-umerov"),
        ("Укроборонпром", "ukrainian-defense-industry"),
        ("ukroboronprom", "ukrainian-defense-industry"),
        ("Антонов", "antonov"),
        ("Česká zbrojovka", "ceska-zbrojovka"),
        ("C\u030ceska\u0301 zbrojovka", "ceska-zbrojovka"),
        ("ceska  ZBROJOVKA", "ceska-zbrojovka"),
        ("MOD-UKRAINE", "mod-ukraine"),
        ("rheinmetall-udi-joint-venture", "rheinmetall-udi-joint-venture"),
        ("fact-46-types", None),
    ],
)
def test_the_shipped_graph_is_found_by_name(kg: KnowledgeGraph, name: str, slug: str | None) -> None:
    if slug is None:
        with pytest.raises(NotFound):
            kg.resolve(name)
    else:
        assert kg.resolve(name) == f"https://w3id.org/materiel/id/{slug}"


def test_every_thing_is_found_by_its_id_and_by_its_name_unless_several_have_it(kg: KnowledgeGraph) -> None:
    labels = kg.store.labels
    found = kg.query("SELECT ?x ?name WHERE { ?x rdfs:label ?name FILTER(STRSTARTS(STR(?x), STR(id:))) }")
    assert not isinstance(found, bool | list)
    shared = set()
    for iri, name in found.rows:
        assert labels.resolve(str(iri).rsplit("/", 1)[-1]) == iri
        try:
            assert labels.resolve(str(name)) == iri or labels.label(labels.resolve(str(name))) != name
        except Ambiguous:
            shared.add(fold(str(name)))
    assert len(found) > 1_400
    assert len(shared) < 20


@pytest.mark.parametrize(
    ("space", "name", "code"),
    [
        ("code/country", "de", "country/DE"),
        ("code/country", "Germany", "country/DE"),
        ("code/country", "Deutschland", "country/DE"),
        ("code/country", "Німеччина", "country/DE"),
        ("code/status", "Signed", "status/signed"),
        ("code/partnership-kind", "Joint venture", "partnership-kind/joint-venture"),
    ],
)
def test_codes_are_found_in_their_own_list(kg: KnowledgeGraph, space: str, name: str, code: str) -> None:
    assert kg.store.labels.resolve(name, space) == f"https://w3id.org/materiel/code/{code}"
    with pytest.raises(NotFound):
        kg.store.labels.resolve("rheinmetall", space)


@pytest.mark.parametrize("name", ["DND", "dnd"])
def test_an_ambiguous_name_lists_its_candidates(kg: KnowledgeGraph, name: str) -> None:
    with pytest.raises(Ambiguous) as caught:
        kg.resolve(name)
    assert dict(caught.value.candidates) == {
        "dnd-canada": "Department of National Defence (Canada)",
        "dynamit-nobel-defence": "Dynamit Nobel Defence",
    }
    assert "dnd-canada" in caught.value.remedy
    assert caught.value.exit_code == 3


def test_a_name_of_its_own_wins_over_aliases_of_others() -> None:
    kg = graph(entities=[entity("a", name="Orion"), entity("b", name="B", aliases=["Orion"]), entity("c", aliases=["ORION"])])  # fmt: skip
    assert kg.resolve("orion").endswith("/a")


@pytest.mark.parametrize(
    ("name", "near"),
    [("Rheinmetal", "rheinmetall"), ("rheinmtall", "rheinmetall"), ("Umerow Rustem", "rustem-umerov"), ("Зеленський", "volodymyr-zelensky"), ("Diehl", "diehl-defence")],
)  # fmt: skip
def test_a_near_miss_suggests(kg: KnowledgeGraph, name: str, near: str) -> None:
    with pytest.raises(NotFound) as caught:
        kg.resolve(name)
    assert any(suggestion.startswith(f"{near} (") for suggestion in caught.value.suggestions), caught.value.suggestions
    assert "Did you mean" in caught.value.remedy


@pytest.mark.parametrize("name", ["", " ", '"', "***", "qqqqqq", "ab", "' OR 1=1 --", '" OR "', "a*", "NEAR(a b)"])
def test_what_nothing_is_like_suggests_nothing_or_little_and_never_fails(kg: KnowledgeGraph, name: str) -> None:
    with pytest.raises(NotFound) as caught:
        kg.resolve(name)
    assert len(caught.value.suggestions) <= 3
    assert caught.value.remedy


@given(st.text(max_size=12))
@settings(max_examples=150)
def test_any_text_may_be_searched_for(text: str) -> None:
    labels = _small()
    for found in labels.search(text):
        assert found.id in {"x", "y", "deal"}
    assert isinstance(labels.complete(text), list)


def _small(memory: list[Labels] = []) -> Labels:  # noqa: B006
    if not memory:
        memory.append(graph(**world()).store.labels)
    return memory[0]


def test_search_finds_parts_best_first(kg: KnowledgeGraph) -> None:
    found = kg.store.labels.search("рейнмет")
    assert found[0].id == "rheinmetall"
    assert found[0].label == "Rheinmetall"
    assert found[0].text == "Рейнметалл"
    names = [fold(name.text) for name in kg.store.labels.search("rheinmetall", limit=50)]
    assert names[0] == "rheinmetall"
    assert [name.startswith("rheinmetall") for name in names] == sorted((n.startswith("rheinmetall") for n in names), reverse=True)  # fmt: skip
    assert len(kg.store.labels.search("e", limit=5)) == 5


def test_completion_begins_with_what_was_typed(kg: KnowledgeGraph) -> None:
    found = kg.store.labels.complete("rhein")
    assert "rheinmetall" in found
    assert all(slug.startswith("rhein") for slug in found)
    assert found == sorted(found)
    assert len(kg.store.labels.complete("")) == 30
    assert kg.store.labels.complete("zzzz") == []


def test_labels_of_things_codes_and_strangers(kg: KnowledgeGraph) -> None:
    label = kg.store.labels.label
    assert label("https://w3id.org/materiel/id/rheinmetall") == "Rheinmetall"
    assert label("https://w3id.org/materiel/code/country/DE") == "Germany"
    assert label("https://w3id.org/materiel/id/nobody") == "id:nobody"
    assert label("https://example.org/x") == "https://example.org/x"


def test_names_are_in_the_scope_too(kg: KnowledgeGraph) -> None:
    assert kg.scope(as_of="2023").resolve("Рейнметалл") == kg.resolve("rheinmetall")


def test_deals_have_names_like_things() -> None:
    assert graph(**world(partnerships=[deal("deal-1", name="Spiłka № 7")])).resolve("spilka № 7").endswith("/deal-1")


def test_an_index_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"labels\.sqlite") as caught:
        Labels.open(tmp_path / "labels.sqlite")
    assert "build --no-cache" in caught.value.remedy
