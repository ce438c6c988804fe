"""Somebody writes into the log what happened: a call, a visit, a decision."""

from datetime import datetime

from errors import BadInput
from incidents.intake import clean_text
from storage import events
from storage.database import Connection
from workflows.deed import deed
from workflows.read_log import FOR_LEGAL

MAX_NOTE = 2_000


@deed
def record_note(
    connection: Connection, incident_id: int, text: str, *, now: datetime, actor: str | None, key: str | None = None,
    legal_only: bool = False,
) -> None:  # fmt: skip
    """The same `key` twice writes it once. Raises BadInput("nothing_written").

    With `legal_only` the words are kept apart from the event, so that whoever reads the log does not read them.
    """
    cleaned = clean_text(text, MAX_NOTE)
    if not cleaned:
        raise BadInput("nothing_written")
    if legal_only:
        events.append(connection, incident_id, FOR_LEGAL, now=now, actor=actor, screen="timeline", key=key, after=cleaned)
        return
    events.append(connection, incident_id, "noted", now=now, actor=actor, screen="timeline", key=key, text=cleaned)
