"""A network with what it needs to be trained and to forecast."""

from __future__ import annotations

import copy
from typing import List, Sequence, Tuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from streamforge_graph import UNKNOWN_CLASS, Scaler, Snapshot

from .baselines import Forecast, Har, NeighboursHar
from .network import Batch, MarketNetwork
from .task import Sample

_BATCH = 16
_UNIT = 0.3
"""Of what a network adds to a log volatility, so that both its losses are of one size."""


class Learner:
    """Trained on a part of the samples; the last of them are kept to say when it was best."""

    def __init__(
        self,
        training: Sequence[Sample],
        seed: int = 0,
        epochs: int = 12,
        width: int = 32,
        layers: int = 1,
        rate: float = 4e-3,
        decay: float = 0.1,
    ) -> None:
        torch.manual_seed(seed)
        fitted, kept = _set_aside(training)
        self._scaler = Scaler.fit(one.snapshot for one in fitted)
        self._base = NeighboursHar(fitted)
        first = fitted[0].snapshot
        shape = first.x.shape[1], first.edge_attr.shape[1]
        network = MarketNetwork(*shape, width, layers)
        steps = -(-len(fitted) // _BATCH) * epochs
        self._optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=decay)
        self._schedule = torch.optim.lr_scheduler.OneCycleLR(
            self._optimiser, max_lr=rate, total_steps=steps
        )
        self._network = network
        self._best = self._fit(fitted, kept, epochs, np.random.default_rng(seed))

    # The network when its volatility was best, and when its direction was.
    def _fit(
        self,
        fitted: Sequence[Sample],
        kept: Sequence[Sample],
        epochs: int,
        random: np.random.Generator,
    ) -> List[MarketNetwork]:
        scaled = [self._scaler.scale(one.snapshot) for one in fitted]
        scaled_kept = [self._scaler.scale(one.snapshot) for one in kept]
        smallest = self._mean_losses(scaled_kept, kept)
        best = [copy.deepcopy(self._network)] * 2
        for _ in range(epochs):
            order = random.permutation(len(fitted))
            self._network.train()
            for at in range(0, len(order), _BATCH):
                chosen = order[at : at + _BATCH]
                self._step([scaled[n] for n in chosen], [fitted[n] for n in chosen])
            losses = self._mean_losses(scaled_kept, kept)
            for n in np.flatnonzero(losses < smallest):
                smallest[n] = losses[n]
                best[n] = copy.deepcopy(self._network)
        return best

    def _step(self, scaled: Sequence[Snapshot], samples: Sequence[Sample]) -> None:
        volatility, direction = self._losses(scaled, samples)
        self._optimiser.zero_grad()
        (volatility + direction).backward()
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimiser.step()
        self._schedule.step()

    def _mean_losses(self, scaled: Sequence[Snapshot], samples: Sequence[Sample]) -> "np.ndarray":
        self._network.eval()
        with torch.no_grad():
            batches = [slice(at, at + _BATCH) for at in range(0, len(samples), _BATCH)]
            losses = [
                [float(part) for part in self._losses(scaled[one], samples[one])] for one in batches
            ]
        return np.mean(losses, axis=0)

    def _losses(
        self, scaled: Sequence[Snapshot], samples: Sequence[Sample]
    ) -> Tuple[torch.Tensor, torch.Tensor]:
        return losses(self._network(Batch(scaled)), samples, self._base)

    def forecast(self, samples: Sequence[Sample]) -> Forecast:
        volatilities, chances = [], []
        base, shares = self._base.forecast(samples)
        for at in range(0, len(samples), _BATCH):
            batch = Batch([self._scaler.scale(s.snapshot) for s in samples[at : at + _BATCH]])
            with torch.no_grad():
                volatilities.append(self._best[0].eval()(batch)[0].numpy())
                chances.append(self._best[1].eval()(batch)[1].numpy())
        return added(base, shares, np.concatenate(volatilities), np.concatenate(chances))


def losses(
    out: Tuple[torch.Tensor, torch.Tensor], samples: Sequence[Sample], base: Har
) -> Tuple[torch.Tensor, torch.Tensor]:
    """Squared error of the log volatility and cross entropy of the direction, where known, of what
    a network adds to what is forecast without it."""
    volatility, scores = out
    without, shares = base.forecast(samples)
    lacking = (np.concatenate([one.volatility for one in samples]) - without) / _UNIT
    target = torch.from_numpy(lacking.astype(np.float32))
    classes = torch.from_numpy(np.concatenate([one.direction for one in samples]))
    scores = scores + torch.from_numpy(np.log(shares).astype(np.float32))
    known = ~torch.isnan(target)
    error, surprise = volatility.sum() * 0, scores.sum() * 0
    if known.any():
        error = functional.mse_loss(volatility[known], target[known])
    if (classes != UNKNOWN_CLASS).any():
        surprise = functional.cross_entropy(scores, classes, ignore_index=UNKNOWN_CLASS)
    return error, surprise


def added(
    base: NDArray[np.float64],
    shares: NDArray[np.float64],
    volatility: NDArray[np.float32],
    scores: NDArray[np.float32],
) -> Forecast:
    """The forecast, from one without a network and what a network adds to it."""
    chances = shares * np.exp(scores)
    return base + _UNIT * volatility, chances / chances.sum(axis=1, keepdims=True)


def _set_aside(training: Sequence[Sample]) -> Tuple[Sequence[Sample], Sequence[Sample]]:
    # The last seventh, but nothing that the rest's labels look at.
    begin = len(training) - max(1, len(training) // 7)
    begins_us = training[begin].snapshot.time_us
    fitted = [one for one in training[:begin] if one.end_us <= begins_us]
    if not fitted:
        raise ValueError(f"{len(training)} samples are too few to train on")
    return fitted, training[begin:]
