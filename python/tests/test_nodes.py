"""Numbers of instruments."""

from __future__ import annotations

from streamforge_graph import UNKNOWN, NodeDictionary


def test_a_number_never_changes(tmp_path):
    nodes = NodeDictionary()
    assert nodes.add(["v:b", "v:c"]).tolist() == [0, 1]
    assert nodes.add(["v:a", "v:b", "v:c"]).tolist() == [2, 0, 1]
    assert nodes.numbers(["v:a", "v:z"]).tolist() == [2, UNKNOWN]
    assert len(nodes) == 3, "asking makes no number"
    nodes.save(tmp_path / "nodes.json")
    again = NodeDictionary.load(tmp_path / "nodes.json")
    assert again.ids == nodes.ids == ("v:b", "v:c", "v:a")
    assert again.add(["v:d", "v:a"]).tolist() == [3, 2]
