"""Lineage: from derived triples back to the claims that the rules made them from.

A lineage query is a file `ontology/lineage/{predicate}.rq` with a header like that of a question. It mirrors the
rule and has `$subject` and `$object` for the two ends, which are variables to any SPARQL 1.1 engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from materiel.store import folder
from materiel.vocabulary import MAT, mat
from materiel.why.terms import solve, values

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyoxigraph as ox

    from materiel.store.base import Store

_HEADER = re.compile(r"^# (title|text|absence|answer): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Lineage:
    """How a derived predicate leads back to claims.

    Attributes:
        predicate: Its name in the ontology.
        title: A few words.
        text: Which claims a triple of it rests on.
        absence: What must be missing for the rule to write the triple, if anything must.
        sparql: A query with the columns `subject`, `object` and `claim`.
    """

    predicate: str
    title: str
    text: str
    absence: str
    sparql: str

    def claims(self, store: Store, triples: Iterable[ox.Triple]) -> dict[ox.Triple, set[str]]:
        """Return the claims behind triples of the predicate."""
        found: dict[ox.Triple, set[str]] = {}
        ends = ((triple.subject, triple.object) for triple in triples)
        for clause in values(("subject", "object"), ends):
            for row in solve(store, self.sparql.replace("WHERE {", f"WHERE {{ {clause}", 1))[1]:
                triple = ox_triple(row["subject"], mat(self.predicate), row["object"])
                found.setdefault(triple, set()).add(text_of(row["claim"]))
        return found


def ox_triple(subject: object, predicate: ox.NamedNode, obj: object) -> ox.Triple:
    """Return a triple of terms that a solution bound."""
    import pyoxigraph as ox

    return ox.Triple(subject, predicate, obj)  # type: ignore[arg-type]


def text_of(term: object) -> str:
    """Return the text of a term that a solution bound."""
    return str(getattr(term, "value", term))


@cache
def library() -> dict[str, Lineage]:
    """Return the lineages of this installation, by the IRI of the derived predicate."""
    paths = folder.files(folder.bundled("ontology") / "lineage", ".rq")
    return {MAT + path.stem: _read(path.stem, path.read_text(encoding="utf-8")) for path in paths}


def _read(predicate: str, text: str) -> Lineage:
    header = dict(_HEADER.findall(text))
    body = "\n".join(line for line in text.split("\n") if not line.startswith("#"))
    return Lineage(predicate, header["title"], header["text"], header.get("absence", ""), body)
