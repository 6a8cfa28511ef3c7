"""Small made-up records of `graph-features`, for tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np

from streamforge_graph.snapshot import feature_set

GOLDEN = Path(__file__).parent / "golden" / "binance-us-5.jsonl.gz"
SECOND = 1_000_000
START_US = 1_700_000_000 * SECOND
FEATURES = ("spread_bps", "return_bps", "volatility_1m")
ATTRIBUTES = ("correlation_5m", "beta_5m")


def record(
    step: int,
    mids: Dict[str, Optional[float]],
    edges: Sequence[Tuple[int, int]] = (),
    x: Optional[List[List[Optional[float]]]] = None,
    edge_attr: Optional[List[List[Optional[float]]]] = None,
    graph: str = "market",
    features: Sequence[str] = FEATURES,
    delay_us: int = 600_000,
    **changes: Any,
) -> bytes:
    """A record of the step that many seconds after START_US."""
    ids = sorted(mids)
    time_us = START_US + step * SECOND
    value = {
        "schema": "graph-features/1",
        "graph": graph,
        "time_us": time_us,
        "interval_us": SECOND,
        "publish_interval_us": SECOND,
        "feature_set": feature_set(features, ATTRIBUTES),
        "num_nodes": len(ids),
        "node_ids": ids,
        "node_book": ["live" if mids[one] is not None else "stale" for one in ids],
        "node_mid": [mids[one] for one in ids],
        "num_nodes_left_out": 0,
        "nodes_left_out": [],
        "available_us": time_us + delay_us,
        "feature_names": list(features),
        "x": x if x is not None else [[2.0] * len(features) for _ in ids],
        "num_edges": len(edges),
        "edge_index": [[s for s, _ in edges], [t for _, t in edges]],
        "edge_attr_names": list(ATTRIBUTES),
        "edge_attr": edge_attr if edge_attr is not None else [[-0.5, None] for _ in edges],
        "u_names": ["live_share", "first_eigenvalue_share"],
        "u": [1.0, None],
        **changes,
    }
    return json.dumps(value, separators=(",", ":")).encode()


def random_market(seed: int, steps: int, nodes: int = 4, delay_us: int = 600_000) -> List[bytes]:
    """A market of random walks, whose nodes come and go and whose mids are missing at times."""
    random = np.random.default_rng(seed)
    prices = np.exp(random.normal(5, 1, nodes))
    records = []
    for step in range(steps):
        prices *= np.exp(random.normal(0, 1e-3, nodes))
        there = random.random(nodes) < 0.95
        there[0] = True
        mids = {
            f"v:{n}": None if random.random() < 0.05 else float(prices[n])
            for n in range(nodes)
            if there[n]
        }
        count = len(mids)
        pairs = [(s, t) for s in range(count) for t in range(count) if s != t]
        edges = [pair for pair in pairs if random.random() < 0.5]
        records.append(
            record(
                step,
                mids,
                edges,
                _values(random, count, len(FEATURES)),
                _values(random, len(edges), len(ATTRIBUTES)),
                delay_us=delay_us,
            )
        )
    return records


def _values(random: np.random.Generator, rows: int, columns: int) -> List[List[Optional[float]]]:
    return [
        [None if random.random() < 0.2 else float(random.normal()) for _ in range(columns)]
        for _ in range(rows)
    ]
