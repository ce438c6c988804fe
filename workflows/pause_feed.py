"""A feed rests, is read again, is read at once, or goes. Feeds are the office's: no incident's timeline tells of it."""

from datetime import datetime

from storage import feeds
from storage.database import Connection
from workflows.deed import deed


@deed
def pause_feed(
    connection: Connection, feed_id: int, *, version: int, now: datetime | None = None, actor: str | None = None
) -> int:
    """Returns the feed's new version. Raises Conflict, NotFound."""
    del now, actor
    return feeds.save(connection, feed_id, version, paused=True)


@deed
def resume_feed(connection: Connection, feed_id: int, *, version: int, now: datetime, actor: str | None = None) -> int:
    """Read again, at once and without the waits its failures had earned."""
    del actor
    return feeds.save(connection, feed_id, version, paused=False, next_due_at=now, failures=0)


@deed
def remove_feed(connection: Connection, feed_id: int, *, version: int, now: datetime, actor: str | None = None) -> int:
    """The feed is read no more; what it said stays."""
    del actor
    return feeds.save(connection, feed_id, version, removed_at=now)


@deed
def read_now(connection: Connection, *, now: datetime, actor: str | None = None) -> int:
    """Every feed is due now; returns how many."""
    del actor
    return feeds.hurry(connection, now)
