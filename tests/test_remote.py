"""Any SPARQL 1.1 endpoint: a real server of another make answers like the embedded engine, and failures are told."""

from __future__ import annotations

import http.server
import shlex
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, Literal, Namespace

import question_record as record
from materiel import open as open_graph
from materiel.errors import MaterielError, QueryError
from materiel.exchange.rdf import export
from materiel.questions import library
from materiel.store.embedded import EmbeddedStore
from materiel.store.remote import RemoteStore
from materiel.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from materiel.knowledge_graph import KnowledgeGraph

SERVER = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
needs_server = pytest.mark.skipif(SERVER is None, reason="no `oxigraph` server is installed")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ready(url: str, process: subprocess.Popen[bytes]) -> bool:
    for _ in range(300):
        if process.poll() is not None:
            return False
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


@pytest.fixture(scope="module")
def endpoint(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that holds the shipped graph, ontology and derived triples included."""
    assert SERVER
    assert isinstance(kg.store, EmbeddedStore)
    home = tmp_path_factory.mktemp("server")
    (home / "all.nt").write_bytes(kg.store.triples())
    subprocess.run(
        [SERVER, "load", "--location", home / "db", "--file", home / "all.nt"], check=True, capture_output=True
    )
    port = free_port()
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [SERVER, "serve", "--location", str(home / "db"), "--bind", f"127.0.0.1:{port}"], stdout=log, stderr=log
        )
        try:
            assert ready(f"http://127.0.0.1:{port}/", process), (home / "log").read_text()
            yield f"http://127.0.0.1:{port}/query"
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture(scope="module")
def remote(endpoint: str) -> KnowledgeGraph:
    return open_graph(endpoint)


@needs_server
@pytest.mark.parametrize("name", sorted(library()))
def test_every_question_has_the_same_answer(kg: KnowledgeGraph, remote: KnowledgeGraph, name: str) -> None:
    question = library()[name]
    values = record.values(question, shlex.split(question.example)[3:])
    ours, theirs = kg.ask(name, **values), remote.ask(name, **values)
    assert theirs.columns == ours.columns
    assert sorted(map(repr, theirs.rows)) == sorted(map(repr, ours.rows))
    assert len(theirs) > 0


@needs_server
def test_names_resolve_and_dossiers_open(kg: KnowledgeGraph, remote: KnowledgeGraph) -> None:
    assert remote.resolve("Рейнметалл") == kg.resolve("rheinmetall")
    ours, theirs = kg["rheinmetall-udi-joint-venture"], remote["rheinmetall-udi-joint-venture"]
    assert theirs.label == ours.label
    assert {title: table.rows for title, table in theirs.sections.items()} == {title: table.rows for title, table in ours.sections.items()}  # fmt: skip


@needs_server
def test_the_forms_of_query(remote: KnowledgeGraph) -> None:
    assert remote.query("ASK { id:rheinmetall a mat:Company }") is True
    assert remote.query("ASK { id:rheinmetall a mat:Person }") is False
    made = remote.query("CONSTRUCT { ?x rdfs:label ?name } WHERE { VALUES ?x { id:rheinmetall } ?x rdfs:label ?name }")
    assert made == [ox.Triple(ox.NamedNode(PREFIXES["id"] + "rheinmetall"), ox.NamedNode(PREFIXES["rdfs"] + "label"), ox.Literal("Rheinmetall", language="en"))]  # fmt: skip
    described = remote.query("DESCRIBE id:rheinmetall")
    assert isinstance(described, list)
    assert len(described) > 5


@needs_server
def test_a_prefix_that_the_query_declares_itself_is_left_alone(remote: KnowledgeGraph) -> None:
    assert remote.query("PREFIX id: <https://example.org/> ASK { id:rheinmetall ?p ?o }") is False


@needs_server
def test_the_part_about_a_deal_is_exported_alike(kg: KnowledgeGraph, remote: KnowledgeGraph) -> None:
    iri = kg.resolve("rheinmetall-udi-joint-venture")
    assert export(remote.store, "nt", iri) == export(kg.store, "nt", iri)


@needs_server
def test_a_scope_of_an_endpoint_is_the_scope_of_the_graph(kg: KnowledgeGraph, remote: KnowledgeGraph) -> None:
    limits = {"as_of": "2023-10-20", "known_by": "2023-10-20"}
    ours, theirs = kg.scope(**limits), remote.scope(**limits)
    assert theirs.left == ours.left
    assert export(theirs.store, "nt", derived=True) == export(ours.store, "nt", derived=True)


@needs_server
def test_rdflib_over_the_endpoint(remote: KnowledgeGraph) -> None:
    ids, mat = Namespace(PREFIXES["id"]), Namespace(PREFIXES["mat"])
    assert list(remote.rdf.triples((ids["rheinmetall"], RDFS.label, None))) == [(ids["rheinmetall"], RDFS.label, Literal("Rheinmetall", lang="en"))]  # fmt: skip
    rows = list(remote.rdf.query(f"SELECT (COUNT(?x) AS ?n) WHERE {{ ?x a <{mat['Partnership']}> }}"))
    assert str(rows[0][0]) == "438"  # type: ignore[index]
    assert (ids["rheinmetall"], RDF.type, mat["Company"]) in remote.rdf


@needs_server
@pytest.mark.parametrize("text", ["SELECT ?x WHERE {", "SELEC", "INSERT DATA { <urn:s> <urn:p> <urn:o> }", "ASK { nope:x ?p ?o }"])  # fmt: skip
def test_a_refused_query_is_told(remote: KnowledgeGraph, endpoint: str, text: str) -> None:
    with pytest.raises(QueryError, match="answered 400: ") as caught:
        remote.query(text)
    assert endpoint in str(caught.value)
    assert remote.query("ASK { <urn:s> ?p ?o }") is False


def test_an_endpoint_that_is_not_there_is_told() -> None:
    url = f"http://127.0.0.1:{free_port()}/query"
    with pytest.raises(MaterielError, match="cannot be reached") as caught:
        open_graph(url).query("ASK { ?s ?p ?o }")
    assert url in str(caught.value)
    assert "server runs" in caught.value.remedy


class _Odd(http.server.BaseHTTPRequestHandler):
    """A server that answers with something else."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        status, media_type, body = {
            "/html": (200, "text/html", b"<p>hello</p>"),
            "/broken": (200, "application/sparql-results+json", b'{"head": '),
            "/error": (500, "text/plain", b"out of memory"),
            "/turtle": (200, "text/turtle", b"<urn:s> <urn:p> 5 ."),
        }.get(self.path, (404, "text/plain", b"nothing here"))
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def odd() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Odd) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/html", "answered with text/html, which is no SPARQL result"),
        ("/broken", "cannot be read"),
        ("/error", "answered 500: out of memory"),
        ("/none", "answered 404: nothing here"),
    ],
)
def test_odd_answers_are_told(odd: str, path: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        open_graph(odd + path).query("SELECT ?x WHERE { ?x ?y ?z }")


def test_turtle_is_taken_for_a_graph(odd: str) -> None:
    five = ox.Literal("5", datatype=ox.NamedNode(PREFIXES["xsd"] + "integer"))
    assert open_graph(odd + "/turtle").query("CONSTRUCT WHERE { ?s ?p ?o }") == [ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), five)]  # fmt: skip


def test_a_server_that_says_nothing_is_not_waited_for_forever() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(MaterielError, match="cannot be reached"):
            RemoteStore(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.2).query("ASK {}")
