"""Why an answer says what it says: the claims, sources and speakers behind each row of a SELECT query.

The query is taken apart (`syntax`, `block`), written anew so that it shows every solution and step (`plan`),
and asked again for the rows that were answered (`keys`, `ways`, `steps`). Each triple found in that way is led
back to claims (`trace`, `lineage`), which are told in full (`claims`, `explain`) and written out (`render`).
"""

from __future__ import annotations

from materiel.why.claims import Attested, ClaimEvidence
from materiel.why.explain import Explanation, RowEvidence, why
from materiel.why.render import answer, render, with_citations
from materiel.why.trace import Description

__all__ = [
    "Attested",
    "ClaimEvidence",
    "Description",
    "Explanation",
    "RowEvidence",
    "answer",
    "render",
    "why",
    "with_citations",
]
