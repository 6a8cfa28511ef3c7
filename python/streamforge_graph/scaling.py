"""Scaling by what was known: fitted on the training part, or trailing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, Iterable, Mapping, Optional

import numpy as np
from numpy.typing import NDArray

from .snapshot import Snapshot


class Moments:
    """Count, mean and sum of squared deviations of columns, of the values that exist."""

    def __init__(self, columns: int) -> None:
        self.count = np.zeros(columns)
        self.mean = np.zeros(columns)
        self.squares = np.zeros(columns)

    def fade(self, factor: float) -> None:
        """Lets what was added until now weigh less."""
        self.count *= factor
        self.squares *= factor

    def add(self, rows: NDArray[Any]) -> None:
        """:param rows: [n, columns], NaN for what does not exist"""
        values = rows.astype(np.float64)
        there = ~np.isnan(values)
        count = there.sum(axis=0)
        divisor = np.maximum(count, 1)
        mean = np.where(there, values, 0.0).sum(axis=0) / divisor
        squares = (np.where(there, values - mean, 0.0) ** 2).sum(axis=0)
        # Chan, Golub & LeVeque: sums of squares of two parts, without cancellation.
        total = self.count + count
        share = count / np.where(total > 0, total, 1.0)
        shift = mean - self.mean
        self.squares += squares + shift**2 * self.count * share
        self.mean += shift * share
        self.count = total

    def deviation(self) -> NDArray[np.float64]:
        """Standard deviation; 1 where there is none to scale by."""
        deviation = np.sqrt(self.squares / np.maximum(self.count, 1e-300))
        return np.where(deviation > 1e-9 * np.abs(self.mean), deviation, 1.0)

    def scale(self, rows: NDArray[np.float32], clip: float) -> NDArray[np.float32]:
        scaled = (rows - self.mean) / self.deviation()
        return np.clip(scaled, -clip, clip).astype(np.float32)


class Scaler:
    """Standardises `x`, `edge_attr` and `u` by column; what does not exist stays NaN.

    After it `Snapshot.filled` makes what does not exist the column's mean.
    """

    def __init__(self, clip: float = 5.0) -> None:
        """
        :param clip: largest absolute value that comes out: ages and impacts have long tails
        """
        self.clip = clip
        self.feature_set: Optional[str] = None
        self._moments: Dict[str, Moments] = {}

    @classmethod
    def fit(cls, training: Iterable[Snapshot], clip: float = 5.0) -> "Scaler":
        """One made of the training part, and of nothing else."""
        scaler = cls(clip)
        for snapshot in training:
            scaler.add(snapshot)
        if scaler.feature_set is None:
            raise ValueError("no snapshots to fit a scaler on")
        return scaler

    def add(self, snapshot: Snapshot) -> None:
        """Counts a snapshot in."""
        if self.feature_set is None:
            self.feature_set = snapshot.feature_set
            self._moments = {
                "x": Moments(snapshot.x.shape[1]),
                "edge_attr": Moments(snapshot.edge_attr.shape[1]),
                "u": Moments(len(snapshot.u)),
            }
        self._check(snapshot)
        self._moments["x"].add(snapshot.x)
        self._moments["edge_attr"].add(snapshot.edge_attr)
        self._moments["u"].add(snapshot.u[np.newaxis, :])

    def scale(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot, standardised by what was counted in until now."""
        self._check(snapshot)
        return replace(
            snapshot,
            x=self._moments["x"].scale(snapshot.x, self.clip),
            edge_attr=self._moments["edge_attr"].scale(snapshot.edge_attr, self.clip),
            u=self._moments["u"].scale(snapshot.u, self.clip),
        )

    def _check(self, snapshot: Snapshot) -> None:
        if snapshot.feature_set != self.feature_set:
            raise ValueError(
                f"{snapshot.identity} has feature set {snapshot.feature_set}, "
                f"the scaler has {self.feature_set}"
            )

    def state(self) -> Dict[str, Any]:
        """All that there is to be saved, for `restore`."""
        return {
            "feature_set": self.feature_set,
            "moments": {
                name: {"count": m.count.copy(), "mean": m.mean.copy(), "squares": m.squares.copy()}
                for name, m in self._moments.items()
            },
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        self.feature_set = state["feature_set"]
        self._moments = {}
        for name, saved in state["moments"].items():
            moments = self._moments[name] = Moments(len(saved["mean"]))
            moments.count = saved["count"].copy()
            moments.mean = saved["mean"].copy()
            moments.squares = saved["squares"].copy()


class TrailingScaler(Scaler):
    """Standardises each snapshot by itself and those before it, the older the less."""

    def __init__(self, half_life: float, clip: float = 5.0) -> None:
        """
        :param half_life: after how many snapshots one weighs half
        """
        super().__init__(clip)
        self._fade = 0.5 ** (1 / half_life)

    def step(self, snapshot: Snapshot) -> Snapshot:
        """Counts the next snapshot in, and gives it standardised."""
        for moments in self._moments.values():
            moments.fade(self._fade)
        self.add(snapshot)
        return self.scale(snapshot)
