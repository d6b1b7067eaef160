"""JSON Schema of the exchange records, made from the types."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from materiel.records.model import RECORD_TYPES


def schema(stem: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one line of `{stem}.jsonl`.

    Args:
        stem: `sources`, `entities`, `partnerships`, `relations` or `facts`.
    """
    body = TypeAdapter(RECORD_TYPES[stem]).json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://w3id.org/materiel/schema/{stem}.json",
        **body,
    }
