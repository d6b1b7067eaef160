"""From rows of a query to results for people: labels, messages filled in, file and line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from pyoxigraph import Literal, NamedNode

from materiel.validation.finding import Result
from materiel.validation.places import Places
from materiel.vocabulary import DCT, MAT, RDF, RDFS, SKOS, compact, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import QuerySolutions

    from materiel.store.base import Store
    from materiel.validation.finding import Row, Rule

_PLACEHOLDER = re.compile(r"\{\?(\w+)\}")
_MANY = 2000
"""IRIs asked for in one query, so that no endpoint meets an endless text."""


def results_of(found: Sequence[tuple[Rule, Row]], store: Store, graph_files: Path | None) -> list[Result]:
    """Return the results of all rows, the gravest first."""
    iris = {term.value for _, row in found for term in row.values() if isinstance(term, NamedNode)}
    labels = _labels(store, iris)
    places = Places(graph_files) if graph_files and found else None
    results = {_result(rule, row, labels, places) for rule, row in found}
    return sorted(results, key=lambda result: result.order)


def _result(rule: Rule, row: Row, labels: Mapping[str, str], places: Places | None) -> Result:
    focus = _plain(row["this"])
    file, line = places.find(focus) if places else ("", 0)
    message = _PLACEHOLDER.sub(lambda m: _shown(row.get(m[1]), labels), rule.message)
    return Result(
        severity=rule.severity,
        rule=rule.name,
        focus=focus,
        path=compact(_plain(row["path"])) if "path" in row else rule.path,
        value=compact(_plain(row["value"])) if "value" in row else "",
        message=message,
        component=_plain(row["component"]) if "component" in row else rule.component,
        label=labels.get(focus) or compact(focus),
        file=file,
        line=line,
    )


def _plain(term: object) -> str:
    """Return an IRI or a literal's text without RDF syntax."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _shown(term: object, labels: Mapping[str, str]) -> str:
    """Return a term for a message: a label where there is one."""
    if term is None:
        return "?"
    plain = _plain(term)
    return labels.get(plain) or compact(plain) if isinstance(term, NamedNode) else plain


def _labels(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """Return names of things, of value nodes (after their owner) and of claims (after their subject)."""
    wanted = sorted(iris)
    owners = {iri: iri.partition("--")[0] for iri in wanted if "--" in iri}
    owners |= _pairs(store, f"?x <{RDF}subject> ?y FILTER(ISIRI(?y))", wanted)
    owners |= _pairs(store, f"?x ^<{MAT}attestation>/<{RDF}subject> ?y FILTER(ISIRI(?y))", wanted)
    named = f"?x <{RDFS}label>|<{DCT}title>|<{SKOS}prefLabel> ?y FILTER(LANG(?y) IN ('en', ''))"
    labels = _pairs(store, named, sorted({*wanted, *owners.values()}))
    for iri, owner in owners.items():
        part = slug_of(iri).partition("--")[2].rpartition("-")[0] or compact(iri)
        labels.setdefault(iri, f"{labels.get(owner, compact(owner))}: {part}")
    return labels


def _pairs(store: Store, pattern: str, iris: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(iris), _MANY):
        values = " ".join(f"<{iri}>" for iri in iris[start : start + _MANY])
        query = f"SELECT ?x ?y WHERE {{ VALUES ?x {{ {values} }} {pattern} }}"
        for row in cast("QuerySolutions", store.query(query)):
            found.setdefault(_plain(row[0]), _plain(row[1]))
    return found
