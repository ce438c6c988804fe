"""Somebody says under which law the texts of an incident are read."""

from collections.abc import Sequence
from datetime import datetime

from errors import BadInput
from statements.models import JURISDICTIONS
from storage import events, incidents
from storage.database import Connection
from workflows.deed import deed


@deed
def choose_jurisdictions(
    connection: Connection, incident_id: int, chosen: Sequence[str], *, version: int, now: datetime, actor: str | None
) -> tuple[str, ...]:
    """Mainland China always stays first, so that what another law permits is never the default.

    Raises BadInput("not_a_choice") for one without a pack, Conflict where somebody changed the incident meanwhile.
    """
    unknown = set(chosen) - set(JURISDICTIONS)
    if unknown:
        raise BadInput("not_a_choice", value=sorted(unknown)[0])
    wanted = tuple(one for one in JURISDICTIONS if one in chosen or one == JURISDICTIONS[0])
    if wanted != incidents.get(connection, incident_id).jurisdictions:
        incidents.save(connection, incident_id, version, jurisdictions=list(wanted))
        events.append(
            connection, incident_id, "jurisdictions_chosen", now=now, actor=actor, screen="statement", names=", ".join(wanted)
        )
    return wanted
