"""The log of an incident as somebody may read it. What shows, exports or searches events reads them here."""

from dataclasses import replace

from accounts.models import Caller
from accounts.rights import HEAD, LEGAL
from incidents.models import Event
from storage import events
from storage.database import Connection
from workflows.deed import roles_of

FOR_LEGAL = "noted_for_legal"


def read_log(connection: Connection, incident_id: int, who: Caller, *, newest: int | None = None) -> tuple[Event, ...]:
    """The log in order, or the `newest` first. Notes for legal alone are there for legal, the head and whoever wrote them."""
    log = events.of_incident(connection, incident_id, newest=newest)
    if all(one.deed != FOR_LEGAL for one in log):
        return log
    said = events.kept_values(connection, incident_id, FOR_LEGAL)
    reads_all = who.trusted or bool(roles_of(connection, who, incident_id) & {HEAD, LEGAL})
    return tuple(
        replace(one, facts={"text": said.get(one.id) or ""}) if one.deed == FOR_LEGAL else one
        for one in log
        if one.deed != FOR_LEGAL or reads_all or (who.name is not None and one.actor == who.name)
    )
