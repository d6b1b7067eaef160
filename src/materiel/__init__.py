"""materiel: a knowledge graph of defence-industry partnerships, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from materiel.knowledge_graph import KnowledgeGraph, open  # noqa: A004

__version__ = "0.1.0"
__all__ = ["KnowledgeGraph", "__version__", "open"]


def __getattr__(name: str) -> Any:
    """Import the library's face when it is first asked for: `import materiel` alone stays light."""
    if name in {"KnowledgeGraph", "open"}:
        from materiel import knowledge_graph

        return getattr(knowledge_graph, name)
    raise AttributeError(f"module 'materiel' has no attribute {name!r}")
