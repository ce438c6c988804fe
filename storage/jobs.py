"""Long deeds that run beside the page: queued, claimed for a time, carried on where they were left."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from storage import rows
from storage.schema import job

LASTING = ("waiting", "running")


@dataclass(frozen=True)
class Job:
    """`state` is waiting | running | done | failed | stopped. `payload` holds what to do and how far it is."""

    id: int
    kind: str
    state: str
    created_at: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)
    done: int = 0
    total: int | None = None
    attempts: int = 0
    problem_key: str | None = None
    problem_facts: Mapping[str, Any] | None = None

    @property
    def lasting(self) -> bool:
        return self.state in LASTING

    @property
    def share(self) -> float:
        """How much is done, 0..1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


def add(connection: Connection, kind: str, payload: Mapping[str, Any], now: datetime, *, due_at: datetime | None = None) -> int:
    """Queue a job; returns its id."""
    return rows.add(
        connection, job, kind=kind, payload=dict(payload), state="waiting", due_at=due_at or now, attempts=0,
        possible_repeat=False, done=0, dedupe_key=f"{kind}:{token_hex(16)}", created_at=now,
    )  # fmt: skip


def get(connection: Connection, job_id: int) -> Job:
    return rows.get(connection, job, job_id, Job)


def latest(connection: Connection, *kinds: str) -> tuple[Job, ...]:
    """The newest jobs of these kinds, at most twenty."""
    query = select(job).where(job.c.kind.in_(kinds)).order_by(job.c.id.desc()).limit(20)
    return tuple(rows.as_value(row, Job) for row in connection.execute(query))


def _free(now: datetime, kinds: tuple[str, ...]) -> tuple[ColumnElement[bool], ...]:
    left = and_(job.c.state == "running", job.c.lease_until < now)
    return job.c.kind.in_(kinds), job.c.due_at <= now, or_(job.c.state == "waiting", left)


def claim(connection: Connection, kinds: tuple[str, ...], *, now: datetime, lease: timedelta) -> Job | None:
    """The oldest job that waits, or whose worker has gone; nobody else gets it until the lease ends."""
    query = select(job.c.id).where(*_free(now, kinds)).order_by(job.c.id).limit(1)
    if connection.dialect.name == "postgresql":
        query = query.with_for_update(skip_locked=True)
    found = connection.execute(query).scalar_one_or_none()
    if found is None:
        return None
    values = {"state": "running", "lease_until": now + lease, "attempts": job.c.attempts + 1}
    connection.execute(update(job).where(job.c.id == found).values(**values))
    return get(connection, found)


def carry_on(connection: Connection, job_id: int, *, lease_until: datetime, **values: Any) -> bool:
    """Note how far a running job is, in the transaction of what it did; False where somebody has stopped it."""
    mine = update(job).where(job.c.id == job_id, job.c.state == "running")
    return connection.execute(mine.values(lease_until=lease_until, **values)).rowcount == 1


def finish(connection: Connection, job_id: int, state: str = "done", **values: Any) -> bool:
    running = update(job).where(job.c.id == job_id, job.c.state == "running")
    return connection.execute(running.values(state=state, lease_until=None, **values)).rowcount == 1


def give_back(connection: Connection, kinds: tuple[str, ...]) -> int:
    """A worker begins anew: what its predecessor had in hand waits again, where it was left."""
    mine = update(job).where(job.c.kind.in_(kinds), job.c.state == "running")
    return connection.execute(mine.values(state="waiting", lease_until=None)).rowcount


def turn(connection: Connection, job_id: int, state: str, now: datetime) -> bool:
    """A person stops a lasting job (stopped) or lets a stopped one go on (waiting)."""
    before = LASTING if state == "stopped" else ("stopped", "failed")
    mine = update(job).where(job.c.id == job_id, job.c.state.in_(before))
    return connection.execute(mine.values(state=state, due_at=now, lease_until=None, problem_key=None)).rowcount == 1
