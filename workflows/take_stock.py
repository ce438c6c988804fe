"""The intake is in, or facts have moved: the type is judged and the groups that are touched are put on the board."""

from datetime import datetime

from storage import incidents
from storage.database import Connection
from workflows.deed import deed
from workflows.judge_type import judge_type
from workflows.propose_audiences import propose_audiences
from workflows.tools import Tools


@deed
def take_stock(connection: Connection, incident_id: int, *, tools: Tools, now: datetime) -> None:
    """Judge the type and propose the audiences from what is known now. Repeating it changes only what has moved."""
    stands = incidents.get(connection, incident_id)
    judge_type(connection, incident_id, model=tools.type_model, now=now)
    propose_audiences(connection, incident_id, catalogue=tools.catalogue, now=now)
    if stands.status == "intake":
        incidents.set_plain(connection, incident_id, status="open")
