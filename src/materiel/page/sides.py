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
  OPTIONAL { ?side mat:source ?own } OPTIONAL { ?side mat:claim/mat:attestation/mat:source ?cited }
  BIND(COALESCE(?own, ?cited) AS ?source)
} ORDER BY ?conflict ?side ?source"""
_CLAIMS = """
SELECT ?conflict ?side ?what ?number ?unit ?status ?date ?text ?party ?role ?share ?name ?source WHERE {
  ?conflict mat:between ?side . ?side rdf:predicate ?predicate ; rdf:object ?value ; mat:attestation/mat:source ?source
  OPTIONAL { ?predicate rdfs:label ?what }
  OPTIONAL { ?value mat:number ?number ; mat:currency|mat:unit ?unit }
  OPTIONAL { ?value mat:status ?status } OPTIONAL { ?value mat:date ?date } OPTIONAL { ?value dct:description ?text }
  OPTIONAL { ?value mat:party/rdfs:label ?party ; mat:role ?role } OPTIONAL { ?value mat:sharePercent ?share }
  OPTIONAL { ?value rdfs:label|skos:notation ?name }
} ORDER BY ?conflict ?side ?source"""


def sides(rows: Callable[[str], list[Row]]) -> dict[str, tuple[Side, ...]]:
    """Return the sides of each conflict: as they were written, else the claims that it is between.

    Args:
        rows: Answers a query.
    """
    claims = _told(rows(_CLAIMS), _words)
    return claims | _told(rows(_WRITTEN), lambda row: str(row["says"]))


def _told(rows: list[Row], words: Callable[[Row], str]) -> dict[str, tuple[Side, ...]]:
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[str(row["conflict"])][str(row["side"])].append(row)
    return {
        conflict: tuple(
            Side(words(same[0]), tuple(dict.fromkeys(slug_of(r["source"]) for r in same if r["source"])))
            for same in parted.values()
        )
        for conflict, parted in found.items()
    }


def _words(row: Row) -> str:
    amount = f"{row['number']:,} {row['unit']}" if row["number"] is not None else ""
    share = f"{row['share']} %" if row["share"] is not None else ""
    codes = [slug_of(row[key]).replace("-", " ") for key in ("status", "role") if row[key]]
    told = [amount, row["party"], *codes, share, row["date"], row["text"], "" if row["party"] else row["name"]]
    return f"{row['what'] or 'stated'}: {', '.join(str(part) for part in told if part)}"
