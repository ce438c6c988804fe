"""Somebody takes a part in the desk: a name and what they may clear."""

from datetime import datetime

from errors import BadInput
from incidents.intake import clean_text
from incidents.models import ROLES, Person
from storage import incidents
from storage.database import Connection
from workflows.deed import deed

MAX_NAME = 200


@deed
def add_person(
    connection: Connection, *, name: str, roles: tuple[str, ...], now: datetime, incident_id: int | None = None
) -> Person:
    """Raises BadInput: name_needed without a name, too_long, not_a_choice for a role that does not exist."""
    cleaned = " ".join(clean_text(name, MAX_NAME).split())
    if not cleaned:
        raise BadInput("name_needed")
    if unheard := set(roles) - set(ROLES):
        raise BadInput("not_a_choice", value=sorted(unheard)[0])
    same = [one for one in incidents.people(connection, incident_id) if one.name == cleaned]
    if same:
        return _also(connection, same[0], roles)
    person_id = incidents.add_person(
        connection, name=cleaned, roles=list(roles), incident_id=incident_id, created_at=now
    )
    return incidents.get_person(connection, person_id)


def _also(connection: Connection, person: Person, roles: tuple[str, ...]) -> Person:
    wanted = list(dict.fromkeys((*person.roles, *roles)))
    if tuple(wanted) != person.roles:
        incidents.save_person(connection, person.id, person.version, roles=wanted)
    return incidents.get_person(connection, person.id)
