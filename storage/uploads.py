"""Which kept files stand as evidence for what. The bytes themselves lie under DESK_HOME/uploads (storage.evidence)."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, update

from errors import NotFound, Unavailable
from storage import rows
from storage.schema import upload


@dataclass(frozen=True)
class Upload:
    id: int
    incident_id: int
    fact_id: int | None
    sha256: str
    name: str
    media_type: str
    size: int
    note: str | None
    added_by: str | None
    added_at: datetime
    removed_at: datetime | None


def add(connection: Connection, **values: Any) -> int:
    return rows.add(connection, upload, **values)


def get(connection: Connection, upload_id: int) -> Upload:
    """Raises NotFound."""
    return rows.get(connection, upload, upload_id, Upload)


def of_incident(connection: Connection, incident_id: int) -> tuple[Upload, ...]:
    """What stands as evidence, the oldest first."""
    query = select(upload).where(upload.c.incident_id == incident_id, upload.c.removed_at.is_(None)).order_by(upload.c.id)
    return tuple(rows.as_value(row, Upload) for row in connection.execute(query))


def stands_already(connection: Connection, incident_id: int, digest: str, fact_id: int | None) -> int | None:
    same = next((one for one in of_incident(connection, incident_id) if (one.sha256, one.fact_id) == (digest, fact_id)), None)
    return same.id if same else None


def remove(connection: Connection, upload_id: int, now: datetime) -> None:
    connection.execute(update(upload).where(upload.c.id == upload_id, upload.c.removed_at.is_(None)).values(removed_at=now))


def body(home: Path, one: Upload) -> bytes:
    """The bytes as they came. Raises NotFound where the file is gone, Unavailable("upload.changed") where it is another."""
    path = home / "uploads" / one.sha256[:2] / one.sha256
    try:
        found = path.read_bytes()
    except OSError as cause:
        raise NotFound("not_found", what="upload") from cause
    if sha256(found).hexdigest() != one.sha256:
        raise Unavailable("upload.changed", name=one.name)
    return found
