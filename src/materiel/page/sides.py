"""The sides of conflicts: what each says, in words, and its sources."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from materiel.page.model import Side
from materiel.vocabulary import slug_of

if TYPE_CHECKING:
    from collections.abc import Callable

Row = dict[str, Any]
_WRITTEN = """
SELECT ?conflict ?side ?says ?source WHERE {
  ?conflict mat:side ?side . ?side dct:description ?says
  OPTIONAL { ?side mat:source ?own } OPTIONAL { ?side mat:claim ?claim . ?claim mat:originCount ?any ; mat:attestation/mat:source ?cited }
  BIND(COALESCE(?own, ?cited) AS ?source)
  OPTIONAL { ?side mat:sequence ?number }
} ORDER BY ?conflict ?number ?side ?source"""


def sides(rows: Callable[[str], list[Row]]) -> dict[str, tuple[Side, ...]]:
    """Return the sides of each conflict, with the sources that are known to say so.

    Args:
        rows: Answers a query.
    """
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows(_WRITTEN):
        found[str(row["conflict"])][str(row["side"])].append(row)
    return {
        conflict: tuple(
            Side(str(same[0]["says"]), tuple(dict.fromkeys(slug_of(r["source"]) for r in same if r["source"])))
            for same in parted.values()
        )
        for conflict, parted in found.items()
    }
