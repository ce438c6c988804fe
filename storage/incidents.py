"""Incidents, their intake answers, people and clocks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from incidents.models import Clock, Incident, IntakeAnswer, Person
from storage import rows
from storage.schema import clock, incident, intake_answer, person


def get(connection: Connection, incident_id: int) -> Incident:
    return rows.get(connection, incident, incident_id, Incident)


def all_of(connection: Connection) -> tuple[Incident, ...]:
    """Every incident, the newest first."""
    found = connection.execute(select(incident).order_by(incident.c.opened_at.desc(), incident.c.id.desc()))
    return tuple(rows.as_value(row, Incident) for row in found)


def add(connection: Connection, **values: Any) -> int:
    return rows.add(connection, incident, **values)


def by_key(connection: Connection, dedupe_key: str) -> int | None:
    return connection.execute(select(incident.c.id).where(incident.c.dedupe_key == dedupe_key)).scalar_one_or_none()


def save(connection: Connection, incident_id: int, version: int, **values: Any) -> int:
    return rows.save(connection, incident, incident_id, version, **values)


def set_plain(connection: Connection, incident_id: int, **values: Any) -> None:
    """Values that follow from another deed (the firm's name from the intake): the last one stands."""
    connection.execute(update(incident).where(incident.c.id == incident_id).values(**values))


# --- intake ------------------------------------------------------------------------------------------------------

def answers(connection: Connection, incident_id: int) -> dict[str, IntakeAnswer]:
    found = connection.execute(select(intake_answer).where(intake_answer.c.incident_id == incident_id))
    return {row.field: rows.as_value(row, IntakeAnswer) for row in found}


def answer_row(connection: Connection, incident_id: int, field: str) -> tuple[int, IntakeAnswer] | None:
    row = connection.execute(
        select(intake_answer).where(intake_answer.c.incident_id == incident_id, intake_answer.c.field == field)
    ).one_or_none()
    return (row.id, rows.as_value(row, IntakeAnswer)) if row else None


def save_answer(connection: Connection, incident_id: int, field: str, version: int, **values: Any) -> int:
    """Save one answer; `version` 0 means that the writer saw none. Raises Conflict as storage.rows.save does."""
    stands = answer_row(connection, incident_id, field)
    if stands is None:
        rows.add(connection, intake_answer, incident_id=incident_id, field=field, **values)
        return 1
    return rows.save(connection, intake_answer, stands[0], version, **values)


# --- people ------------------------------------------------------------------------------------------------------

def people(connection: Connection, incident_id: int | None = None) -> tuple[Person, ...]:
    """Active people of the office and, with an incident, its own (an example brings invented ones)."""
    mine = person.c.incident_id.is_(None)
    theirs = or_(mine, person.c.incident_id == incident_id) if incident_id else mine
    query = select(person).where(person.c.active, theirs)
    return tuple(rows.as_value(row, Person) for row in connection.execute(query.order_by(person.c.id)))


def get_person(connection: Connection, person_id: int) -> Person:
    return rows.get(connection, person, person_id, Person)


def add_person(connection: Connection, **values: Any) -> int:
    return rows.add(connection, person, **values)


def save_person(connection: Connection, person_id: int, version: int, **values: Any) -> int:
    return rows.save(connection, person, person_id, version, **values)


# --- clocks ------------------------------------------------------------------------------------------------------

def clocks(connection: Connection, incident_id: int) -> tuple[Clock, ...]:
    found = connection.execute(select(clock).where(clock.c.incident_id == incident_id).order_by(clock.c.due_at))
    return tuple(rows.as_value(row, Clock) for row in found)


def start_clock(connection: Connection, incident_id: int, dedupe_key: str, **values: Any) -> int | None:
    """Start a clock once; None where one with the same key runs or ran."""
    unique = ("incident_id", "dedupe_key")
    return rows.add_once(connection, clock, unique, incident_id=incident_id, dedupe_key=dedupe_key, **values)


def stop_clocks(
    connection: Connection, incident_id: int, *, rule: str, at: datetime, by: str | None,
    subject: tuple[str, int] | None = None,
) -> None:
    """Stop the running clocks of a rule; each remembers whether it was kept."""
    mine = [clock.c.incident_id == incident_id, clock.c.rule == rule, clock.c.stopped_at.is_(None)]
    if subject:
        mine += [clock.c.subject_kind == subject[0], clock.c.subject_id == subject[1]]
    for row in connection.execute(select(clock.c.id, clock.c.due_at).where(*mine)).all():
        connection.execute(
            update(clock).where(clock.c.id == row.id).values(stopped_at=at, stopped_by=by, kept=at <= row.due_at)
        )


def remove(connection: Connection, incident_id: int) -> None:
    """Remove an incident with all that hangs on it. For examples and drills only; the caller sees to that."""
    from storage.items import remove_of_incident
    from storage.schema import metadata

    remove_of_incident(connection, incident_id)
    owned = _owned(metadata.tables, incident_id)
    for table in metadata.sorted_tables:  # what stays behind forgets whom it named
        for key in table.foreign_keys:
            parent = key.column.table
            if table.name not in owned and parent.name in owned and key.parent.nullable:
                gone = key.parent.in_(select(parent.c.id).where(owned[parent.name]))
                connection.execute(update(table).where(gone).values({key.parent.name: None}))
    for table in reversed(metadata.sorted_tables):
        if table.name in owned:
            connection.execute(delete(table).where(owned[table.name]))


def _owned(tables: Mapping[str, Any], incident_id: int) -> dict[str, Any]:
    """For each table that hangs on an incident, directly or over a parent, the condition that finds its rows."""
    found: dict[str, Any] = {"incident": tables["incident"].c.id == incident_id}
    for table in tables["incident"].metadata.sorted_tables:
        if "incident_id" in table.c:
            found[table.name] = table.c.incident_id == incident_id
            continue
        for key in table.foreign_keys:
            parent = key.column.table
            if parent.name in found and parent.name != "incident" and not key.parent.nullable:
                found[table.name] = key.parent.in_(select(parent.c.id).where(found[parent.name]))
    return found


def count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(incident)).scalar_one()
