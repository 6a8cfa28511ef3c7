"""Shapes and types that PyTorch Geometric wants.

It is not among Debian's packages: what is called here stands in for `torch_geometric.data.Data` and
has its constructor.
"""

from __future__ import annotations

import sys
import types

import numpy as np
import pytest
from markets import GOLDEN, record

from streamforge_graph import NodeDictionary, Scaler, log_volatility, outlooks, parse, read_jsonl
from streamforge_graph import to_data

torch = pytest.importorskip("torch")


class Data:
    """Keeps what it is given, as torch_geometric.data.Data does."""

    def __init__(self, x=None, edge_index=None, edge_attr=None, y=None, pos=None, **more):
        self.x = x
        self.edge_index = edge_index
        self.edge_attr = edge_attr
        self.y = y
        self.pos = pos
        for name, value in more.items():
            setattr(self, name, value)


def check(data, nodes, features, edges, attributes):
    assert data.x.dtype == torch.float32 and data.x.shape == (nodes, features)
    assert data.x_mask.dtype == torch.bool and data.x_mask.shape == (nodes, features)
    assert data.edge_index.dtype == torch.int64 and data.edge_index.shape == (2, edges)
    assert data.edge_attr.dtype == torch.float32 and data.edge_attr.shape == (edges, attributes)
    assert data.edge_mask.dtype == torch.bool and data.edge_mask.shape == (edges, attributes)
    assert data.u.shape == data.u_mask.shape and data.u.dim() == 2
    for tensor in (data.x, data.edge_attr, data.u):
        assert torch.isfinite(tensor).all()
    assert data.x.is_contiguous() and data.edge_index.is_contiguous()


def test_every_golden_graph_is_a_data():
    golden = list(read_jsonl(GOLDEN))
    scaler = Scaler.fit(golden[:60])
    nodes = NodeDictionary()
    for snapshot in golden:
        weight = snapshot.edge_weight()
        data = to_data(scaler.scale(snapshot), nodes=nodes, make=Data, edge_weight=weight)
        features, attributes = len(snapshot.feature_names), len(snapshot.edge_attr_names)
        check(data, snapshot.num_nodes, features, snapshot.num_edges, attributes)
        assert data.edge_weight.dtype == torch.float32 and (data.edge_weight >= 0).all()
        assert [nodes.ids[n] for n in data.node] == list(snapshot.node_ids)
        assert data.time_us.item() == snapshot.time_us


def test_the_weights_do_not_choke_a_normalisation_by_degree():
    # What GCNConv does: 1/√degree of summed weights, infinite ones made 0, of both ends.
    for snapshot in read_jsonl(GOLDEN):
        data = to_data(snapshot, make=Data, edge_weight=snapshot.edge_weight())
        degree = torch.zeros(snapshot.num_nodes).index_add_(0, data.edge_index[1], data.edge_weight)
        inverse = degree.pow(-0.5).masked_fill_(degree == 0, 0.0)
        weight = inverse[data.edge_index[0]] * data.edge_weight * inverse[data.edge_index[1]]
        assert torch.isfinite(weight).all()


def test_graphs_without_edges_or_nodes():
    check(to_data(parse(record(0, {"v:a": 1.0})), make=Data), 1, 3, 0, 2)
    check(to_data(parse(record(0, {})), make=Data), 0, 3, 0, 2)


def test_labels_come_along():
    outlook = next(iter(outlooks(read_jsonl(GOLDEN), 30)))
    data = to_data(outlook.snapshot, y=log_volatility(outlook), make=Data)
    assert data.y.shape == (outlook.snapshot.num_nodes,)
    assert data.y.dtype == torch.float32, "the type of what a network gives"


def test_the_data_does_not_share_memory_with_the_snapshot():
    snapshot = parse(record(0, {"v:a": 1.0, "v:b": 2.0}, [(0, 1)]))
    data = to_data(snapshot, make=Data)
    data.x.zero_()
    data.edge_index.zero_()
    assert np.all(snapshot.x == 2) and snapshot.edge_index.tolist() == [[0], [1]]


def test_uses_torch_geometric_where_it_is(monkeypatch):
    package, module = types.ModuleType("torch_geometric"), types.ModuleType("torch_geometric.data")
    module.Data = Data
    monkeypatch.setitem(sys.modules, "torch_geometric", package)
    monkeypatch.setitem(sys.modules, "torch_geometric.data", module)
    assert isinstance(to_data(parse(record(0, {"v:a": 1.0}))), Data)
