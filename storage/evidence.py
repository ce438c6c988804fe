"""What people brought in as evidence, kept under DESK_HOME/uploads by its SHA-256, exactly as it came."""

import os
import tempfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, insert, select

from errors import Unavailable
from storage.schema import attachment


def keep(
    connection: Connection, home: Path, body: bytes, *, incident_id: int, name: str, media_type: str, now: datetime,
    actor: str | None,
) -> str:  # fmt: skip
    """Keep the bytes; returns their SHA-256. The same bytes are kept once. Raises Unavailable where the disk cannot."""
    digest = sha256(body).hexdigest()
    folder = home / "uploads" / digest[:2]
    path = folder / digest
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=folder)
            with os.fdopen(handle, "wb") as out:
                out.write(body)
            os.replace(part, path)
    except OSError as cause:
        raise Unavailable("disk.cannot_write", folder=str(folder)) from cause
    if connection.execute(select(attachment.c.sha256).where(attachment.c.sha256 == digest)).first() is None:
        values = {"name": name[:300], "media_type": media_type[:120], "size": len(body), "added_by": actor, "added_at": now}
        connection.execute(insert(attachment).values(sha256=digest, incident_id=incident_id, **values))
    return digest
