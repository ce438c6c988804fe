"""Who takes part in an incident by name, and whether it is kept from everybody else."""

from collections.abc import Sequence
from datetime import datetime

from errors import BadInput, NotAllowed
from incidents.models import ROLES
from storage import accounts, events, incidents
from storage.database import Connection
from workflows.deed import deed


@deed
def take_in(
    connection: Connection, incident_id: int, member_id: int, roles: Sequence[str], *, now: datetime, actor: str | None = None
) -> None:
    """Give a person roles in this incident, in place of those held in it before."""
    if unheard := set(roles) - set(ROLES):
        raise BadInput("not_a_choice", value=sorted(unheard)[0])
    person = incidents.get_person(connection, member_id)
    accounts.join(connection, incident_id, member_id, list(roles), by=actor, at=now)
    events.append(
        connection, incident_id, "member_taken_in", now=now, actor=actor, subject=("person", member_id), screen="incidents",
        name=person.name, roles=list(roles),
    )  # fmt: skip


@deed
def take_out(
    connection: Connection, incident_id: int, member_id: int, *, now: datetime, actor: str | None = None
) -> None:
    """Raises NotAllowed("last_member") for the last one of a restricted incident: nobody could open it again."""
    incident = incidents.get(connection, incident_id)
    members = accounts.members(connection, incident_id)
    if incident.restricted and len(members) == 1:
        raise NotAllowed("last_member")
    accounts.leave(connection, incident_id, member_id)
    name = next((one["name"] for one in members if one["person_id"] == member_id), "")
    events.append(
        connection, incident_id, "member_taken_out", now=now, actor=actor, subject=("person", member_id), screen="incidents",
        name=name,
    )  # fmt: skip


@deed
def restrict_incident(
    connection: Connection, incident_id: int, restricted: bool, *, now: datetime, actor: str | None = None
) -> None:
    """Keep it from everybody who does not take part by name, or open it again. Raises BadInput("nobody_takes_part")."""
    incident = incidents.get(connection, incident_id)
    if restricted and not accounts.members(connection, incident_id):
        raise BadInput("nobody_takes_part")
    if incident.restricted == restricted:
        return
    incidents.set_plain(connection, incident_id, restricted=restricted)
    events.append(
        connection, incident_id, "incident_restricted" if restricted else "incident_opened_up", now=now, actor=actor,
        screen="incidents",
    )  # fmt: skip
