"""What is learnt: log volatility and direction of each node, from when a snapshot can be known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import List, Sequence

import numpy as np
from numpy.typing import NDArray

from streamforge_graph import UNKNOWN_CLASS, Outlook, Snapshot, direction, log_volatility
from streamforge_graph.labels import YEAR_S
from streamforge_graph.snapshot import feature_set

VOLATILITY_STEPS = 60
DIRECTION_STEPS = 10

HAR_TERMS = ("volatility_1m", "volatility_5m", "volatility_1h")
"""A node's own volatility over three windows: Corsi's heterogeneous autoregression, in minutes."""

_RELATIVE = ("volatility_1m", "volatility_1h", "ewma_volatility", "parkinson_5m")
"""Given as the logarithm of what they are to volatility_5m."""

_IN_VOLATILITY = ("spread_bps", "weighted_mid_bps", "return_bps", "return_1m_bps", "return_5m_bps")
"""Given in units of what volatility_5m is for a second."""

_LOGARITHMIC = ("book_age_ms", "book_updates", "trades")
"""Given as logarithms: they have long tails."""

_AS_THEY_ARE = (
    "imbalance_1",
    "imbalance_5",
    "ofi_normalised",
    "ofi_normalised_1m",
    "trade_imbalance_1m",
    "zero_return_share_5m",
)

_OF_EDGES = (
    "correlation_5m",
    "correlation_1s_5m",
    "ewma_correlation",
    "beta_5m",
    "lead_ms",
    "lead_lag_asymmetry",
    "in_tree",
)

INPUTS = _RELATIVE + _IN_VOLATILITY + _LOGARITHMIC + _AS_THEY_ARE

_FLOOR = 1e-3


@dataclass(frozen=True, eq=False)
class Sample:
    """A snapshot and its labels."""

    snapshot: Snapshot
    """With the network's inputs, not scaled."""
    end_us: int
    """The last moment that a label looks at."""
    last: NDArray[np.float64]
    """[N]: log volatility of the last minute; NaN if unknown."""
    har: NDArray[np.float64]
    """[N, terms]: HAR_TERMS, in logarithms; NaN where unknown."""
    around: NDArray[np.float64]
    """[N, terms]: the mean of the neighbours' terms."""
    volatility: NDArray[np.float64]
    """[N]: log volatility to come; NaN where unknown, or nothing moved."""
    direction: NDArray[np.int64]
    """[N]: class to come; UNKNOWN_CLASS where unknown."""
    last_direction: NDArray[np.int64]
    """[N]: the class of the last minute, by the same dead zone."""


def given(snapshot: Snapshot) -> Sample:
    """What is known with a snapshot: a sample whose labels are unknown."""
    har = _har_terms(snapshot)
    zone_bps = snapshot.feature("spread_bps") / 2
    moved_bps = np.nan_to_num(snapshot.feature("return_1m_bps"))
    return Sample(
        snapshot=inputs(snapshot),
        end_us=snapshot.time_us,
        last=har[:, 0],
        har=har,
        around=_around(snapshot, har),
        volatility=np.full(snapshot.num_nodes, np.nan),
        direction=np.full(snapshot.num_nodes, UNKNOWN_CLASS),
        last_direction=1 + (moved_bps > zone_bps).astype(np.int64) - (moved_bps < -zone_bps),
    )


def sample(outlook: Outlook, direction_steps: int = DIRECTION_STEPS) -> Sample:
    """The sample of a snapshot whose horizon has passed."""
    return replace(
        given(outlook.snapshot),
        end_us=outlook.end_us,
        volatility=log_volatility(outlook),
        direction=direction(outlook.first(direction_steps)),
    )


def _har_terms(snapshot: Snapshot) -> NDArray[np.float64]:
    """[N, terms]: HAR_TERMS of each node, in logarithms; NaN where unknown."""
    return np.stack([_log(snapshot.feature(name)) for name in HAR_TERMS], axis=1)


def _around(snapshot: Snapshot, terms: NDArray[np.float64]) -> NDArray[np.float64]:
    # Weighed by the square of the correlation; NaN where no neighbour has the term.
    source, target = snapshot.edge_index
    there = ~np.isnan(terms[source])
    weight = snapshot.edge_weight()[:, np.newaxis].astype(np.float64) ** 2 * there
    total, weights = np.zeros_like(terms), np.zeros_like(terms)
    np.add.at(total, target, weight * np.nan_to_num(terms[source]))
    np.add.at(weights, target, weight)
    return np.divide(total, weights, out=np.full_like(total, np.nan), where=weights > 0)


def inputs(snapshot: Snapshot) -> Snapshot:
    """The same graph with what the network is given: numbers that mean the same in a calm market
    and in a wild one, in hours that it has seen and in those to come."""
    sigma = _log(snapshot.feature("volatility_5m"))
    second_bps = 1e4 * np.exp(sigma) / np.sqrt(YEAR_S)
    x = [_log(snapshot.feature(name)) - sigma for name in _RELATIVE]
    x += [snapshot.feature(name) / second_bps for name in _IN_VOLATILITY]
    x += [np.log1p(snapshot.feature(name)) for name in _LOGARITHMIC]
    x += [snapshot.feature(name) for name in _AS_THEY_ARE]
    edge_attr = [snapshot.edge_attribute(name) for name in _OF_EDGES]
    return replace(
        snapshot,
        feature_set=feature_set(INPUTS, _OF_EDGES),
        feature_names=INPUTS,
        x=np.stack(x, axis=1).astype(np.float32),
        edge_attr_names=_OF_EDGES,
        edge_attr=np.stack(edge_attr, axis=1),
    )


def _log(values: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.asarray(np.log(np.maximum(values.astype(np.float64), _FLOOR)))


def without_edges(samples: Sequence[Sample]) -> List[Sample]:
    """The same nodes, each on its own."""
    return [
        replace(one, snapshot=_alone(one.snapshot), around=np.full_like(one.around, np.nan))
        for one in samples
    ]


def _alone(snapshot: Snapshot) -> Snapshot:
    return replace(
        snapshot,
        edge_index=np.zeros((2, 0), dtype=np.int64),
        edge_attr=np.zeros((0, snapshot.edge_attr.shape[1]), dtype=np.float32),
    )
