"""A feed rests, is read again, is read at once, or goes. Feeds are the office's: its own trail tells who did it, no incident's
timeline does."""

from datetime import datetime
from typing import Any

from storage import accounts, feeds
from storage.database import Connection
from workflows.deed import deed


@deed
def pause_feed(connection: Connection, feed_id: int, *, version: int, now: datetime, actor: str | None = None) -> int:
    """Returns the feed's new version. Raises Conflict, NotFound."""
    return _turn(connection, feed_id, version, "feed_paused", now, actor, paused=True)


@deed
def resume_feed(connection: Connection, feed_id: int, *, version: int, now: datetime, actor: str | None = None) -> int:
    """Read again, at once and without the waits its failures had earned."""
    return _turn(connection, feed_id, version, "feed_resumed", now, actor, paused=False, next_due_at=now, failures=0)


@deed
def remove_feed(connection: Connection, feed_id: int, *, version: int, now: datetime, actor: str | None = None) -> int:
    """The feed is read no more; what it said stays."""
    return _turn(connection, feed_id, version, "feed_removed", now, actor, removed_at=now)


@deed
def read_now(connection: Connection, *, now: datetime, actor: str | None = None) -> int:
    """Every feed is due now; returns how many. No trail tells of it: nothing changes but the moment."""
    del actor
    return feeds.hurry(connection, now)


def _turn(
    connection: Connection, feed_id: int, version: int, deed_name: str, now: datetime, actor: str | None, **values: Any
) -> int:
    made = feeds.save(connection, feed_id, version, **values)
    source = feeds.source(connection, feed_id)
    accounts.note(connection, deed_name, at=now, actor=actor, subject=(source.title or source.url)[:200], url=source.url)
    return made
