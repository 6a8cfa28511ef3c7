"""The records that these tests read are records as the job writes them."""

from __future__ import annotations

import gzip
import json

import pytest
from markets import GOLDEN, random_market, record
from schemas import FOLDER, validator

GRAPHS = validator("graph-features-1")


def errors(line):
    return [error.message for error in GRAPHS.iter_errors(json.loads(line))]


def test_golden_records_fit():
    with gzip.open(GOLDEN, "rb") as lines:
        for line in lines:
            assert errors(line) == []


def test_made_up_records_fit():
    assert errors(record(0, {})) == []
    for line in random_market(seed=7, steps=50):
        assert errors(line) == []


@pytest.mark.parametrize(
    "damage",
    [
        {"schema": "graph-features/2"},
        {"time_us": "0"},
        {"node_mid": ["1.5"]},
        {"node_book": ["fine"]},
        {"edge_index": [[]]},
        {"x": [[True]]},
        {"more": 1},
    ],
)
def test_damaged_records_do_not(damage):
    assert errors(record(0, {"v:a": 1.0}, **damage)) != []


def test_every_schema_is_one():
    names = {file.name.split(".")[0] for file in FOLDER.glob("*.schema.json")}
    assert names == {
        "symbol-features-1",
        "graph-features-1",
        "book-resync-1",
        "dead-letters-headers",
        "market-events-1",
        "market-events-headers",
    }
    for name in names:
        validator(name)
