"""Somebody has seen an alert and takes it on: it is passed on to nobody further."""

from datetime import datetime

from errors import BadInput
from storage import alerts, events
from storage.database import Connection
from workflows.deed import deed


@deed
def acknowledge_alert(connection: Connection, alert_id: int, *, version: int, actor: str | None, now: datetime) -> int:
    """By a name. Returns the alert's new version; one that is acknowledged already stays as it is.

    Raises BadInput("name_needed"), Conflict where it has grown since `version` was seen, NotFound.
    """
    if not actor:
        raise BadInput("name_needed")
    stands = alerts.get(connection, alert_id)
    if stands.state != "open":
        return stands.version
    made = alerts.save(connection, alert_id, version, state="acknowledged", acknowledged_by=actor, acknowledged_at=now)
    events.append(
        connection, stands.incident_id, "alert_acknowledged", now=now, actor=actor, subject=("alert", alert_id), screen="alerts",
        alert_rule=stands.rule, alert_level=stands.level,
    )  # fmt: skip
    return made
