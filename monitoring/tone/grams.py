"""The linear part over character n-grams: one to four characters packed into 64 bits, looked up for a whole batch at once."""

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from monitoring.tone.model import GramWeights

LONGEST = 4
_NUMBER = re.compile(r"百分之[零一二三四五六七八九十百点两]+|\d[\d,.]*%")
_DIGITS = re.compile(r"\d[\d,.]*")
_BATCH = 2048


def gram_text(text: str) -> str:
    """`text` with every number alike, so that the grams learn words and not amounts."""
    return _DIGITS.sub("0", _NUMBER.sub("0%", text))


def codes(text: str) -> NDArray[np.uint64]:
    """The UTF-16 units of `text`."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16).astype(np.uint64)


def packed(units: NDArray[np.uint64]) -> list[NDArray[np.uint64]]:
    """For each length 1..4 the packed grams starting at each place; 0 where a gram would touch a separator (unit 0)."""
    grams, whole = [units], units
    for length in range(2, LONGEST + 1):
        shifted = np.zeros_like(units)
        shifted[: max(len(units) - length + 1, 0)] = units[length - 1 :]
        whole = np.where((whole != 0) & (shifted != 0), whole | (shifted << np.uint64(16 * (length - 1))), np.uint64(0))
        grams.append(whole)
    return grams


def key(gram: str) -> int:
    """The packed form of one gram of up to four UTF-16 units."""
    return int(sum(int(unit) << (16 * place) for place, unit in enumerate(codes(gram))))


def table(weights: Mapping[str, Sequence[float]]) -> GramWeights:
    """A lookup table from {gram: weight for each tone}."""
    keys = np.array([key(gram) for gram in weights], dtype=np.uint64)
    values = np.array(list(weights.values()), dtype=np.float32).reshape(len(keys), 3)
    order = np.argsort(keys)
    return GramWeights(keys[order], values[order])


def look_up(grams: NDArray[np.uint64], weights: GramWeights) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Which grams are known, and the row of each known one."""
    rows = np.searchsorted(weights.keys, grams)
    rows[rows == len(weights.keys)] = 0
    known = weights.keys[rows] == grams
    return known, rows


def score(texts: Sequence[str], weights: GramWeights) -> NDArray[np.float64]:
    """(n, 3) log-odds of the three tones, divided by the root of the number of grams so that length does not saturate them."""
    if not len(weights.keys):
        return np.zeros((len(texts), 3))
    parts = [_batch(texts[i : i + _BATCH], weights) for i in range(0, len(texts), _BATCH)]
    return np.concatenate(parts) if parts else np.zeros((0, 3))


def _batch(texts: Sequence[str], weights: GramWeights) -> NDArray[np.float64]:
    units = codes("\0".join(texts) + "\0")
    owner = np.cumsum(units == 0) - (units == 0)
    total = np.zeros((len(texts), 3))
    count = np.zeros(len(texts))
    for grams in packed(units):
        real = np.flatnonzero(grams)
        count += np.bincount(owner[real], minlength=len(texts))
        known, rows = look_up(grams[real], weights)
        places, found = owner[real][known], weights.weights[rows[known]]
        for tone in range(3):
            total[:, tone] += np.bincount(places, weights=found[:, tone], minlength=len(texts))
    return total / np.sqrt(np.maximum(count, 1.0))[:, None]


def telling(text: str, weights: GramWeights, most: int = 3) -> tuple[tuple[str, float], ...]:
    """The grams of `text` that lean furthest, as (gram, positive minus negative log-odds)."""
    if not text or not len(weights.keys):
        return ()
    leaning: dict[str, float] = {}
    for length, grams in enumerate(packed(codes(text)), start=1):
        known, rows = look_up(grams, weights)
        for place in np.flatnonzero(known & (grams != 0)):
            lean = weights.weights[rows[place]]
            leaning[text[place : place + length]] = float(lean[2] - lean[0])
    return tuple(sorted(leaning.items(), key=lambda pair: -abs(pair[1]))[:most])


def all_grams(text: str) -> Iterable[str]:
    """Every gram of `text` as often as it occurs, for training."""
    for length in range(1, LONGEST + 1):
        for start in range(len(text) - length + 1):
            gram = text[start : start + length]
            if "\0" not in gram:
                yield gram
