#!/usr/bin/env python3
"""Learns from graph-features as they come, in its own consumer group, and goes on where it was.

    ./streamforge demo --kafka-port 9092
    python3 python/examples/live.py --bootstrap-servers localhost:9092 --state model.pt

Its state and the offset that belongs to it are one file, replaced as a whole: after a crash it
takes up both, reads again the snapshots that were waiting for their label, and has learnt from each
once. The group's offset in Kafka follows, so that its lag can be watched.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any, Dict, Optional, Tuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # works without an installation

import torch  # noqa: E402
from trainer.online import Identity, Online  # noqa: E402

from streamforge_graph import Gate, KafkaRecord, KafkaRecords, RecordError  # noqa: E402


class StateFile:
    """A state that is there as a whole or as it was before, of one process at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = open(f"{path}.lock", "w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            sys.exit(f"{path} belongs to another trainer that runs")

    def load(self) -> Optional[Dict[str, Any]]:
        if not self._path.exists():
            return None
        state: Dict[str, Any] = torch.load(self._path, weights_only=False)
        return state

    def save(self, state: Dict[str, Any]) -> None:
        new = f"{self._path}.new"
        with open(new, "wb") as out:
            torch.save(state, out)
            out.flush()
            os.fsync(out.fileno())
        os.replace(new, self._path)


class Trainer:
    """Between the topic, the model and its file."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._file = StateFile(Path(arguments.state))
        self._model = Online(arguments.seed)
        saved = self._file.load()
        offsets: Dict[int, int] = {}
        if saved is not None:
            self._model.restore(saved["model"])
            offsets = saved["offsets"]
        self._gate = Gate(self._model.feature_set)
        self._next = dict(offsets)
        self._waiting: Dict[Identity, Tuple[int, int]] = {}
        self.records = KafkaRecords(
            arguments.bootstrap_servers, arguments.group, arguments.topic, offsets
        )
        self._told = (time.monotonic(), self._model.taken)
        came = "goes on" if saved else "begins"
        print(
            f"{came} after {self._model.taken} snapshots, at offsets {self.records.positions}, "
            f"{self.records.lag()} behind",
            flush=True,
        )

    def take(self, record: KafkaRecord) -> None:
        snapshot = self._gate.admit(record.value)
        if snapshot is not None:
            self._waiting[snapshot.identity] = (record.partition, record.offset)
            self._model.take(snapshot)
        self._next[record.partition] = record.offset + 1

    def save(self) -> None:
        """Saves the model with the offset from which it can go on, then tells the group."""
        identities = {snapshot.identity for snapshot in self._model.waiting}
        self._waiting = {i: at for i, at in self._waiting.items() if i in identities}
        offsets = dict(self._next)
        for partition, offset in self._waiting.values():
            offsets[partition] = min(offset, offsets[partition])
        self._file.save({"model": self._model.state(), "offsets": offsets})
        self.records.commit(offsets)

    def tell(self) -> None:
        now, taken = time.monotonic(), self._model.taken
        rate = (taken - self._told[1]) / (now - self._told[0])
        self._told = (now, taken)
        scores = ", ".join(f"{name} {mse:.4f}" for name, mse in self._model.scores.items())
        print(
            f"{time.strftime('%H:%M:%S')} taken {taken} ({rate:.1f}/s), behind {self.records.lag()}, "
            f"missing {self._model.missing}, repeated {self._gate.repeats}, "
            f"learnt {self._model.learnt}; MSE of log volatility: {scores}",
            flush=True,
        )


def run(trainer: Trainer, arguments: argparse.Namespace) -> None:
    """Until a signal, or the end."""
    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    saved = told = time.monotonic()
    with trainer.records:
        try:
            while not stopped and not (arguments.once and trainer.records.at_end):
                record = trainer.records.poll(0.2)
                if record is not None:
                    trainer.take(record)
                # Each interval begins when the last save or word is over: a slow one starves nothing.
                if time.monotonic() - saved >= arguments.save_every:
                    trainer.save()
                    saved = time.monotonic()
                if time.monotonic() - told >= arguments.tell_every:
                    trainer.tell()
                    told = time.monotonic()
        finally:
            trainer.save()
        trainer.tell()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bootstrap-servers", required=True, metavar="HOST:PORT")
    parser.add_argument("--state", required=True, metavar="FILE", help="the model, and where it is")
    parser.add_argument("--group", default="streamforge-trainer")
    parser.add_argument("--topic", default="graph-features")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--save-every", type=float, default=10, metavar="S", help="seconds (10)")
    parser.add_argument("--tell-every", type=float, default=10, metavar="S", help="seconds (10)")
    parser.add_argument("--once", action="store_true", help="end where the topic ends")
    arguments = parser.parse_args()

    torch.set_num_threads(1)
    try:
        run(Trainer(arguments), arguments)
    except (LookupError, RecordError) as e:
        # Records that are gone, other columns, two jobs: for a person to decide.
        sys.exit(f"live.py: {e}")


if __name__ == "__main__":
    main()
