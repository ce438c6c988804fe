"""More is written than usual: a Poisson CUSUM over short steps against an hour-of-week baseline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitoring.alerts.baseline import learn
from monitoring.alerts.cusum import cusum, threshold
from monitoring.alerts.models import AMBER, RED, Finding, Ground, Rule

FRESH = timedelta(hours=2)
"""A burst that began longer ago is no news to anybody."""


@dataclass(frozen=True)
class _Run:
    """Consecutive steps from where the sum started to where it was 0 again, or red."""

    starts: Sequence[datetime]
    counts: Sequence[int]
    expected: Sequence[float]
    sums: Sequence[float]


def burst(rule: Rule, ground: Ground) -> tuple[Finding, ...]:
    """Amber and red differ by how rarely chance alone would do it: once in `amber_days`, once in `red_days`."""
    if not ground.bins:
        return ()
    limits = {level: threshold(timedelta(days=rule.settings[f"{level}_days"]) / ground.bin_width) for level in (AMBER, RED)}
    found = (finding for run in _runs(rule, ground, limits[RED]) for finding in _of_run(rule, ground, run, limits))
    since = max(ground.now - FRESH, rule.armed_at or ground.now - FRESH) if ground.live else ground.since
    return tuple(one for one in found if one.at >= since)


def _runs(rule: Rule, ground: Ground, restart_at: float) -> Iterator[_Run]:
    starts, counts = [start for start, _ in ground.bins], [count for _, count in ground.bins]
    usual = learn(
        ground.hourly, ground.zone, prior_rate=rule.settings["usual_per_hour"], prior_hours=rule.settings["prior_hours"],
        prior_weeks=rule.settings["prior_weeks"],
    )  # fmt: skip
    expected = [usual.expected(start, min(ground.bin_width, max(ground.now - start, timedelta(0)))) for start in starts]
    sums = cusum(counts, expected, rule.settings["times"], restart_at)
    first = 0
    for at, standing in enumerate(sums):
        if standing == 0 or standing >= restart_at or at == len(sums) - 1:
            part = slice(first, at + 1)
            yield _Run(starts[part], counts[part], expected[part], sums[part])
            first = at + 1


def _of_run(rule: Rule, ground: Ground, run: _Run, limits: dict[str, float]) -> Iterator[Finding]:
    for level, limit in limits.items():
        at = next((n for n, standing in enumerate(run.sums) if standing >= limit), None)
        if at is not None:
            end = min(run.starts[at] + ground.bin_width, ground.now)
            facts = {
                "n": sum(run.counts[: at + 1]), "usual": round(sum(run.expected[: at + 1]), 1),
                "minutes": max(1, round((end - run.starts[0]) / timedelta(minutes=1))),
            }  # fmt: skip
            yield Finding(rule.name, level, f"burst:{run.starts[0].isoformat()}:{level}", "burst", end, "burst", facts)
