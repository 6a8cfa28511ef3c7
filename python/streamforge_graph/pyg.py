"""Snapshots as `torch_geometric.data.Data`."""

from __future__ import annotations

from typing import Any, Callable, Optional

import numpy as np
from numpy.typing import NDArray

from .nodes import NodeDictionary
from .snapshot import Snapshot


def to_data(
    snapshot: Snapshot,
    y: Optional[NDArray[Any]] = None,
    nodes: Optional[NodeDictionary] = None,
    make: Optional[Callable[..., Any]] = None,
    **more: Any,
) -> Any:
    """A `Data` of a snapshot, usually a scaled one: what does not exist becomes 0.

    ============= ============ ==================================================
    x             float32 [N, F]
    x_mask        bool [N, F]  whether the value exists
    edge_index    int64 [2, E]
    edge_attr     float32 [E, D]
    edge_mask     bool [E, D]  whether the value exists
    u, u_mask     [1, U]       one row a graph when they are batched
    time_us       int64 [1]
    node          int64 [N]    numbers from the dictionary, with `nodes`
    y             float32 or int64, as given
    ============= ============ ==================================================

    Scaled attributes are negative as often as not: a layer that wants one weight an edge gets
    `edge_weight`, with `more`, from `Snapshot.edge_weight` of the snapshot before scaling.

    :param y: labels, NaN or UNKNOWN_CLASS where unknown
    :param nodes: new instruments are added to it
    :param make: what is called instead of `Data`
    :param more: further arrays or tensors
    """
    import torch

    if make is None:
        from torch_geometric.data import Data as make  # type: ignore[no-redef]
    full = snapshot.filled()
    arrays = {
        "x": full.x,
        "edge_index": full.edge_index,
        "edge_attr": full.edge_attr,
        "x_mask": snapshot.x_mask,
        "edge_mask": snapshot.edge_mask,
        "u": full.u[np.newaxis, :],
        "u_mask": snapshot.u_mask[np.newaxis, :],
        "time_us": np.array([snapshot.time_us], dtype=np.int64),
        **more,
    }
    if nodes is not None:
        arrays["node"] = nodes.add(snapshot.node_ids)
    if y is not None:
        arrays["y"] = y
    assert make is not None
    return make(
        **{
            name: _tensor(value) if isinstance(value, np.ndarray) else value
            for name, value in arrays.items()
        }
    )


def _tensor(array: NDArray[Any]) -> Any:
    import torch

    # A copy: what is done to a tensor is not done to its snapshot.
    return torch.from_numpy(np.array(array, np.float32 if array.dtype == np.float64 else None))
