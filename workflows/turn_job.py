"""A long deed is stopped by a person, or goes on where it was left."""

from datetime import datetime

from errors import BadInput
from storage import jobs
from storage.database import Connection
from workflows.deed import deed

STATES = ("stopped", "waiting")


@deed
def turn_job(connection: Connection, job_id: int, state: str, *, now: datetime, actor: str | None = None) -> bool:
    """False where it has ended meanwhile. Raises BadInput for another state."""
    del actor
    if state not in STATES:
        raise BadInput("not_a_choice", value=state)
    return jobs.turn(connection, job_id, state, now)
