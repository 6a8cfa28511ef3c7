"""Against a running broker and job, and against what `replay` writes of the same recording."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest
from markets import GOLDEN
from processes import ROOT, Demo, Process, example, streamforge

from streamforge_graph import Gate, KafkaRecords, parse, read_jsonl, snapshots

pytest.importorskip("confluent_kafka")

RECORDING = ROOT / "recordings" / "binance-us-10.jsonl.gz"
FIVE = "graph.include=binance-us:(BCHBTC|BTCUSD|ETHBTC|SOLUSD|DOGEUSD)"
EVENTS = "sink.market-events.topic=market-events"


@pytest.fixture(scope="module")
def market():
    """A job that has played a recording, and is still there."""
    demo = Demo("--recording", RECORDING, "--speed", "max", "--set", FIVE, "--set", EVENTS)
    try:
        demo.await_end(300)
        yield demo.bootstrap_servers
    finally:
        demo.close()


@pytest.fixture(scope="module")
def replayed(tmp_path_factory):
    """What `replay` writes."""
    out = tmp_path_factory.mktemp("replayed")
    streamforge("replay", "--recording", RECORDING, "--out", out, "--set", FIVE).await_end(600)
    return out / "graph-features.jsonl"


def test_reads_what_replay_writes_today(replayed):
    today, golden = list(read_jsonl(replayed)), list(read_jsonl(GOLDEN))
    assert [s.identity for s in today] == [s.identity for s in golden]
    assert [s.node_ids for s in today] == [s.node_ids for s in golden]
    assert all(np.array_equal(t.node_mid, g.node_mid) for t, g in zip(today, golden))


def test_features_are_those_of_the_catalogue(replayed):
    said = json.loads("\n".join(streamforge("features", "--json").await_end(300).lines))
    first = next(read_jsonl(replayed))
    of_nodes = [f["name"] for f in said if f["of"] == "node" and f["in_graph"]]
    assert list(first.feature_names) == of_nodes
    assert list(first.edge_attr_names) == [f["name"] for f in said if f["of"] == "edge"]
    assert list(first.u_names) == [f["name"] for f in said if f["of"] == "u"]


def test_the_topic_holds_what_replay_writes(market, replayed):
    with KafkaRecords(market, "reader") as records:
        came = list(snapshots(record.value for record in records.until_end()))
        assert records.lag() == 0
    assert [s.digest for s in came] == [s.digest for s in read_jsonl(replayed)]


def test_a_group_goes_on_where_it_left_off(market):
    gate, times = Gate(), []
    with KafkaRecords(market, "one") as records:
        for record in records.until_end():
            times.append(gate.admit(record.value).time_us)
            if len(times) == 50:
                records.commit({record.partition: record.offset + 1})
            if len(times) == 60:
                break
        assert records.lag() == 60
    with KafkaRecords(market, "one") as records:
        again = [parse(record.value).time_us for record in records.until_end()]
        assert again[:10] == times[50:] and len(again) == 70
    with KafkaRecords(market, "another") as records:
        assert len(list(records.until_end())) == 120


def test_starts_at_offsets_that_were_saved_with_a_model(market):
    with KafkaRecords(market, "one") as whole:
        partition = next(whole.until_end()).partition
    with KafkaRecords(market, "one", offsets={partition: 100}) as records:
        assert [record.offset for record in records.until_end()] == list(range(100, 120))


def test_a_topic_that_is_not_there(market):
    with pytest.raises(LookupError, match="no topic grph-features"):
        KafkaRecords(market, "reader", "grph-features")


def test_the_trainer_learns_once_from_each(market, tmp_path):
    arguments = ["--bootstrap-servers", market, "--state", tmp_path / "model.pt", "--once"]
    first = example("live.py", *arguments).await_end(300)
    # Labels are known up to 61 s before the last step; one in five is learnt from.
    assert "taken 120 " in first.lines[-1] and "learnt 12;" in first.lines[-1]
    assert "behind 0, missing 0, repeated 0" in first.lines[-1]
    again = example("live.py", *arguments).await_end(300)
    assert again.lines[0].startswith("goes on after 120 snapshots")
    assert "taken 120 " in again.lines[-1] and "learnt 12;" in again.lines[-1]


def test_the_example_of_market_events_prints_best_prices(market):
    consumer = ROOT / "docs" / "products" / "best_prices.py"
    prices = Process([sys.executable, consumer, market])
    try:
        prices.await_line(r"^binance-us:BTCUSD is live$", 60)
        prices.await_line(r"^binance-us:BTCUSD [0-9.]+ / [0-9.]+$", 60)
    finally:
        prices.stop()
