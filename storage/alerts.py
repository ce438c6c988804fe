"""Alerts with what they rest on, an incident's own rules, and the ground that rules look at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, case, cast, extract, func, or_, select, update

from monitoring.alerts.book import Choice
from monitoring.alerts.models import Finding, Mention, Promise, Standing, Watch
from storage import rows
from storage.feeds import outages_of
from storage.schema import alert, alert_evidence, alert_rule, clock, feed, incident, item, item_incident, outlet

MOST_MENTIONS = 3_000


@dataclass(frozen=True)
class Alert:
    """An alert as it is shown. `why` is {key, facts} of what weighs most."""

    id: int
    incident_id: int
    rule: str
    level: str
    state: str
    why: Mapping[str, Any]
    count: int
    first_at: datetime
    last_at: datetime
    opened_at: datetime
    raised_at: datetime | None = None
    step: int = 0
    stepped_at: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    over_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True)
class Evidence:
    """One piece of what an alert rests on, with the item where it is one."""

    at: datetime
    why: Mapping[str, Any]
    item_id: int | None = None
    title: str | None = None
    outlet: str | None = None
    link: str | None = None


@dataclass(frozen=True)
class Watching:
    """An open incident whose rules are to be looked at."""

    id: int
    kind: str
    title: str
    company: str | None
    zone: str
    language: str
    case_offset_s: int
    known_at: datetime | None
    opened_at: datetime
    choices: Mapping[str, Choice] = field(default_factory=dict)


# --- incidents and their rules -----------------------------------------------------------------------------------

def watching(connection: Connection, incident_id: int | None = None) -> tuple[Watching, ...]:
    """Every open incident with what it has changed of the rules; with an id that one alone, open or not."""
    query = select(incident).order_by(incident.c.id)
    mine = incident.c.status.in_(("intake", "open")) if incident_id is None else incident.c.id == incident_id
    found = connection.execute(query.where(mine)).all()
    stored = choices(connection, [row.id for row in found])
    return tuple(
        Watching(
            row.id, row.kind, row.title, row.company, row.zone, row.language, row.case_offset_s, row.known_at, row.opened_at,
            stored.get(row.id, {}),
        )
        for row in found
    )  # fmt: skip


def choices(connection: Connection, incidents: Sequence[int]) -> dict[int, dict[str, Choice]]:
    found: dict[int, dict[str, Choice]] = {}
    for row in connection.execute(select(alert_rule).where(alert_rule.c.incident_id.in_(incidents))):
        made = Choice(row.rule, row.armed, row.settings, row.armed_at, row.saved_by, row.version)
        found.setdefault(row.incident_id, {})[row.rule] = made
    return found


def save_choice(connection: Connection, incident_id: int, rule: str, version: int, **values: Any) -> int:
    """Store what an incident wants of a rule; `version` 0: nothing was stored yet. Raises Conflict."""
    mine = alert_rule.c.incident_id == incident_id, alert_rule.c.rule == rule
    stands = connection.execute(select(alert_rule.c.id).where(*mine)).scalar_one_or_none()
    if stands is None and version == 0:
        rows.add(connection, alert_rule, incident_id=incident_id, rule=rule, version=1, **values)
        return 1
    return rows.save(connection, alert_rule, stands or 0, version, **values)


# --- what rules look at ------------------------------------------------------------------------------------------

def mentions(connection: Connection, incident_id: int, *, since: datetime, until: datetime) -> tuple[Mention, ...]:
    """The newest items about an incident that were published in [since, until]."""
    columns: list[Any] = [item.c[name] for name in ("id", "title", "summary", "outlet", "tier", "link")]
    columns += [item_incident.c.at, item.c.first_seen_at.label("seen_at"), item.c.story_id.label("story")]
    query = select(*columns).join(item_incident, item_incident.c.item_id == item.c.id).where(
        item_incident.c.incident_id == incident_id, item_incident.c.relevant, item_incident.c.at >= since,
        item_incident.c.at <= until,
    )  # fmt: skip
    found = connection.execute(query.order_by(item_incident.c.at.desc(), item.c.id.desc()).limit(MOST_MENTIONS))
    return tuple(rows.as_value(row, Mention) for row in found)


def first_mention(connection: Connection, incident_id: int) -> datetime | None:
    mine = item_incident.c.incident_id == incident_id, item_incident.c.relevant
    return connection.execute(select(func.min(item_incident.c.at)).where(*mine)).scalar_one_or_none()


def watches(connection: Connection, incident_id: int | None, *, since: datetime, now: datetime, habits: bool) -> tuple[Watch, ...]:
    """The feeds an incident draws on (None: the office's); with `habits` also how much each said in every hour since then."""
    own = feed.c.incident_id == incident_id if incident_id is not None else feed.c.incident_id.is_(None)
    query = select(feed, outlet.c.name.label("outlet")).outerjoin(outlet, outlet.c.id == feed.c.outlet_id)
    found = connection.execute(query.where(own, feed.c.paused.is_(False), feed.c.removed_at.is_(None)).order_by(feed.c.id)).all()
    hours, latest = _hours(connection, [row.id for row in found], since, now) if habits else ({}, {})
    return tuple(
        Watch(
            row.id, row.outlet or row.title or row.url, row.tier, row.created_at, row.last_good_at, row.problem_key is not None,
            row.failures, hours.get(row.id, ()), latest.get(row.id), outages_of(row.outages),
        )
        for row in found
    )  # fmt: skip


def _hours(
    connection: Connection, feeds: Sequence[int], since: datetime, now: datetime
) -> tuple[dict[int, tuple[tuple[datetime, int], ...]], dict[int, datetime]]:
    """Items by feed and hour, and the latest of each feed."""
    seconds = extract("epoch", item.c.at)
    whole = cast(func.floor(seconds) if connection.dialect.name == "postgresql" else seconds, Integer)
    number = (whole // 3600).label("hour")
    query = select(item.c.feed_id, number, func.count().label("n"), func.max(item.c.at).label("latest")).where(
        item.c.feed_id.in_(feeds), item.c.at >= since, item.c.at <= now
    )
    found: dict[int, list[tuple[datetime, int]]] = {}
    latest: dict[int, datetime] = {}
    for row in connection.execute(query.group_by(item.c.feed_id, number).order_by(item.c.feed_id, number)):
        found.setdefault(row.feed_id, []).append((datetime.fromtimestamp(row.hour * 3600, now.tzinfo), row.n))
        latest[row.feed_id] = row.latest
    return {feed_id: tuple(mine) for feed_id, mine in found.items()}, latest


def promises(connection: Connection, incident_id: int, *, since: datetime, offset: timedelta) -> tuple[Promise, ...]:
    """Clocks that run, or stopped after `since`; an example's case clock is told in wall time."""
    alive = or_(clock.c.stopped_at.is_(None), clock.c.stopped_at >= since)
    found = connection.execute(select(clock).where(clock.c.incident_id == incident_id, alive).order_by(clock.c.due_at))
    return tuple(Promise(row.id, row.rule, row.started_at, row.due_at - offset, row.stopped_at) for row in found)


# --- alerts ------------------------------------------------------------------------------------------------------

def standing(connection: Connection, incident_id: int, *, since: datetime) -> tuple[Standing, ...]:
    """Alerts that are open, or were opened or ended since then, each with the stories its items belong to by now."""
    fresh = or_(
        alert.c.state == "open", alert.c.opened_at >= since, alert.c.acknowledged_at >= since, alert.c.over_at >= since
    )
    found = connection.execute(select(alert).where(alert.c.incident_id == incident_id, fresh).order_by(alert.c.id)).all()
    subjects = _subjects(connection, [row.id for row in found])
    return tuple(
        Standing(
            row.id, row.rule, row.level, row.state, row.opened_at, subjects.get(row.id, frozenset()), row.raised_at,
            row.acknowledged_at, row.over_at,
        )
        for row in found
    )  # fmt: skip


def _subjects(connection: Connection, alerts: Sequence[int]) -> dict[int, frozenset[str]]:
    query = select(alert_evidence.c.alert_id, alert_evidence.c.subject, item.c.story_id).outerjoin(
        item, item.c.id == alert_evidence.c.item_id
    )
    found: dict[int, set[str]] = {}
    for row in connection.execute(query.where(alert_evidence.c.alert_id.in_(alerts))):
        found.setdefault(row.alert_id, set()).update({row.subject, *([f"story:{row.story_id}"] if row.story_id else [])})
    return {alert_id: frozenset(mine) for alert_id, mine in found.items()}


def known(connection: Connection, incident_id: int, rule: str, keys: Sequence[str]) -> set[str]:
    """Those of the keys that have been counted already."""
    found: set[str] = set()
    for at in range(0, len(keys), 400):
        some = alert_evidence.c.key.in_(keys[at : at + 400])
        query = select(alert_evidence.c.key).where(alert_evidence.c.incident_id == incident_id, alert_evidence.c.rule == rule, some)
        found |= set(connection.execute(query).scalars())
    return found


def open_alert(connection: Connection, incident_id: int, found: Sequence[Finding], *, now: datetime) -> int:
    """A new alert over its findings; returns its id."""
    worst = _worst(found)
    at = [one.at for one in found]
    alert_id = rows.add(
        connection, alert, incident_id=incident_id, rule=worst.rule, level=worst.level, state="open", why=_why(worst),
        count=len(found), first_at=min(at), last_at=max(at), opened_at=now, step=0, version=1,
    )  # fmt: skip
    _add_evidence(connection, incident_id, alert_id, found)
    return alert_id


def grow(connection: Connection, incident_id: int, alert_id: int, found: Sequence[Finding], *, raised: bool, now: datetime) -> None:
    """More evidence. `raised`: it is red now, and stands open again until somebody says that they have seen it."""
    _add_evidence(connection, incident_id, alert_id, found)
    worst = _worst(found)
    last = max(one.at for one in found)
    values: dict[str, Any] = {
        "count": alert.c.count + len(found), "version": alert.c.version + 1,
        "last_at": case((alert.c.last_at < last, last), else_=alert.c.last_at),
    }  # fmt: skip
    if raised:
        values |= {"level": worst.level, "why": _why(worst), "state": "open", "raised_at": now, "step": 0, "stepped_at": None}
        values |= {"acknowledged_by": None, "acknowledged_at": None, "over_at": None}
    connection.execute(update(alert).where(alert.c.id == alert_id).values(**values))


def _worst(found: Sequence[Finding]) -> Finding:
    return next((one for one in found if one.level == "red"), found[0])


def _why(finding: Finding) -> dict[str, Any]:
    return {"key": finding.why, "facts": dict(finding.facts)}


def _add_evidence(connection: Connection, incident_id: int, alert_id: int, found: Sequence[Finding]) -> None:
    for one in found:
        rows.add_once(
            connection, alert_evidence, ("incident_id", "rule", "key"), alert_id=alert_id, incident_id=incident_id, rule=one.rule,
            key=one.key[:160], subject=one.subject[:120], item_id=one.item, at=one.at, why=_why(one),
        )  # fmt: skip


def set_plain(connection: Connection, alert_id: int, **values: Any) -> None:
    connection.execute(update(alert).where(alert.c.id == alert_id).values(**values, version=alert.c.version + 1))


def save(connection: Connection, alert_id: int, version: int, **values: Any) -> int:
    return rows.save(connection, alert, alert_id, version, **values)


def get(connection: Connection, alert_id: int) -> Alert:
    """Raises NotFound."""
    return rows.get(connection, alert, alert_id, Alert)


def of_incident(
    connection: Connection, incident_id: int, *, states: Iterable[str] | None = None, most: int = 200
) -> tuple[Alert, ...]:
    """The newest first; red before amber among those that are open."""
    query = select(alert).where(alert.c.incident_id == incident_id)
    query = query.where(alert.c.state.in_(list(states))) if states is not None else query
    order = case((alert.c.state != "open", 2), (alert.c.level == "red", 0), else_=1)
    found = connection.execute(query.order_by(order, alert.c.opened_at.desc(), alert.c.id.desc()).limit(most))
    return tuple(rows.as_value(row, Alert) for row in found)


def counts(connection: Connection, incident_id: int) -> dict[str, int]:
    """How many are open, by level."""
    query = select(alert.c.level, func.count().label("n")).where(alert.c.incident_id == incident_id, alert.c.state == "open")
    return {row.level: row.n for row in connection.execute(query.group_by(alert.c.level))}


def evidence(connection: Connection, alert_id: int, *, most: int = 50) -> tuple[Evidence, ...]:
    """What an alert rests on, the newest first."""
    columns: list[Any] = [alert_evidence.c[name] for name in ("at", "why", "item_id")]
    columns += [item.c[name] for name in ("title", "outlet", "link")]
    query = select(*columns).outerjoin(item, item.c.id == alert_evidence.c.item_id).where(alert_evidence.c.alert_id == alert_id)
    found = connection.execute(query.order_by(alert_evidence.c.at.desc(), alert_evidence.c.id.desc()).limit(most))
    return tuple(rows.as_value(row, Evidence) for row in found)
