"""A group is taken off the board; it keeps all that was written and can be put back."""

from datetime import datetime

from stakeholders.models import Audience
from storage import audiences, events, incidents
from storage.database import Connection
from workflows.deed import deed


@deed
def remove_audience(
    connection: Connection, audience_id: int, *, version: int, now: datetime, actor: str | None = None
) -> Audience:
    """Raises Conflict where it was changed since `version`."""
    return _put(connection, audience_id, True, version, now, actor)


@deed
def restore_audience(connection: Connection, audience_id: int, *, now: datetime, actor: str | None = None) -> Audience:
    """Put a group back."""
    return _put(connection, audience_id, False, audiences.get(connection, audience_id).version, now, actor)


def _put(
    connection: Connection, audience_id: int, removed: bool, version: int, now: datetime, actor: str | None
) -> Audience:
    stands = audiences.get(connection, audience_id)
    if stands.removed == removed:
        return stands
    audiences.save(connection, audience_id, version, removed=removed)
    incident = incidents.get(connection, stands.incident_id)
    events.append(
        connection, incident.id, "audience_removed" if removed else "audience_restored", now=now, actor=actor,
        subject=("audience", audience_id), screen="audiences", name=stands.name(incident.language),
    )  # fmt: skip
    return audiences.get(connection, audience_id)
