"""News items, the incidents they matter to, and the stories they are copies of."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, ScalarSelect, bindparam, delete, func, or_, select, update

from monitoring.models import ClaimedFeed, Judged, ParsedItem, ScoredItem, StoryText, Watched
from monitoring.watch import WatchTerm
from storage import rows, search
from storage.schema import feed, incident, item, item_incident, story, watch_term

AT_ONCE = 400  # keys in one question, below SQLite's limit of variables


def key_of(feed_key: str, entry: ParsedItem) -> str:
    """The same whenever the same entry of the same feed is read again."""
    return sha256(f"{feed_key}|{entry.guid_key}".encode()).hexdigest()


def standing(connection: Connection, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
    """{key: (id, title)} of those that are stored."""
    found: dict[str, tuple[int, str]] = {}
    for at in range(0, len(keys), AT_ONCE):
        query = select(item.c.key, item.c.id, item.c.title).where(item.c.key.in_(keys[at : at + AT_ONCE]))
        found |= {row.key: (row.id, row.title) for row in connection.execute(query)}
    return found


def add(connection: Connection, told: Mapping[str, tuple[ClaimedFeed, ScoredItem]], *, now: datetime) -> dict[str, int]:
    """Store items, by key, that are not stored yet; {key: id} of the new ones."""
    given = [{"key": key, **_values(claimed, one, now)} for key, (claimed, one) in told.items()]
    made = rows.add_all_once(connection, item, ("key",), given, (item.c.key, item.c.id)) if given else []
    return {row.key: row.id for row in made}


def _values(claimed: ClaimedFeed, scored: ScoredItem, now: datetime) -> dict[str, Any]:
    entry = scored.item
    return {
        "feed_id": claimed.source.id, "outlet": claimed.source.outlet[:300], "tier": claimed.source.tier,
        "title": entry.title, "summary": entry.summary, "link": entry.link, "language": entry.language[:12],
        "published_at": entry.published_at, "date_note": entry.date_note, "first_seen_at": now,
        "at": entry.published_at or now, "snow": scored.snow, "pinned_story": False,
    }  # fmt: skip


def add_by_hand(
    connection: Connection, incident_id: int, entry: ParsedItem, *, key: str, outlet: str, tier: int, captured: str, actor: str,
    engagement: dict[str, int] | None, at: datetime, now: datetime,
) -> tuple[int, bool]:  # fmt: skip
    """Store an item that came from no feed, for one incident and by a person's word; (id, whether it is new)."""
    made = rows.add_once(
        connection, item, ("key",), key=key, outlet=outlet[:300], tier=tier, title=entry.title, summary=entry.summary,
        link=entry.link, language=entry.language, published_at=entry.published_at, first_seen_at=now, at=at,
        date_note=None if entry.published_at else "missing", captured=captured, engagement=engagement, added_by=actor[:200],
        pinned_story=False,
    )  # fmt: skip
    if made is None:
        return connection.execute(select(item.c.id).where(item.c.key == key)).scalar_one(), False
    unique = {"item_id": made, "incident_id": incident_id}
    decided = {"relevant": True, "decided_by": actor[:200], "decided_at": now}
    rows.add_once(connection, item_incident, tuple(unique), **unique, at=at, version=1, **decided)
    return made, True


def by_id(connection: Connection, item_id: int) -> ParsedItem | None:
    row = connection.execute(select(item).where(item.c.id == item_id)).one_or_none()
    return _entry(row) if row else None


def set_snow(connection: Connection, item_id: int, snow: float | None) -> None:
    connection.execute(update(item).where(item.c.id == item_id).values(snow=snow))


def retitle(connection: Connection, item_id: int, scored: ScoredItem, *, was: str, now: datetime) -> None:
    """The outlet changed its headline: the new one stands, the old one is kept with the hour it was last seen."""
    earlier = connection.execute(select(item.c.earlier_titles).where(item.c.id == item_id)).scalar_one() or []
    kept = [*earlier, {"title": was, "until": now.isoformat()}][-20:]
    values = {"title": scored.item.title, "summary": scored.item.summary, "snow": scored.snow, "earlier_titles": kept}
    connection.execute(update(item).where(item.c.id == item_id).values(**values))
    search.reindex(connection, item_id)


def judge(connection: Connection, judged: Sequence[tuple[int, Judged, datetime]]) -> None:
    """What items do to incidents, each with its moment; read again, a judgement is renewed and a person's correction stays."""
    given = {(item_id, one.incident_id): (_judged(one), at) for item_id, one, at in judged}
    unique = ("item_id", "incident_id")
    links = [dict(zip(unique, pair, strict=True)) | values | {"at": at, "relevant": True, "version": 1}
             for pair, (values, at) in given.items()]  # fmt: skip
    told = (item_incident.c.item_id, item_incident.c.incident_id)
    made = {tuple(row) for row in rows.add_all_once(connection, item_incident, unique, links, told)} if links else set()
    stood = [{"link_item": pair[0], "link_incident": pair[1], **values} for pair, (values, _) in given.items() if pair not in made]
    if stood:
        mine = item_incident.c.item_id == bindparam("link_item"), item_incident.c.incident_id == bindparam("link_incident")
        connection.execute(update(item_incident).where(*mine), stood)


def _judged(judged: Judged) -> dict[str, Any]:
    return {
        "tone": judged.tone, "tone_score": judged.tone_score, "certain": judged.certain, "gravity": judged.gravity,
        "attribution": judged.attribution, "reasons": [dict(reason) for reason in judged.reasons], "model": judged.model,
    }  # fmt: skip


# --- what matters to whom ----------------------------------------------------------------------------------------

def watched(connection: Connection) -> tuple[Watched, ...]:
    """Every open incident with its terms."""
    terms: dict[int, list[WatchTerm]] = {}
    for row in connection.execute(select(watch_term).order_by(watch_term.c.id)):
        terms.setdefault(row.incident_id, []).append(WatchTerm(row.kind, row.expression))
    query = select(incident.c.id, incident.c.kind, incident.c.company).where(incident.c.status.in_(("intake", "open")))
    found = connection.execute(query.order_by(incident.c.id))
    return tuple(Watched(row.id, row.kind, row.company, tuple(terms.get(row.id, ()))) for row in found)


def youngest_known_at(connection: Connection) -> datetime | None:
    """When the youngest open real incident or drill became known: it sets the pace."""
    query = select(incident.c.known_at, incident.c.opened_at).where(
        incident.c.status.in_(("intake", "open")), incident.c.kind != "example"
    )
    return max((row.known_at or row.opened_at for row in connection.execute(query)), default=None)


def add_term(connection: Connection, incident_id: int, term: WatchTerm, now: datetime) -> bool:
    """Whether the term was new."""
    unique = {"incident_id": incident_id, "expression": term.expression}
    return rows.add_once(connection, watch_term, tuple(unique), kind=term.kind, created_at=now, **unique) is not None


def remove_term(connection: Connection, incident_id: int, expression: str) -> None:
    mine = watch_term.c.incident_id == incident_id, watch_term.c.expression == expression
    connection.execute(delete(watch_term).where(*mine))


def unlinked(connection: Connection, incident_id: int, since: datetime) -> list[tuple[int, ParsedItem, datetime]]:
    """Items of the office's feeds since then that are not yet the incident's: (id, entry, moment)."""
    mine = select(item_incident.c.item_id).where(item_incident.c.incident_id == incident_id)
    query = select(item).outerjoin(feed, feed.c.id == item.c.feed_id)
    query = query.where(item.c.at >= since, feed.c.incident_id.is_(None), item.c.id.not_in(mine)).order_by(item.c.id)
    return [(row.id, _entry(row), row.at) for row in connection.execute(query)]


def _entry(row: Any) -> ParsedItem:
    return ParsedItem(row.key, row.title, row.link, row.summary, row.published_at, row.date_note, row.language or "")


def set_relevant(connection: Connection, item_id: int, incident_id: int, relevant: bool, version: int) -> None:
    """A person says whether an item matters to an incident. Raises Conflict, NotFound."""
    mine = item_incident.c.item_id == item_id, item_incident.c.incident_id == incident_id
    row_id = connection.execute(select(item_incident.c.id).where(*mine)).scalar_one_or_none() or 0
    rows.save(connection, item_incident, row_id, version, relevant=relevant)


# --- stories -----------------------------------------------------------------------------------------------------

def recent_texts(connection: Connection, since: datetime, most: int) -> list[tuple[int | None, StoryText]]:
    """The newest items since then, oldest first, each with the example it belongs to (None: none)."""
    scope = func.coalesce(feed.c.incident_id, _example_of_hand_item()).label("incident_id")
    columns = (item.c.id, item.c.title, item.c.summary, item.c.at, item.c.outlet, scope)
    query = select(*columns).outerjoin(feed, feed.c.id == item.c.feed_id).where(item.c.at >= since)
    found = connection.execute(query.order_by(item.c.at.desc(), item.c.id.desc()).limit(most)).all()
    return [(row.incident_id, StoryText(row.id, row.title, row.summary, row.at, row.outlet)) for row in reversed(found)]


def _example_of_hand_item() -> ScalarSelect[int]:
    """Of an item entered by hand the example it was entered for, if it was one."""
    mine = item_incident.join(incident, incident.c.id == item_incident.c.incident_id)
    query = select(func.min(item_incident.c.incident_id)).select_from(mine)
    by_hand = item_incident.c.item_id == item.c.id, item.c.feed_id.is_(None)
    return query.where(*by_hand, incident.c.kind == "example").scalar_subquery()


def split_off(connection: Connection, item_id: int) -> int:
    """A story of its own for one item, for good. Returns the story's id."""
    row = connection.execute(select(item.c.title, item.c.at).where(item.c.id == item_id)).one()
    made = rows.add(connection, story, title=row.title, first_item_id=item_id, first_at=row.at, version=1)
    move(connection, item_id, made)
    return made


def move(connection: Connection, item_id: int, story_id: int) -> None:
    """Put an item into a story, for good; where it came from is kept."""
    row = connection.execute(select(item.c.story_id, item.c.pinned_story).where(item.c.id == item_id)).one()
    before = {"story": row.story_id, "pinned": row.pinned_story}
    connection.execute(update(item).where(item.c.id == item_id).values(story_id=story_id, pinned_story=True, story_before=before))
    for one in {row.story_id, story_id} - {None}:
        _begin_with_the_first(connection, one)


def move_back(connection: Connection, item_id: int) -> bool:
    """Undo the last split or join of an item; False where there was none."""
    row = connection.execute(select(item.c.story_id, item.c.story_before).where(item.c.id == item_id)).one()
    if row.story_before is None:
        return False
    values = {"story_id": row.story_before["story"], "pinned_story": row.story_before["pinned"], "story_before": None}
    connection.execute(update(item).where(item.c.id == item_id).values(**values))
    for one in {row.story_id, row.story_before["story"]} - {None}:
        _begin_with_the_first(connection, one)
    return True


def story_for(connection: Connection, item_id: int) -> int:
    """The story of an item; one is opened where it had none."""
    row = connection.execute(select(item.c.story_id, item.c.title, item.c.at).where(item.c.id == item_id)).one()
    if row.story_id is not None:
        return int(row.story_id)
    made = rows.add(connection, story, title=row.title, first_item_id=item_id, first_at=row.at, version=1)
    connection.execute(update(item).where(item.c.id == item_id).values(story_id=made))
    return made


def _begin_with_the_first(connection: Connection, story_id: int) -> None:
    first = select(item.c.id, item.c.title, item.c.at).where(item.c.story_id == story_id).order_by(item.c.at, item.c.id).limit(1)
    row = connection.execute(first).one_or_none()
    if row is not None:
        values = {"first_item_id": row.id, "title": row.title, "first_at": row.at}
        connection.execute(update(story).where(story.c.id == story_id).values(**values))


def remove_of_incident(connection: Connection, incident_id: int) -> None:
    """The items of an example's own feeds and those entered by hand for it, with their stories."""
    by_hand = select(item_incident.c.item_id).where(item_incident.c.incident_id == incident_id)
    mine = select(item.c.id).outerjoin(feed, feed.c.id == item.c.feed_id)
    mine = mine.where(or_(feed.c.incident_id == incident_id, item.c.feed_id.is_(None) & item.c.id.in_(by_hand)))
    ids = [row.id for row in connection.execute(mine)]
    if ids:
        search.set_back(connection, min(ids))
    for at in range(0, len(ids), AT_ONCE):
        some = ids[at : at + AT_ONCE]
        stories = select(item.c.story_id).where(item.c.id.in_(some), item.c.story_id.is_not(None))
        gone = [row.story_id for row in connection.execute(stories)]
        connection.execute(delete(item_incident).where(item_incident.c.item_id.in_(some)))
        connection.execute(delete(item).where(item.c.id.in_(some)))
        still = select(item.c.story_id).where(item.c.story_id.is_not(None))
        connection.execute(delete(story).where(story.c.id.in_(gone), story.c.id.not_in(still)))
