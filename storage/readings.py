"""What was said about an incident, counted by the database: a person's tone outranks the desk's, irrelevant items are left out."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    String,
    case,
    cast,
    extract,
    func,
    or_,
    select,
    true,
    type_coerce,
)

from incidents.models import Incident
from monitoring.mood import Feed, OutletVolume, PressItem, StorySpread, Summary, ToneBin, ToneCounts
from storage import rows
from storage.schema import feed, heartbeat, item, item_incident, story

TONES = ("negative", "neutral", "positive")
_link = item_incident.c
_tone = func.coalesce(_link.corrected_tone, _link.tone, "neutral")
_gravity = func.coalesce(_link.corrected_gravity, _link.gravity, 0)
_certain = or_(_link.corrected_tone.is_not(None), func.coalesce(_link.certain, False))
_story = func.coalesce(item.c.story_id, -item.c.id)  # an item that is nobody's copy is a story of its own
_BOTH: FromClause = item_incident.join(item, item.c.id == _link.item_id)


def _within(incident_id: int, since: datetime | None, until: datetime | None) -> tuple[ColumnElement[bool], ...]:
    wanted: list[ColumnElement[bool]] = [_link.incident_id == incident_id, _link.relevant]
    if since is not None:
        wanted.append(_link.at >= since)
    if until is not None:
        wanted.append(_link.at < until)
    return tuple(wanted)


def _counted() -> list[Any]:
    """How many of each tone, and how many of them uncertain, as columns."""
    columns = [_how_many(_tone == tone).label(tone) for tone in TONES]
    return [*columns, _how_many(~_certain).label("uncertain")]


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return cast(func.coalesce(func.sum(case((condition, 1), else_=0)), 0), Integer)


def _counts(row: Any) -> ToneCounts:
    return ToneCounts(*(int(row._mapping[name]) for name in (*TONES, "uncertain")))


def latest_at(connection: Connection, incident_id: int) -> datetime | None:
    """When the newest item about the incident was published."""
    query = select(_link.at).where(*_within(incident_id, None, None)).order_by(_link.at.desc()).limit(1)
    return connection.execute(query).scalar_one_or_none()


# --- over time ---------------------------------------------------------------------------------------------------

def tone_bins(
    connection: Connection, incident_id: int, *, since: datetime, until: datetime, width: timedelta
) -> tuple[ToneBin, ...]:
    """One bar for each `width` from `since` to `until`, empty ones too."""
    columns: list[Any] = [_moment(connection, since, width).label("moment"), _certain.label("sure"), *_counted()]
    query = select(*columns).where(*_within(incident_id, since, until)).group_by("moment", "sure")
    found: dict[tuple[int, bool], ToneCounts] = {}
    for row in connection.execute(query):
        key = (_number(row.moment, since, width), bool(row.sure))
        found[key] = found.get(key, ToneCounts()) + _counts(row)
    return tuple(_bin(at, since + at * width, width, found) for at in range(-(-(until - since) // width)))


def _moment(connection: Connection, since: datetime, width: timedelta) -> ColumnElement[Any]:
    """What the database groups by: the bar's number, or on SQLite, where reading a date costs more than all else, the first
    characters of the stored text: ten minutes where bars begin and end at such, else the second."""
    if connection.dialect.name == "postgresql":
        return cast(func.floor((extract("epoch", _link.at) - since.timestamp()) / width.total_seconds()), Integer)
    ten = since.timestamp() % 600 == 0 and width.total_seconds() % 600 == 0
    return func.substr(type_coerce(_link.at, String), 1, 15 if ten else 19)


def _number(moment: Any, since: datetime, width: timedelta) -> int:
    if not isinstance(moment, str):
        return int(moment)
    whole = datetime.fromisoformat(f"{moment}0:00" if len(moment) == 15 else moment).replace(tzinfo=UTC)
    return (whole - since) // width


def _bin(at: int, start: datetime, width: timedelta, found: dict[tuple[int, bool], ToneCounts]) -> ToneBin:
    nothing = ToneCounts()
    return ToneBin(start, start + width, found.get((at, True), nothing), found.get((at, False), nothing))


def summary(connection: Connection, incident_id: int, *, since: datetime, until: datetime) -> Summary:
    """The numbers of one span."""
    query = select(
        *_counted(), func.count(func.distinct(item.c.outlet)).label("outlets"), func.count(func.distinct(_story)).label("stories"),
        *(_how_many(_gravity == level).label(f"gravity_{level}") for level in range(4)),
    ).select_from(_BOTH).where(*_within(incident_id, since, until))  # fmt: skip
    row = connection.execute(query).one()
    gravity = {level: int(row._mapping[f"gravity_{level}"]) for level in range(4)}
    return Summary(since, until, _counts(row), row.outlets, row.stories, gravity)


def texts(
    connection: Connection, incident_id: int, *, since: datetime, until: datetime, most: int, newest: bool
) -> list[str]:
    """Title and lead of the items of a span, the newest or the oldest `most`."""
    order = (_link.at.desc(), item.c.id.desc()) if newest else (_link.at, item.c.id)
    query = select(item.c.title, item.c.summary).select_from(_BOTH).where(*_within(incident_id, since, until))
    return [f"{row.title}\n{row.summary}" for row in connection.execute(query.order_by(*order).limit(most))]


def by_tier(connection: Connection, incident_id: int, *, since: datetime, until: datetime) -> dict[int, ToneCounts]:
    """{tier: its items}."""
    query = select(item.c.tier, *_counted()).select_from(_BOTH).where(*_within(incident_id, since, until))
    return {row.tier: _counts(row) for row in connection.execute(query.group_by(item.c.tier).order_by(item.c.tier))}


def by_gravity(connection: Connection, incident_id: int, *, since: datetime, until: datetime) -> dict[int, ToneCounts]:
    """{level 0..3: its items}."""
    query = select(_gravity.label("level"), *_counted()).where(*_within(incident_id, since, until)).group_by("level")
    return {int(row.level): _counts(row) for row in connection.execute(query.order_by("level"))}


# --- by outlet, by story -----------------------------------------------------------------------------------------

def outlets(
    connection: Connection, incident_id: int, *, since: datetime, until: datetime, most: int = 12
) -> tuple[OutletVolume, ...]:
    """Who says how much, the loudest first."""
    query = (
        select(item.c.outlet, func.min(item.c.tier).label("tier"), func.count().label("n"), *_counted())
        .select_from(_BOTH)
        .where(*_within(incident_id, since, until))
        .group_by(item.c.outlet)
        .order_by(func.count().desc(), func.min(item.c.tier), item.c.outlet)
        .limit(most)
    )
    return tuple(OutletVolume(row.outlet, row.tier, _counts(row)) for row in connection.execute(query))


def outlet_names(connection: Connection, incident_id: int, *, since: datetime, until: datetime, most: int) -> tuple[str, ...]:
    """Who says something at all, the loudest first."""
    query = select(item.c.outlet).select_from(_BOTH).where(*_within(incident_id, since, until)).group_by(item.c.outlet)
    query = query.order_by(func.count().desc(), func.min(item.c.tier), item.c.outlet).limit(most)
    return tuple(connection.execute(query).scalars())


def stories(
    connection: Connection, incident_id: int, *, since: datetime, until: datetime, most: int = 8
) -> tuple[StorySpread, ...]:
    """The stories with the most copies in a span, then the newest."""
    ranked = _ranked(connection, incident_id, since, until, most)
    mine = or_(item.c.story_id.in_([key for key in ranked if key > 0]), item.c.id.in_([-key for key in ranked if key < 0]))
    query = (
        select(
            _story.label("story"), func.count().label("count"), func.count(func.distinct(item.c.outlet)).label("outlets"),
            func.min(_link.at).label("first_at"), func.max(_link.at).label("last_at"), *_counted(),
        )
        .select_from(_BOTH)
        .where(*_within(incident_id, since, until), mine)
        .group_by(_story)
    )  # fmt: skip
    found = {row.story: row for row in connection.execute(query)} if ranked else {}
    firsts = _firsts(connection, incident_id, ranked, since, until)
    return tuple(_spread(found[key], firsts[key]) for key in ranked)


def _ranked(connection: Connection, incident_id: int, since: datetime, until: datetime, most: int) -> list[int]:
    """The keys of the stories with the most copies. Single items, of which there are many, are looked at only where there are
    too few stories with copies."""
    found: list[Any] = []
    for key, among in ((item.c.story_id, item.c.story_id.is_not(None)), (_story, true())):
        if len(found) < most or found[-1].n == 1:
            query = select(key.label("story"), func.count().label("n")).select_from(_BOTH)
            query = query.where(*_within(incident_id, since, until), among).group_by("story")
            query = query.order_by(func.count().desc(), func.max(_link.at).desc()).limit(most)
            found = list(connection.execute(query))
    return [row.story for row in found]


def _firsts(
    connection: Connection, incident_id: int, keys: Iterable[int], since: datetime, until: datetime
) -> dict[int, Any]:
    """The first item of each story in a span, with the story's own title where it has one. A question a story, each of which
    looks at that story's items alone."""
    found = {}
    for key in keys:
        mine = item.c.story_id == key if key > 0 else item.c.id == -key
        query = select(item.c.id, item.c.outlet, func.coalesce(story.c.title, item.c.title).label("title"))
        query = query.select_from(_BOTH.outerjoin(story, story.c.id == item.c.story_id))
        query = query.where(*_within(incident_id, since, until), mine).order_by(_link.at, item.c.id).limit(1)
        found[key] = connection.execute(query).one()
    return found


def _spread(row: Any, first: Any) -> StorySpread:
    return StorySpread(
        id=row.story if row.story > 0 else None, title=first.title, count=row._mapping["count"], outlets=row.outlets,
        first_outlet=first.outlet, first_at=row.first_at, last_at=row.last_at, tones=_counts(row), first_item_id=first.id,
    )  # fmt: skip


# --- the items themselves ----------------------------------------------------------------------------------------

def items(
    connection: Connection, incident_id: int, *, since: datetime | None = None, until: datetime | None = None,
    outlet: str | None = None, tone: str | None = None, story_id: int | None = None, gravity: int | None = None,
    tier: int | None = None, most: int = 20,
) -> tuple[PressItem, ...]:  # fmt: skip
    """The newest items that fit, the newest first."""
    query = _items(incident_id, since, until, outlet, tone, story_id, gravity, tier).order_by(_link.at.desc(), item.c.id.desc())
    return tuple(_item(row) for row in connection.execute(query.limit(most)))


def earliest(connection: Connection, incident_id: int, *, since: datetime, until: datetime) -> PressItem | None:
    """The first item of a span that hurts; where none does, the first."""
    for tone in ("negative", None):
        query = _items(incident_id, since, until, None, tone, None).order_by(_link.at, item.c.id).limit(1)
        row = connection.execute(query).one_or_none()
        if row is not None:
            return _item(row)
    return None


def how_many(
    connection: Connection, incident_id: int, *, since: datetime | None = None, until: datetime | None = None,
    outlet: str | None = None, tone: str | None = None, story_id: int | None = None, gravity: int | None = None,
    tier: int | None = None,
) -> int:  # fmt: skip
    found = _items(incident_id, since, until, outlet, tone, story_id, gravity, tier).with_only_columns(func.count())
    return connection.execute(found).scalar_one()


def _items(
    incident_id: int, since: datetime | None, until: datetime | None, outlet: str | None, tone: str | None,
    story_id: int | None, gravity: int | None = None, tier: int | None = None,
) -> Select[Any]:  # fmt: skip
    names = ("id", "title", "summary", "link", "outlet", "tier", "date_note", "snow", "story_id", "added_by", "engagement")
    mine = (
        _link.at, _link.attribution, _link.reasons, _link.corrected_by, _link.corrected_at, _link.corrected_tone,
        _link.corrected_gravity, _link.version, _link.id.label("link_id"), _link.tone.label("machine_tone"),
        _link.gravity.label("machine_gravity"), item.c.story_before.is_not(None).label("sorted_by_hand"),
    )  # fmt: skip
    judged = (_tone.label("tone"), _certain.label("certain"), _gravity.label("gravity"))
    query = select(*(item.c[name] for name in names), *mine, *judged).select_from(_BOTH)
    query = query.where(*_within(incident_id, since, until))
    wanted = ((item.c.outlet, outlet), (_tone, tone), (item.c.story_id, story_id), (_gravity, gravity), (item.c.tier, tier))
    return query.where(*(column == value for column, value in wanted if value is not None))


def _item(row: Any) -> PressItem:
    values = dict(row._mapping)
    reasons = values.pop("reasons") or ()
    return PressItem(**values | {"certain": bool(row.certain), "gravity": int(row.gravity), "reasons": tuple(reasons)})


def story_titles(connection: Connection, ids: Iterable[int]) -> dict[int, str]:
    wanted = sorted(set(ids))
    found: dict[int, str] = {}
    for at in range(0, len(wanted), 400):  # below SQLite's limit of variables
        query = select(story.c.id, story.c.title).where(story.c.id.in_(wanted[at : at + 400]))
        found |= {row.id: row.title for row in connection.execute(query)}
    return found


# --- the feeds ---------------------------------------------------------------------------------------------------

def feeds(connection: Connection, of: Incident) -> tuple[Feed, ...]:
    """The feeds an incident's news comes from: an example's own, the office's for every other. The sick first."""
    return _feeds(connection, feed.c.incident_id == of.id) if of.kind == "example" else office_feeds(connection)


def office_feeds(connection: Connection) -> tuple[Feed, ...]:
    """The sick first, then those that are read, then the paused."""
    return _feeds(connection, feed.c.incident_id.is_(None))


def _feeds(connection: Connection, mine: ColumnElement[bool]) -> tuple[Feed, ...]:
    order = case((feed.c.paused, 2), (feed.c.problem_key.is_not(None), 0), else_=1)
    query = select(feed).where(mine, feed.c.removed_at.is_(None)).order_by(order, feed.c.tier, feed.c.title, feed.c.id)
    return tuple(rows.as_value(row, Feed) for row in connection.execute(query))


def last_beat(connection: Connection, process: str = "collect") -> datetime | None:
    """When the collector last said that it lives."""
    return connection.execute(select(heartbeat.c.at).where(heartbeat.c.process == process)).scalar_one_or_none()
