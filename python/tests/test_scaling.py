"""Scaling by what was known."""

from __future__ import annotations

import numpy as np
import pytest
from markets import GOLDEN, random_market, record

from streamforge_graph import Scaler, TrailingScaler, parse, read_jsonl, snapshots


def test_the_training_part_has_mean_zero_and_deviation_one():
    training = list(snapshots(random_market(1, 300)))
    scaler = Scaler.fit(training)
    rows = np.concatenate([scaler.scale(s).x for s in training]).astype(float)
    assert np.allclose(np.nanmean(rows, axis=0), 0, atol=1e-5)
    assert np.allclose(np.nanstd(rows, axis=0), 1, atol=1e-5)
    edges = np.concatenate([scaler.scale(s).edge_attr for s in training]).astype(float)
    assert np.allclose(np.nanstd(edges, axis=0), 1, atol=1e-5)


def test_what_does_not_exist_becomes_the_mean():
    training = list(snapshots(random_market(2, 50)))
    scaled = Scaler.fit(training).scale(training[-1])
    assert np.array_equal(scaled.x_mask, training[-1].x_mask)
    full = scaled.filled()
    assert np.all(full.x[~training[-1].x_mask] == 0) and np.isfinite(full.x).all()
    assert np.isfinite(full.edge_attr).all() and np.isfinite(full.u).all()


def test_tails_are_clipped_and_constants_are_zero():
    def step(number, value):
        return parse(record(number, {"v:a": 1.0}, x=[[value, 7.0, None]]))

    scaler = Scaler.fit(step(n, float(n % 2)) for n in range(10))
    assert scaler.scale(step(11, 1e9)).x[0, :2].tolist() == [5.0, 0.0]
    assert scaler.scale(step(11, 0.5)).x[0, :2].tolist() == [0.0, 0.0]
    # A column that the training part never saw is not scaled, but is bounded.
    late = parse(record(12, {"v:a": 1.0}, x=[[0.0, 7.0, -800.0]]))
    assert scaler.scale(late).x[0, 2] == -5.0


def test_moments_are_those_of_all_values_at_once():
    golden = list(read_jsonl(GOLDEN))
    scaler = Scaler.fit(golden, clip=np.inf)
    rows = np.concatenate([s.x for s in golden]).astype(float)
    column = golden[0].feature_names.index("book_age_ms")
    ages = rows[:, column]
    expected = (golden[50].x[:, column] - np.nanmean(ages)) / np.nanstd(ages)
    assert np.allclose(scaler.scale(golden[50]).x[:, column], expected, rtol=1e-5)


def test_trailing_follows_the_market():
    def step(number, value):
        return parse(record(number, {"v:a": 1.0, "v:b": 1.0}, x=[[value] * 3, [value + 2] * 3]))

    scaler = TrailingScaler(half_life=10)
    for number in range(200):
        before = scaler.step(step(number, 0.0))
    assert before.x[:, 0] == pytest.approx([-1, 1], abs=1e-4)
    for number in range(200, 400):
        after = scaler.step(step(number, 100.0))
    assert after.x[:, 0] == pytest.approx([-1, 1], abs=0.01)


def test_goes_on_from_a_saved_state():
    steps = list(snapshots(random_market(3, 60)))
    whole, saved, restored = (TrailingScaler(20) for _ in range(3))
    for one in steps[:40]:
        whole.step(one)
        saved.step(one)
    restored.restore(saved.state())
    for one in steps[40:]:
        assert np.array_equal(whole.step(one).x, restored.step(one).x, equal_nan=True)


def test_another_feature_set_is_refused():
    scaler = Scaler.fit(snapshots(random_market(4, 5)))
    with pytest.raises(ValueError, match="feature set"):
        scaler.scale(next(read_jsonl(GOLDEN)))
    with pytest.raises(ValueError, match="no snapshots"):
        Scaler.fit([])
