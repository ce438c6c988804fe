"""A test message for one target is put into the outbox, to be delivered like any other. From an example or a drill none is."""

from datetime import datetime

from errors import NotAllowed
from storage import incidents, outbox, targets
from storage.database import Connection
from workflows.deed import deed


@deed
def send_test(connection: Connection, target_id: int, *, incident_id: int | None, now: datetime, actor: str | None = None) -> int:
    """Returns the row's id. Raises NotAllowed("channel.never") on an example or a drill, NotFound for a target that is gone."""
    del actor
    if incident_id is not None:
        kind = incidents.get(connection, incident_id).kind
        if kind != "real":
            raise NotAllowed("channel.never", kind=kind)
    target = targets.get(connection, target_id)
    key = f"test:{target_id}:{now.isoformat()}"
    made = outbox.add(
        connection, target_id=target_id, name=target.name, channel=target.channel, payload={"kind": "test"}, due_at=now, key=key,
        now=now,
    )  # fmt: skip
    return made or 0
