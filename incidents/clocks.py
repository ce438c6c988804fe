"""What is due and how long it has been: the case clock, and the state a clock shows (practice R01, R02, R21)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from incidents.models import Clock, Incident

ACKNOWLEDGE_MINUTES = (10, 15)  # amber, red: R01
FIRST_STATEMENT_MINUTES = (45, 60)  # amber, red: R01


@dataclass(frozen=True)
class Due:
    clock: Clock
    left: timedelta  # negative: overdue
    state: str  # calm | soon | late


def case_now(incident: Incident, now: datetime) -> datetime:
    return now + timedelta(seconds=incident.case_offset_s)


def known_since(incident: Incident) -> datetime:
    """When it became known: what somebody said, else the first call, else when the desk was opened on it."""
    return incident.known_at or incident.first_call_at or incident.opened_at


def elapsed(incident: Incident, now: datetime) -> timedelta:
    return max(timedelta(0), case_now(incident, now) - known_since(incident))


def due(clocks: tuple[Clock, ...], now: datetime, soon: timedelta = timedelta(minutes=20)) -> tuple[Due, ...]:
    """Running clocks, the most pressing first."""
    running = [clock for clock in clocks if clock.stopped_at is None]
    return tuple(_due(clock, now, soon) for clock in sorted(running, key=lambda clock: (clock.due_at, clock.id)))


def _due(clock: Clock, now: datetime, soon: timedelta) -> Due:
    left = clock.due_at - now
    state = "late" if left < timedelta(0) else "soon" if left <= soon else "calm"
    return Due(clock, left, state)
