"""An incident's watch terms as a whole: read, replaced, and what stood before the last change."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select

from monitoring.watch import WatchTerm
from storage import rows
from storage.schema import event, event_value, feed, incident, item, watch_term

CHANGED = "watch_changed"


def terms(connection: Connection, incident_id: int) -> tuple[WatchTerm, ...]:
    query = select(watch_term).where(watch_term.c.incident_id == incident_id).order_by(watch_term.c.id)
    return tuple(WatchTerm(row.kind, row.expression) for row in connection.execute(query))


def replace(connection: Connection, incident_id: int, wanted: Sequence[WatchTerm], now: datetime) -> None:
    connection.execute(delete(watch_term).where(watch_term.c.incident_id == incident_id))
    for term in wanted:
        unique = {"incident_id": incident_id, "expression": term.expression}
        rows.add_once(connection, watch_term, tuple(unique), kind=term.kind, created_at=now, **unique)


def before_last_change(connection: Connection, incident_id: int) -> tuple[WatchTerm, ...] | None:
    """The terms that stood before the last change; None where there was none."""
    last = select(event.c.id).where(event.c.incident_id == incident_id, event.c.deed == CHANGED)
    last = last.order_by(event.c.sequence.desc()).limit(1)
    query = select(event_value.c.value).where(event_value.c.event_id.in_(last), event_value.c.side == "before")
    found = connection.execute(query).scalar_one_or_none()
    return None if found is None else tuple(WatchTerm(kind, expression) for kind, expression in found)


def texts_since(connection: Connection, incident_id: int, since: datetime, most: int) -> list[tuple[str, str, str, datetime]]:
    """(title, summary, outlet, moment) of the newest items that could matter to an incident: an example's own, the office's
    for every other."""
    kind = connection.execute(select(incident.c.kind).where(incident.c.id == incident_id)).scalar_one()
    mine = feed.c.incident_id == incident_id if kind == "example" else feed.c.incident_id.is_(None)
    query = select(item.c.title, item.c.summary, item.c.outlet, item.c.at).join(feed, feed.c.id == item.c.feed_id)
    query = query.where(mine, item.c.at >= since).order_by(item.c.at.desc(), item.c.id.desc()).limit(most)
    return [(row.title, row.summary, row.outlet, row.at) for row in connection.execute(query)]
