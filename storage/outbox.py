"""What is to be sent, who has taken it, and a record of every try.

A row is claimed in one transaction, sent outside any, and settled in another. A try whose end nobody wrote down was cut off:
the row is sent again and marked as a possible repeat, for good.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select, update

from monitoring.channels.models import Outcome
from storage import rows
from storage.schema import delivery_attempt, delivery_target, incident, outbox

PAUSE_BETWEEN = timedelta(seconds=4)
"""Between two messages to one target: group robots take twenty a minute and then block for ten."""


@dataclass(frozen=True)
class Claimed:
    """A row taken to be sent, with what only the sender may know. `kind` is the incident's, or test."""

    id: int
    number: int
    channel: str
    name: str
    address: str = field(repr=False)
    secret: str | None = field(repr=False)
    payload: Mapping[str, Any] = field(default_factory=dict)
    incident_id: int | None = None
    target_id: int | None = None
    language: str = "zh"
    kind: str = "test"
    possible_repeat: bool = False
    reference: str = ""


@dataclass(frozen=True)
class Delivery:
    """A row as the record shows it. `target` is a name, never an address."""

    id: int
    channel: str
    target: str
    payload: Mapping[str, Any]
    state: str
    due_at: datetime
    attempts: int
    possible_repeat: bool
    created_at: datetime
    sent_at: datetime | None = None
    problem_key: str | None = None
    problem_facts: Mapping[str, Any] | None = None
    incident_id: int | None = None


@dataclass(frozen=True)
class Attempt:
    number: int
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    status: int | None
    problem_key: str | None
    problem_facts: Mapping[str, Any] | None
    possible_repeat: bool


def add(
    connection: Connection, *, target_id: int | None, name: str, channel: str, payload: Mapping[str, Any], due_at: datetime,
    key: str, now: datetime, incident_id: int | None = None,
) -> int | None:  # fmt: skip
    """A row to be sent; None where one with the same key stands. Without a target the address comes from the settings."""
    return rows.add_once(
        connection, outbox, ("dedupe_key",), incident_id=incident_id, delivery_target_id=target_id, channel=channel, target=name,
        payload=dict(payload), state="waiting", due_at=due_at, attempts=0, possible_repeat=False, dedupe_key=key, created_at=now,
    )  # fmt: skip


def add_to_digest(connection: Connection, key: str, alert_id: int) -> None:
    """One more alert in a digest that has not gone out."""
    mine = outbox.c.dedupe_key == key, outbox.c.state == "waiting"
    row = connection.execute(select(outbox.c.id, outbox.c.payload).where(*mine).with_for_update()).one_or_none()
    if row is not None:
        payload = dict(row.payload) | {"alerts": list(dict.fromkeys([*row.payload["alerts"], alert_id]))}
        connection.execute(update(outbox).where(outbox.c.id == row.id).values(payload=payload))


# --- the second step ---------------------------------------------------------------------------------------------

def claim(connection: Connection, *, worker: str, now: datetime, lease: timedelta, most: int) -> tuple[Claimed, ...]:
    """Take rows that are due, at most one a target; nobody else gets them until the lease ends. Rows of an example or a
    drill are never among them."""
    free = or_(outbox.c.lease_until.is_(None), outbox.c.lease_until < now)
    mine = outbox.c.state == "waiting", outbox.c.due_at <= now, free, _may_leave(), ~_just_sent(now)
    due = select(outbox.c.id, outbox.c.delivery_target_id).where(*mine).order_by(outbox.c.due_at, outbox.c.id).limit(most * 8)
    if connection.dialect.name == "postgresql":
        due = due.with_for_update(skip_locked=True)
    first: dict[int | None, int] = {}
    for row in connection.execute(due):
        first.setdefault(row.delivery_target_id, row.id)
    return tuple(_take(connection, row_id, worker, now, lease) for row_id in list(first.values())[:most])


def _may_leave() -> ColumnElement[bool]:
    real = select(incident.c.id).where(incident.c.kind == "real")
    return or_(outbox.c.incident_id.is_(None), outbox.c.incident_id.in_(real))


def _just_sent(now: datetime) -> ColumnElement[bool]:
    other = outbox.alias("other")
    recent = delivery_attempt.join(other, other.c.id == delivery_attempt.c.outbox_id)
    same = other.c.delivery_target_id == outbox.c.delivery_target_id, delivery_attempt.c.started_at > now - PAUSE_BETWEEN
    return exists(select(delivery_attempt.c.id).select_from(recent).where(*same))


def _take(connection: Connection, row_id: int, worker: str, now: datetime, lease: timedelta) -> Claimed:
    cut_off = update(delivery_attempt).where(delivery_attempt.c.outbox_id == row_id, delivery_attempt.c.outcome.is_(None))
    repeat = connection.execute(cut_off.values(outcome="unknown", ended_at=now)).rowcount > 0
    taken = {"lease_until": now + lease, "leased_by": worker, "attempts": outbox.c.attempts + 1}
    taken |= {"possible_repeat": True} if repeat else {}
    connection.execute(update(outbox).where(outbox.c.id == row_id).values(**taken))
    made = _claimed(connection, row_id)
    rows.add(
        connection, delivery_attempt, outbox_id=row_id, number=made.number, started_at=now, possible_repeat=made.possible_repeat
    )
    return made


def _claimed(connection: Connection, row_id: int) -> Claimed:
    tables = outbox.outerjoin(delivery_target, delivery_target.c.id == outbox.c.delivery_target_id)
    tables = tables.outerjoin(incident, incident.c.id == outbox.c.incident_id)
    query = select(outbox, delivery_target.c.address, delivery_target.c.secret, delivery_target.c.language, incident.c.kind)
    row = connection.execute(query.select_from(tables).where(outbox.c.id == row_id)).one()
    return Claimed(
        row.id, row.attempts, row.channel, row.target, row.address or "", row.secret, row.payload, row.incident_id,
        row.delivery_target_id, row.language or "zh", row.kind or "test", row.possible_repeat, f"D{row.id}",
    )  # fmt: skip


def settle(
    connection: Connection, claimed: Claimed, outcome: Outcome, *, again_at: datetime | None, now: datetime
) -> bool:
    """Write down how a try ended. False where somebody else has taken the row since: their try decides."""
    word = "sent" if outcome.sent else "failed" if outcome.again else "refused"
    problem = {
        "problem_key": outcome.problem.key if outcome.problem else None,
        "problem_facts": dict(outcome.problem.facts) if outcome.problem else None,
    }
    mine = delivery_attempt.c.outbox_id == claimed.id, delivery_attempt.c.number == claimed.number
    connection.execute(
        update(delivery_attempt).where(*mine).values(outcome=word, ended_at=now, status=outcome.status, **problem)
    )
    state = "sent" if outcome.sent else "waiting" if again_at else "failed"
    values: dict[str, Any] = {"state": state, "lease_until": None, "leased_by": None, **problem}
    values |= {"sent_at": now} if outcome.sent else {"due_at": again_at} if again_at else {}
    values |= {"possible_repeat": True} if outcome.unsure else {}
    still = outbox.c.id == claimed.id, outbox.c.attempts == claimed.number, outbox.c.state == "waiting"
    return connection.execute(update(outbox).where(*still).values(**values)).rowcount == 1


def drop(connection: Connection, claimed: Claimed, why: str, *, now: datetime) -> None:
    """Nothing is sent: what it was about has been seen to, or the target is gone."""
    mine = delivery_attempt.c.outbox_id == claimed.id, delivery_attempt.c.number == claimed.number
    connection.execute(update(delivery_attempt).where(*mine).values(outcome="dropped", ended_at=now, problem_key=why))
    dropped = {"state": "dropped", "lease_until": None, "leased_by": None, "problem_key": why}
    connection.execute(update(outbox).where(outbox.c.id == claimed.id).values(**dropped))


def release(connection: Connection, worker: str) -> int:
    """Give back what a worker of this name had taken when it was ended. The next claim marks it as a possible repeat."""
    mine = outbox.c.leased_by == worker, outbox.c.state == "waiting"
    return connection.execute(update(outbox).where(*mine).values(lease_until=None, leased_by=None)).rowcount


# --- the record --------------------------------------------------------------------------------------------------

def record(connection: Connection, incident_id: int | None, *, most: int = 50) -> tuple[Delivery, ...]:
    """What was to be sent for an incident and as tests, the newest first."""
    mine = or_(outbox.c.incident_id.is_(None), outbox.c.incident_id == incident_id)
    found = connection.execute(select(outbox).where(mine).order_by(outbox.c.id.desc()).limit(most))
    return tuple(rows.as_value(row, Delivery) for row in found)


def attempts(connection: Connection, outbox_ids: Sequence[int]) -> dict[int, tuple[Attempt, ...]]:
    query = select(delivery_attempt).where(delivery_attempt.c.outbox_id.in_(list(outbox_ids))).order_by(delivery_attempt.c.number)
    found: dict[int, list[Attempt]] = {}
    for row in connection.execute(query):
        found.setdefault(row.outbox_id, []).append(rows.as_value(row, Attempt))
    return {row_id: tuple(mine) for row_id, mine in found.items()}


def next_due(connection: Connection) -> datetime | None:
    return connection.execute(select(func.min(outbox.c.due_at)).where(outbox.c.state == "waiting", _may_leave())).scalar_one()
