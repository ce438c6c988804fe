"""A new incident: the desk opens on it, and the clock of the first statement starts (practice R01)."""

from datetime import datetime, timedelta

from incidents.clocks import FIRST_STATEMENT_MINUTES
from storage import events, incidents
from storage.database import Connection
from workflows.deed import deed


@deed
def open_incident(
    connection: Connection,
    *,
    now: datetime,
    zone: str,
    language: str,
    actor: str | None = None,
    kind: str = "real",
    key: str | None = None,
) -> int:
    """Returns the incident's id. The same `key` twice opens it once."""
    if key and (stands := incidents.by_key(connection, key)):
        return stands
    incident_id = incidents.add(
        connection, kind=kind, status="intake", title="", language=language, zone=zone, jurisdictions=["CN"],
        restricted=False, opened_at=now, opened_by=actor, dedupe_key=key,
    )  # fmt: skip
    events.append(connection, incident_id, "incident_opened", now=now, actor=actor, screen="start", kind=kind)
    start_first_statement_clock(connection, incident_id, since=now)
    return incident_id


def start_first_statement_clock(connection: Connection, incident_id: int, *, since: datetime) -> None:
    due = since + timedelta(minutes=FIRST_STATEMENT_MINUTES[1])
    incidents.start_clock(
        connection, incident_id, "first_statement", rule="first_statement", label={}, started_at=since, due_at=due
    )
