"""A network with what it needs to be trained and to forecast."""

from __future__ import annotations

from typing import List, Sequence, Tuple

import numpy as np
import torch
from torch.nn import functional

from streamforge_graph import UNKNOWN_CLASS, Scaler, Snapshot

from .baselines import Forecast
from .network import Batch, MarketNetwork
from .task import Sample

_BATCH = 16


class Learner:
    """Trained on a part of the samples, with the last of them kept to say when to stop."""

    def __init__(self, training: Sequence[Sample], seed: int = 0, epochs: int = 12) -> None:
        torch.manual_seed(seed)
        fitted, kept = _set_aside(training)
        self._scaler = Scaler.fit(one.snapshot for one in fitted)
        target = np.concatenate([one.volatility for one in fitted])
        self._mean, self._deviation = float(np.nanmean(target)), float(np.nanstd(target))
        first = fitted[0].snapshot
        self.network = MarketNetwork(first.x.shape[1], first.edge_attr.shape[1])
        self._fit(fitted, kept, epochs, np.random.default_rng(seed))

    def _fit(
        self,
        fitted: Sequence[Sample],
        kept: Sequence[Sample],
        epochs: int,
        random: np.random.Generator,
    ) -> None:
        scaled = [self._scaler.scale(one.snapshot) for one in fitted]
        scaled_kept = [self._scaler.scale(one.snapshot) for one in kept]
        steps = -(-len(fitted) // _BATCH) * epochs
        optimiser = torch.optim.AdamW(self.network.parameters(), lr=2e-3, weight_decay=1e-2)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=4e-3, total_steps=steps)
        best, best_state = np.inf, None
        for _ in range(epochs):
            order = random.permutation(len(fitted))
            self.network.train()
            for at in range(0, len(order), _BATCH):
                chosen = order[at : at + _BATCH]
                loss = self._loss([scaled[n] for n in chosen], [fitted[n] for n in chosen])
                optimiser.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
                optimiser.step()
                schedule.step()
            now = self._mean_loss(scaled_kept, kept)
            if now < best:
                best = now
                best_state = {k: v.clone() for k, v in self.network.state_dict().items()}
        if best_state is not None:
            self.network.load_state_dict(best_state)

    def _mean_loss(self, scaled: Sequence[Snapshot], samples: Sequence[Sample]) -> float:
        self.network.eval()
        with torch.no_grad():
            losses = [
                float(self._loss(scaled[at : at + _BATCH], samples[at : at + _BATCH]))
                for at in range(0, len(samples), _BATCH)
            ]
        return float(np.mean(losses))

    def _loss(self, scaled: Sequence[Snapshot], samples: Sequence[Sample]) -> torch.Tensor:
        volatility, scores = self.network(Batch(scaled))
        known = np.concatenate([one.volatility for one in samples])
        target = torch.from_numpy(((known - self._mean) / self._deviation).astype(np.float32))
        classes = torch.from_numpy(np.concatenate([one.direction for one in samples]))
        return loss(volatility, scores, target, classes)

    def forecast(self, samples: Sequence[Sample]) -> Forecast:
        self.network.eval()
        parts: List[Tuple[np.ndarray, np.ndarray]] = []
        with torch.no_grad():
            for at in range(0, len(samples), _BATCH):
                scaled = [self._scaler.scale(s.snapshot) for s in samples[at : at + _BATCH]]
                volatility, scores = self.network(Batch(scaled))
                parts.append((volatility.numpy(), torch.softmax(scores, dim=1).numpy()))
        volatility = np.concatenate([v for v, _ in parts]).astype(np.float64)
        chances = np.concatenate([c for _, c in parts]).astype(np.float64)
        return self._mean + self._deviation * volatility, chances


def loss(
    volatility: torch.Tensor, scores: torch.Tensor, target: torch.Tensor, classes: torch.Tensor
) -> torch.Tensor:
    """Squared error of the log volatility and cross entropy of the direction, where known."""
    known = ~torch.isnan(target)
    total = scores.sum() * 0
    if known.any():
        total = total + functional.mse_loss(volatility[known], target[known])
    if (classes != UNKNOWN_CLASS).any():
        total = total + functional.cross_entropy(scores, classes, ignore_index=UNKNOWN_CLASS)
    return total


def _set_aside(training: Sequence[Sample]) -> Tuple[Sequence[Sample], Sequence[Sample]]:
    # The last seventh, but nothing that the rest's labels look at.
    begin = len(training) - max(1, len(training) // 7)
    begins_us = training[begin].snapshot.time_us
    fitted = [one for one in training[:begin] if one.end_us <= begins_us]
    if not fitted:
        raise ValueError(f"{len(training)} samples are too few to train on")
    return fitted, training[begin:]
