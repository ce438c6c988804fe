"""Learns the weights from labelled cases: logistic regression on the same named numbers the judgement adds up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from incidents.types.features import features, gram_counts, gram_values
from incidents.types.intake import TypeIntake
from incidents.types.lexicon import Lexicon

Rows = list[dict[str, float]]
ROUNDS = 600


@dataclass(frozen=True)
class Settings:
    """`strictness` pulls weights to zero, those of grams `gram_pull` times as much. Features whose name starts with one of
    `leave_out` are not learned."""

    strictness: float = 1.0
    gram_pull: float = 1.0
    leave_out: tuple[str, ...] = ()


def named_numbers(intake: TypeIntake, lexicon: Lexicon) -> dict[str, float]:
    """All features of an intake by name; how often a piece of wording stands there as `gram:…`, not yet weighed."""
    numbers = {feature.name: feature.value for feature in features(intake, lexicon)}
    return numbers | {f"gram:{gram}": count for gram, count in gram_counts(intake, lexicon).items()}


def rarities(rows: Rows, least_cases: int) -> dict[str, float]:
    """The square root of the inverse document frequency (K. Spärck Jones 1972) of each piece seen in enough cases."""
    seen = Counter(name for row in rows for name in row if name.startswith("gram:"))
    known = {name.removeprefix("gram:"): n for name, n in sorted(seen.items()) if least_cases <= n < len(rows)}
    return {gram: sqrt(log(len(rows) / n)) for gram, n in known.items()}


def weighed(rows: Rows, rarity: Mapping[str, float]) -> Rows:
    """The rows with their pieces of wording weighed as the judgement weighs them."""
    return [_weighed(row, rarity) for row in rows]


def _weighed(row: dict[str, float], rarity: Mapping[str, float]) -> dict[str, float]:
    counts = {name.removeprefix("gram:"): count for name, count in row.items() if name.startswith("gram:")}
    others = {name: value for name, value in row.items() if not name.startswith("gram:")}
    return others | {f"gram:{gram}": value for gram, value in gram_values(counts, rarity).items()}


def learnable(rows: Rows, settings: Settings) -> list[str]:
    """Names that get a weight, sorted."""
    return sorted({name for row in rows for name in row if not name.startswith(settings.leave_out)})


def pull_of(names: Sequence[str], settings: Settings) -> np.ndarray:
    """How hard each weight is pulled to zero, a column; the last one is the bias, hardly at all."""
    pulls = [settings.strictness * (settings.gram_pull if name.startswith("gram:") else 1.0) for name in names]
    return np.array([*pulls, 0.01], dtype=np.float32)[:, None]


def as_matrix(rows: Rows, names: Sequence[str]) -> np.ndarray:
    """One line a case, one column a name, and a last column of ones for the bias."""
    place = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names) + 1), dtype=np.float32)
    matrix[:, -1] = 1.0
    for line, row in zip(matrix, rows, strict=True):
        for name, value in row.items():
            if name in place:
                line[place[name]] = value
    return matrix


def fit(matrix: np.ndarray, targets: np.ndarray, pull: np.ndarray, *, exclusive: bool) -> np.ndarray:
    """Weights (columns of `matrix` × classes) of least log loss plus pull·|w|²/2; accelerated gradient descent.

    `targets` is cases × classes of 0 and 1; `exclusive` classes share one softmax, others each have their own sigmoid.
    At the optimum the weights are a mixture of the cases, so that one share a case and class is sought, not one a column:
    the columns are some twenty times as many.
    """
    pulled = matrix / pull.T
    likeness = pulled @ matrix.T
    shares = np.zeros(targets.shape, dtype=np.float32)
    targets = targets.astype(np.float32)
    ahead, momentum = shares.copy(), 1.0
    step = np.float32(1.0 / (0.5 * float(np.linalg.eigvalsh(likeness)[-1]) + 1.0))
    for _ in range(ROUNDS):
        following = ahead - step * (chances(likeness @ ahead, exclusive=exclusive) - targets + ahead)
        next_momentum = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead = following + np.float32((momentum - 1) / next_momentum) * (following - shares)
        shares, momentum = following, next_momentum
    return np.asarray(pulled.T @ shares)


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
