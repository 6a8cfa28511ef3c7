"""How good forecasts are."""

from __future__ import annotations

from typing import NamedTuple, Sequence

import numpy as np
from numpy.typing import NDArray

from .baselines import Forecast
from .task import Sample


class Scores(NamedTuple):
    """Smaller is better, but of `accuracy`."""

    mse: float
    """Mean squared error of the log volatility."""
    qlike: float
    """Mean of s²/f² − ln(s²/f²) − 1, s the volatility that came and f the forecast of it."""
    log_loss: float
    """Mean of −ln(the chance that was given to the direction that came)."""
    accuracy: float
    """Share of the directions that were the likeliest."""
    volatilities: int
    """Number of nodes and moments scored."""
    directions: int


def bias(forecast: Forecast, samples: Sequence[Sample]) -> float:
    """What a forecast of the logarithm lacks to be one of the variance, in logarithms.

    To be taken from the training part: QLIKE is smallest where s²/f² is 1 in the mean.
    """
    target = np.concatenate([one.volatility for one in samples])
    known = ~np.isnan(target) & ~np.isnan(forecast[0])
    ratio = np.exp(2 * (target[known] - forecast[0][known]))
    return float(np.log(ratio.mean()) / 2)


def score(
    forecast: Forecast, samples: Sequence[Sample], bias: float, scored: NDArray[np.bool_]
) -> Scores:
    """
    :param bias: of the forecast, from the training part
    :param scored: [N] the nodes of all samples that every forecast has a value for
    """
    volatility, chances = forecast
    target = np.concatenate([one.volatility for one in samples])
    known = ~np.isnan(target) & scored
    error = target[known] - volatility[known]
    log_ratio = 2 * (error - bias)
    classes = np.concatenate([one.direction for one in samples])
    told = (classes >= 0) & scored
    given = chances[told, classes[told]]
    return Scores(
        mse=float(np.mean(error**2)),
        qlike=float(np.mean(np.exp(log_ratio) - log_ratio - 1)),
        log_loss=float(np.mean(-np.log(np.maximum(given, 1e-9)))),
        accuracy=float(np.mean(chances[told].argmax(axis=1) == classes[told])),
        volatilities=int(known.sum()),
        directions=int(told.sum()),
    )
