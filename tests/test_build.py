"""From files to a store: cached by content, healed when torn, safe with two processes, and read-only."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from materiel import __version__
from materiel import open as open_graph
from materiel.errors import FileProblem
from materiel.records.write import import_records
from materiel.store import build
from materiel.store import folder as graph_folder
from materiel.store.embedded import EmbeddedStore
from small import deal, entity, world, write

if TYPE_CHECKING:
    from pathlib import Path

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?deal a mat:Partnership }"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of this test's own."""
    monkeypatch.setenv("MATERIEL_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small graph folder."""
    import_records(write(tmp_path / "records", **world()), tmp_path / "graph")
    return tmp_path / "graph"


def opened(folder: Path, *, cache: bool = True) -> tuple[object, list[str]]:
    """The number of deals, and the steps of the build that was needed."""
    steps: list[str] = []
    found = open_graph(folder, cache=cache, step=steps.append).query(COUNT)
    assert not isinstance(found, bool | list)
    return found.rows[0][0], steps


def stores(cache: Path) -> list[Path]:
    return sorted(path for path in (cache / "stores").iterdir() if not path.name.startswith("."))


def test_the_second_open_builds_nothing(cache: Path, folder: Path) -> None:
    assert opened(folder) == (1, ["reading", "deriving", "indexing names", "writing the store"])
    assert opened(folder) == (1, [])
    assert len(stores(cache)) == 1
    assert not list((cache / "stores").glob(".building-*"))


def test_a_touched_but_equal_file_gives_the_same_store(cache: Path, folder: Path) -> None:
    opened(folder)
    os.utime(folder / "partnerships/deal.ttl", ns=(1, 1))
    assert opened(folder) == (1, [])
    assert len(stores(cache)) == 1


def test_a_changed_file_is_noticed(cache: Path, folder: Path, tmp_path: Path) -> None:
    opened(folder)
    more = world(partnerships=[deal(), deal("other")])
    import_records(write(tmp_path / "records", **more), folder)
    number, steps = opened(folder)
    assert number == 2
    assert steps
    assert len(stores(cache)) == 2


def test_a_change_that_keeps_the_size_is_noticed(cache: Path, folder: Path) -> None:
    opened(folder)
    path = folder / "organisations/x.ttl"
    path.write_bytes(path.read_bytes().replace(b'"X"@en', b'"Z"@en'))
    assert open_graph(folder).query('ASK { id:x rdfs:label "Z"@en }') is True
    assert len(stores(cache)) == 2


def test_removed_and_renamed_files_are_noticed(cache: Path, folder: Path) -> None:
    opened(folder)
    (folder / "partnerships/deal.ttl").rename(folder / "partnerships/moved.ttl")
    assert opened(folder)[1] != []
    (folder / "partnerships/moved.ttl").unlink()
    assert opened(folder)[0] == 0
    assert len(stores(cache)) == 3


def test_without_the_cache_nothing_is_read_or_kept(cache: Path, folder: Path) -> None:
    assert opened(folder, cache=False) == (1, ["reading", "deriving"])
    assert not cache.exists()


def test_with_and_without_cache_the_triples_are_the_same(cache: Path, folder: Path) -> None:  # noqa: ARG001
    built, fresh = open_graph(folder).store, open_graph(folder, cache=False).store
    assert isinstance(built, EmbeddedStore)
    assert isinstance(fresh, EmbeddedStore)
    assert sorted(built.triples().splitlines()) == sorted(fresh.triples().splitlines())
    assert built.asserted == fresh.asserted
    assert built.labels.search("x") == fresh.labels.search("x")


@pytest.mark.parametrize("content", ["", "nonsense", "../../elsewhere", "\x00", "ü"])
def test_a_corrupt_pointer_is_healed(cache: Path, folder: Path, content: str) -> None:
    opened(folder)
    (pointer,) = (cache / "seen").iterdir()
    pointer.write_text(content, encoding="utf-8")
    assert opened(folder)[0] == 1
    assert pointer.read_text(encoding="ascii") == stores(cache)[0].name


@pytest.mark.parametrize("missing", ["labels.sqlite", "asserted.nt", "engine", "everything"])
def test_a_torn_store_is_built_again(cache: Path, folder: Path, missing: str) -> None:
    opened(folder)
    (store,) = stores(cache)
    if missing == "everything":
        shutil.rmtree(store)
    elif missing == "engine":
        shutil.rmtree(store / missing)
    else:
        (store / missing).unlink()
    assert opened(folder)[0] == 1
    assert {path.name for path in store.iterdir()} == {"asserted.nt", "engine", "labels.sqlite"}


def test_a_build_that_fails_leaves_nothing_behind(cache: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(build, "write_engine", broken)
    with pytest.raises(OSError, match="no space"):
        opened(folder)
    assert list((cache / "stores").iterdir()) == []
    monkeypatch.undo()


def test_a_rule_change_gives_another_store(
    cache: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(folder)
    home = shutil.copytree(graph_folder.bundled("ontology"), tmp_path / "ontology")
    with (home / "rules/10-types.ru").open("a") as rule:
        rule.write("\n# another\n")
    monkeypatch.setattr(graph_folder, "bundled", lambda name: home if name == "ontology" else folder)
    assert opened(folder)[1] != []
    assert len(stores(cache)) == 2
    assert all(__version__ in store.name for store in stores(cache))


def test_two_processes_at_once_both_succeed(cache: Path, folder: Path) -> None:
    text = "import sys, materiel; print(materiel.open(sys.argv[1]).query(sys.argv[2]).rows[0][0])"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", text, str(folder), COUNT], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    ended = [(*process.communicate(timeout=120), process.returncode) for process in running]
    assert [(out.strip(), code) for out, _, code in ended] == [(b"1", 0)] * 3, ended
    assert len(stores(cache)) == 1
    assert not list((cache / "stores").glob(".building-*"))


def test_a_publisher_that_comes_second_takes_the_store_of_the_first(cache: Path, folder: Path) -> None:
    opened(folder)
    (store,) = stores(cache)
    build._build(folder, store, lambda _: None)
    assert opened(folder) == (1, [])


def test_broken_turtle_is_named_with_its_line(cache: Path, folder: Path) -> None:
    path = folder / "organisations/y.ttl"
    path.write_text("@prefix id: <https://w3id.org/materiel/id/> .\nid:y a .\n")
    with pytest.raises(FileProblem) as caught:
        opened(folder)
    assert f"{path}:2:" in str(caught.value)
    assert caught.value.remedy
    assert stores(cache) == []


def test_a_built_store_is_opened_for_reading_only(cache: Path, folder: Path) -> None:  # noqa: ARG001
    store = open_graph(folder).store
    assert isinstance(store, EmbeddedStore)
    with pytest.raises(RuntimeError, match="read-write"):
        store.engine.update("INSERT DATA { <urn:s> <urn:p> <urn:o> }")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.labels._db.execute("DELETE FROM name")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="no such folder") as caught:
        open_graph(tmp_path / "nowhere")
    assert "graph folder" in caught.value.remedy


def test_an_empty_folder_is_an_empty_graph(cache: Path, tmp_path: Path) -> None:  # noqa: ARG001
    (tmp_path / "empty").mkdir()
    assert opened(tmp_path / "empty")[0] == 0


@pytest.mark.parametrize(
    ("platform", "env", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/materiel"),
        ("linux", {"HOME": "/home/a"}, "/home/a/.cache/materiel"),
        ("darwin", {"HOME": "/Users/a"}, "/Users/a/Library/Caches/materiel"),
        ("linux", {"MATERIEL_CACHE": "/mine"}, "/mine"),
    ],
)
def test_the_cache_stands_where_the_platform_wants_it(
    monkeypatch: pytest.MonkeyPatch, platform: str, env: dict[str, str], expected: str
) -> None:
    for name in ("MATERIEL_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert build.cache_home().as_posix() == expected


def test_one_file_is_a_graph_too(tmp_path: Path, folder: Path) -> None:
    joined = tmp_path / "one.ttl"
    joined.write_bytes(b"\n".join(path.read_bytes() for path in sorted(folder.rglob("*.ttl"))))
    assert opened(joined) == (1, [])
    assert open_graph(joined).resolve(entity("x")["name"]).endswith("/id/x")
