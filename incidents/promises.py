"""Promises of a next update, counted: on time, late, broken (practice R21; promise-keeping = on time ÷ promised)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from incidents.models import Clock

RULE = "next_update"


@dataclass(frozen=True)
class Promises:
    """`broken`: its hour has passed and no update has followed; `running`: its hour has not come."""

    on_time: int = 0
    late: int = 0
    broken: int = 0
    running: int = 0

    @property
    def promised(self) -> int:
        """Promises whose keeping can be told by now."""
        return self.on_time + self.late + self.broken


def promises(clocks: Sequence[Clock], now: datetime) -> Promises:
    """How the promises of an incident stand at `now` (case time)."""
    states = [_state(one, now) for one in clocks if one.rule == RULE]
    return Promises(*(states.count(name) for name in ("on_time", "late", "broken", "running")))


def _state(clock: Clock, now: datetime) -> str:
    if clock.stopped_at is not None:
        return "on_time" if clock.kept else "late"
    return "broken" if clock.due_at < now else "running"
