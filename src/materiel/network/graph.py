"""What an analysis is asked of: a graph in its scope, or a bare store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

if TYPE_CHECKING:
    from materiel.scope import Scope
    from materiel.store.base import Store


class View(Protocol):
    """A graph in a scope, as `materiel.KnowledgeGraph` is one."""

    @property
    def store(self) -> Store:
        """The triples that stand in the scope."""
        ...

    @property
    def scoped(self) -> Scope:
        """The scope."""
        ...

    def scope(self, **limits: Any) -> View:
        """Return the graph in a narrower scope."""
        ...

    def within(self, scope: Scope) -> View:
        """Return the whole graph in a scope."""
        ...


Graph: TypeAlias = "View | Store"


def store_of(graph: Graph) -> Store:
    """Return the store of a knowledge graph, or the store itself."""
    return cast("Store", getattr(graph, "store", graph))


def whole_of(graph: Graph) -> Store:
    """Return the store of the whole graph of which a graph may be a narrower view, or the store itself."""
    from materiel.scope import Scope

    within = getattr(graph, "within", None)
    return cast("Store", within(Scope()).store) if within else store_of(graph)


def scope_of(graph: Graph) -> str:
    """Return in words which evidence a graph holds: its stated scope, and the graph's own name."""
    name = store_of(graph).name
    short = name if name.startswith("http") else Path(name).name
    stated = getattr(graph, "scoped", None)
    whole = stated is None or stated.is_whole
    return f"all statements of {short}, by whatever source" if whole else f"{stated} ({short})"
