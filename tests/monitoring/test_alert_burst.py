"""The CUSUM against what is known of it, and the burst rule over days that did and did not burst."""

from datetime import timedelta
from math import isclose, log

import numpy as np
import pytest
from scipy.stats import poisson

from monitoring.alerts.baseline import learn
from monitoring.alerts.cusum import cusum, evidence, threshold
from monitoring.alerts.evaluate import find, try_out
from tests.fixtures.alerts import NOW, ground, rule

HOUR, BIN = timedelta(hours=1), timedelta(minutes=15)


def test_the_sum_is_lucas_chart_times_the_logarithm_of_the_ratio() -> None:
    """Lucas (1985): S = max(0, S + count - k), k = (m1 - m0) / (ln m1 - ln m0). With m0 = 4 and m1 = 8, k = 5.7708."""
    counts = [3, 5, 4, 8, 9, 2, 10, 7, 1, 0, 12]
    k, standing, lucas = 4 / log(2), 0.0, []
    assert isclose(k, 5.7708, abs_tol=1e-4)
    for count in counts:
        standing = max(0.0, standing + count - k)
        lucas.append(standing)
    ours = [one / log(2) for one in cusum(counts, [4.0] * len(counts), 2.0)]
    assert np.allclose(ours, lucas)
    assert np.allclose(ours[:7], [0, 0, 0, 2.2292, 5.4584, 1.6876, 5.9168], atol=5e-4)


def test_a_step_is_the_logarithm_of_how_much_likelier_the_count_is() -> None:
    for count in (0, 1, 7):
        want = poisson.logpmf(count, 6.0) - poisson.logpmf(count, 2.0)
        assert isclose(evidence(count, 2.0, 3.0), want, abs_tol=1e-9)


@pytest.mark.parametrize("expected", [0.02, 0.25, 1.0, 5.0])
def test_false_alarms_are_at_least_as_far_apart_as_promised(expected: float) -> None:
    """The average run length by a Markov chain over a grid (Brook and Evans 1972), each state rounded up so that the chain
    alarms no later than the chart."""
    steps = 200.0
    limit, cells = threshold(steps), 400
    width = limit / cells
    moves = np.zeros((cells, cells))
    for state in range(cells):
        for count in range(int(poisson.ppf(1 - 1e-12, expected)) + 2):
            to = int(np.ceil(max(0.0, state * width + evidence(count, expected, 3.0)) / width))
            if to < cells:
                moves[state, to] += poisson.pmf(count, expected)
    length = np.linalg.solve(np.eye(cells) - moves, np.ones(cells))[0]
    assert length >= 0.9 * steps


def test_with_no_history_the_prior_stands_and_with_much_the_hour_of_the_week_speaks() -> None:
    prior = {"prior_rate": 1.0, "prior_hours": 72, "prior_weeks": 2}
    assert set(learn([], "Asia/Shanghai", **prior).rates) == {1.0}
    start = NOW.replace(minute=0) - timedelta(weeks=8)
    hours = [start + n * HOUR for n in range(8 * 168)]
    noisy = [(at, 20 if (at.hour + 8) % 24 == 12 else 0) for at in hours]
    usual = learn(noisy, "Asia/Shanghai", **prior)
    noon = (NOW + timedelta(days=1)).replace(hour=4, minute=0)
    assert usual.expected(noon, HOUR) > 12
    assert usual.expected(noon + 6 * HOUR, HOUR) < 0.3


def day(counts: dict[int, int], usual: int = 0):
    """A window of 24 hours in quarter hours up to now; `counts` by how many quarter hours ago."""
    end = NOW.replace(minute=30)
    bins = [(end - (96 - n) * BIN, counts.get(96 - n, 0)) for n in range(96)]
    hourly = [(bins[0][0] - n * HOUR, usual) for n in range(1, 24 * 28)] if usual else []
    return ground(bins=bins, hourly=hourly)


@pytest.mark.parametrize(
    ("counts", "usual", "levels"),
    [
        ({}, 0, []),
        ({1: 3, 2: 1, 3: 2}, 0, []),
        ({1: 6, 2: 5}, 0, ["amber", "red"]),
        ({1: 3, 2: 2, 3: 2, 4: 2}, 0, ["amber"]),
        (dict.fromkeys(range(1, 97), 3), 12, []),
        (dict.fromkeys(range(1, 97), 3) | {1: 20, 2: 18}, 12, ["amber", "red"]),
        ({40: 20, 41: 20}, 0, []),  # over for ten hours
    ],
)
def test_a_burst_is_told_by_what_is_usual(counts: dict[int, int], usual: int, levels: list[str]) -> None:
    assert list(dict.fromkeys(one.level for one in find(rule("burst"), day(counts, usual)))) == levels


def test_history_is_asked_about_what_is_over() -> None:
    from dataclasses import replace

    past = replace(day({40: 20, 41: 20, 90: 15}), since=NOW - 24 * HOUR)
    trial = try_out(rule("burst"), past)
    assert trial is not None
    assert [len(each) for each in trial.opened] == [2, 4]  # amber and red are one alert, and so is what follows at once
    assert trial.opened[0][0].facts["n"] == 15


def test_the_same_run_is_the_same_evidence_when_it_is_looked_at_again() -> None:
    first = {one.key for one in find(rule("burst"), day({2: 9, 3: 2}))}
    again = {one.key for one in find(rule("burst"), day({1: 4, 2: 9, 3: 2}))}
    assert first <= again
