"""SnowNLP's own classifier (naive Bayes over its own words, counts plus one) retrained on news, with three tones."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

from monitoring.tone.model import TONES

Triple = tuple[float, float, float]
Weights = Mapping[str, Triple]


def train(documents: Sequence[Sequence[str]], tones: Sequence[str], least: int = 2) -> dict[str, Triple]:
    """{word: log-odds of each tone against the mean of the three}, for words seen at least `least` times.

    The estimate is that of snownlp.classification.bayes: a word seen n times in a class counts n + 1, one never seen
    counts 1, over the class's words plus its vocabulary.
    """
    counts = {tone: Counter[str]() for tone in TONES}
    for document, tone in zip(documents, tones, strict=True):
        counts[tone].update(document)  # type: ignore[index]
    totals = [sum(counts[tone].values()) + len(counts[tone]) for tone in TONES]
    weights = {}
    for word in sorted(set().union(*counts.values())):
        seen = [counts[tone][word] for tone in TONES]
        if sum(seen) >= least:
            logs = [log((n + 1) / max(total, 1)) for n, total in zip(seen, totals, strict=True)]
            mean = sum(logs) / 3
            weights[word] = (logs[0] - mean, logs[1] - mean, logs[2] - mean)
    return weights


def score(words: Sequence[str], weights: Weights) -> Triple:
    """Log-odds of the three tones, divided by the root of the number of known words."""
    known = [triple for triple in map(weights.get, words) if triple is not None]
    if not known:
        return (0.0, 0.0, 0.0)
    root = len(known) ** 0.5
    negative, neutral, positive = map(sum, zip(*known, strict=True))
    return (negative / root, neutral / root, positive / root)


def telling(words: Sequence[str], weights: Weights, most: int = 3) -> tuple[tuple[str, float], ...]:
    """The words that lean furthest, as (word, positive minus negative log-odds)."""
    leaning = {word: weights[word][2] - weights[word][0] for word in words if word in weights}
    return tuple(sorted(leaning.items(), key=lambda pair: -abs(pair[1]))[:most])
