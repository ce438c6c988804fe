"""An example or a drill is put away with everything in it. A real incident is never removed."""

from errors import NotAllowed
from storage import incidents
from storage.database import Connection
from workflows.deed import deed


@deed
def remove_example(connection: Connection, incident_id: int) -> None:
    """Raises NotAllowed("real_stays") for a real incident."""
    if incidents.get(connection, incident_id).kind == "real":
        raise NotAllowed("real_stays")
    incidents.remove(connection, incident_id)
