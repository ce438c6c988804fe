"""Feeds the desk reads, and how each of them is doing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, func, or_, select

from storage import rows
from storage.schema import feed


def key_of(url: str, incident_id: int | None = None) -> str:
    """One feed is one row; the shipped feeds of two examples are two."""
    return sha256(f"{incident_id or ''}|{url.strip()}".encode()).hexdigest()


def add_sample(
    connection: Connection, incident_id: int, slug: str, entries: Iterable[Mapping[str, Any]], *, zone: str,
    language: str, now: datetime,
) -> None:
    """The shipped feed files of an example, due at once; the collector reads them like any other feed."""
    for entry in entries:
        url = f"sample:{slug}/{entry['file']}"
        name = entry["outlet"][language]
        rows.add_once(
            connection, feed, ("dedupe_key",), url=url, title=name, zone=zone, tier=entry["tier"],
            incident_id=incident_id, paused=False, next_due_at=now, failures=0, created_at=now, version=1,
            dedupe_key=key_of(url, incident_id),
        )  # fmt: skip


def broken(connection: Connection, incident_id: int) -> int:
    """How many feeds that concern an incident cannot be read at present."""
    mine = or_(feed.c.incident_id.is_(None), feed.c.incident_id == incident_id)
    sick = (mine, feed.c.problem_key.is_not(None), feed.c.paused.is_(False), feed.c.removed_at.is_(None))
    return connection.execute(select(func.count()).select_from(feed).where(*sick)).scalar_one()
