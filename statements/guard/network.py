"""The learned part at run time: the features of clauses in, logits out, with numpy alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from statements.guard.features import Unit

Floats = npt.NDArray[np.float32]
SHARPNESS = 2.0  # how close the soft maximum over clauses comes to the hard one


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """`weights` (buckets, outputs) in small integers, times `scale` (outputs,), plus `bias` (outputs,)."""

    outputs: tuple[str, ...]
    weights: npt.NDArray[np.int8]
    scale: Floats
    bias: Floats
    thresholds: Mapping[str, float]

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, Any]) -> "Network":
        """From the arrays of an .npz file: used buckets only, the rest is zero."""
        weights = np.zeros((int(arrays["buckets"]), len(arrays["outputs"])), dtype=np.int8)
        weights[arrays["used"]] = arrays["weights"]
        outputs = tuple(str(name) for name in arrays["outputs"])
        limits = zip(arrays["threshold_names"], arrays["threshold_values"], strict=True)
        return cls(outputs, weights, arrays["scale"], arrays["bias"], {str(k): float(v) for k, v in limits})

    def logits(self, units: Sequence[Unit]) -> Floats:
        """(units, outputs)."""
        rows = [unit.values @ self.weights[unit.features] for unit in units]
        return np.asarray(np.stack(rows) * self.scale + self.bias, dtype=np.float32)


def soft_maximum(logits: Floats) -> Floats:
    """The sentence's logits (outputs,) from those of its units."""
    peak = logits.max(axis=0)
    total = np.exp((logits - peak) * SHARPNESS).sum(axis=0)
    return np.asarray(peak + np.log(total) / SHARPNESS, dtype=np.float32)


def packed(outputs: Sequence[str], weights: Any, bias: Any, thresholds: Mapping[str, float]) -> dict[str, Any]:
    """The arrays of an .npz file for trained float weights."""
    scale = np.abs(weights).max(axis=0) / 127 + 1e-12
    small = np.round(weights / scale).astype(np.int8)
    used = np.flatnonzero(np.abs(small).max(axis=1) > 0).astype(np.int32)
    return {
        "outputs": np.array(list(outputs)),
        "buckets": np.array(len(weights)),
        "used": used,
        "weights": small[used],
        "scale": scale.astype(np.float32),
        "bias": np.asarray(bias, dtype=np.float32),
        "threshold_names": np.array(list(thresholds)),
        "threshold_values": np.array(list(thresholds.values()), dtype=np.float32),
    }
