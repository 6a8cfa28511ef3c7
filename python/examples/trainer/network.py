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
    """Each node takes the mean of its neighbours' messages, each weighed by a gate.

    A message is ReLU(A source + B target + C edge). What is linear is done where there are fewest
    rows: A and B before nodes are spread over their edges, what follows after they are summed up.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.source = nn.Linear(width, width)
        self.target = nn.Linear(width, width, bias=False)
        self.edge = nn.Linear(width, width, bias=False)
        self.gate = nn.Linear(width, 1)
        self.update = nn.Sequential(nn.Linear(2 * width, width), nn.ReLU(), nn.Linear(width, width))
        self.norm = nn.LayerNorm(width)

    def forward(self, nodes: Tensor, edges: Tensor, edge_index: Tensor) -> Tensor:
        source, target = edge_index
        message = torch.relu(
            self.source(nodes)[source] + self.target(nodes)[target] + self.edge(edges)
        )
        weight = torch.sigmoid(self.gate(message))
        total = torch.zeros_like(nodes).index_add_(0, target, weight * message)
        weights = torch.zeros_like(nodes[:, :1]).index_add_(0, target, weight)
        taken = total / (weights + 0.1)
        return self.norm(nodes + self.update(torch.cat([nodes, taken], dim=1)))


class MarketNetwork(nn.Module):
    """Gives for each node what it adds to a forecast of log volatility, and to the scores of three
    directions: nothing, before it is trained."""

    def __init__(self, features: int, attributes: int, width: int = 32, layers: int = 2) -> None:
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
