"""Instruments as numbers that never change."""

from __future__ import annotations

import json
import os
from typing import Dict, Iterable, List, Tuple, Union

import numpy as np
from numpy.typing import NDArray

UNKNOWN = -1


class NodeDictionary:
    """Numbers for instruments: the first seen is 0, none is ever given anew.

    A node's place in a snapshot says nothing: `node_ids` is sorted and its members change. What a
    model learns about an instrument (an embedding, a scale of its own) is kept under its number.
    """

    def __init__(self, ids: Iterable[str] = ()) -> None:
        self._numbers: Dict[str, int] = {}
        self.add(tuple(ids))

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def ids(self) -> Tuple[str, ...]:
        """The instruments, in order of their numbers."""
        return tuple(self._numbers)

    def add(self, ids: Iterable[str]) -> NDArray[np.int64]:
        """int64: the numbers of instruments, new ones for those not known."""
        return np.array(
            [self._numbers.setdefault(one, len(self._numbers)) for one in ids], dtype=np.int64
        )

    def numbers(self, ids: Iterable[str]) -> NDArray[np.int64]:
        """int64: the numbers of instruments, UNKNOWN for those not known."""
        return np.array([self._numbers.get(one, UNKNOWN) for one in ids], dtype=np.int64)

    def save(self, path: Union[str, "os.PathLike[str]"]) -> None:
        with open(path, "w", encoding="utf-8") as out:
            json.dump(list(self._numbers), out, indent=0)

    @classmethod
    def load(cls, path: Union[str, "os.PathLike[str]"]) -> "NodeDictionary":
        with open(path, encoding="utf-8") as source:
            ids: List[str] = json.load(source)
        return cls(ids)
