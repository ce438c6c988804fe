"""What is on the screen as merely reported is confirmed by a name, all of it in one deed: nothing that was not shown."""

from collections.abc import Mapping
from datetime import datetime

from incidents.models import Fact
from storage import facts
from storage.database import Connection
from workflows.deed import deed
from workflows.settle_fact import settle_fact

CASUALTIES = ("deaths", "injured", "missing")


@deed
def confirm_reported(
    connection: Connection,
    incident_id: int,
    *,
    seen: Mapping[int, int],
    now: datetime,
    actor: str | None,
    casualty_source: str | None = None,
) -> tuple[Fact, ...]:
    """Confirm the reported facts `seen` on the screen, {fact id: version}: all, or none.

    With `casualty_source`, the body that gave the numbers of casualties, these are official (practice R16).
    Raises BadInput("name_needed") without a name, Conflict where one was changed since.
    """
    mine = [one for one in facts.of_incident(connection, incident_id) if one.id in seen]
    source = (casualty_source or "").strip() or None
    waiting = [one for one in mine if one.status == "reported" and one.value is not None]
    return tuple(_settled(connection, one, seen[one.id], source, now, actor) for one in waiting)


def _settled(
    connection: Connection, fact: Fact, version: int, source: str | None, now: datetime, actor: str | None
) -> Fact:
    official = source is not None and fact.slot in CASUALTIES
    return settle_fact(
        connection, fact.id, "official" if official else "confirmed", version=version, actor=actor, now=now,
        source=source if official else None, screen="statement",
    )  # fmt: skip
