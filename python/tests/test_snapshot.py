"""A record as arrays."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest
from markets import GOLDEN, record

from streamforge_graph import RecordError, parse


def golden_lines():
    with gzip.open(GOLDEN, "rb") as lines:
        return list(lines)


def test_arrays_hold_what_the_record_holds():
    for line in golden_lines():
        value, snapshot = json.loads(line), parse(line)
        assert snapshot.identity == (value["graph"], value["time_us"])
        assert list(snapshot.node_ids) == value["node_ids"]
        for name, dtype in [("x", "float32"), ("edge_attr", "float32"), ("u", "float32")]:
            array = getattr(snapshot, name)
            assert array.dtype == dtype
            expected = np.array(value[name], dtype=object).reshape(array.shape)
            missing = np.equal(expected, None)
            assert np.array_equal(np.isnan(array), missing.astype(bool))
            # Floats stand in a record in the shortest form that is theirs alone.
            kept = array[~np.isnan(array)]
            assert np.array_equal(kept, np.array(expected[~missing.astype(bool)], dtype="float32"))
        assert snapshot.edge_index.tolist() == value["edge_index"]
        assert snapshot.node_mid.tolist() == value["node_mid"]


def test_shapes_and_types_without_an_edge():
    first = parse(golden_lines()[0])
    assert first.num_nodes == 3 and first.num_edges == 0
    assert first.edge_index.shape == (2, 0) and first.edge_index.dtype == np.int64
    assert first.edge_attr.shape == (0, len(first.edge_attr_names))
    assert first.edge_weight().shape == (0,)


def test_a_graph_without_a_node():
    empty = parse(record(0, {}))
    assert empty.x.shape == (0, 3) and empty.node_mid.shape == (0,)
    assert empty.edge_index.shape == (2, 0)


def test_null_is_nan_then_zero_with_masks():
    snapshot = parse(
        record(0, {"v:a": 1.0, "v:b": None}, [(0, 1)], [[1.0, None, 3.0], [None, 0.0, None]])
    )
    assert np.isnan(snapshot.node_mid).tolist() == [False, True]
    assert snapshot.x_mask.tolist() == [[True, False, True], [False, True, False]]
    assert snapshot.edge_mask.tolist() == [[True, False]]
    assert snapshot.u_mask.tolist() == [True, False]
    full = snapshot.filled()
    assert full.x.tolist() == [[1, 0, 3], [0, 0, 0]]
    assert full.edge_attr.tolist() == [[-0.5, 0]]
    assert np.isnan(snapshot.x).sum() == 3, "the snapshot itself is as it was"


def test_a_weight_is_never_negative_and_never_missing():
    pair = {"v:a": 1.0, "v:b": 2.0}
    snapshot = parse(record(0, pair, [(0, 1), (1, 0)], edge_attr=[[-0.5, None], [None, 1.0]]))
    assert snapshot.edge_weight().tolist() == [0.5, 0.0]


def test_features_by_name():
    snapshot = parse(record(0, {"v:a": 1.0}, x=[[1.0, 2.0, None]]))
    assert snapshot.feature("return_bps").tolist() == [2.0]
    with pytest.raises(KeyError, match="no tide in feature set"):
        snapshot.feature("tide")


def test_who_has_no_seat_is_counted_and_named():
    mids = {"v:a": 1.0}
    assert parse(record(0, mids, [])).nodes_left_out == ()
    before = record(0, mids, []).replace(b'"num_nodes_left_out":0,"nodes_left_out":[],', b"")
    assert parse(before).num_nodes_left_out == 0  # before there were seats
    left = parse(record(0, mids, [], num_nodes_left_out=21, nodes_left_out=["v:b", "v:c"]))
    assert left.num_nodes_left_out == 21
    assert left.nodes_left_out == ("v:b", "v:c")


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"schema": "graph-features/2"}, "schema is 'graph-features/2'"),
        ({"feature_set": "000000000000"}, "feature_set is 000000000000, but its names make"),
        ({"num_nodes": 3}, "3 nodes, but"),
        ({"node_mid": [1.0]}, "2 nodes, but"),
        ({"num_edges": 2}, "2 edges, but"),
        ({"edge_index": [[0], [2]]}, "an edge leads out of the 2 nodes"),
        ({"edge_index": [[0], [-1]]}, "an edge leads out of the 2 nodes"),
        ({"x": [[1.0], [2.0]]}, "reshape"),
        ({"u": []}, "2 names for 0 values of u"),
        ({"time_us": None}, "int"),
        ({"publish_interval_us": 1_500_000}, "publish_interval_us is 1500000, must be a multiple"),
        ({"publish_interval_us": 0}, "publish_interval_us is 0, must be a multiple"),
    ],
)
def test_what_is_no_snapshot_is_refused_by_name(changes, said):
    with pytest.raises(RecordError, match=said):
        parse(record(0, {"v:a": 1.0, "v:b": 2.0}, [(0, 1)], **changes))


def test_what_is_no_record_at_all():
    with pytest.raises(RecordError, match="not JSON"):
        parse(b'{"schema":')
    with pytest.raises(RecordError, match="schema is None"):
        parse(b"[]")
    with pytest.raises(RecordError, match="no field 'graph'"):
        parse(
            b'{"schema":"graph-features/1"}'.replace(
                b"}", b',"feature_names":[],"edge_attr_names":[]}'
            )
        )
