"""The learned part at run time: hashed features in, one probability a label out, with numpy alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """`weights` is (buckets, outputs); a row of features is a list of bucket numbers, each counted once."""

    outputs: tuple[str, ...]
    weights: Floats
    bias: Floats

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> "Network":
        outputs = tuple(str(name) for name in arrays["outputs"])
        return cls(outputs, arrays["weights"].astype(np.float32), arrays["bias"].astype(np.float32))

    @property
    def buckets(self) -> int:
        return int(self.weights.shape[0])

    def probabilities(self, rows: Sequence[Sequence[int]]) -> Floats:
        """(rows, outputs) in 0..1."""
        sums = np.stack([self.weights[list(row)].sum(axis=0) / np.sqrt(max(1, len(row))) for row in rows])
        return np.asarray(1 / (1 + np.exp(-(sums + self.bias))), dtype=np.float32)
