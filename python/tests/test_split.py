"""Training parts end before test parts begin, by the labels' horizon."""

from __future__ import annotations

import numpy as np
import pytest
from markets import SECOND, random_market

from streamforge_graph import outlooks, snapshots, walk_forward


def test_what_was_trained_on_had_happened_when_the_test_begins():
    samples = list(outlooks(snapshots(random_market(1, 400)), 30))
    times = [o.snapshot.time_us for o in samples]
    folds = walk_forward(times, [o.end_us for o in samples], folds=4, first_test=0.4)
    assert len(folds) == 4
    tested = []
    for fold in folds:
        begins = samples[fold.test][0].snapshot.time_us
        assert all(o.end_us <= begins for o in samples[fold.train])
        assert samples[fold.train.stop].end_us > begins, "and no more is left out than that"
        tested += range(fold.test.start, fold.test.stop)
    first = round(0.4 * len(samples))
    assert tested == list(range(first, len(samples))), "each is tested once"


def test_an_embargo_may_be_longer_and_not_shorter():
    times = np.arange(100) * SECOND
    (fold,) = walk_forward(times, times + 11 * SECOND, folds=1, embargo_us=20 * SECOND)
    assert (fold.train.stop - 1, fold.test.start) == (30, 50)
    with pytest.raises(ValueError, match="shorter than the labels'"):
        walk_forward(times, times + 11 * SECOND, folds=1, embargo_us=10 * SECOND)


def test_what_cannot_be_split_is_said():
    times = np.arange(10) * SECOND
    with pytest.raises(ValueError, match="nothing to train on"):
        walk_forward(times, times + 60 * SECOND, folds=1)
    with pytest.raises(ValueError, match="too few"):
        walk_forward(times, times, folds=9)
    with pytest.raises(ValueError, match="order of time"):
        walk_forward(times[::-1], times[::-1], folds=1)
    with pytest.raises(ValueError, match="needs samples"):
        walk_forward([], [], folds=1)
