"""What the firm of an incident is called in a language. A read."""

from incidents.models import Incident
from storage import facts
from storage.database import Connection


def firm_name(connection: Connection, incident: Incident, language: str) -> str:
    """As the settled fact words it, else as the incident is kept; empty where nobody has said."""
    named = [one for one in facts.of_incident(connection, incident.id) if one.slot == "company" and one.settled]
    return next((one.wording(language) or "" for one in named), "") or incident.company or ""
