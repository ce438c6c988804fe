"""Somebody is named to decide in another's place, for a period; or is released from it (practice R30)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from errors import BadInput
from incidents.models import Person
from storage import events, incidents
from storage.database import Connection
from workflows.deed import ask_for_own, deed


@deed
def name_deputy(
    connection: Connection,
    principal_id: int,
    deputy_id: int,
    *,
    since: datetime,
    until: datetime,
    now: datetime,
    actor: str | None,
    incident_id: int | None = None,
) -> Person:
    """`deputy` may decide whatever `principal` may, from `since` until `until`. A person stands in for one other at a time.

    Raises BadInput: name_needed, deputy_of_oneself, deputy_period (it ends before it begins, or has passed), deputy_elsewhere
    (an invented person and a real one); NotAllowed("not_you") for whoever is neither the principal nor an administrator.
    """
    principal, deputy = incidents.get_person(connection, principal_id), incidents.get_person(connection, deputy_id)
    if not actor:
        raise BadInput("name_needed")
    ask_for_own(principal.id)
    if principal.id == deputy.id:
        raise BadInput("deputy_of_oneself")
    if until <= since or until <= now:
        raise BadInput("deputy_period")
    if principal.incident_id != deputy.incident_id:
        raise BadInput("deputy_elsewhere")
    incidents.save_person(
        connection, deputy.id, deputy.version, deputy_of=principal.id, deputy_from=since, deputy_until=until
    )
    if incident_id:
        events.append(
            connection, incident_id, "deputy_named", now=now, actor=actor, subject=("person", deputy.id), screen="statement",
            name=deputy.name, principal=principal.name, **_hours(connection, incident_id, since=since, until=until),
        )  # fmt: skip
    return incidents.get_person(connection, deputy.id)


def _hours(connection: Connection, incident_id: int, **moments: datetime) -> dict[str, str]:
    """Moments as the log tells them, in the incident's zone."""
    zone = ZoneInfo(incidents.get(connection, incident_id).zone)
    return {name: at.astimezone(zone).strftime("%Y-%m-%d %H:%M") for name, at in moments.items()}


@deed
def end_deputy(
    connection: Connection, deputy_id: int, *, now: datetime, actor: str | None, incident_id: int | None = None
) -> Person:
    """What was decided stays; from now on the deputy decides nothing any more. Ended already: nothing happens."""
    if not actor:
        raise BadInput("name_needed")
    deputy = incidents.get_person(connection, deputy_id)
    if deputy.deputy_of is None:
        return deputy
    principal = incidents.get_person(connection, deputy.deputy_of)
    ask_for_own(principal.id, deputy.id)
    incidents.save_person(connection, deputy.id, deputy.version, deputy_of=None, deputy_from=None, deputy_until=None)
    if incident_id:
        events.append(
            connection, incident_id, "deputy_ended", now=now, actor=actor, subject=("person", deputy.id), screen="statement",
            name=deputy.name, principal=principal.name,
        )  # fmt: skip
    return incidents.get_person(connection, deputy.id)
