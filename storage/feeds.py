"""Feeds the desk reads, and how each of them is doing."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, insert, or_, select, update

from monitoring.models import ClaimedFeed, FeedSource, Outage, Problem
from storage import rows
from storage.schema import feed, heartbeat, incident, outlet

MOST_OUTAGES = 20
_READABLE = and_(feed.c.paused.is_(False), feed.c.removed_at.is_(None))


def key_of(url: str, incident_id: int | None = None) -> str:
    """One feed is one row; the shipped feeds of two examples are two."""
    return sha256(f"{incident_id or ''}|{url.strip()}".encode()).hexdigest()


def add(
    connection: Connection, *, url: str, title: str, outlet_name: str, tier: int, zone: str, now: datetime
) -> int | None:
    """A new feed, due at once; a removed one comes back. None where it is read already."""
    values = {
        "url": url, "title": title[:300], "outlet_id": outlet_id(connection, outlet_name, tier), "zone": zone,
        "tier": tier, "next_due_at": now,
    }  # fmt: skip
    made = rows.add_once(
        connection, feed, ("dedupe_key",), **values, paused=False, failures=0, created_at=now, version=1,
        dedupe_key=key_of(url),
    )  # fmt: skip
    if made is not None:
        return made
    gone = feed.c.dedupe_key == key_of(url), feed.c.removed_at.is_not(None)
    back = update(feed).where(*gone).values(**values, removed_at=None, paused=False, version=feed.c.version + 1)
    return connection.execute(back.returning(feed.c.id)).scalar_one_or_none()


def outlet_id(connection: Connection, name: str, tier: int) -> int | None:
    """The row of an outlet, made where there is none; None for no name."""
    name = name.strip()[:300]
    if not name:
        return None
    made = rows.add_once(connection, outlet, ("name",), name=name, tier=tier, kind="news", version=1)
    return made or connection.execute(select(outlet.c.id).where(outlet.c.name == name)).scalar_one()


def add_sample(
    connection: Connection, incident_id: int, slug: str, entries: Iterable[Mapping[str, Any]], *, zone: str,
    language: str, now: datetime,
) -> None:  # fmt: skip
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
    sick = (mine, feed.c.problem_key.is_not(None), _READABLE)
    return connection.execute(select(func.count()).select_from(feed).where(*sick)).scalar_one()


def sources(connection: Connection) -> tuple[FeedSource, ...]:
    """Every feed of the office, for a list to take elsewhere; those of examples stay."""
    query = _joined().where(feed.c.incident_id.is_(None), feed.c.removed_at.is_(None)).order_by(outlet.c.name, feed.c.id)
    return tuple(_source(row) for row in connection.execute(query))


def source(connection: Connection, feed_id: int) -> FeedSource:
    return _source(connection.execute(_joined().where(feed.c.id == feed_id)).one())


def save(connection: Connection, feed_id: int, version: int, **values: Any) -> int:
    return rows.save(connection, feed, feed_id, version, **values)


# --- read by the collector ---------------------------------------------------------------------------------------

def claim(
    connection: Connection, *, worker: str, now: datetime, lease: timedelta, most: int
) -> tuple[ClaimedFeed, ...]:
    """Take up to `most` feeds that are due, the longest due first; nobody else gets them until the lease ends."""
    free = or_(feed.c.lease_until.is_(None), feed.c.lease_until < now)
    due = select(feed.c.id).where(_READABLE, feed.c.next_due_at <= now, free).order_by(feed.c.next_due_at, feed.c.id)
    due = due.limit(most).with_for_update(skip_locked=True) if _is_postgres(connection) else due.limit(most)
    taken = [row.id for row in connection.execute(due)]
    if not taken:
        return ()
    leased = update(feed).where(feed.c.id.in_(taken)).values(lease_until=now + lease, leased_by=worker, last_tried_at=now)
    connection.execute(leased)
    query = _joined().where(feed.c.id.in_(taken)).order_by(feed.c.next_due_at, feed.c.id)
    return tuple(_claimed(row) for row in connection.execute(query))


def release(connection: Connection, worker: str) -> int:
    """Give back what a worker of this name had taken when it was ended; returns how many feeds."""
    mine = update(feed).where(feed.c.leased_by == worker, feed.c.lease_until.is_not(None))
    return connection.execute(mine.values(lease_until=None)).rowcount


def well(*, now: datetime, due_at: datetime, **said: Any) -> dict[str, Any]:
    """A good reading: healthy, due again at `due_at`. `said` is what changed of etag, last_modified, body_hash, url."""
    return {"problem_key": None, "problem_facts": None, "failures": 0, "last_good_at": now, "next_due_at": due_at, **said}


def badly(*, problem: Problem, failures: int, due_at: datetime) -> dict[str, Any]:
    facts = dict(problem.facts)
    return {"next_due_at": due_at, "problem_key": problem.key, "problem_facts": facts, "failures": failures}


def settle(connection: Connection, read: Mapping[int, Mapping[str, Any]]) -> None:
    """{feed: what its reading came to}. They are free again; those that say the same things are written together."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for feed_id, values in read.items():
        alike.setdefault(tuple(sorted(values)), []).append({"feed": feed_id, **{f"new_{name}": values[name] for name in values}})
    for names, given in alike.items():
        free = {"lease_until": None, "leased_by": None}
        said = update(feed).where(feed.c.id == bindparam("feed")).values({name: bindparam(f"new_{name}") for name in names} | free)
        connection.execute(said, given)


def next_due(connection: Connection) -> datetime | None:
    """When the next feed falls due, leased ones when their lease ends."""
    return connection.execute(select(func.min(feed.c.next_due_at)).where(_READABLE)).scalar_one()


def hurry(connection: Connection, now: datetime) -> int:
    """Make every readable feed due now: a person presses refresh. Returns how many."""
    return connection.execute(update(feed).where(_READABLE).values(next_due_at=now)).rowcount


def beat(connection: Connection, process: str, now: datetime, note: Mapping[str, Any]) -> None:
    """The process says that it lives."""
    values = {"at": now, "note": dict(note)}
    if not connection.execute(update(heartbeat).where(heartbeat.c.process == process).values(**values)).rowcount:
        connection.execute(insert(heartbeat).values(process=process, **values))


def _joined() -> Select[Any]:
    return select(feed, outlet.c.name.label("outlet"), incident.c.opened_at.label("opened_at")).select_from(
        feed.outerjoin(outlet, outlet.c.id == feed.c.outlet_id).outerjoin(incident, incident.c.id == feed.c.incident_id)
    )


def _source(row: Row[Any]) -> FeedSource:
    return FeedSource(
        id=row.id, url=row.url, title=row.title, outlet=row.outlet or row.title, tier=row.tier, zone=row.zone,
        etag=row.etag, last_modified=row.last_modified, body_hash=row.body_hash,
    )  # fmt: skip


def _claimed(row: Row[Any]) -> ClaimedFeed:
    good_at = row.last_good_at or row.created_at
    return ClaimedFeed(
        _source(row), row.dedupe_key, row.failures, row.incident_id, row.opened_at, good_at, outages_of(row.outages),
    )  # fmt: skip


def outages_of(stored: list[list[Any]] | None) -> tuple[Outage, ...]:
    """The outages that are over, as they are kept with a feed."""
    moment = datetime.fromisoformat
    return tuple(Outage(moment(since), moment(until), failures) for since, until, failures in stored or ())


def kept(outages: Iterable[Outage]) -> list[list[Any]]:
    """The latest outages, as they are stored."""
    return [[one.since.isoformat(), one.until.isoformat(), one.failures] for one in outages][-MOST_OUTAGES:]


def _is_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"
