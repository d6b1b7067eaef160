"""Names: folding, slugs, prefixed names, hashes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from materiel.vocabulary import (
    BASE,
    CODE_LISTS,
    ID,
    MAT,
    PREFIXES,
    compact,
    digest,
    expand,
    fold,
    slug_of,
    slugify,
    thing,
)

NAMES = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Rheinmetall AG", "rheinmetall ag"),
        ("RHEINMETALL   AG.", "rheinmetall ag"),
        ("Умєров", "umierov"),
        ("Рустем Умєров", "rustem umierov"),
        ("Антонов", "antonov"),
        ("Łucznik", "lucznik"),
        ("Česká zbrojovka", "ceska zbrojovka"),
        ("C\u030cesk\u00e1", "ceska"),
        ("Diehl Defence GmbH & Co. KG", "diehl defence gmbh co kg"),
        ("Großwald", "grosswald"),
        ("GROSSWALD", "grosswald"),
        ("Ελλάδα", "ellada"),
        ("Øresund", "oresund"),
        ("Kızılelma", "kizilelma"),
        ("ﬁre point", "fire point"),
        ("", ""),
    ],
)
def test_folding_drops_case_accents_and_script(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(NAMES)
def test_folding_is_done_in_one_step(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(NAMES)
def test_a_folded_name_has_single_spaces_and_no_accents(name: str) -> None:
    folded = fold(name)
    assert folded == " ".join(folded.split())
    assert not set(folded) & set("éèüöäłøčšž")


@given(st.text(min_size=1, max_size=60))
def test_a_slug_is_safe_in_an_iri_and_a_file_name(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slugify(name))
    assert slug_of(thing(slugify(name))) == slugify(name)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("RFE/RL", "rfe-rl"), ("Kyiv Independent", "kyiv-independent"), ("Укроборонпром", "ukroboronprom"), ("L3Harris", "l3harris")],
)  # fmt: skip
def test_slugs_read_like_the_name(name: str, slug: str) -> None:
    assert slugify(name) == slug


def test_a_name_without_letters_gets_a_slug_of_its_own() -> None:
    assert slugify("///") != slugify("***")
    assert slugify("防衛") == slugify("防衛")


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        (f"{ID}rheinmetall", "id:rheinmetall"),
        (f"{MAT}partyTo", "mat:partyTo"),
        (f"{BASE}code/partnership-kind/joint-venture", "kind:joint-venture"),
        (f"{BASE}code/status/signed", "status:signed"),
        ("https://example.org/x", "https://example.org/x"),
        (f"{ID}a/b", f"{ID}a/b"),
    ],
)
def test_compact(iri: str, name: str) -> None:
    assert compact(iri) == name


@given(st.sampled_from(sorted(PREFIXES)), st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))
def test_a_prefixed_name_comes_back(prefix: str, local: str) -> None:
    assert compact(f"{PREFIXES[prefix]}{local}") == f"{prefix}:{local}"
    assert expand(f"{prefix}:{local}") == f"{PREFIXES[prefix]}{local}"


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("<urn:x>", "urn:x"),
        ("https://example.org/x", "https://example.org/x"),
        ("nope:x", None),
        ("plain", None),
        ("", None),
    ],
)
def test_expand(name: str, iri: str | None) -> None:
    assert expand(name) == iri


def test_each_code_list_has_a_prefix_of_its_own() -> None:
    assert len(set(CODE_LISTS.values())) == len(CODE_LISTS)
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_hashes_never_change() -> None:
    """They stand in published IRIs: another value would rename every claim."""
    assert digest("a") == "ssgkulnwdpcm"
    assert digest("a", "b", length=4) == "zmqu"


@given(st.lists(st.text(alphabet="abc", max_size=4), min_size=1, max_size=4))
def test_a_hash_tells_where_the_parts_end(parts: list[str]) -> None:
    assert digest(*parts) == digest(*parts)
    assert re.fullmatch(r"[a-z2-7]{12}", digest(*parts))
    assert digest(*parts) != digest(*parts, "")
    if len(parts) > 1:
        assert digest(*parts) != digest("".join(parts))
