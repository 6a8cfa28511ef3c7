"""One record of `graph-features`, as arrays."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any, Optional, Sequence, Tuple, Union

import numpy as np
from numpy.typing import NDArray

SCHEMA = "graph-features/1"


class RecordError(ValueError):
    """A record that is not what it should be."""


@dataclass(frozen=True, eq=False, repr=False)
class Snapshot:
    """The market as a graph at one moment.

    A number that does not exist is NaN here (`null` in the record): in `x`, `edge_attr`, `u` and
    `node_mid`. N nodes, F features, E edges, each direction one, D edge attributes.
    """

    graph: str
    """The graph's name; with `time_us` the record's identity."""
    time_us: int
    """The instant T: nothing in here comes from T or later."""
    interval_us: int
    """Distance between two samples, of which the windows of the features consist."""
    publish_interval_us: int
    """Distance between two records of the graph, a multiple of `interval_us`."""
    available_us: int
    """The earliest moment at which this can be known, later than T. A label starts here."""
    feature_set: str
    """Changes when a feature or an edge attribute is added, removed or moved."""
    node_ids: Tuple[str, ...]
    """Instruments, `venue:symbol`, sorted."""
    node_book: Tuple[str, ...]
    """`live`, or why the node has no features of the book."""
    node_mid: NDArray[np.float64]
    """float64 [N]: what labels are made of; no input of a model."""
    feature_names: Tuple[str, ...]
    x: NDArray[np.float32]
    """float32 [N, F]"""
    edge_index: NDArray[np.int64]
    """int64 [2, E]: source, target"""
    edge_attr_names: Tuple[str, ...]
    edge_attr: NDArray[np.float32]
    """float32 [E, D]"""
    u_names: Tuple[str, ...]
    u: NDArray[np.float32]
    """float32 [U]: of the graph as a whole"""
    num_nodes_left_out: int = 0
    """How many instruments have a sample and no seat in the graph (`graph.max-nodes`)."""
    nodes_left_out: Tuple[str, ...] = ()
    """The first of them, at most 20."""
    digest: bytes = b""
    """Of the record's bytes; a repeat has the same."""

    @property
    def identity(self) -> Tuple[str, int]:
        """What tells this record from others. Delivery is at least once: keep the first."""
        return self.graph, self.time_us

    @property
    def num_nodes(self) -> int:
        return len(self.node_ids)

    @property
    def num_edges(self) -> int:
        return int(self.edge_index.shape[1])

    def __repr__(self) -> str:
        return f"Snapshot({self.identity}, {self.num_nodes} nodes, {self.num_edges} edges)"

    @property
    def x_mask(self) -> NDArray[np.bool_]:
        """bool [N, F]: whether the value exists."""
        return ~np.isnan(self.x)

    @property
    def edge_mask(self) -> NDArray[np.bool_]:
        """bool [E, D]: whether the value exists."""
        return ~np.isnan(self.edge_attr)

    @property
    def u_mask(self) -> NDArray[np.bool_]:
        """bool [U]: whether the value exists."""
        return ~np.isnan(self.u)

    def feature(self, name: str) -> NDArray[np.float32]:
        """float32 [N]: one feature of every node."""
        return self.x[:, self._position(self.feature_names, name)]

    def edge_attribute(self, name: str) -> NDArray[np.float32]:
        """float32 [E]: one attribute of every edge."""
        return self.edge_attr[:, self._position(self.edge_attr_names, name)]

    def _position(self, names: Tuple[str, ...], name: str) -> int:
        try:
            return names.index(name)
        except ValueError:
            raise KeyError(f"no {name} in feature set {self.feature_set}") from None

    def edge_weight(self, name: str = "correlation_5m") -> NDArray[np.float32]:
        """float32 [E]: |attribute|, 0 where it does not exist.

        For layers that take one weight an edge and normalise by its sums (GCNConv): they turn a
        negative one into NaN.
        """
        return np.nan_to_num(np.abs(self.edge_attribute(name)), nan=0.0)

    def filled(self) -> "Snapshot":
        """The same with 0 for NaN in `x`, `edge_attr` and `u`: after scaling, which makes 0 the
        mean. Take the masks before."""
        return replace(
            self,
            x=np.nan_to_num(self.x, nan=0.0),
            edge_attr=np.nan_to_num(self.edge_attr, nan=0.0),
            u=np.nan_to_num(self.u, nan=0.0),
        )


def parse(record: Union[bytes, str]) -> Snapshot:
    """A snapshot from a record's value. RecordError if it is none."""
    if isinstance(record, str):
        record = record.encode("utf-8")
    record = record.strip()
    try:
        value = json.loads(record)
    except ValueError as e:
        raise RecordError(f"not JSON: {e}") from None
    schema = value.get("schema") if isinstance(value, dict) else None
    if schema != SCHEMA:
        raise RecordError(f"schema is {schema!r}, this reads {SCHEMA!r}")
    try:
        snapshot = _snapshot(value, hashlib.blake2b(record, digest_size=8).digest())
    except KeyError as e:
        raise RecordError(f"no field {e}") from None
    except (TypeError, ValueError) as e:
        raise RecordError(str(e)) from None
    _check(snapshot, value["num_nodes"], value["num_edges"])
    return snapshot


def _snapshot(value: Any, digest: bytes) -> Snapshot:
    feature_names = tuple(value["feature_names"])
    edge_attr_names = tuple(value["edge_attr_names"])
    return Snapshot(
        graph=value["graph"],
        time_us=int(value["time_us"]),
        interval_us=int(value["interval_us"]),
        publish_interval_us=int(value["publish_interval_us"]),
        available_us=int(value["available_us"]),
        feature_set=value["feature_set"],
        node_ids=tuple(value["node_ids"]),
        node_book=tuple(value["node_book"]),
        node_mid=np.array(value["node_mid"], dtype=np.float64),
        feature_names=feature_names,
        x=_matrix(value["x"], len(feature_names)),
        edge_index=np.array(value["edge_index"], dtype=np.int64).reshape(2, -1),
        edge_attr_names=edge_attr_names,
        edge_attr=_matrix(value["edge_attr"], len(edge_attr_names)),
        u_names=tuple(value["u_names"]),
        u=np.array(value["u"], dtype=np.float32),
        num_nodes_left_out=int(value.get("num_nodes_left_out", 0)),
        nodes_left_out=tuple(value.get("nodes_left_out", ())),
        digest=digest,
    )


def _matrix(rows: Sequence[Sequence[Optional[float]]], columns: int) -> NDArray[np.float32]:
    # None becomes NaN; without rows numpy would not know how many columns there are.
    return np.array(rows, dtype=np.float32).reshape(len(rows), columns)


def _check(snapshot: Snapshot, nodes: int, edges: int) -> None:
    interval_us, publish_interval_us = snapshot.interval_us, snapshot.publish_interval_us
    if interval_us < 1 or publish_interval_us < 1 or publish_interval_us % interval_us:
        raise RecordError(
            f"publish_interval_us is {publish_interval_us}, "
            f"must be a multiple of interval_us, {interval_us}"
        )
    said = feature_set(snapshot.feature_names, snapshot.edge_attr_names)
    of_nodes = {nodes, snapshot.num_nodes, len(snapshot.node_book), len(snapshot.node_mid)}
    if said != snapshot.feature_set:
        raise RecordError(f"feature_set is {snapshot.feature_set}, but its names make {said}")
    if of_nodes != {len(snapshot.x)}:
        raise RecordError(f"{nodes} nodes, but other numbers of them in its arrays")
    if {edges, snapshot.num_edges} != {len(snapshot.edge_attr)}:
        raise RecordError(f"{edges} edges, but other numbers of them in its arrays")
    if len(snapshot.u_names) != len(snapshot.u):
        raise RecordError(f"{len(snapshot.u_names)} names for {len(snapshot.u)} values of u")
    if edges and not (snapshot.edge_index.min() >= 0 and snapshot.edge_index.max() < nodes):
        raise RecordError(f"an edge leads out of the {nodes} nodes")


def feature_set(feature_names: Sequence[str], edge_attr_names: Sequence[str]) -> str:
    """The id of two lists of names, as the job makes it."""
    text = "\n".join(feature_names) + "\n\n" + "\n".join(edge_attr_names)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
