"""A small graph network in plain torch."""

from __future__ import annotations

from typing import Sequence, Tuple

import numpy as np
import torch
from torch import Tensor, nn

from streamforge_graph import Snapshot


class Batch:
    """Several graphs as one of unconnected parts."""

    def __init__(self, snapshots: Sequence[Snapshot]) -> None:
        """
        :param snapshots: scaled
        """
        offsets = np.cumsum([0] + [s.num_nodes for s in snapshots[:-1]])
        edges = [s.edge_index + offset for s, offset in zip(snapshots, offsets)]
        self.nodes = _with_mask([s.x for s in snapshots])
        self.edges = _with_mask([s.edge_attr for s in snapshots])
        self.edge_index = torch.from_numpy(np.concatenate(edges, axis=1))


def _with_mask(parts: "Sequence[np.ndarray]") -> Tensor:
    values = np.concatenate(parts)
    there = ~np.isnan(values)
    filled = np.where(there, values, 0).astype(np.float32)
    return torch.from_numpy(np.concatenate([filled, there.astype(np.float32)], axis=1))


class Layer(nn.Module):
    """A residual gated graph convolution (Bresson & Laurent, arXiv:1711.07553): each node takes the
    mean of what its neighbours are, each number of it weighed by a gate of its own.

    The gate is what an edge says: a neighbour that leads counts for where the price goes, one that
    is alike for how much it moves.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.message = nn.Linear(width, width, bias=False)
        self.source = nn.Linear(width, width, bias=False)
        self.target = nn.Linear(width, width, bias=False)
        self.edge = nn.Linear(width, width)
        self.own = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)

    def forward(self, nodes: Tensor, edges: Tensor, edge_index: Tensor) -> Tensor:
        # What is linear is done before nodes are spread over their edges, where rows are fewer.
        source, target = edge_index
        gate = torch.sigmoid(
            self.source(nodes)[source] + self.target(nodes)[target] + self.edge(edges)
        )
        total = torch.zeros_like(nodes).index_add_(0, target, gate * self.message(nodes)[source])
        gates = torch.zeros_like(nodes).index_add_(0, target, gate)
        return nodes + torch.relu(self.norm(self.own(nodes) + total / (gates + 0.1)))


class MarketNetwork(nn.Module):
    """Gives for each node what it adds to a forecast of log volatility, and to the scores of three
    directions: nothing, before it is trained."""

    def __init__(self, features: int, attributes: int, width: int = 32, layers: int = 1) -> None:
        super().__init__()
        self.features = features
        self.attributes = attributes
        self.nodes = nn.Sequential(nn.Linear(2 * features, width), nn.ReLU())
        self.edges = nn.Sequential(nn.Linear(2 * attributes, width), nn.ReLU())
        self.layers = nn.ModuleList([Layer(width) for _ in range(layers)])
        self.head = nn.Linear(width, 4)
        # Begins by adding nothing to what is known without it.
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, batch: Batch) -> Tuple[Tensor, Tensor]:
        nodes, edges = self.nodes(batch.nodes), self.edges(batch.edges)
        for layer in self.layers:
            nodes = layer(nodes, edges, batch.edge_index)
        out = self.head(nodes)
        return out[:, 0], out[:, 1:]
