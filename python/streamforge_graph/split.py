"""Training and test parts that follow each other in time."""

from __future__ import annotations

from typing import List, NamedTuple, Optional, Sequence

import numpy as np


class Fold(NamedTuple):
    """Positions of a training part and of the test part after it."""

    train: slice
    test: slice


def walk_forward(
    times_us: Sequence[int],
    ends_us: Sequence[int],
    folds: int,
    first_test: float = 0.5,
    embargo_us: Optional[int] = None,
) -> List[Fold]:
    """Each fold trains on all that was over before its test part began.

    Between the last training sample and the first test sample lies an embargo, at least as long as
    a label's horizon: what was trained on had happened when the test part begins.

    :param times_us: T of each sample, ascending
    :param ends_us: the last moment that each sample's label looks at (`Outlook.end_us`)
    :param first_test: share of the samples before the first test part
    :param embargo_us: distance of T between training and test; the horizon by default
    """
    times = np.asarray(times_us, dtype=np.int64)
    horizon = np.asarray(ends_us, dtype=np.int64) - times
    if len(times) == 0 or folds < 1 or not 0 < first_test < 1:
        raise ValueError("walk_forward needs samples, a fold, and first_test between 0 and 1")
    if np.any(np.diff(times) < 0):
        raise ValueError("the samples are in no order of time")
    if embargo_us is None:
        embargo_us = int(horizon.max())
    elif embargo_us < horizon.max():
        raise ValueError(
            f"an embargo of {embargo_us} µs is shorter than the labels' {horizon.max()}"
        )
    bounds = np.linspace(len(times) * first_test, len(times), folds + 1).round().astype(int)
    result = []
    for begin, end in zip(bounds[:-1], bounds[1:]):
        if begin == end:
            raise ValueError(f"{len(times)} samples are too few for {folds} folds")
        trained = int(np.searchsorted(times, times[begin] - embargo_us, side="right"))
        if trained == 0:
            raise ValueError("the embargo leaves nothing to train on")
        result.append(Fold(slice(0, trained), slice(int(begin), int(end))))
    return result
