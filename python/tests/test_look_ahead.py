"""Nothing that a model is given at T depends on what comes after T, and no label on what T itself
would need to be known for: shown by changing the rest of the market and looking for a difference."""

from __future__ import annotations

import json

import numpy as np
import pytest
from markets import SECOND, random_market

from streamforge_graph import (
    Scaler,
    TrailingScaler,
    direction,
    log_volatility,
    outlooks,
    returns,
    snapshots,
)

STEPS = 60
HORIZON = 7
DELAYS_US = (600_000, SECOND, 2_300_000)


def changed(records, positions, random):
    """The records with other numbers at some positions: mids, features, edges' attributes."""

    def other(numbers):
        return [None if n is None else n * float(random.uniform(0.5, 2)) for n in numbers]

    result = list(records)
    for position in positions:
        value = json.loads(records[position])
        value["node_mid"] = other(value["node_mid"])
        value["x"] = [other(row) for row in value["x"]]
        value["edge_attr"] = [other(row) for row in value["edge_attr"]]
        result[position] = json.dumps(value).encode()
    return result


def inputs(records, scaled_by):
    """What a model is given, by T."""
    given = {}
    training = list(snapshots(records))[: STEPS // 3]
    fixed, trailing = Scaler.fit(training), TrailingScaler(10)
    for snapshot in snapshots(records):
        moving = trailing.step(snapshot)
        scaled = {"fixed": fixed.scale, "trailing": lambda _: moving}[scaled_by](snapshot)
        full = scaled.filled()
        given[snapshot.time_us] = (
            full.x.tobytes(),
            scaled.x_mask.tobytes(),
            full.edge_index.tobytes(),
            full.edge_attr.tobytes(),
            scaled.edge_mask.tobytes(),
            full.u.tobytes(),
        )
    return given


def labels(records):
    """The labels, by T."""
    return {
        o.snapshot.time_us: np.concatenate([log_volatility(o), returns(o), direction(o)])
        for o in outlooks(snapshots(records), HORIZON)
    }


def same(a, b):
    return np.array_equal(a, b, equal_nan=True)


@pytest.mark.parametrize("seed", range(12))
def test_inputs_do_not_depend_on_anything_later(seed):
    random = np.random.default_rng(seed)
    records = random_market(seed, STEPS, delay_us=DELAYS_US[seed % 3])
    cut = int(random.integers(STEPS // 3, STEPS - 1))
    later = changed(records, range(cut + 1, STEPS), random)
    for scaled_by in ("fixed", "trailing"):
        before, after = inputs(records, scaled_by), inputs(later, scaled_by)
        times = sorted(before)
        assert [before[t] for t in times[: cut + 1]] == [after[t] for t in times[: cut + 1]]
        assert [before[t] for t in times[cut + 1 :]] != [after[t] for t in times[cut + 1 :]]


@pytest.mark.parametrize("seed", range(12))
def test_a_label_depends_on_its_horizon_and_on_nothing_before_or_after(seed):
    random = np.random.default_rng(100 + seed)
    delay_us = DELAYS_US[seed % 3]
    records = random_market(seed, STEPS, delay_us=delay_us)
    before = labels(records)
    position = int(random.integers(0, STEPS - HORIZON - 3))
    time_us = sorted(before)[position]
    start = position + -(-delay_us // SECOND)
    inside = range(start, start + HORIZON + 1)
    # T itself is in no label of its own, but for the spread that was known.
    outside = [n for n in range(STEPS) if n not in inside and n != position]
    assert same(labels(changed(records, outside, random))[time_us], before[time_us])
    known = ~np.isnan(before[time_us])
    after = labels(changed(records, inside, random))[time_us]
    count = len(after) // 3
    moved = slice(count, 2 * count)
    assert not np.any(after[moved][known[moved]] == before[time_us][moved][known[moved]])


@pytest.mark.parametrize("seed", range(12))
def test_a_label_is_known_no_earlier_than_its_end_and_never_changes(seed):
    records = random_market(seed, STEPS, delay_us=DELAYS_US[seed % 3])
    all_of_them = labels(records)
    for length in range(1, STEPS + 1):
        so_far = labels(records[:length])
        newest = list(snapshots(records[:length]))[-1].time_us
        for time_us, label in so_far.items():
            assert time_us + HORIZON * SECOND < newest
            assert same(label, all_of_them[time_us])
