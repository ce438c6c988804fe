"""Who decides: in their own right, or as the named deputy of somebody, on record as such."""

from datetime import datetime

from errors import NotAllowed
from incidents.deputies import Acting, acting
from storage import incidents
from storage.database import Connection


def who_decides(connection: Connection, incident_id: int, person_id: int, role: str, now: datetime) -> Acting:
    """Raises NotAllowed("not_your_role") where the person neither holds the role nor stands in for one who does."""
    person = incidents.get_person(connection, person_id)
    found = acting(person, role, incidents.people(connection, incident_id), now)
    if found is None:
        raise NotAllowed("not_your_role", name=person.name, role=role)
    return found


def on_record(who: Acting, now: datetime) -> dict[str, str | None]:
    """A vote as it is kept: who, for whom, when."""
    return {"by": who.name, "for": who.principal, "at": now.isoformat()}
