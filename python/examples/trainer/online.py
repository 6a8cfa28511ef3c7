"""Learning from a live topic: each snapshot once, in order, forecast first and learnt from later."""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional, Tuple

import numpy as np
import torch

from streamforge_graph import Outlook, Outlooks, Snapshot, TrailingScaler

from . import task
from .baselines import Har, NeighboursHar
from .learner import added, losses
from .network import Batch, MarketNetwork

_SCALER_HALF_LIFE = 600
_SCORES_HALF_LIFE = 60
_FORECASTERS = ("network", "HAR", "last")

Identity = Tuple[str, int]


class Online:
    """A network that follows a topic. What it has become depends on the snapshots alone, not on
    when they came or how often it was stopped: goes on from `state`, to the same bits.

    Snapshots that wait for their label are not in the state. They are still in the topic, and are
    to be given again after a `restore`, from the oldest of `waiting` on.
    """

    def __init__(self, seed: int = 0, every: int = 5) -> None:
        """
        :param every: steps from one snapshot that is learnt from to the next
        """
        self.feature_set: Optional[str] = None
        self.newest_us: Dict[str, int] = {}
        self.taken = 0
        self.missing = 0
        self.learnt = 0
        self.scores = {name: np.nan for name in _FORECASTERS}
        self._seed = seed
        self._every = every
        self._outlooks = Outlooks(task.VOLATILITY_STEPS)
        self._forecasts: Dict[Identity, Dict[str, np.ndarray]] = {}
        self._scaler = TrailingScaler(_SCALER_HALF_LIFE)
        self._har = Har()
        self._base = NeighboursHar()
        self._network: Optional[MarketNetwork] = None
        self._optimiser: Optional[torch.optim.Optimizer] = None

    @property
    def waiting(self) -> Tuple[Snapshot, ...]:
        """The snapshots whose label is not known yet."""
        return self._outlooks.waiting

    def take(self, snapshot: Snapshot) -> None:
        """Forecasts from the next snapshot, and learns from those whose label is known with it."""
        newest = self.newest_us.get(snapshot.graph)
        if newest is None or snapshot.time_us > newest:
            self._count(snapshot, newest)
            if snapshot.time_us // snapshot.publish_interval_us % self._every == 0:
                self._forecasts[snapshot.identity] = self._forecast(snapshot)
        for outlook in self._outlooks.add(snapshot):
            forecast = self._forecasts.pop(outlook.snapshot.identity, None)
            if forecast is not None:
                self._learn(outlook, forecast)

    def _count(self, snapshot: Snapshot, newest: Optional[int]) -> None:
        if self._network is None:
            self.feature_set = snapshot.feature_set
            inputs = task.inputs(snapshot)
            self._make_network(inputs.x.shape[1], inputs.edge_attr.shape[1])
        if newest is not None:
            self.missing += (snapshot.time_us - newest) // snapshot.publish_interval_us - 1
        self.newest_us[snapshot.graph] = snapshot.time_us
        self.taken += 1

    def _make_network(self, features: int, attributes: int) -> None:
        torch.manual_seed(self._seed)
        self._network = MarketNetwork(features, attributes)
        self._optimiser = torch.optim.AdamW(self._network.parameters(), lr=1e-3, weight_decay=1e-2)

    def _forecast(self, snapshot: Snapshot) -> Dict[str, np.ndarray]:
        if self.learnt == 0:
            return {}
        assert self._network is not None
        given = task.given(snapshot)
        scaled = self._scaler.scale(given.snapshot)
        self._network.eval()
        with torch.no_grad():
            volatility, scores = self._network(Batch([scaled]))
        base, shares = self._base.forecast([given])
        return {
            "network": added(base, shares, volatility.numpy(), scores.numpy())[0],
            "HAR": self._har.forecast([given])[0],
            "last": given.last,
        }

    def _learn(self, outlook: Outlook, forecast: Mapping[str, np.ndarray]) -> None:
        assert self._network is not None and self._optimiser is not None
        sample = task.sample(outlook)
        if forecast:
            self._score(sample, forecast)
        self.learnt += 1
        scaled = self._scaler.step(sample.snapshot)
        self._har.add([sample])
        self._base.add([sample])
        self._network.train()
        error, surprise = losses(self._network(Batch([scaled])), [sample], self._base)
        self._optimiser.zero_grad()
        (error + surprise).backward()
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimiser.step()

    def _score(self, sample: task.Sample, forecast: Mapping[str, np.ndarray]) -> None:
        known = ~np.isnan(sample.volatility) & ~np.isnan(forecast["last"])
        if not known.any():
            return
        fade = 0.5 ** (1 / _SCORES_HALF_LIFE)
        for name in _FORECASTERS:
            now = float(np.mean((sample.volatility - forecast[name])[known] ** 2))
            before = self.scores[name]
            self.scores[name] = now if np.isnan(before) else fade * before + (1 - fade) * now

    def state(self) -> Dict[str, Any]:
        """All that `restore` needs, but for the snapshots that wait."""
        made = self._network is not None
        return {
            "feature_set": self.feature_set,
            "newest_us": dict(self.newest_us),
            "counts": (self.taken, self.missing, self.learnt),
            "scores": dict(self.scores),
            "forecasts": {key: dict(value) for key, value in self._forecasts.items()},
            "scaler": self._scaler.state(),
            "baselines": [(one.gram, one.product, one.counts) for one in (self._har, self._base)],
            "network": self._network.state_dict() if self._network else None,
            "shape": self._shape() if made else None,
            "optimiser": self._optimiser.state_dict() if self._optimiser else None,
        }

    def _shape(self) -> Tuple[int, int]:
        assert self._network is not None
        return self._network.features, self._network.attributes

    def restore(self, state: Mapping[str, Any]) -> None:
        self.feature_set = state["feature_set"]
        self.newest_us = dict(state["newest_us"])
        self.taken, self.missing, self.learnt = state["counts"]
        self.scores = dict(state["scores"])
        self._forecasts = dict(state["forecasts"])
        self._scaler.restore(state["scaler"])
        for one, saved in zip((self._har, self._base), state["baselines"]):
            one.gram, one.product, one.counts = saved
        if state["shape"] is not None:
            self._make_network(*state["shape"])
            assert self._network is not None and self._optimiser is not None
            self._network.load_state_dict(state["network"])
            self._optimiser.load_state_dict(state["optimiser"])
