"""A photo, a recording, a notice is kept as evidence: for a fact, or for the incident."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from documents.file_kinds import kind_of
from errors import BadInput, NotFound
from incidents.intake import clean_text
from storage import events, evidence, facts, uploads
from storage.database import Connection
from workflows.deed import deed

MAX_NOTE = 300


@deed
def attach_file(
    connection: Connection, incident_id: int, name: str, body: bytes, *, home: Path, fact_id: int | None = None,
    note: str = "", now: datetime, actor: str | None,
) -> int:  # fmt: skip
    """Keep the file exactly as it came; returns its id. The same file for the same fact is kept once.

    Raises BadInput (name_needed, too_long, and those of documents.file_kinds), NotFound for a fact of another incident,
    Unavailable where the disk cannot hold it.
    """
    if not actor:
        raise BadInput("name_needed")
    if fact_id is not None and facts.get(connection, fact_id).incident_id != incident_id:
        raise NotFound("not_found", what="fact")
    kind, said = kind_of(name, body), clean_text(note, MAX_NOTE)
    stands = uploads.stands_already(connection, incident_id, sha256(body).hexdigest(), fact_id)
    if stands is not None:
        return stands
    digest = evidence.keep(
        connection, home, body, incident_id=incident_id, name=kind.name, media_type=kind.media_type, now=now, actor=actor
    )
    made = uploads.add(
        connection, incident_id=incident_id, fact_id=fact_id, sha256=digest, name=kind.name, media_type=kind.media_type,
        size=len(body), note=said or None, added_by=actor, added_at=now,
    )  # fmt: skip
    events.append(
        connection, incident_id, "file_attached", now=now, actor=actor, subject=("upload", made), screen="facts",
        name=kind.name, size=len(body), digest=digest,
    )  # fmt: skip
    return made


@deed
def detach_file(connection: Connection, upload_id: int, *, now: datetime, actor: str | None) -> None:
    """Take it off the list; the bytes and the trail stay. Taken off already: nothing happens. Raises BadInput("name_needed")."""
    if not actor:
        raise BadInput("name_needed")
    stands = uploads.get(connection, upload_id)
    if stands.removed_at is not None:
        return
    uploads.remove(connection, upload_id, now)
    events.append(
        connection, stands.incident_id, "file_detached", now=now, actor=actor, subject=("upload", upload_id), screen="facts",
        name=stands.name,
    )  # fmt: skip
