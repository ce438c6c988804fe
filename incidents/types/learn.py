"""Learns the weights from labelled cases: logistic regression on the same named numbers the judgement adds up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import eigsh

from incidents.types.features import GRAM_SCALE, features, gram_counts
from incidents.types.intake import TypeIntake
from incidents.types.lexicon import Lexicon

Rows = list[dict[str, float]]
GRAM = "gram:"
ROUNDS = 400


@dataclass(frozen=True)
class Settings:
    """`strictness` pulls weights to zero, those of grams `gram_pull` times as much. Features whose name starts with one of
    `leave_out` are not learned."""

    strictness: float = 1.0
    gram_pull: float = 1.0
    leave_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """Cases, one a line, and what is counted in each: `names`, of which the first `pieces` are pieces of wording."""

    names: tuple[str, ...]
    pieces: int
    numbers: sparse.csr_array

    def only(self, keep: np.ndarray) -> "Table":
        """The lines that `keep` (a Boolean each) has."""
        return Table(self.names, self.pieces, self.numbers[np.flatnonzero(keep)])


def named_numbers(intake: TypeIntake, lexicon: Lexicon) -> dict[str, float]:
    """All features of an intake by name; how often a piece of wording stands there as `gram:…`, not yet weighed."""
    numbers = {feature.name: feature.value for feature in features(intake, lexicon)}
    return numbers | {f"{GRAM}{gram}": count for gram, count in gram_counts(intake, lexicon).items()}


def known_names(rows: Rows, least_cases: int) -> tuple[str, ...]:
    """What is learned of: pieces of wording seen in enough cases, then signals and answers; sorted."""
    seen = Counter(name for row in rows for name in row)
    pieces = sorted(n for n, cases in seen.items() if n.startswith(GRAM) and least_cases <= cases < len(rows))
    return (*pieces, *sorted(n for n in seen if not n.startswith(GRAM)))


def tabulate(rows: Rows, names: Sequence[str]) -> Table:
    """The rows as a table of these names; what has another name is left out."""
    place = {name: i for i, name in enumerate(names)}
    held = [(line, place[name], value) for line, row in enumerate(rows) for name, value in row.items() if name in place]
    lines, columns, values = zip(*held, strict=True) if held else ((), (), ())
    shape = (len(rows), len(names))
    numbers = sparse.csr_array((np.array(values, dtype=np.float32), (np.array(lines, int), np.array(columns, int))), shape=shape)
    return Table(tuple(names), sum(name.startswith(GRAM) for name in names), numbers)


def worth(table: Table, targets: np.ndarray) -> np.ndarray:
    """How much each piece of wording counts: the square root of its inverse document frequency (K. Spärck Jones 1972) times
    that of how unevenly it is spread over the classes, the largest log-count ratio (S. Wang, C. Manning 2012).

    `targets` is cases × classes of 0 and 1.
    """
    stands = table.numbers[:, : table.pieces] != 0
    cases, seen = len(targets), np.asarray(stands.sum(axis=0), dtype=float)
    uneven = np.zeros(table.pieces)
    for inside in targets.T > 0:
        mine = np.asarray(stands[np.flatnonzero(inside)].sum(axis=0), dtype=float)
        ratio = ((mine + 1) / (inside.sum() + 2)) / ((seen - mine + 1) / (cases - inside.sum() + 2))
        uneven = np.maximum(uneven, np.abs(np.log(ratio)))
    return np.asarray(np.sqrt(np.log(cases / np.maximum(seen, 1)) * uneven))


def weigh(table: Table, worths: np.ndarray) -> Table:
    """The table with its pieces of wording weighed as the judgement weighs them (features.gram_values)."""
    pieces = table.numbers[:, : table.pieces].multiply(worths[None, :].astype(np.float32)).tocsr()
    length = np.sqrt(pieces.multiply(pieces).sum(axis=1))
    scaled = sparse.diags_array((GRAM_SCALE / np.where(length > 0, length, 1.0)).astype(np.float32)) @ pieces
    return Table(table.names, table.pieces, sparse.hstack([scaled, table.numbers[:, table.pieces :]], format="csr"))


def pulls(table: Table, settings: Settings) -> np.ndarray:
    """How hard each weight is pulled to zero; one that is left out without end, the bias, which is last, hardly at all."""
    of_grams = np.full(table.pieces, settings.strictness * settings.gram_pull)
    out = [name.startswith(settings.leave_out) for name in table.names[table.pieces :]]
    return np.concatenate([of_grams, np.where(out, np.inf, settings.strictness), [0.01]]).astype(np.float32)


def fit(table: Table, targets: np.ndarray, pull: np.ndarray, *, exclusive: bool) -> np.ndarray:
    """Weights (names and the bias × classes) of least log loss plus pull·|w|²/2; accelerated gradient descent.

    `targets` is cases × classes of 0 and 1; `exclusive` classes share one softmax, others each have their own sigmoid.
    At the optimum the weights are a mixture of the cases, so that one share a case and class is sought, not one a column:
    the columns are several times as many.
    """
    matrix = sparse.hstack([table.numbers, np.ones((len(targets), 1), dtype=np.float32)], format="csr")
    pulled = matrix @ sparse.diags_array(1 / pull)
    likeness = (pulled @ matrix.T).toarray()
    steepest = eigsh(likeness, k=1, return_eigenvectors=False, v0=np.ones(len(likeness), dtype=np.float32), tol=1e-3)[0]
    step = np.float32(1.0 / (0.51 * float(steepest) + 1.0))
    targets = targets.astype(np.float32)
    shares = np.zeros(targets.shape, dtype=np.float32)
    ahead, momentum = shares.copy(), 1.0
    for _ in range(ROUNDS):
        following = ahead - step * (chances(likeness @ ahead, exclusive=exclusive) - targets + ahead)
        next_momentum = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead = following + np.float32((momentum - 1) / next_momentum) * (following - shares)
        shares, momentum = following, next_momentum
    return np.asarray(pulled.T @ shares)


def scores(table: Table, weights: np.ndarray) -> np.ndarray:
    """Cases × classes, for weights as `fit` gives them."""
    return np.asarray(table.numbers @ weights[:-1] + weights[-1])


def chances(scores: np.ndarray, *, exclusive: bool) -> np.ndarray:
    if not exclusive:
        return np.asarray(1 / (1 + np.exp(-scores)))
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def folds(groups: Sequence[str], count: int) -> np.ndarray:
    """A fold number per case; cases of one group share a fold. Groups are dealt out in sorted order."""
    place = {group: i % count for i, group in enumerate(sorted(set(groups)))}
    return np.array([place[group] for group in groups])


def best_temperature(scores: np.ndarray, right: np.ndarray) -> float:
    """The divisor of held-out `scores` under which the right classes (indices) are likeliest."""
    tried = np.arange(0.4, 3.01, 0.05)
    lines = np.arange(len(right))
    losses = [-np.log(chances(scores / t, exclusive=True)[lines, right] + 1e-12).mean() for t in tried]
    return float(tried[int(np.argmin(losses))])


def by_name(table: Table, weights: np.ndarray) -> Mapping[str, np.ndarray]:
    """Weights as `fit` gives them, by the name of what they weigh; the last is the `bias`."""
    return dict(zip((*table.names, "bias"), weights, strict=True))
