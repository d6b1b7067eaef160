"""No query reaches the network: SERVICE is refused before the engine sees it, and only where it is the keyword."""

from __future__ import annotations

import contextlib
import itertools
import socket
import threading
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from materiel.errors import QueryError
from materiel.sparql.service import calls_service
from materiel.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    import materiel


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }",
        "SELECT * WHERE { service SILENT ?x { ?s ?p ?o } }",
        'SELECT * WHERE { ?s ?p "a" . # comment\nSERVICE <http://127.0.0.1:9/> {} }',
        "SELECT * WHERE{SERVICE<http://127.0.0.1:9/>{?s ?p ?o}}",
    ],
)
def test_the_keyword_is_refused(kg: materiel.KnowledgeGraph, text: str) -> None:
    with pytest.raises(QueryError, match="no query reaches the network"):
        kg.query(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service WHERE { ?service ?p ?o }",
        "SELECT * WHERE { ?s rdfs:label 'SERVICE' }",
        'SELECT * WHERE { ?s rdfs:label "the \\" SERVICE" }',
        "SELECT * WHERE { ?s ?p <http://example.org/service> } # SERVICE",
        "SELECT * WHERE { ?s id:service ?o . ?s id:service-centre ?o }",
    ],
)
def test_the_word_elsewhere_is_none(kg: materiel.KnowledgeGraph, text: str) -> None:
    assert not calls_service(text)
    kg.query(text + " LIMIT 1" if "#" not in text else text)


HEADS = ["", "PREFIX x: <{at}> ", "PREFIX x: <{at}> PREFIX : <{at}> ", "BASE <{at}> PREFIX : <{at}> PREFIX x: <{at}> "]
BEFORE = ["", "?a ?b ?c . ", "?a ?b 1", "?a ?b true", "?a ?b 'x'", "?a ?b x:y.", "FILTER(1<2)", "FILTER(?a<'#>')", "FILTER(1<2#>\n)", "OPTIONAL{}", "{}", "BIND(1 AS ?z)", '?a ?b "q"@en.']  # fmt: skip
WORDS = ["SERVICE", "service", "SeRvIcE", "\\u0053ERVICE", "SERVICESILENT", "SERVICE SILENT", "SERVICE#x\n", "serviceSilent"]  # fmt: skip
TARGETS = ["<{at}>", " <{at}>", " x:y", "x:y", ":x", " :x", "?e", "<#'>", ":x#>\n"]
AFTER = ["{{?s?p?o}}", " {{ ?s ?p ?o }}", "{{?s?p?o}}FILTER(3>2)", "{{?s?p?o}}FILTER(?a>'')"]


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address on loopback, and what has knocked there."""
    knocks: list[str] = []
    server = socket.create_server(("127.0.0.1", 0))

    def wait() -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _ = server.accept()
                knocks.append("a call")
                caller.close()

    threading.Thread(target=wait, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/", knocks
    server.close()


def test_no_spelling_reaches_the_network(listener: tuple[str, list[str]]) -> None:
    """Every mix of prologue, what stands before, keyword, target and what follows: 14,976 texts, none knocks."""
    at, knocks = listener
    store = EmbeddedStore(ox.Store(), "empty")
    for parts in itertools.product(HEADS, BEFORE, WORDS, TARGETS, AFTER):
        head, before, word, target, after = (
            part.replace("{at}", at).replace("{{", "{").replace("}}", "}") for part in parts
        )
        with contextlib.suppress(QueryError):
            answer = store.query(f"{head}SELECT*{{{before}{word}{target}{after}}}")
            list(answer)  # type: ignore[arg-type]
    assert knocks == []


def test_the_listener_hears_what_is_not_guarded(listener: tuple[str, list[str]]) -> None:
    at, knocks = listener
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        list(ox.Store().query(f"SELECT * {{ SERVICESILENT <{at}> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]
    assert knocks, "the engine does call when it is let"
