"""Verdicts: dated judgements on claims, each in a file of its own; they change no claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pyoxigraph import Literal, NamedNode, Triple

from materiel.dates import day_done, today
from materiel.errors import NotFound, UsageError
from materiel.store import folder
from materiel.store.codes import code_list
from materiel.store.turtle import turtle
from materiel.vocabulary import CLAIM, TYPE, code, digest, expand, mat, slug_of, thing

if TYPE_CHECKING:
    from pathlib import Path

    import pyoxigraph as ox

    from materiel.store.base import Store


def judge(store: Store, graph: Path, claim: str, verdict: str, by: str, why: str, day: str | None = None) -> str:
    """Record a verdict on a claim in `judgements/` of a graph folder.

    Args:
        store: The graph, to know the claim.
        graph: The graph folder.
        claim: The claim's IRI, `claim:{hash}` or hash; `materiel why` and `materiel ask who-says-so` show it.
        verdict: Notation of the code list verdict: accepted, contested, rejected or open.
        by: Who judges.
        why: The reason.
        day: Day of the judgement, YYYY-MM-DD; today when not given.

    Returns:
        The file's path under the graph folder.

    Raises:
        NotFound: There is no such claim.
        UsageError: The verdict is unknown, or who or why is missing.
        BadDate: The day is none, or still to come.
    """
    if verdict not in code_list("verdict"):
        raise UsageError(f"unknown verdict {verdict!r}", f"Use one of {', '.join(code_list('verdict'))}.")
    if not by.strip() or not why.strip():
        raise UsageError("a verdict names who judges and why", "Give --by and --why.")
    iri = _known(store, claim)
    on = day_done(day) if day else today()
    assessment = thing(f"verdict-{slug_of(iri)}-{on}-{digest(by, verdict, why, length=4)}")
    triples = [
        Triple(assessment, TYPE, mat("Assessment")),
        Triple(assessment, mat("assesses"), iri),
        Triple(assessment, mat("verdict"), code("verdict", verdict)),
        Triple(assessment, mat("rationale"), Literal(why.strip())),
        Triple(assessment, mat("assessedBy"), Literal(by.strip())),
        Triple(assessment, mat("assessedOn"), on.literal),
    ]
    name = f"judgements/{slug_of(assessment)}.ttl"
    folder.write(graph, {name: turtle(triples)})
    return name


def _known(store: Store, claim: str) -> NamedNode:
    try:
        iri = NamedNode(expand(claim) or CLAIM + claim)
    except ValueError:  # no IRI, so nobody's
        raise NotFound(claim) from None
    if not cast("ox.QueryBoolean", store.query(f"ASK {{ {iri} a mat:Claim }}")):
        raise NotFound(claim)
    return iri
