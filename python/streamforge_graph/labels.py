"""What became of a snapshot's nodes: labels, made without looking ahead.

A snapshot of T exists from `available_us` on, later than T. A label that started at T would be one
that nobody could trade: these start at the first step that is not before `available_us`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import Deque, Dict, Iterable, Iterator, List, Optional, Tuple

import numpy as np
from numpy.typing import NDArray

from .nodes import NodeDictionary
from .snapshot import Snapshot

YEAR_S = 31_536_000
UNKNOWN_CLASS = -1
DOWN, FLAT, UP = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Outlook:
    """A snapshot, and the mids of its nodes over the horizon that begins when it can be known."""

    snapshot: Snapshot
    start_us: int
    """The first step that is not before the snapshot's `available_us`."""
    step_us: int
    mids: NDArray[np.float64]
    """float64 [h + 1, N]: at the start and h steps after it; NaN where unknown."""

    @property
    def end_us(self) -> int:
        """The last step that a label of this looks at."""
        return self.start_us + (len(self.mids) - 1) * self.step_us

    def first(self, steps: int) -> "Outlook":
        """The same over a shorter horizon."""
        if not 1 <= steps < len(self.mids):
            raise ValueError(f"steps is {steps}, must be from 1 to {len(self.mids) - 1}")
        return replace(self, mids=self.mids[: steps + 1])


class Outlooks:
    """Gives each snapshot its outlook as soon as the horizon has passed, in order of time.

    The state that it needs is the snapshots that wait: h steps and the wait for availability.
    """

    def __init__(self, steps: int, step_us: Optional[int] = None) -> None:
        """
        :param steps: h, the length of the horizon
        :param step_us: distance between the mids of a label, a multiple of the snapshots'
            `publish_interval_us`, which it is by default. Between records there are no mids, so
            that a label of shorter steps would never exist: `add` refuses it
        """
        if steps < 1:
            raise ValueError(f"steps is {steps}, must be at least 1")
        self.steps = steps
        self._step_us = step_us
        self._graphs: Dict[str, _Waiting] = {}

    def add(self, snapshot: Snapshot) -> List[Outlook]:
        """Takes the next snapshot, and gives the outlooks that are complete with it."""
        waiting = self._graphs.get(snapshot.graph)
        if waiting is None:
            step_us = self._step_us or snapshot.publish_interval_us
            waiting = self._graphs[snapshot.graph] = _Waiting(self.steps, step_us)
        return waiting.add(snapshot)

    @property
    def waiting(self) -> Tuple[Snapshot, ...]:
        """The snapshots whose horizon has not passed."""
        return tuple(s for waiting in self._graphs.values() for s in waiting.snapshots)


class _Waiting:
    """Those of one graph."""

    def __init__(self, steps: int, step_us: int) -> None:
        self.snapshots: Deque[Snapshot] = deque()
        self._steps = steps
        self._step_us = step_us
        self._nodes = NodeDictionary()
        self._mids: Dict[int, NDArray[np.float64]] = {}
        self._newest_us: Optional[int] = None

    def add(self, snapshot: Snapshot) -> List[Outlook]:
        if self._newest_us is not None and snapshot.time_us <= self._newest_us:
            raise ValueError(
                f"{snapshot.identity} is not after {self._newest_us}: no order of time"
            )
        if self._step_us % snapshot.publish_interval_us:
            raise ValueError(
                f"step_us is {self._step_us}, must be a multiple of the publish_interval_us "
                f"of {snapshot.identity}, {snapshot.publish_interval_us}"
            )
        self._newest_us = snapshot.time_us
        # Columns by number: an instrument that comes later only makes later rows longer.
        numbers = self._nodes.add(snapshot.node_ids)
        row = np.full(len(self._nodes), np.nan)
        row[numbers] = snapshot.node_mid
        self._mids[snapshot.time_us] = row
        self.snapshots.append(snapshot)
        complete = []
        while self._end_us(self.snapshots[0]) <= snapshot.time_us:
            complete.append(self._outlook(self.snapshots.popleft()))
        self._forget()
        return complete

    def _start_us(self, snapshot: Snapshot) -> int:
        return -(-snapshot.available_us // self._step_us) * self._step_us

    def _end_us(self, snapshot: Snapshot) -> int:
        return self._start_us(snapshot) + self._steps * self._step_us

    def _outlook(self, snapshot: Snapshot) -> Outlook:
        start = self._start_us(snapshot)
        numbers = self._nodes.numbers(snapshot.node_ids)
        mids = np.full((self._steps + 1, len(numbers)), np.nan)
        for k in range(self._steps + 1):
            row = self._mids.get(start + k * self._step_us)
            if row is not None:
                there = numbers < len(row)
                mids[k, there] = row[numbers[there]]
        return Outlook(snapshot, start, self._step_us, mids)

    def _forget(self) -> None:
        oldest = self._start_us(self.snapshots[0])
        for time_us in [past for past in self._mids if past < oldest]:
            del self._mids[time_us]


def outlooks(
    snapshots: Iterable[Snapshot], steps: int, step_us: Optional[int] = None
) -> Iterator[Outlook]:
    """Snapshots with what became of their nodes, without the last, of which it is not yet known."""
    made = Outlooks(steps, step_us)
    for snapshot in snapshots:
        yield from made.add(snapshot)


def returns(outlook: Outlook) -> NDArray[np.float64]:
    """float64 [N]: the log return over the horizon, NaN where an end is unknown."""
    return np.asarray(np.log(outlook.mids[-1]) - np.log(outlook.mids[0]))


def volatility(outlook: Outlook) -> NDArray[np.float64]:
    """float64 [N]: annualised realised volatility over the horizon, in the unit of the features.

    NaN where a mid of the horizon is unknown: a return over a hole is none of a step.
    """
    steps = np.diff(np.log(outlook.mids), axis=0)
    steps_a_year = YEAR_S * 1e6 / outlook.step_us
    return np.asarray(np.sqrt(np.mean(steps**2, axis=0) * steps_a_year))


def log_volatility(outlook: Outlook) -> NDArray[np.float64]:
    """float64 [N]: ln of `volatility`; NaN where that is unknown, or 0 because nothing moved."""
    sigma = volatility(outlook)
    return np.asarray(np.log(sigma, out=np.full_like(sigma, np.nan), where=sigma > 0))


def direction(
    outlook: Outlook, dead_zone: Optional[NDArray[np.float64]] = None
) -> NDArray[np.int64]:
    """int64 [N]: DOWN, FLAT or UP; UNKNOWN_CLASS where a mid or the zone is unknown.

    :param dead_zone: log returns that count as none, by node; half the spread of the snapshot by
        default: what crossing to the other side costs, as it was known then
    """
    if dead_zone is None:
        dead_zone = outlook.snapshot.feature("spread_bps").astype(np.float64) / 2e4
    moved = returns(outlook)
    classes = np.where(moved > dead_zone, UP, np.where(moved < -dead_zone, DOWN, FLAT))
    classes[np.isnan(moved) | np.isnan(dead_zone)] = UNKNOWN_CLASS
    return classes.astype(np.int64)
