"""Snapshots of StreamForge's market graph, for models that learn from them."""

from .labels import (
    DOWN,
    FLAT,
    UNKNOWN_CLASS,
    UP,
    Outlook,
    Outlooks,
    direction,
    log_volatility,
    outlooks,
    returns,
    volatility,
)
from .nodes import UNKNOWN, NodeDictionary
from .pyg import to_data
from .scaling import Scaler, TrailingScaler
from .snapshot import RecordError, Snapshot, parse
from .source import (
    FeatureSetChanged,
    Gate,
    KafkaRecord,
    KafkaRecords,
    read_jsonl,
    snapshots,
)
from .split import Fold, walk_forward

__all__ = [
    "DOWN",
    "FLAT",
    "UNKNOWN",
    "UNKNOWN_CLASS",
    "UP",
    "FeatureSetChanged",
    "Fold",
    "Gate",
    "KafkaRecord",
    "KafkaRecords",
    "NodeDictionary",
    "Outlook",
    "Outlooks",
    "RecordError",
    "Scaler",
    "Snapshot",
    "TrailingScaler",
    "direction",
    "log_volatility",
    "outlooks",
    "parse",
    "read_jsonl",
    "returns",
    "snapshots",
    "to_data",
    "volatility",
    "walk_forward",
]
