"""Forecasts without learning much: what a network has to beat."""

from __future__ import annotations

from typing import List, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from .task import HAR_TERMS, Sample

Forecast = Tuple[NDArray[np.float64], NDArray[np.float64]]
"""Log volatility [N] and probabilities of the classes [N, 3], of all nodes of all samples."""

CLASSES = 3


class LastValue:
    """As volatile as the last minute; as often up as it was after a minute such as the last."""

    def __init__(self, training: Sequence[Sample]) -> None:
        now = _joined(training, "direction")
        before = _joined(training, "last_direction")
        known = now >= 0
        self._after = np.ones((CLASSES, CLASSES))
        np.add.at(self._after, (before[known], now[known]), 1)
        self._after /= self._after.sum(axis=1, keepdims=True)

    def forecast(self, samples: Sequence[Sample]) -> Forecast:
        return _joined(samples, "last"), self._after[_joined(samples, "last_direction")]


class Har:
    """A regression on the node's own volatility over three windows; each class as often as ever."""

    _TERMS: Tuple[str, ...] = ("har",)

    def __init__(self, training: Sequence[Sample] = ()) -> None:
        columns = 1 + 2 * len(HAR_TERMS) * len(self._TERMS)
        # The normal equations, with a trace of a ridge for what never varies.
        self.gram = np.eye(columns) * 1e-6
        self.product = np.zeros(columns)
        self.counts = np.ones(CLASSES)
        if training:
            self.add(training)

    def add(self, samples: Sequence[Sample]) -> None:
        """Learns from more of them."""
        design, target = _design(self._terms(samples)), _joined(samples, "volatility")
        known = ~np.isnan(target)
        self.gram += design[known].T @ design[known]
        self.product += design[known].T @ target[known]
        classes = _joined(samples, "direction")
        self.counts += np.bincount(classes[classes >= 0], minlength=CLASSES)

    def _terms(self, samples: Sequence[Sample]) -> NDArray[np.float64]:
        return np.concatenate([_joined(samples, name) for name in self._TERMS], axis=1)

    def forecast(self, samples: Sequence[Sample]) -> Forecast:
        volatility = _design(self._terms(samples)) @ np.linalg.solve(self.gram, self.product)
        shares = self.counts / self.counts.sum()
        return volatility, np.tile(shares, (len(volatility), 1))


class NeighboursHar(Har):
    """The same on the mean of the neighbours' volatility too: the least that a graph can do."""

    _TERMS = ("har", "around")


def _design(terms: NDArray[np.float64]) -> NDArray[np.float64]:
    # An intercept, the terms, and for each whether it is missing: so that what it is then taken
    # for, 0, does not matter.
    ones = np.ones((len(terms), 1))
    return np.concatenate([ones, np.nan_to_num(terms), np.isnan(terms)], axis=1)


def _joined(samples: Sequence[Sample], name: str) -> NDArray:
    parts: List[NDArray] = [getattr(one, name) for one in samples]
    return np.concatenate(parts)
