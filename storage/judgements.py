"""Judgements of the crisis type, as they were made."""

from typing import Any

from sqlalchemy import Connection, select, update

from incidents.models import TypeRecord
from storage import rows
from storage.schema import type_judgement


def current(connection: Connection, incident_id: int) -> TypeRecord | None:
    """The judgement that stands now."""
    return _one(connection, incident_id, "current")


def proposed(connection: Connection, incident_id: int) -> TypeRecord | None:
    """A change that the desk proposes and nobody has answered."""
    return _one(connection, incident_id, "proposed")


def _one(connection: Connection, incident_id: int, state: str) -> TypeRecord | None:
    mine = (type_judgement.c.incident_id == incident_id, type_judgement.c.state == state)
    row = connection.execute(select(type_judgement).where(*mine).order_by(type_judgement.c.id.desc())).first()
    return rows.as_value(row, TypeRecord) if row else None


def get(connection: Connection, judgement_id: int) -> TypeRecord:
    return rows.get(connection, type_judgement, judgement_id, TypeRecord)


def history(connection: Connection, incident_id: int) -> tuple[TypeRecord, ...]:
    """The newest first."""
    query = select(type_judgement).where(type_judgement.c.incident_id == incident_id)
    found = connection.execute(query.order_by(type_judgement.c.id.desc()))
    return tuple(rows.as_value(row, TypeRecord) for row in found)


def add(connection: Connection, incident_id: int, *, state: str, **values: Any) -> TypeRecord:
    """Store a judgement; the one that held the same state before becomes past."""
    mine = (type_judgement.c.incident_id == incident_id, type_judgement.c.state == state)
    connection.execute(update(type_judgement).where(*mine).values(state="past"))
    made = rows.add(connection, type_judgement, incident_id=incident_id, state=state, version=1, **values)
    return rows.get(connection, type_judgement, made, TypeRecord)


def save(connection: Connection, stands: TypeRecord, **values: Any) -> int:
    """Raises Conflict where somebody answered meanwhile."""
    return rows.save(connection, type_judgement, stands.id, stands.version, **values)
