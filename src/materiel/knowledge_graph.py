"""The object that a Python user holds: a graph that can be queried, asked, shown, drawn and exported."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from materiel import questions
from materiel.scope import NOTHING, WHOLE, Left, Scope, narrowed
from materiel.store import build, folder
from materiel.store.embedded import EmbeddedStore
from materiel.store.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import networkx as nx
    import rdflib

    from materiel.brief import Brief
    from materiel.dossier import Dossier
    from materiel.network.result import Result
    from materiel.page.page import NetworkPage
    from materiel.store.base import Store
    from materiel.validation import Report
    from materiel.why import Explanation


def open(  # noqa: A001
    where: str | Path | None = None, *, cache: bool = True, step: Callable[[str], None] = lambda _: None
) -> KnowledgeGraph:
    """Open a graph.

    Args:
        where: A graph folder, an RDF file, or the address of a SPARQL 1.1 endpoint; None is the graph shipped with materiel.
        cache: Whether a built store may be taken from the cache, and kept there.
        step: Called with the name of each step when a store has to be built.

    Raises:
        FileProblem: A file cannot be read; the message names file and line.
    """
    if where is not None and str(where).startswith(("http://", "https://")):
        from materiel.store.remote import RemoteStore

        return KnowledgeGraph(RemoteStore(str(where)))
    path = folder.bundled("graph") if where is None else Path(where)
    if path.is_file():
        return KnowledgeGraph(_from_file(path))
    return KnowledgeGraph(build.open_graph(path, cache=cache, step=step))


def _from_file(path: Path) -> EmbeddedStore:
    engine = ox.Store()
    build.load_file(engine, path)
    build.complete(engine)
    return EmbeddedStore(engine, str(path))


_SCOPES_KEPT = 4
"""A scope holds a graph of its own in memory: a long session must not gather them."""


class KnowledgeGraph:
    """A graph of partnerships and the evidence for them."""

    def __init__(
        self, store: Store, scoped: Scope = WHOLE, left: Left = NOTHING, root: KnowledgeGraph | None = None
    ) -> None:
        """Hold a store; `materiel.open` is the usual way to one."""
        self.store = store
        self.scoped = scoped
        self.left = left
        self._root = root or self
        self._views: dict[Scope, KnowledgeGraph] = {}

    def __repr__(self) -> str:
        """Return where the graph is, and its scope."""
        return f"<KnowledgeGraph {self.store.name}, {self.scoped}>"

    def scope(self, **limits: Any) -> KnowledgeGraph:
        """Return the same graph in a narrower scope, the derived layer made anew; the last few scopes are kept.

        Args:
            limits: Attributes of `materiel.scope.Scope`: as_of, known_by, voices, origins, statuses, exclude_disputed,
                exclude_affiliations, exclude_publishers, accepted.

        Raises:
            UsageError: A limit is unknown or does not fit.
        """
        return self.within(narrowed(self.scoped, limits))

    def within(self, scope: Scope) -> KnowledgeGraph:
        """Return the whole graph in a scope."""
        root = self._root
        if scope.is_whole:
            return root
        views = root._views  # noqa: SLF001 - the root is one of us
        if scope not in views:
            from materiel.view import view

            store, left = view(root.store, scope)
            views[scope] = KnowledgeGraph(store, scope, left, root)
        views[scope] = views.pop(scope)  # the one used last stands last
        while len(views) > _SCOPES_KEPT:
            del views[next(iter(views))]
        return views[scope]

    @property
    def notes(self) -> tuple[str, ...]:
        """What every answer states: the scope, and what it left out."""
        if self.scoped.is_whole:
            return (f"Scope: {self.scoped}.",)
        return (f"Scope: {self.scoped}.", f"Left out: {self.left}.")

    def query(self, text: str) -> Table | bool | list[ox.Triple]:
        """Answer a SPARQL query; the prefixes of `materiel.vocabulary.PREFIXES` are known.

        Returns:
            A table for SELECT, a truth value for ASK, triples for CONSTRUCT and DESCRIBE.

        Raises:
            QueryError: The text cannot be read; the message has line and column.
        """
        answer = self.store.query(text)
        if isinstance(answer, ox.QuerySolutions):
            return replace(Table.of(answer), notes=self.notes)
        return bool(answer) if isinstance(answer, ox.QueryBoolean) else list(answer)

    def ask(self, question: str, **values: str) -> Table:
        """Ask a named question of the library.

        Args:
            question: Its name; `materiel ask --list` lists them.
            values: Its parameters; things by id, name or alias in any script, dates as 2023, 2023-10 or 2023-10-18.

        Raises:
            NotFound: There is no such question, or nothing has a name that was given.
            Ambiguous: Several things have a name that was given.
        """
        return replace(questions.ask(self.store, question, values), notes=self.notes)

    def why(self, query: str, rows: Collection[int] | None = None) -> Explanation:
        """Return the claims, sources and speakers behind the rows of a SELECT query.

        Args:
            query: A SELECT query.
            rows: Which rows to explain, from 0; all when not given.
        """
        from materiel.why import why

        return why(self.store, query, rows)

    def brief(self, first: str, second: str | None = None) -> Brief:
        """Return a one-page brief on a thing, or on two things or countries, with numbered footnotes."""
        from materiel.brief import brief

        return brief(self.store, first, second, scope=self.scoped, notes=self.notes)

    def validate(self) -> Report:
        """Return what the shapes and checks find in this scope."""
        from materiel.validation import validate

        folder = Path(self.store.name)
        return validate(self.store, folder if folder.is_dir() else None, scope=self.notes)

    def resolve(self, name: str) -> str:
        """Return the IRI of the thing that an id, name or alias stands for."""
        return self.store.labels.resolve(name)

    def __getitem__(self, name: str) -> Dossier:
        """Return the dossier of a thing by id, name or alias."""
        from materiel.dossier import dossier

        return dossier(self.store, self.resolve(name))

    def network(self, kind: str = "organisations", **options: Any) -> nx.Graph[str]:
        """Return a networkx graph; see `materiel.network.projection.network`."""
        from materiel.network.projection import network

        return network(self, kind, **options)

    def analyse(self, name: str, **values: str) -> Result:
        """Run an analysis by name; `materiel analyse` lists them with their parameters."""
        from materiel.network.library import run

        return run(self, name, values)

    def page(self, *focus: str, depth: int = 1, title: str = "") -> NetworkPage:
        """Return a network page: one HTML file that opens offline, every link with its evidence.

        Args:
            focus: Things or deals by id, name or alias; none shows the whole graph.
            depth: Steps from the focus.
            title: Heading of the page.
        """
        from materiel.page.from_graph import page
        from materiel.page.page import NetworkPage

        found = [self.resolve(name) for name in focus]
        return NetworkPage(page(self.store, found, depth, self.notes, title, self.scoped))

    def export(self, path: str | Path, about: str | None = None, *, derived: bool = False) -> Path:
        """Write the graph, or the part about one thing, to a file in the RDF format of its ending.

        Returns:
            The file's path.

        Raises:
            UsageError: The ending is not one of ttl, nt, nq, trig, jsonld.
        """
        from materiel.exchange.rdf import export
        from materiel.files import save

        target = Path(path)
        iri = self.resolve(about) if about else None
        save(export(self.store, target.suffix.lstrip("."), iri, derived=derived), target)
        return target

    @cached_property
    def rdf(self) -> rdflib.Dataset:
        """The same triples as an rdflib Dataset, for reading."""
        import rdflib

        from materiel.store.rdflib_store import MaterielStore

        return rdflib.Dataset(store=MaterielStore(self.store))
