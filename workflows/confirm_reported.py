"""What is on the screen as merely reported is confirmed by a name, all of it in one deed: nothing that was not shown."""

from collections.abc import Mapping
from datetime import datetime

from incidents.models import Fact
from storage import facts
from storage.database import Connection
from workflows.settle_fact import settle_fact


def confirm_reported(
    connection: Connection, incident_id: int, *, seen: Mapping[int, int], now: datetime, actor: str | None
) -> tuple[Fact, ...]:
    """Confirm the reported facts `seen` on the screen, {fact id: version}: all, or none.

    Raises BadInput("name_needed") without a name, Conflict where one was changed since.
    """
    mine = [one for one in facts.of_incident(connection, incident_id) if one.id in seen]
    return tuple(
        settle_fact(connection, one.id, "confirmed", version=seen[one.id], actor=actor, now=now, screen="statement")
        for one in mine
        if one.status == "reported" and one.value is not None
    )
