"""A deed that somebody was refused is kept, in a transaction of its own: that of the deed was undone as a whole."""

from datetime import datetime

from storage import accounts
from storage.database import Connection
from workflows.deed import Refusal


def note_refusal(connection: Connection, refused: Refusal, *, actor: str | None, now: datetime) -> None:
    about = {"what": refused.deed, "incident": refused.incident_id, "why": refused.why}
    accounts.note(connection, "deed_refused", at=now, actor=actor, subject=actor, **about)
