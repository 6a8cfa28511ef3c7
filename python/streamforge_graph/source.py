"""Where snapshots come from: JSON lines, or a topic in Kafka."""

from __future__ import annotations

import gzip
import os
import time
from collections import OrderedDict
from typing import (
    Any,
    Dict,
    Iterable,
    Iterator,
    List,
    Mapping,
    NamedTuple,
    Optional,
    Set,
    Tuple,
    Union,
)

from .snapshot import RecordError, Snapshot, parse


class FeatureSetChanged(RecordError):
    """The columns are not those that a model was made for."""


class Gate:
    """Lets each snapshot through once, all of one feature set.

    Delivery is at least once: after a failure the job writes its last records again, the same
    bytes. A graph's records come in order of time, so one that is not newer is such a repeat, and
    is checked to be one: two jobs that write one topic with different settings do not go unnoticed.
    """

    def __init__(self, feature_set: Optional[str] = None, remember: int = 4096) -> None:
        """
        :param feature_set: the one that a model was made for; without it that of the first snapshot
        :param remember: how many records of a graph are compared with their repeats
        """
        self.feature_set = feature_set
        self.repeats = 0
        self._remember = remember
        self._first: Optional[Snapshot] = None
        self._digests: Dict[str, "OrderedDict[int, bytes]"] = {}

    def admit(self, record: Union[bytes, str]) -> Optional[Snapshot]:
        """The record's snapshot; None if it is a repeat."""
        snapshot = parse(record)
        self._check_features(snapshot)
        digests = self._digests.setdefault(snapshot.graph, OrderedDict())
        if not digests or snapshot.time_us > next(reversed(digests)):
            digests[snapshot.time_us] = snapshot.digest
            if len(digests) > self._remember:
                digests.popitem(last=False)
            return snapshot
        if snapshot.time_us >= next(iter(digests)):
            before = digests.get(snapshot.time_us)
            if before is None:
                raise RecordError(f"{snapshot.identity} came after newer ones")
            if before != snapshot.digest:
                raise RecordError(f"{snapshot.identity} came twice, with different bytes")
        self.repeats += 1
        return None

    def _check_features(self, snapshot: Snapshot) -> None:
        if self.feature_set is None:
            self.feature_set = snapshot.feature_set
        if self._first is None and snapshot.feature_set == self.feature_set:
            self._first = snapshot
        if snapshot.feature_set == self.feature_set:
            return
        change = ""
        if self._first is not None:
            before = {*self._first.feature_names, *self._first.edge_attr_names}
            after = {*snapshot.feature_names, *snapshot.edge_attr_names}
            change = f": gone {sorted(before - after)}, new {sorted(after - before)}"
        raise FeatureSetChanged(
            f"{snapshot.identity} has feature set {snapshot.feature_set}, "
            f"not {self.feature_set}{change}"
        )


def snapshots(
    records: Iterable[Union[bytes, str]], feature_set: Optional[str] = None
) -> Iterator[Snapshot]:
    """Snapshots from the values of records, through a gate."""
    gate = Gate(feature_set)
    for record in records:
        snapshot = gate.admit(record)
        if snapshot is not None:
            yield snapshot


def read_jsonl(
    path: Union[str, "os.PathLike[str]"], feature_set: Optional[str] = None
) -> Iterator[Snapshot]:
    """Snapshots from a file of JSON lines, gzipped if its name ends in `.gz`: what `replay` writes."""
    opened: Any = gzip.open if os.fspath(path).endswith(".gz") else open
    with opened(path, "rb") as lines:
        yield from snapshots((line for line in lines if line.strip()), feature_set)


class KafkaRecord(NamedTuple):
    """The value of a record, and where it stands."""

    value: bytes
    partition: int
    offset: int


class KafkaRecords:
    """The records of a topic, from where a consumer group left off.

    All partitions are read here: what belongs to the state of one model is not shared out by the
    group. The group's offsets are where its progress can be seen, and where it goes on from.
    """

    _PARTITIONS_LOOKED_UP_EVERY_S = 60.0

    def __init__(
        self,
        bootstrap_servers: str,
        group: str,
        topic: str = "graph-features",
        offsets: Optional[Mapping[int, int]] = None,
        config: Optional[Mapping[str, Any]] = None,
    ) -> None:
        """
        :param offsets: where to start, by partition; else where the group left off; else the
            beginning
        :param config: more settings of the client: security, for one
        """
        import confluent_kafka

        self._kafka = confluent_kafka
        self.topic = topic
        self._consumer = confluent_kafka.Consumer(
            {
                "bootstrap.servers": bootstrap_servers,
                "group.id": group,
                "enable.auto.commit": False,
                "isolation.level": "read_committed",
                # An offset whose record is gone is a loss to be told, not one to be skipped.
                "auto.offset.reset": "error",
                "enable.partition.eof": True,
                # A graph is one record, of up to the job's max.request.size.
                "fetch.message.max.bytes": 32 << 20,
                "receive.message.max.bytes": 128 << 20,
                **(config or {}),
            }
        )
        self._partitions = self._look_up_partitions()
        self._positions = self._start(offsets or {})
        self._at_end: Set[int] = set()
        self._looked_up = time.monotonic()
        partition = confluent_kafka.TopicPartition
        self._consumer.assign([partition(topic, n, at) for n, at in self._positions.items()])

    def _look_up_partitions(self) -> List[int]:
        found = self._consumer.list_topics(self.topic, timeout=10).topics[self.topic]
        if found.error is not None:
            raise LookupError(f"no topic {self.topic}: {found.error}")
        return sorted(found.partitions)

    def _start(self, offsets: Mapping[int, int]) -> Dict[int, int]:
        partition = self._kafka.TopicPartition
        committed = self._consumer.committed(
            [partition(self.topic, number) for number in self._partitions], timeout=30
        )
        start = {}
        for found in committed:
            oldest = self._watermarks(found.partition)[0]
            offset = offsets.get(found.partition, found.offset)
            if 0 <= offset < oldest:
                raise LookupError(
                    f"{self.topic}-{found.partition} holds nothing before {oldest}, and this is at "
                    f"{offset}: {oldest - offset} records are gone"
                )
            start[found.partition] = max(offset, oldest)
        return start

    def _watermarks(self, number: int) -> Tuple[int, int]:
        partition = self._kafka.TopicPartition(self.topic, number)
        low, high = self._consumer.get_watermark_offsets(partition, timeout=10)
        return low, high

    def poll(self, timeout_s: float = 1.0) -> Optional[KafkaRecord]:
        """The next record; None if none came in time."""
        now = time.monotonic()
        if now - self._looked_up > self._PARTITIONS_LOOKED_UP_EVERY_S:
            self._looked_up = now
            self._check_partitions()
        message = self._consumer.poll(timeout_s)
        if message is None:
            return None
        error = message.error()
        if error is not None:
            if error.code() == self._kafka.KafkaError._PARTITION_EOF:
                self._at_end.add(message.partition())
                self._positions[message.partition()] = message.offset()
            elif not error.retriable():
                raise self._kafka.KafkaException(error)
            return None
        self._at_end.discard(message.partition())
        self._positions[message.partition()] = message.offset() + 1
        if message.value() is None:
            return None
        return KafkaRecord(message.value(), message.partition(), message.offset())

    def _check_partitions(self) -> None:
        try:
            now = self._look_up_partitions()
        except self._kafka.KafkaException:
            return  # no broker just now: reading says so
        if now != self._partitions:
            raise RuntimeError(
                f"{self.topic} has {len(now)} partitions and had {len(self._partitions)}: start again"
            )

    def __iter__(self) -> Iterator[KafkaRecord]:
        """Records as they come, without end."""
        while True:
            record = self.poll()
            if record is not None:
                yield record

    def until_end(self) -> Iterator[KafkaRecord]:
        """Records until all that the topic has are read."""
        while not self.at_end:
            record = self.poll()
            if record is not None:
                yield record

    @property
    def at_end(self) -> bool:
        """Whether all that the topic had when last asked has been read."""
        return len(self._at_end) == len(self._partitions)

    @property
    def positions(self) -> Dict[int, int]:
        """The next offset to be read, by partition."""
        return dict(self._positions)

    def lag(self) -> int:
        """How many of the topic's records have not been taken from here."""
        return sum(max(0, self._watermarks(n)[1] - at) for n, at in self._positions.items())

    def commit(self, offsets: Mapping[int, int]) -> None:
        """Says to the group where to go on: by partition, the next offset to be read."""
        if offsets:
            partition = self._kafka.TopicPartition
            self._consumer.commit(
                offsets=[partition(self.topic, n, offset) for n, offset in offsets.items()],
                asynchronous=False,
            )

    def close(self) -> None:
        self._consumer.close()

    def __enter__(self) -> "KafkaRecords":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
