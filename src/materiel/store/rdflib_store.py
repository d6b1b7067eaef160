"""An rdflib store over ours, for reading: rdflib's API, the engine's speed, and literals that compare as rdflib's do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pyoxigraph as ox
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result
from rdflib.store import Store as RdflibStore

from materiel.store.embedded import EmbeddedStore
from materiel.vocabulary import XSD

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from materiel.store.base import Store

_STRING = XSD + "string"
_FOR_READING = "this store is for reading; change the graph folder's files"


def to_rdflib(term: Any) -> Any:
    """Return an engine's term as rdflib's; a plain string gets no datatype, as rdflib writes it."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal):
        plain = term.language or term.datatype.value == _STRING
        return rdflib.Literal(
            term.value, lang=term.language, datatype=None if plain else rdflib.URIRef(term.datatype.value)
        )
    return None


def from_rdflib(term: Any) -> Any:
    """Return rdflib's term as the engine's, None (any term) as None."""
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if isinstance(term, rdflib.Literal):
        datatype = ox.NamedNode(str(term.datatype)) if term.datatype and not term.language else None
        return ox.Literal(str(term), language=term.language, datatype=datatype)
    return None


class MaterielStore(RdflibStore):
    """The default graph of a store as an rdflib store. Adding and removing are refused."""

    context_aware = True
    graph_aware = True
    formula_aware = False
    transaction_aware = False

    def __init__(self, store: Store) -> None:
        """Wrap a store."""
        super().__init__()
        self._store = store
        self._default = rdflib.Graph(self, identifier=DATASET_DEFAULT_GRAPH_ID)

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """Yield the triples that match a pattern; named graphs are empty, all stands in the default graph."""
        if context is not None and not _is_default(context):
            return
        subject, predicate, value = (from_rdflib(term) for term in triple_pattern)
        within = self._default if context is None else context
        for found in self._matching(subject, predicate, value):
            yield tuple(to_rdflib(term) for term in (found.subject, found.predicate, found.object)), iter([within])

    def _matching(self, subject: Any, predicate: Any, value: Any) -> Iterable[Any]:
        if isinstance(self._store, EmbeddedStore):
            return self._store.engine.quads_for_pattern(subject, predicate, value, ox.DefaultGraph())
        pattern = {"?s": subject, "?p": predicate, "?o": value}
        wanted = " ".join(name if term is None else str(term) for name, term in pattern.items())
        return cast("Iterable[Any]", self._store.query(f"CONSTRUCT {{ {wanted} }} WHERE {{ {wanted} }}"))

    def __len__(self, context: Any = None) -> int:
        """Return the number of triples."""
        if context is not None and not _is_default(context):
            return 0
        if isinstance(self._store, EmbeddedStore):
            return len(self._store)
        (row,) = cast("ox.QuerySolutions", self._store.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"))
        return int(row["n"].value)

    def contexts(self, triple: Any = None) -> Generator[Any, None, None]:  # noqa: ARG002
        """Yield no named graphs."""
        yield from ()

    def query(self, query: Any, initNs: Any, initBindings: Any, queryGraph: Any, **_: Any) -> Result:  # noqa: N803, ARG002
        """Let the engine answer."""
        prefixes = "".join(f"PREFIX {p}: <{ns}>\n" for p, ns in dict(initNs or {}).items() if p)
        bound = dict(initBindings or {})
        names, terms = " ".join(f"?{name}" for name in bound), " ".join(value.n3() for value in bound.values())
        joined = f"\nVALUES ({names}) {{ ({terms}) }}" if bound else ""
        return _result(self._store.query(f"{prefixes}{query}{joined}"))

    def add(self, *_: Any, **__: Any) -> None:
        """Refuse: the graph is changed by its files."""
        raise TypeError(_FOR_READING)

    def remove(self, *_: Any, **__: Any) -> None:
        """Refuse: the graph is changed by its files."""
        raise TypeError(_FOR_READING)

    def update(self, *_: Any, **__: Any) -> None:
        """Refuse: the graph is changed by its files."""
        raise TypeError(_FOR_READING)

    def add_graph(self, graph: Any) -> None:
        """Accept rdflib's announcement of the default graph."""

    def namespace(self, prefix: str) -> Any:  # noqa: ARG002
        """Know no bound prefixes of its own."""
        return None

    def prefix(self, namespace: Any) -> Any:  # noqa: ARG002
        """Know no bound prefixes of its own."""
        return None

    def namespaces(self) -> Iterator[Any]:
        """Yield no bindings."""
        return iter(())

    def bind(self, *_: Any, **__: Any) -> None:
        """Ignore bindings: prefixes are known to every query."""


def _is_default(context: Any) -> bool:
    identifier = getattr(context, "identifier", context)
    return str(identifier) in {"urn:x-rdflib:default", ""} or isinstance(identifier, rdflib.BNode)


def _result(answer: Any) -> Result:
    if isinstance(answer, ox.QueryBoolean):
        result = Result("ASK")
        result.askAnswer = bool(answer)
        return result
    if isinstance(answer, ox.QuerySolutions):
        result = Result("SELECT")
        result.vars = [rdflib.Variable(variable.value) for variable in answer.variables]
        names = [variable.value for variable in answer.variables]
        result.bindings = [
            {rdflib.Variable(n): to_rdflib(row[n]) for n in names if row[n] is not None} for row in answer
        ]
        return result
    result = Result("CONSTRUCT")
    result.graph = rdflib.Graph()
    for triple in cast("Any", answer):
        result.graph.add((to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object)))
    return result
