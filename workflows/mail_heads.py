"""Once a day the newest hashes of the records are put into the outbox, to be mailed to a box outside this machine."""

from datetime import datetime
from zoneinfo import ZoneInfo

from storage import outbox
from storage.database import Connection
from workflows.verify_trail import heads

KIND = "heads"


def mail_heads(connection: Connection, *, name: str, language: str, zone: str, now: datetime) -> bool:
    """Whether the letter of the day in `zone` stands in the outbox: there is one, however many processes think of it, and
    none before a real incident has a record. `name` is what the record of messages calls the receiver: the address itself
    stays in the settings. `language` is the letter's."""
    lines = [one.line for one in heads(connection, only_real=True)]
    if not lines:
        return False
    payload = {"kind": KIND, "lines": lines, "language": language, "at": now.isoformat()}
    key = f"{KIND}:{now.astimezone(ZoneInfo(zone)):%Y-%m-%d}"
    outbox.add(connection, target_id=None, name=name, channel="email", payload=payload, due_at=now, key=key, now=now)
    return True
