"""Learns from a person's corrections: the trained model stays, a small linear part over character n-grams is laid over it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from monitoring.tone import grams
from monitoring.tone.judging import decide, softmax, spelled, weigh
from monitoring.tone.model import TONES, Correction, GramWeights, ToneModel

STEPS, PACE, HOLD = 150, 0.5, 0.02
"""Steps of gradient descent, their length, and the pull of every weight towards nothing (L2): enough that a dozen like
corrections turn such items, too little for them to turn others (tests/monitoring/test_tone_learning.py)."""
FOLDS = 5
FEWEST = 10
"""Corrections below which figures would say nothing; the model learns all the same."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Retrained:
    """A model that has learnt from `corrections`. `before` and `after` are the shares of them called right, `after` by
    cross-validation (each by a model that has not seen it); both are None where there are fewer than FEWEST."""

    model: ToneModel
    corrections: int
    before: float | None
    after: float | None


def retrain(model: ToneModel, corrections: Sequence[Correction]) -> Retrained:
    """Learns anew from all corrections, forgetting what earlier ones taught. To undo, keep the old model.

    Deterministic. Without corrections the trained model alone is given back.
    """
    plain = replace(model, corrected=None)
    if not corrections:
        return Retrained(plain, 0, None, None)
    base = weigh([c.item for c in corrections], [c.snow for c in corrections], [c.words for c in corrections], plain)
    lines = [grams.gram_text(spelled(c.item, plain)) for c in corrections]
    tones = np.array([TONES.index(c.tone) for c in corrections])
    learnt = replace(plain, corrected=_fit(lines, tones, base))
    if len(corrections) < FEWEST:
        return Retrained(learnt, len(corrections), None, None)
    after = _out_of_fold(lines, tones, base)
    return Retrained(learnt, len(corrections), _right(base, tones), _right(after, tones))


def _out_of_fold(lines: Sequence[str], tones: NDArray[np.int_], base: Floats) -> Floats:
    found = base.copy()
    for fold in range(FOLDS):
        held = np.arange(len(lines)) % FOLDS == fold
        seen = [line for line, out in zip(lines, held, strict=True) if not out]
        weights = _fit(seen, tones[~held], base[~held])
        found[held] += grams.score([line for line, out in zip(lines, held, strict=True) if out], weights)
    return found


def _right(logits: Floats, tones: NDArray[np.int_]) -> float:
    return float(np.mean([decide(softmax(row), 0) == tone for row, tone in zip(logits.tolist(), tones, strict=True)]))


def _fit(lines: Sequence[str], tones: NDArray[np.int_], base: Floats) -> GramWeights:
    """Multinomial logistic regression on the grams with `base` as a fixed offset, by gradient descent."""
    keys, owner, column = _columns(lines)
    root = np.sqrt(np.maximum(np.bincount(owner, minlength=len(lines)), 1.0))
    weights = np.zeros((len(keys), 3))
    wanted = np.eye(3)[tones]
    for _ in range(STEPS):
        logits = base + np.column_stack([np.bincount(owner, weights[column, t], len(lines)) for t in range(3)]) / root[:, None]
        chance = np.exp(logits - logits.max(axis=1, keepdims=True))
        missed = (wanted - chance / chance.sum(axis=1, keepdims=True)) / root[:, None]
        pull = np.column_stack([np.bincount(column, missed[owner, t], len(keys)) for t in range(3)])
        weights += PACE * (pull - HOLD * weights)
    return GramWeights(keys, weights.astype(np.float32))


def _columns(lines: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.intp], NDArray[np.intp]]:
    """The distinct grams, sorted, and for each occurrence its line and the place of its gram."""
    found, owners = [], []
    for number, line in enumerate(lines):
        every = np.concatenate(grams.packed(grams.codes(line)))
        every = every[every != 0]
        found.append(every)
        owners.append(np.full(len(every), number))
    keys, column = np.unique(np.concatenate(found), return_inverse=True)
    return keys, np.concatenate(owners), column
