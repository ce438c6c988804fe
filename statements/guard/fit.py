"""Learns the guard's weights from labelled sentences. Training only: needs scipy, which the desk itself does not.

Multiple-instance logistic regression: a sentence is as bad as its worst clause, so its logit is the soft maximum of the
logits of its units (log-sum-exp over clauses; Ray & Craven 2005, "Supervised versus multiple instance learning").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize

from statements.guard.features import BUCKETS, Unit
from statements.guard.network import SHARPNESS

Array = npt.NDArray[Any]
_STEP = 5.0


@dataclass(frozen=True, slots=True)
class Design:
    """Units of many sentences as one sparse matrix; `owner[i]` is the sentence of unit i, ascending."""

    matrix: Any
    owner: Array
    sentences: int

    def only(self, chosen: Array) -> "Design":
        """The same for the sentences where `chosen` is true."""
        rows = chosen[self.owner]
        return Design(self.matrix[rows], (np.cumsum(chosen) - 1)[self.owner[rows]], int(chosen.sum()))

    def weighed(self, scale: Array) -> "Design":
        """The same with each feature times its `scale` (BUCKETS,)."""
        return Design(self.matrix @ sparse.diags(scale), self.owner, self.sentences)


def design(bags: Sequence[Sequence[Unit]]) -> Design:
    """One row a unit, its features scaled to length one."""
    columns = [unit.features for bag in bags for unit in bag]
    sizes = [len(row) for row in columns]
    data = np.concatenate([unit.values for bag in bags for unit in bag])
    indptr = np.concatenate([[0], np.cumsum(sizes)])
    matrix = sparse.csr_matrix((data, np.concatenate(columns), indptr), shape=(len(columns), BUCKETS))
    return Design(matrix, np.repeat(np.arange(len(bags)), [len(bag) for bag in bags]), len(bags))


def fit(units: Design, wanted: Array, strength: float = 0.1, rounds: int = 60) -> tuple[Array, Array]:
    """Weights (BUCKETS, outputs) and bias (outputs,) for targets `wanted` (sentences, outputs) of 0 and 1.

    `strength` is the L2 penalty; `rounds` the most L-BFGS iterations. Deterministic.
    """
    used = np.unique(units.matrix.indices)
    rows = units.matrix[:, used].tocsr()
    back = rows.T.tocsr()
    first = np.searchsorted(units.owner, np.arange(units.sentences))
    shape = (len(used), wanted.shape[1])
    size = shape[0] * shape[1]

    def loss(flat: Array) -> tuple[float, Array]:
        weights, bias = flat[:size].reshape(shape), flat[size:]
        logits, shares = pool(rows @ weights * _STEP + bias, units.owner, first)
        error = 1 / (1 + np.exp(-logits)) - wanted
        value = (np.logaddexp(0, logits) - wanted * logits).sum() + strength / 2 * (weights**2).sum()
        slope = shares * error[units.owner]
        return float(value), np.concatenate([(back @ slope * _STEP + strength * weights).ravel(), slope.sum(axis=0)])

    start = np.concatenate([np.zeros(size), np.full(shape[1], -2.0)])
    solved = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds}).x
    weights = np.zeros((BUCKETS, shape[1]), dtype=np.float32)
    weights[used] = solved[:size].reshape(shape) * _STEP
    return weights, solved[size:].astype(np.float32)


def pool(scores: Array, owner: Array, first: Array) -> tuple[Array, Array]:
    """The soft maximum of unit scores a sentence, and each unit's share in it."""
    peak = np.maximum.reduceat(scores, first, axis=0)
    lifted = np.exp((scores - peak[owner]) * SHARPNESS)
    total = np.add.reduceat(lifted, first, axis=0)
    return peak + np.log(total) / SHARPNESS, lifted / total[owner]


def rarity(units: Design) -> Array:
    """(BUCKETS,): how much a feature counts; the rarer, the more, as the inverse root of the logarithm of its number."""
    often = np.log1p(np.bincount(units.matrix.indices, minlength=units.matrix.shape[1]))
    scale = 1 / np.sqrt(often + 0.5)
    return np.asarray(scale / np.sqrt((scale[units.matrix.indices] ** 2).mean()), dtype=np.float32)


def pooled(units: Design, weights: Array, bias: Array) -> Array:
    """(sentences, outputs): logits."""
    first = np.searchsorted(units.owner, np.arange(units.sentences))
    return np.asarray(pool(units.matrix @ weights + bias, units.owner, first)[0])


def probabilities(units: Design, weights: Array, bias: Array) -> Array:
    """(sentences, outputs) in 0..1."""
    return np.asarray(1 / (1 + np.exp(-pooled(units, weights, bias))))


def both(first: Design, second: Design) -> Design:
    """Two sets of sentences as one, the second after the first."""
    owner = np.concatenate([first.owner, second.owner + first.sentences])
    return Design(sparse.vstack([first.matrix, second.matrix]).tocsr(), owner, first.sentences + second.sentences)
