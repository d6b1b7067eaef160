"""The published JSON Schema of the records: it describes what is shipped, and every field is documented."""

from __future__ import annotations

import json
from typing import Any

import pytest

from materiel.records.model import RECORD_TYPES
from materiel.records.schema import schema
from small import BAD_ROWS, GOOD_ROWS, Row

STEMS = list(RECORD_TYPES)


def validator(stem: str) -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(schema(stem))
    return jsonschema.Draft202012Validator(schema(stem))


@pytest.mark.parametrize("stem", STEMS)
def test_the_schema_takes_all_shipped_records(exported: dict[str, bytes], stem: str) -> None:
    valid = validator(stem)
    for line in exported[f"{stem}.jsonl"].splitlines():
        assert [error.message for error in valid.iter_errors(json.loads(line))] == []


@pytest.mark.parametrize(("stem", "row"), GOOD_ROWS)
def test_the_schema_takes_what_the_import_takes(stem: str, row: Row) -> None:
    RECORD_TYPES[stem].model_validate(row)
    assert validator(stem).is_valid(row)


@pytest.mark.parametrize(("stem", "row"), BAD_ROWS)
def test_the_schema_refuses_what_the_import_refuses(stem: str, row: Row) -> None:
    with pytest.raises(ValueError, match="validation error"):
        RECORD_TYPES[stem].model_validate(row)
    assert not validator(stem).is_valid(row)


@pytest.mark.parametrize("stem", STEMS)
def test_every_record_and_field_is_documented(stem: str) -> None:
    whole = schema(stem)
    for part in [whole, *whole.get("$defs", {}).values()]:
        assert part["description"], part["title"]
        assert part["additionalProperties"] is False
        for name, field in part["properties"].items():
            assert field.get("description"), f"{part['title']}.{name} is not documented"


@pytest.mark.parametrize("stem", STEMS)
def test_the_schema_names_itself_and_its_required_fields(stem: str) -> None:
    whole = schema(stem)
    assert whole["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert whole["$id"] == f"https://w3id.org/materiel/schema/{stem}.json"
    required = {name for name, field in RECORD_TYPES[stem].model_fields.items() if field.is_required()}
    assert set(whole["required"]) == required
    assert set(whole["properties"]) == set(RECORD_TYPES[stem].model_fields)
