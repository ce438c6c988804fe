"""News items, the incidents they matter to, and the stories they are copies of."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, select, update

from monitoring.models import ClaimedFeed, Judged, ParsedItem, ScoredItem, StoryText, Watched
from monitoring.watch import WatchTerm
from storage import rows
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


def add(
    connection: Connection, claimed: ClaimedFeed, scored: Sequence[ScoredItem], *, now: datetime
) -> dict[str, int]:
    """Store items that are not stored yet; {key: id} of the new ones."""
    values = {key_of(claimed.dedupe_key, one.item): _values(claimed, one, now) for one in scored}
    given = [{"key": key, **value} for key, value in values.items()]
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


def retitle(connection: Connection, item_id: int, scored: ScoredItem, *, was: str, now: datetime) -> None:
    """The outlet changed its headline: the new one stands, the old one is kept with the hour it was last seen."""
    earlier = connection.execute(select(item.c.earlier_titles).where(item.c.id == item_id)).scalar_one() or []
    kept = [*earlier, {"title": was, "until": now.isoformat()}][-20:]
    values = {"title": scored.item.title, "summary": scored.item.summary, "snow": scored.snow, "earlier_titles": kept}
    connection.execute(update(item).where(item.c.id == item_id).values(**values))


def judge(connection: Connection, item_id: int, judged: Judged, *, at: datetime) -> None:
    """What an item does to an incident; read again, the judgement is renewed and a person's correction stays."""
    values = {
        "tone": judged.tone, "tone_score": judged.tone_score, "certain": judged.certain, "gravity": judged.gravity,
        "attribution": judged.attribution, "reasons": [dict(reason) for reason in judged.reasons], "model": judged.model,
    }  # fmt: skip
    unique = {"item_id": item_id, "incident_id": judged.incident_id}
    made = rows.add_once(connection, item_incident, tuple(unique), **unique, at=at, relevant=True, version=1, **values)
    if made is None:
        mine = (item_incident.c[name] == value for name, value in unique.items())
        connection.execute(update(item_incident).where(*mine).values(**values))


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
    columns = (item.c.id, item.c.title, item.c.summary, item.c.at, item.c.outlet, feed.c.incident_id)
    query = select(*columns).outerjoin(feed, feed.c.id == item.c.feed_id).where(item.c.at >= since)
    found = connection.execute(query.order_by(item.c.at.desc(), item.c.id.desc()).limit(most)).all()
    return [(row.incident_id, StoryText(row.id, row.title, row.summary, row.at, row.outlet)) for row in reversed(found)]


def join_copy(connection: Connection, text: StoryText, nearest: int) -> None:
    """Put an item into the story of a copy of it; where the copy had none, the two of them open one."""
    other = connection.execute(select(item.c.story_id, item.c.title, item.c.at).where(item.c.id == nearest)).one_or_none()
    if other is None:
        return
    story_id = other.story_id
    if story_id is None:
        story_id = rows.add(connection, story, title=other.title, first_item_id=nearest, first_at=other.at, version=1)
        connection.execute(update(item).where(item.c.id == nearest).values(story_id=story_id))
    connection.execute(update(item).where(item.c.id == text.id).values(story_id=story_id))
    earlier = story.c.id == story_id, story.c.first_at > text.at
    connection.execute(update(story).where(*earlier).values(first_at=text.at, first_item_id=text.id, title=text.title))


def split_off(connection: Connection, item_id: int) -> int:
    """A story of its own for one item, for good. Returns the story's id."""
    row = connection.execute(select(item.c.title, item.c.at).where(item.c.id == item_id)).one()
    made = rows.add(connection, story, title=row.title, first_item_id=item_id, first_at=row.at, version=1)
    connection.execute(update(item).where(item.c.id == item_id).values(story_id=made, pinned_story=True))
    return made


def remove_of_incident(connection: Connection, incident_id: int) -> None:
    """The items of an example's own feeds, with their stories."""
    mine = select(item.c.id).join(feed, feed.c.id == item.c.feed_id).where(feed.c.incident_id == incident_id)
    ids = [row.id for row in connection.execute(mine)]
    for at in range(0, len(ids), AT_ONCE):
        some = ids[at : at + AT_ONCE]
        stories = select(item.c.story_id).where(item.c.id.in_(some), item.c.story_id.is_not(None))
        gone = [row.story_id for row in connection.execute(stories)]
        connection.execute(delete(item_incident).where(item_incident.c.item_id.in_(some)))
        connection.execute(delete(item).where(item.c.id.in_(some)))
        still = select(item.c.story_id).where(item.c.story_id.is_not(None))
        connection.execute(delete(story).where(story.c.id.in_(gone), story.c.id.not_in(still)))
