"""The shipped graph, built once into a cache of this run's own, and the command line as a process."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

import materiel as library
from command import Command, run
from materiel.records import from_rdf
from materiel.records.jsonl import lines
from materiel.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph

ROOT = Path(__file__).parent.parent

# Before anything is opened, and for every process that a test starts.
CACHE = tempfile.mkdtemp(prefix="materiel-test-cache-")
os.environ["MATERIEL_CACHE"] = CACHE
os.environ.pop("MATERIEL_GRAPH", None)

settings.register_profile(
    "suite", deadline=None, database=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


def pytest_unconfigure() -> None:
    shutil.rmtree(CACHE, ignore_errors=True)


@pytest.fixture(scope="session")
def graph() -> Path:
    """The repository's graph folder."""
    return ROOT / "graph"


@pytest.fixture(scope="session")
def kg() -> KnowledgeGraph:
    """The shipped graph."""
    return library.open()


@pytest.fixture(scope="session")
def exported(kg: KnowledgeGraph) -> dict[str, bytes]:
    """The exchange files of the shipped graph."""
    assert isinstance(kg.store, EmbeddedStore)
    return lines(from_rdf.read(kg.store.engine))


@pytest.fixture(scope="session")
def materiel() -> Command:
    """Run a command: `materiel("ask", "--list")`; `stdin`, `cwd` and `env` may be given."""
    return run
