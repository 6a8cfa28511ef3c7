"""What is learnt: log volatility and direction of each node, from when a snapshot can be known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import List, Sequence

import numpy as np
from numpy.typing import NDArray

from streamforge_graph import Outlook, Snapshot, direction, log_volatility

VOLATILITY_TICKS = 60
DIRECTION_TICKS = 60

HAR_TERMS = ("volatility_1m", "volatility_5m", "volatility_1h")
"""A node's own volatility over three windows: Corsi's heterogeneous autoregression, in minutes."""

_POSITIVE = (
    "spread_bps",
    "impact_buy_bps",
    "impact_sell_bps",
    "book_age_ms",
    "book_updates",
    "trades",
    "volatility_1m",
    "volatility_5m",
    "volatility_1h",
    "volatility_24h",
    "parkinson_5m",
    "ewma_volatility",
)
_FLOOR = 1e-3


@dataclass(frozen=True, eq=False)
class Sample:
    """A snapshot and its labels."""

    snapshot: Snapshot
    """With logarithms, not scaled."""
    end_us: int
    """The last moment that a label looks at."""
    last: NDArray[np.float64]
    """[N]: log volatility of the last minute; NaN if unknown."""
    har: NDArray[np.float64]
    """[N, terms]: of `har_terms`."""
    volatility: NDArray[np.float64]
    """[N]: log volatility to come; NaN where unknown, or nothing moved."""
    direction: NDArray[np.int64]
    """[N]: class to come; UNKNOWN_CLASS where unknown."""
    last_direction: NDArray[np.int64]
    """[N]: the class of the last minute, by the same dead zone."""


def sample(outlook: Outlook, direction_ticks: int = DIRECTION_TICKS) -> Sample:
    """The sample of a snapshot whose horizon has passed."""
    snapshot = outlook.snapshot
    har = har_terms(snapshot)
    zone_bps = snapshot.feature("spread_bps") / 2
    moved_bps = np.nan_to_num(snapshot.feature("return_1m_bps"))
    return Sample(
        snapshot=with_logarithms(snapshot),
        end_us=outlook.end_us,
        last=har[:, 0],
        har=har,
        volatility=log_volatility(outlook),
        direction=direction(outlook.first(direction_ticks)),
        last_direction=1 + (moved_bps > zone_bps).astype(np.int64) - (moved_bps < -zone_bps),
    )


def har_terms(snapshot: Snapshot) -> NDArray[np.float64]:
    """[N, terms]: HAR_TERMS of each node, in logarithms; NaN where unknown."""
    return np.stack([_log(snapshot.feature(name)) for name in HAR_TERMS], axis=1)


def with_logarithms(snapshot: Snapshot) -> Snapshot:
    """Positive features with long tails as their logarithms."""
    x = snapshot.x.copy()
    for column, name in enumerate(snapshot.feature_names):
        if name in _POSITIVE:
            x[:, column] = _log(x[:, column])
    return replace(snapshot, x=x)


def _log(values: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.asarray(np.log(np.maximum(values.astype(np.float64), _FLOOR)))


def without_edges(samples: Sequence[Sample]) -> List[Sample]:
    """The same nodes, each on its own."""
    return [replace(one, snapshot=_alone(one.snapshot)) for one in samples]


def _alone(snapshot: Snapshot) -> Snapshot:
    return replace(
        snapshot,
        edge_index=np.zeros((2, 0), dtype=np.int64),
        edge_attr=np.zeros((0, snapshot.edge_attr.shape[1]), dtype=np.float32),
    )
