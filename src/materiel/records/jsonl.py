"""Records as JSON Lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from materiel.records.model import RECORD_TYPES

if TYPE_CHECKING:
    from materiel.records.model import Records


def lines(records: Records) -> dict[str, bytes]:
    """Return the exchange files: name -> content, one object a line, in the order of the records."""
    return {
        f"{stem}.jsonl": b"".join(
            json.dumps(record.model_dump(), ensure_ascii=False).encode() + b"\n" for record in getattr(records, stem)
        )
        for stem in RECORD_TYPES
    }
