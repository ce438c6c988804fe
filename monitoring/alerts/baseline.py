"""How many items an hour are usual, by hour of the week, learnt from however little there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

HOURS = 7 * 24
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Baseline:
    """`rates` are items an hour for the 168 hours of a week, Monday 00:00 first, in `zone`."""

    rates: tuple[float, ...]
    zone: str

    def expected(self, start: datetime, width: timedelta) -> float:
        """Items to be expected in [start, start + width), the hour of its start standing for all of it."""
        return self.rates[hour_of_week(start, self.zone)] * (width / HOUR)

    def between(self, since: datetime, until: datetime) -> float:
        """Items to be expected in a stretch of any length."""
        total, at = 0.0, since
        while at < until:
            step = min(HOUR, until - at)
            total += self.expected(at, step)
            at += step
        return total


def learn(
    hours: Sequence[tuple[datetime, int]], zone: str, *, prior_rate: float, prior_hours: float, prior_weeks: float
) -> Baseline:
    """Gamma-Poisson estimates, shrunk step by step: all hours towards `prior_rate` items an hour, held as firmly as
    `prior_hours` hours of watching; each hour of the day towards all hours, and each hour of the week towards that hour of
    any day, both as firmly as `prior_weeks` of such hours. `hours` are all hours that were watched with their counts, empty
    ones too. With none of them the prior alone stands (Gelman and others, Bayesian Data Analysis, §2.6: the posterior mean
    of a rate)."""
    counts, seen = [0] * HOURS, [0] * HOURS
    for start, count in hours:
        at = hour_of_week(start, zone)
        counts[at] += count
        seen[at] += 1
    overall = (prior_rate * prior_hours + sum(counts)) / max(prior_hours + sum(seen), 1e-9)
    by_day = [(prior_weeks * overall + sum(counts[at::24])) / (prior_weeks + sum(seen[at::24])) for at in range(24)]
    rates = tuple((prior_weeks * by_day[at % 24] + counts[at]) / (prior_weeks + seen[at]) for at in range(HOURS))
    return Baseline(rates, zone)


def hour_of_week(at: datetime, zone: str) -> int:
    local = at.astimezone(ZoneInfo(zone))
    return local.weekday() * 24 + local.hour


def every_hour(sparse: Sequence[tuple[datetime, int]], since: datetime, until: datetime) -> list[tuple[datetime, int]]:
    """All whole hours from `since` to `until` with their counts, from a list that leaves out empty ones."""
    known = dict(sparse)
    first = since.replace(minute=0, second=0, microsecond=0)
    return [(first + n * HOUR, known.get(first + n * HOUR, 0)) for n in range(int((until - first) / HOUR))]
