"""What an empty answer says: what was looked at, and that silence is no proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from materiel import wording as words
from materiel.coverage.reading import coverage
from materiel.errors import MaterielError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from materiel.questions import Question
    from materiel.store.base import Store


def nothing_found(
    store: Store, question: Question, values: Mapping[str, str | None], *, narrowed: bool = False
) -> list[str]:
    """Return what stands behind a question that has no row.

    Args:
        store: The graph that was asked, in its scope.
        question: What was asked.
        values: The values that were given.
        narrowed: Whether the graph is in a narrower scope.
    """
    whole = coverage(store, narrowed=narrowed)
    told = [f"No row. The graph holds {whole}; nothing in them answers this."]
    for iri in _things(store, question, values):
        part = coverage(store, iri, narrowed=narrowed)
        told += [words.stop(words.capital(str(part)))]
        told += [str(search) for search in part.searches if search.about]
    told += [str(search) for search in whole.searches if not search.about]
    return [*told, "Silence is no proof."]


def _things(store: Store, question: Question, values: Mapping[str, str | None]) -> Iterator[str]:
    for parameter in question.parameters:
        value = values.get(parameter.name)
        space = {"entity": "id", "code/country": "code/country"}.get(parameter.type)
        if not value or not space:
            continue
        try:
            yield store.labels.resolve(value, space)
        except MaterielError:
            continue
