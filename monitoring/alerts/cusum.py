"""A Poisson CUSUM in the form of a log-likelihood ratio, with an expectation that differs from step to step.

Page (1954), Biometrika 41: the chart. Lucas (1985), Technometrics 27:129-144: counts; dividing by ln(ratio) gives his
S = max(0, S + count - k) with k = (ratio - 1) * expected / ln(ratio). Höhle and Paul (2008), Computational Statistics &
Data Analysis 52:4357-4368: the same with a time-varying expectation. Lorden (1971), Annals of Mathematical Statistics
42:1897-1908: with the threshold ln(A) false alarms are at least A steps apart on average, whatever the expectation.
"""

from collections.abc import Sequence
from math import inf, log


def evidence(count: int, expected: float, ratio: float) -> float:
    """ln of how much likelier `count` is under `ratio` times the expectation: count * ln(ratio) - expected * (ratio - 1)."""
    return count * log(ratio) - expected * (ratio - 1)


def cusum(counts: Sequence[int], expected: Sequence[float], ratio: float, restart_at: float = inf) -> list[float]:
    """The sum after each step; it starts at 0 and never falls below. `ratio` > 1 is the rise worth finding. After a step at
    which the sum reached `restart_at` it starts from 0 again, so that what is over is soon forgotten."""
    sums, standing = [], 0.0
    for count, usual in zip(counts, expected, strict=True):
        standing = max(0.0, (standing if standing < restart_at else 0.0) + evidence(count, usual, ratio))
        sums.append(standing)
    return sums


def threshold(steps_between_false_alarms: float) -> float:
    """The sum at which to alarm so that false alarms are at least so many steps apart on average (Lorden's bound)."""
    return log(max(1.0, steps_between_false_alarms))
