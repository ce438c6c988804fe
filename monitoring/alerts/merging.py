"""One alert a rule and story while it is open; what comes after only makes it grow. Alerts are few."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitoring.alerts.models import RED, Finding, Standing, higher


@dataclass(frozen=True)
class Growth:
    """Evidence for an alert that stands. `raised`: it has become red, and is told anew."""

    alert: int
    findings: tuple[Finding, ...]
    raised: bool = False


@dataclass(frozen=True)
class Merged:
    openings: tuple[tuple[Finding, ...], ...]
    growths: tuple[Growth, ...]


def merge(
    found: Sequence[Finding], standing: Sequence[Standing], cool_down: timedelta, same_again: timedelta, now: datetime
) -> Merged:
    """Where new findings of one rule go: into the alert on the same subject, else into one opened less than `cool_down`
    ago, else into a new one. An acknowledged or ended alert takes more on its subject for `same_again` only."""
    known = {one.id: one for one in standing}
    placed: dict[int, list[Finding]] = {}
    raised: set[int] = set()
    opened = 0
    for finding in sorted(found, key=lambda one: (one.at, one.key)):
        home = _home(finding, list(known.values()), cool_down, same_again, now)
        if home is None:
            opened += 1
            home = known[-opened] = standing_of(-opened, [finding], now)
        elif finding.level == RED and home.level != RED:
            raised.add(home.id)
        known[home.id] = replace(home, level=higher(home.level, finding.level), subjects=home.subjects | {finding.subject})
        placed.setdefault(home.id, []).append(finding)
    openings = tuple(tuple(placed[-n]) for n in range(1, opened + 1))
    growths = tuple(Growth(number, tuple(mine), number in raised) for number, mine in placed.items() if number >= 0)
    return Merged(openings, growths)


def standing_of(number: int, found: Sequence[Finding], opened_at: datetime | None = None) -> Standing:
    """Findings that opened an alert, as the alert they make."""
    level = RED if any(one.level == RED for one in found) else found[0].level
    return Standing(number, found[0].rule, level, "open", opened_at or found[0].at, frozenset(one.subject for one in found))


def _home(
    finding: Finding, standing: Sequence[Standing], cool_down: timedelta, same_again: timedelta, now: datetime
) -> Standing | None:
    mine = [one for one in standing if one.rule == finding.rule]
    same = [one for one in mine if finding.subject in one.subjects and _takes(one, same_again, now)]
    near = [one for one in mine if now - one.opened_at < cool_down]
    return max(same or near, key=lambda one: (one.opened_at, one.id), default=None)


def _takes(alert: Standing, same_again: timedelta, now: datetime) -> bool:
    ended = alert.acknowledged_at if alert.state == "acknowledged" else alert.over_at if alert.state == "over" else None
    return alert.state == "open" or ended is None or now - ended < same_again
