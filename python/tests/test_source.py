"""Each snapshot once, all of one feature set."""

from __future__ import annotations

import gzip

import numpy as np
import pytest
from markets import FEATURES, GOLDEN, random_market, record

from streamforge_graph import FeatureSetChanged, Gate, RecordError, read_jsonl, snapshots

PAIR = {"v:a": 1.0, "v:b": 2.0}


def steps(records):
    return [(s.graph, s.time_us // 1_000_000 % 1000) for s in snapshots(records)]


def test_reads_what_replay_wrote(tmp_path):
    gzipped = list(read_jsonl(GOLDEN))
    plain = tmp_path / "graph-features.jsonl"
    plain.write_bytes(gzip.decompress(GOLDEN.read_bytes()) + b"\n")
    again = list(read_jsonl(plain))
    assert len(gzipped) == len(again) == 120
    assert np.all(np.diff([s.time_us for s in gzipped]) == gzipped[0].interval_us)
    assert [s.digest for s in gzipped] == [s.digest for s in again]


def test_a_stretch_that_is_repeated_after_a_failure_comes_once():
    records = random_market(1, 8)
    gate = Gate()
    admitted = [gate.admit(r) for r in records[:6] + records[2:]]
    assert [s.time_us for s in admitted if s] == [s.time_us for s in snapshots(records)]
    assert gate.repeats == 4


def test_repeats_are_told_by_graph_and_time():
    a, b = (record(0, PAIR, graph=name) for name in ("kraken", "okx"))
    assert steps([a, b, b, a, record(1, PAIR, graph="okx"), a]) == [
        ("kraken", 0),
        ("okx", 0),
        ("okx", 1),
    ]


def test_two_jobs_that_write_one_topic_are_noticed():
    gate = Gate()
    gate.admit(record(0, PAIR))
    with pytest.raises(RecordError, match="came twice, with different bytes"):
        gate.admit(record(0, {"v:a": 1.0, "v:b": 2.5}))


def test_what_is_older_than_what_is_remembered_is_a_repeat():
    gate = Gate(remember=3)
    records = random_market(2, 6)
    for one in records:
        gate.admit(one)
    assert gate.admit(records[0]) is None


def test_a_record_that_fills_a_hole_is_no_repeat():
    gate = Gate()
    gate.admit(record(0, PAIR))
    gate.admit(record(2, PAIR))
    with pytest.raises(RecordError, match="came after newer ones"):
        gate.admit(record(1, PAIR))


def test_the_feature_set_does_not_change_under_ones_feet():
    renamed = ("spread_bps", "return_bps", "volatility_5m")
    gate = Gate()
    gate.admit(record(0, PAIR))
    with pytest.raises(
        FeatureSetChanged, match=r"gone \['volatility_1m'\], new \['volatility_5m'\]"
    ):
        gate.admit(record(1, PAIR, features=renamed))
    moved = (FEATURES[1], FEATURES[0], FEATURES[2])
    with pytest.raises(FeatureSetChanged):
        gate.admit(record(1, PAIR, features=moved))


def test_a_model_reads_only_the_feature_set_that_it_was_made_for():
    with pytest.raises(FeatureSetChanged, match="not 123456789abc"):
        list(read_jsonl(GOLDEN, feature_set="123456789abc"))
