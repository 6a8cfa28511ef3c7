"""States of models, compared."""

from __future__ import annotations

from typing import Any, List

import numpy as np


def unlike(one: Any, other: Any, path: str = "state") -> List[str]:
    """Where two states differ."""
    if isinstance(one, dict):
        if one.keys() != other.keys():
            return [path]
        return [p for k in one for p in unlike(one[k], other[k], f"{path}/{k}")]
    if isinstance(one, (list, tuple)):
        if len(one) != len(other):
            return [path]
        return [p for n in range(len(one)) for p in unlike(one[n], other[n], f"{path}/{n}")]
    a, b = np.asarray(one), np.asarray(other)
    floats = bool(np.issubdtype(a.dtype, np.floating))
    return [] if np.array_equal(a, b, equal_nan=floats) else [path]
