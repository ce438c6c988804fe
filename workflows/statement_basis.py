"""Gathers what a statement is held against: a read, made the same way for the screen, for clearing and for release."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from statements.basis import Basis
from storage import audiences, facts, incidents, statements
from storage.database import Connection


def statement_basis(connection: Connection, statement_id: int) -> Basis:
    """Nothing is stored. Raises NotFound."""
    stands = statements.get(connection, statement_id)
    incident = incidents.get(connection, stands.incident_id)
    groups = audiences.everyone(connection, incident.id)
    names = (incident.company, incident.office, *(group.name(lang) for group in groups for lang in ("zh", "en")))
    return Basis(
        facts=facts.of_incident(connection, incident.id), zone=incident.zone, kind=stands.kind,
        own=tuple(name for name in names if name),
        written_at=_written(connection, statement_id, timedelta(seconds=incident.case_offset_s), incident.zone),
        corrects=stands.corrects_id is not None, listed=bool(incident.listed),
    )  # fmt: skip


def _written(connection: Connection, statement_id: int, offset: timedelta, zone: str) -> tuple[datetime, ...]:
    """The moments at which its versions were saved, in case time and the incident's zone."""
    found = statements.versions(connection, statement_id)
    return tuple((one.saved_at + offset).astimezone(ZoneInfo(zone)) for one in found)
