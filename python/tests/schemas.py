"""The JSON Schemas of the topics out, which stand beside the Java code that writes them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

FOLDER = (
    Path(__file__).parents[2] / "connectors/core/src/main/resources/io/streamforge/record"
)


def validator(name: str) -> jsonschema.Draft202012Validator:
    """A validator of records of a topic, for example `graph-features-1`."""
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)
