"""Who is told, and when: by level and rule, at once or in the morning, the next one when nobody answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitoring.alerts.models import LEVELS, RED


@dataclass(frozen=True)
class Policy:
    """How an incident's alerts go out. Between `quiet_from` and `quiet_until` (local hours 0..23; equal: never quiet) amber
    waits for the morning. A red one that nobody acknowledges goes on after `escalate_after`."""

    quiet_from: int
    quiet_until: int
    escalate_after: timedelta
    version: int = 0


@dataclass(frozen=True)
class Recipient:
    """A target as routing sees it. `rules` None: every rule. `step` 0 is told at once."""

    id: int
    least_level: str
    rules: tuple[str, ...] | None
    step: int


def wanted(targets: Iterable[Recipient], level: str, rule: str, step: int) -> tuple[Recipient, ...]:
    """The targets of one step that asked for this level and rule."""
    return tuple(
        one for one in targets
        if one.step == step and LEVELS.index(level) >= LEVELS.index(one.least_level) and (one.rules is None or rule in one.rules)
    )  # fmt: skip


def morning_after(level: str, now: datetime, policy: Policy, zone: str) -> datetime | None:
    """When an alert that has to wait may go; None where it may go at once. Red never waits."""
    local = now.astimezone(ZoneInfo(zone))
    if level == RED or not _quiet(local.hour, policy):
        return None
    day = local.date() if local.hour < policy.quiet_until else local.date() + timedelta(days=1)
    return datetime.combine(day, time(policy.quiet_until), ZoneInfo(zone)).astimezone(now.tzinfo)


def _quiet(hour: int, policy: Policy) -> bool:
    if policy.quiet_from <= policy.quiet_until:
        return policy.quiet_from <= hour < policy.quiet_until
    return hour >= policy.quiet_from or hour < policy.quiet_until


def next_step(
    targets: Iterable[Recipient], rule: str, step: int, told_at: datetime, policy: Policy, now: datetime
) -> int | None:
    """The step a red alert nobody acknowledged goes on to now; None where it is too early or there is nobody further."""
    if now - told_at < policy.escalate_after:
        return None
    return min((one.step for one in targets if one.step > step and (one.rules is None or rule in one.rules)), default=None)
