"""No query reaches the network: SERVICE is refused before the engine sees it, and only where it is the keyword."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from materiel.errors import QueryError
from materiel.store.syntax import calls_service

if TYPE_CHECKING:
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
