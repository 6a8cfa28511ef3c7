"""The reference trainer, without a broker."""

from __future__ import annotations

import gzip
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from markets import GOLDEN
from processes import example
from states import unlike

from streamforge_graph import DOWN, UNKNOWN_CLASS, UP, Scaler, outlooks, read_jsonl, snapshots

torch = pytest.importorskip("torch")

from trainer import baselines, scores, task  # noqa: E402
from trainer.learner import Learner  # noqa: E402
from trainer.network import Batch, MarketNetwork  # noqa: E402
from trainer.online import Online  # noqa: E402


@pytest.fixture(scope="module")
def golden():
    return list(read_jsonl(GOLDEN))


@pytest.fixture(scope="module")
def samples(golden):
    return [task.sample(outlook, 10) for outlook in outlooks(golden, 20)]


def later(times):
    """The golden records again and again, each time after the last."""
    lines = gzip.decompress(GOLDEN.read_bytes()).splitlines()
    span = len(lines) * 1_000_000
    for n in range(times):
        for line in lines:
            value = json.loads(line)
            value["time_us"] += n * span
            value["available_us"] += n * span
            yield json.dumps(value).encode()


@pytest.mark.parametrize("stops", [(0,), (30,), (77,), (119,), (3, 64, 65, 100)])
def test_a_model_that_was_stopped_is_the_model_that_was_not(golden, stops):
    torch.set_num_threads(1)
    whole, stopped = Online(), Online()
    for snapshot in golden:
        whole.take(snapshot)
    for position, snapshot in enumerate(golden):
        stopped.take(snapshot)
        if position in stops:
            state, waiting = stopped.state(), stopped.waiting
            stopped = Online(seed=99)
            stopped.restore(state)
            for again in waiting:
                stopped.take(again)
    assert whole.taken == 120 and whole.learnt == 12 and whole.missing == 0
    assert unlike(stopped.state(), whole.state()) == []


def test_a_forecast_does_not_depend_on_anything_later(golden):
    lines = list(later(1))
    value = json.loads(lines[100])
    value["node_mid"] = [mid * 1.1 for mid in value["node_mid"]]
    forecasts = []
    for last in (lines[100], json.dumps(value).encode()):
        model = Online()
        for snapshot in snapshots(lines[:100]):
            model.take(snapshot)
        before = {key: dict(made) for key, made in model._forecasts.items()}
        model.take(next(snapshots([last])))
        forecasts.append((before, model.learnt))
        kept = {key: model._forecasts[key] for key in before if key in model._forecasts}
        assert unlike(kept, {key: before[key] for key in kept}) == [], "made once"
    assert unlike(forecasts[0][0], forecasts[1][0]) == []


def test_steps_that_are_missing_are_counted(golden):
    model = Online()
    for snapshot in golden[:20] + golden[23:40]:
        model.take(snapshot)
    assert (model.taken, model.missing) == (37, 3)


def test_the_networks_inputs_exist_or_are_nan(samples):
    for one in samples:
        assert one.snapshot.x.dtype == np.float32
        assert not np.isinf(one.snapshot.x).any() and not np.isinf(one.snapshot.edge_attr).any()
    share = np.mean([one.snapshot.x_mask.mean() for one in samples[-20:]])
    assert share > 0.7


def test_a_network_does_not_care_for_the_order_of_nodes_and_edges(samples):
    snapshot = Scaler.fit(one.snapshot for one in samples).scale(samples[-1].snapshot)
    torch.manual_seed(1)
    network = MarketNetwork(snapshot.x.shape[1], snapshot.edge_attr.shape[1]).eval()
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.3)
    random = np.random.default_rng(1)
    nodes, edges = random.permutation(snapshot.num_nodes), random.permutation(snapshot.num_edges)
    moved = replace(
        snapshot,
        node_ids=tuple(snapshot.node_ids[n] for n in nodes),
        x=snapshot.x[nodes],
        edge_index=np.argsort(nodes)[snapshot.edge_index[:, edges]],
        edge_attr=snapshot.edge_attr[edges],
    )
    with torch.no_grad():
        one, other = network(Batch([snapshot])), network(Batch([moved]))
        both = network(Batch([snapshot, moved]))
    for n in range(2):
        assert torch.allclose(one[n][torch.from_numpy(nodes)], other[n], atol=1e-5)
        assert torch.allclose(torch.cat([one[n], other[n]]), both[n], atol=1e-5)


def test_a_network_before_training_adds_nothing_and_takes_graphs_without_edges(samples):
    alone = task.without_edges(samples[:3])
    network = MarketNetwork(alone[0].snapshot.x.shape[1], alone[0].snapshot.edge_attr.shape[1])
    volatility, classes = network(Batch([one.snapshot for one in alone]))
    assert not volatility.any() and not classes.any()


def test_a_learner_is_the_same_each_time(samples):
    forecasts = [Learner(samples[:70], seed=1, epochs=1).forecast(samples[90:]) for _ in range(2)]
    for one, other in zip(*forecasts):
        assert np.array_equal(one, other, equal_nan=True)
    assert np.allclose(forecasts[0][1].sum(axis=1), 1)


def synthetic(samples, target):
    """The samples with another volatility to come."""
    return [replace(one, volatility=target(one)) for one in samples]


def test_har_finds_what_depends_on_the_nodes_own_volatility(samples):
    later_ones = synthetic(
        samples[40:], lambda one: 0.3 + 0.5 * one.har[:, 0] + 0.2 * one.har[:, 1]
    )
    forecast, shares = baselines.Har(later_ones).forecast(later_ones)
    target = np.concatenate([one.volatility for one in later_ones])
    known = ~np.isnan(target)
    assert np.allclose(forecast[known], target[known], atol=1e-3)
    assert np.allclose(shares.sum(axis=1), 1)


def test_neighbours_help_only_where_the_neighbours_matter(samples):
    moved = synthetic(samples[70:], lambda one: one.around[:, 0])
    target = np.concatenate([one.volatility for one in moved])
    known = ~np.isnan(target)
    errors = [
        np.mean((kind(moved).forecast(moved)[0] - target)[known] ** 2)
        for kind in (baselines.Har, baselines.NeighboursHar)
    ]
    assert errors[1] < 1e-4 < errors[0]
    alone = task.without_edges(moved)
    own, without = (
        kind(alone).forecast(alone)[0] for kind in (baselines.Har, baselines.NeighboursHar)
    )
    assert np.allclose(own, without, atol=1e-6)


def led(one, random):
    """The sample, where a node goes where one of its neighbours, which leads, has just gone."""
    snapshot = one.snapshot
    x, edge_attr = snapshot.x.copy(), snapshot.edge_attr.copy()
    returns = x[:, task.INPUTS.index("return_bps")]
    lead_ms = edge_attr[:, snapshot.edge_attr_names.index("lead_ms")]
    returns[:] = random.normal(size=len(returns))
    lead_ms[:] = 0
    source, target = snapshot.edge_index
    directions = np.full(len(x), UNKNOWN_CLASS)
    for node in set(target):
        edge = random.choice(np.flatnonzero(target == node))
        lead_ms[edge] = 2000
        directions[node] = UP if returns[source[edge]] > 0 else DOWN
    return replace(
        one,
        snapshot=replace(snapshot, x=x, edge_attr=edge_attr),
        volatility=np.full(len(x), np.nan),
        direction=directions,
    )


def test_a_network_finds_that_a_neighbour_leads(samples):
    random = np.random.default_rng(1)
    market = [led(one, random) for one in samples for _ in range(12)]
    training, test = market[:1000], market[1000:]
    classes = np.concatenate([one.direction for one in test])
    right = []
    for see in (list, task.without_edges):
        chances = Learner(see(training), epochs=12).forecast(see(test))[1]
        right.append(np.mean((chances.argmax(axis=1) == classes)[classes != UNKNOWN_CLASS]))
    assert right[0] > 0.8 and right[1] < 0.65


def test_scores(samples):
    target = np.concatenate([one.volatility for one in samples])
    classes = np.concatenate([one.direction for one in samples])
    chances = np.full((len(target), 3), 0.25)
    chances[np.arange(len(target)), np.maximum(classes, 0)] = 0.5
    everything = np.ones(len(target), dtype=bool)
    perfect = scores.score((target, chances), samples, 0.0, everything)
    assert (perfect.mse, perfect.qlike, perfect.accuracy) == (0, 0, 1)
    assert perfect.log_loss == pytest.approx(math.log(2))
    assert perfect.volatilities == np.sum(~np.isnan(target))
    low = (target - 0.1, chances)
    off = scores.score(low, samples, 0.0, everything)
    assert off.mse == pytest.approx(0.01)
    assert off.qlike == pytest.approx(math.exp(0.2) - 0.2 - 1)
    assert scores.bias(low, samples) == pytest.approx(0.1)


def test_walks_forward_over_a_file(tmp_path):
    file = tmp_path / "graph-features.jsonl"
    file.write_bytes(b"\n".join(later(5)))
    arguments = ["--every", 5, "--folds", 2, "--epochs", 1, "--json", tmp_path / "scores.json"]
    scored = []
    for nodes in ("", "BTCUSD"):
        more = ["--nodes", nodes]
        printed = example("walk_forward.py", file, *arguments, *more).await_end(300).lines
        for name in ("last value", "HAR", "HAR, neighbours", "network, no edges", "network"):
            assert any(line.startswith(name + " ") for line in printed)
        folds = json.loads((tmp_path / "scores.json").read_text())
        assert len(folds) == 2
        scored.append(folds[0]["network"]["volatilities"])
    assert 0 < scored[1] < scored[0]


def test_says_that_a_file_is_too_short():
    process = example("walk_forward.py", GOLDEN)
    process.await_line("too short|nothing to train on", 120)
