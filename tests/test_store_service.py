"""No query reaches the network: SERVICE is refused before the engine sees it, and only where it is the keyword."""

from __future__ import annotations

import contextlib
import itertools
import random
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
        "SELECT * WHERE { ?s ?p <http://example.org/it's(service)> , <urn:x:service> }",
        "SELECT * WHERE { ?s rdfs:label ?service FILTER(?service<'service' && 2>1) }",
        "SELECT * WHERE { ?s rdfs:label 'caf\\u00e9 service\\n' ; mat:service_2.a ?o }",
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
    engine = ox.Store()
    engine.update("INSERT DATA { <a:a> <a:b> 1, true, 'x', 'q'@en, <x:y> }")
    store = EmbeddedStore(engine, "small")
    for parts in itertools.product(HEADS, BEFORE, WORDS, TARGETS, AFTER):
        head, before, word, target, after = (
            part.replace("{at}", at).replace("{{", "{").replace("}}", "}") for part in parts
        )
        with contextlib.suppress(QueryError):
            answer = store.query(f"{head}SELECT*{{{before}{word}{target}{after}}}")
            list(answer)  # type: ignore[arg-type]
    assert knocks == []


HIDDEN = [
    "SELECT * { ?a x:-1@ }",
    "SELECT * { ?a x:.5@ }",
    "SELECT * { ?a ?b x:.@ }",
    "SELECT * { ?a ?b 'a'^^x:.@ }",
    "SELECT * { _:a:-1@ }",
    "SELECT * { ?a ?b x:1.1.@ }",
    "SELECT * { ?a x:1.1.5@ }",
    "SELECT * { FILTER(1<2#>'''\n)@ #'''\n }",
    'SELECT * { FILTER(1<2#>"""\n)@ #"""\n }',
    "SELECT * { ?a ?b ?c FILTER(?c<#>'''\n3)@ #'''\n }",
    "SELECT * { ?a ?b 'a\\u0027'@ #'\n }",
    'SELECT * { ?a ?b "a\\u0022"@ #"\n }',
    "SELECT * { ?a ?b 'a\\u005C'@ #'\n }",
    "SELECT * { #\\u000A '''\n@ #'''\n }",
    "SELECT * { VALUES ?x {'''a' }@ #\\q'''\n }",
    'SELECT * { VALUES ?x {"""a" }@ #\\q"""\n }',
    "SELECT * { VALUES ?x {'''a' }@ #\\uD800'''\n }",
    "SELECT * { ?a <http://x.example/\u00a0'> ?b @ #'\n }",
    "SELECT * { ?a <http://x.example/\\u00a0'> ?b @ #'\n }",
]
"""Where the keyword is hidden from a reader that cuts the text otherwise than the engine does; `@` is the call."""
MATCHES = r"""
INSERT DATA { <a:a> <http://x.example/> -1, .5, <http://x.example/>, <http://x.example/1.1>, 'a'^^<http://x.example/>, "a'", 'a"', 'a\\' ;
                    <http://x.example/\u00a0'> 1 ; <http://x.example/1.1> .5 . }"""


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_call_that_is_hidden_reaches_the_bare_engine_and_never_ours(
    listener: tuple[str, list[str]], hidden: str
) -> None:
    at, knocks = listener
    knocks.clear()
    call = f"SERVICE<{at}>{{?s ?p ?o}}"
    text = "PREFIX x: <http://x.example/> PREFIX : <http://x.example/> " + hidden.replace("@", call)
    engine = ox.Store()
    engine.update(MATCHES)  # what stands before the call must match, or the engine leaves the call out
    with pytest.raises(QueryError, match="no query reaches the network"):
        EmbeddedStore(engine, "some").query(text)
    assert knocks == []
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        list(engine.query(text))  # type: ignore[arg-type]
    assert knocks, "the bare engine calls: the spelling is one that needs the guard"


PIECES = ["x:", "x:a", "x:1.1", "x:-1", ":", "_:a", "?a", "1", "-1", ".5", "1e5", "1.", "true", "'", '"', "'''", '"""', "'a'", "\\", "\\q", "\\u0027", "\\u0022", "\\u005C", "\\u000A", "#", "<", ">", "<#>", "<b>", "<http://x/'>", "(", ")", "{", "}", "FILTER(", "FILTER(1<2", "FILTER(?a<", "VALUES?v{", "VALUES?v{'''a'", "OPTIONAL{}", "[]", ",", ";", ".", "^^x:", "@en", "/", "*", "+", "?", "a", "%", "&&", "||", "!"]  # fmt: skip
PIECES += ["\n", " ", "?a ?b ", "?a x:", "?a ?b x:", "?a ?b 'a'"]
ENDS = [" }", "\n}", "#'''\n}", '#"\n}', "#'\n}", '#"""\n}']


def _parses(text: str) -> bool:
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        try:
            ox.Store().query(text)
        except SyntaxError:
            return False
    return True


def test_what_the_engine_reads_as_the_keyword_is_refused_in_any_mixture() -> None:
    """A text that the engine takes with SERVICE, and not with a word of no meaning in its place, holds a call."""
    chance, calls = random.Random(14), 0
    for _ in range(6000):
        before, after = ("".join(chance.choices(PIECES, k=chance.randint(0, 4))) for _ in "ab")
        head, end = "PREFIX x: <x:x> PREFIX : <x:x> SELECT * { ", chance.choice(ENDS)
        text = f"{head}{before}SERVICE<x:x>{{}}{after}{end}"
        if _parses(text) and not _parses(text.replace("SERVICE", "SERVIZE")):
            calls += 1
            assert calls_service(text), text
    assert calls > 100


def test_the_listener_hears_what_is_not_guarded(listener: tuple[str, list[str]]) -> None:
    at, knocks = listener
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        list(ox.Store().query(f"SELECT * {{ SERVICESILENT <{at}> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]
    assert knocks, "the engine does call when it is let"
