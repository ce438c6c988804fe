"""The event log of an incident. Rows are added, never changed."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from incidents import trail
from incidents.models import Event
from storage import rows
from storage.schema import event, event_value, incident


def append(
    connection: Connection,
    incident_id: int,
    deed: str,
    *,
    now: datetime,
    actor: str | None = None,
    subject: tuple[str, int] | None = None,
    screen: str | None = None,
    before: Any = None,
    after: Any = None,
    key: str | None = None,
    **facts: Any,
) -> int | None:
    """Add one event; returns its sequence number, or None where one with the same idempotency `key` stands already."""
    offset = connection.execute(  # the row lock makes writers on PostgreSQL take turns; SQLite writers do already
        select(incident.c.case_offset_s).where(incident.c.id == incident_id).with_for_update()
    ).scalar_one()
    if key and connection.execute(
        select(event.c.id).where(event.c.incident_id == incident_id, event.c.idempotency_key == key)
    ).first():
        return None
    last = connection.execute(
        select(event.c.sequence, event.c.hash)
        .where(event.c.incident_id == incident_id)
        .order_by(event.c.sequence.desc())
        .limit(1)
    ).one_or_none()
    kind, number = subject or (None, None)
    values = _digests(before, after)
    digests = {f"{side}_digest": digest for side, (_, _, digest) in values.items()}
    made = Event(
        id=0, incident_id=incident_id, sequence=last.sequence + 1 if last else 1, wall_at=now,
        case_at=now + timedelta(seconds=offset), deed=deed, actor=actor, subject_kind=kind, subject_id=number,
        screen=screen, facts=facts, previous_hash=last.hash if last else trail.START,
        **digests,
    )  # fmt: skip
    chained = trail.row_hash(made.previous_hash, trail.row_of(made))
    event_id = rows.add(
        connection, event, incident_id=incident_id, sequence=made.sequence, wall_at=made.wall_at, case_at=made.case_at,
        actor=actor, deed=deed, subject_kind=kind, subject_id=number, screen=screen, facts=facts, idempotency_key=key,
        previous_hash=made.previous_hash, hash=chained,
        **digests,
    )  # fmt: skip
    mine = update(incident).where(incident.c.id == incident_id)
    connection.execute(mine.values(last_sequence=made.sequence, last_hash=chained))
    for side, (value, salt, _) in values.items():
        rows.add(connection, event_value, event_id=event_id, side=side, salt=salt, value=value)
    return made.sequence


def _digests(before: Any, after: Any) -> dict[str, tuple[Any, str, str]]:
    given = {"before": before, "after": after}
    salts = {side: secrets.token_hex(16) for side in given}
    return {
        side: (value, salts[side], trail.salted_digest(value, salts[side]))
        for side, value in given.items()
        if value is not None
    }


def of_incident(connection: Connection, incident_id: int, *, newest: int | None = None) -> tuple[Event, ...]:
    """The log in order; with `newest`, only that many of the latest, newest first."""
    query = select(event).where(event.c.incident_id == incident_id)
    query = query.order_by(event.c.sequence.desc()).limit(newest) if newest else query.order_by(event.c.sequence)
    return tuple(rows.as_value(row, Event) for row in connection.execute(query))


def head(connection: Connection, incident_id: int) -> tuple[int | None, str | None]:
    """(sequence, hash) of its newest event as the incident itself remembers it; None for one older than this memory."""
    query = select(incident.c.last_sequence, incident.c.last_hash).where(incident.c.id == incident_id)
    found = connection.execute(query).one()
    return found.last_sequence, found.last_hash


def changed_values(connection: Connection, incident_id: int) -> tuple[int, ...]:
    """Sequence numbers of events whose kept value is not the one whose digest the event carries; erased ones are as promised."""
    kept = (event_value.c.side, event_value.c.salt, event_value.c.value)
    query = (
        select(event.c.sequence, event.c.before_digest, event.c.after_digest, *kept)
        .join(event, event.c.id == event_value.c.event_id)
        .where(event.c.incident_id == incident_id, event_value.c.erased_at.is_(None))
        .order_by(event.c.sequence)
    )
    told = {"before": 1, "after": 2}
    return tuple(
        row.sequence for row in connection.execute(query) if trail.salted_digest(row.value, row.salt) != row[told[row.side]]
    )


def of_deeds(connection: Connection, incident_id: int, deeds: tuple[str, ...]) -> tuple[Event, ...]:
    """The events of these deeds alone, in order."""
    query = select(event).where(event.c.incident_id == incident_id, event.c.deed.in_(deeds)).order_by(event.c.sequence)
    return tuple(rows.as_value(row, Event) for row in connection.execute(query))


def kept_values(connection: Connection, incident_id: int, deed: str) -> dict[int, Any]:
    """{event id: what is kept apart as its value after} for the events of one deed, erased ones left out."""
    query = select(event.c.id, event_value.c.value).join(event, event.c.id == event_value.c.event_id)
    mine = (event.c.incident_id == incident_id, event.c.deed == deed)
    kept = (event_value.c.side == "after", event_value.c.erased_at.is_(None))
    return {row.id: row.value for row in connection.execute(query.where(*mine, *kept))}
