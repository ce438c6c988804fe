"""One round of reading feeds: claim what is due (a transaction), read it from outside, save what it said (a transaction).

A feed's new entries and its ETag are saved together, and an entry's key is unique: a collector that is killed anywhere
between reads the feed again and stores nothing twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from monitoring.models import (
    ClaimedFeed,
    Fetched,
    FetchRequest,
    Outage,
    ParsedFeed,
    ParsedItem,
    Problem,
    Reading,
    ScoredItem,
    StoryText,
    Watched,
)
from monitoring.pace import next_try, pace
from storage import feeds, items
from storage.database import Connection
from workflows.parse_guarded import ParseGuard, ParseRequest
from workflows.score_items import Scoring, score_items
from workflows.tell_stories import StoryBook

LEASE = timedelta(minutes=3)
"""Longer than any batch may take to read; a killed collector's feeds are free again after it."""
AT_ONCE = 128
SAMPLE_AGAIN = timedelta(hours=12)


@dataclass(frozen=True)
class Round:
    """What one round knows: the feeds it has taken, the open incidents, and the pause that is usual now."""

    feeds: tuple[ClaimedFeed, ...]
    watched: tuple[Watched, ...]
    usual: timedelta


@dataclass(frozen=True)
class Parsed:
    """A feed between being read and being stored."""

    reading: Reading
    entries: tuple[ParsedItem, ...] = ()


def claim_round(connection: Connection, *, worker: str, now: datetime, most: int = AT_ONCE) -> Round:
    taken = feeds.claim(connection, worker=worker, now=now, lease=LEASE, most=most)
    usual = pace(items.youngest_known_at(connection), now)
    return Round(taken, items.watched(connection) if taken else (), usual)


def request_for(feed: ClaimedFeed) -> FetchRequest:
    source = feed.source
    return FetchRequest(source.id, source.url, source.etag, source.last_modified)


def parse_answer(feed: ClaimedFeed, answer: Fetched, guard: ParseGuard, now: datetime) -> Parsed:
    """What a server answered, parsed where it is new."""
    reading = Reading(feed, problem=answer.problem, etag=answer.etag, last_modified=answer.last_modified)
    reading = replace(reading, retry_after=answer.retry_after)
    if answer.body is None:
        return Parsed(replace(reading, unchanged=answer.unchanged))
    digest = sha256(answer.body).hexdigest()
    reading = replace(reading, body_hash=digest, moved_to=answer.final_url if answer.moved_for_good else None)
    if digest == feed.source.body_hash:
        return Parsed(replace(reading, unchanged=True))
    request = ParseRequest(answer.body, now, answer.content_type, feed.source.zone, answer.final_url)
    return _told(reading, guard.parse(request))


def parse_sample(feed: ClaimedFeed, body: bytes, reference: datetime, guard: ParseGuard, now: datetime) -> Parsed:
    """A shipped feed file: its dates count from `reference`, which is the moment the example was opened; what lies ahead
    of now comes when its time does."""
    opened = feed.opened_at or now
    read = guard.parse(ParseRequest(body, reference + timedelta(days=300), None, feed.source.zone, ""))
    shift = opened - reference
    moved = [replace(one, published_at=one.published_at + shift if one.published_at else opened) for one in read.items]
    ahead = [one.published_at for one in moved if one.published_at and one.published_at > now]
    due = min(ahead, default=now + SAMPLE_AGAIN)
    here = tuple(one for one in moved if not one.published_at or one.published_at <= now)
    return _told(Reading(feed, due_at=due), replace(read, items=here))


def _told(reading: Reading, read: ParsedFeed) -> Parsed:
    if read.refused:
        return Parsed(replace(reading, problem=read.refused))
    told = tuple(one for one in read.items if one.title or one.summary)
    source = reading.feed.source
    if not source.outlet:  # added by its address alone: the feed's own title is the outlet's name
        feed = replace(reading.feed, source=replace(source, outlet=read.title or source.url.split("/")[2]))
        reading = replace(reading, feed=feed)
    return Parsed(replace(reading, notes=read.problems, title=read.title), told)


def score_new(
    connection: Connection, parsed: Sequence[Parsed], watched: Sequence[Watched], scoring: Scoring
) -> list[Reading]:
    """Readings with those entries scored that are new or have another title. Reads only."""
    by_key: dict[str, tuple[int, ParsedItem]] = {}
    for n, one in enumerate(parsed):
        for entry in one.entries:  # of two with one key the first stands
            by_key.setdefault(items.key_of(one.reading.feed.dedupe_key, entry), (n, entry))
    stands = items.standing(connection, list(by_key))
    fresh = [(n, entry) for key, (n, entry) in by_key.items() if key not in stands or stands[key][1] != entry.title]
    scored = score_items([(parsed[n].reading.feed, entry) for n, entry in fresh], watched, scoring)
    by_feed: dict[int, list[ScoredItem]] = {}
    for (n, _), one_scored in zip(fresh, scored, strict=True):
        by_feed.setdefault(n, []).append(one_scored)
    return [replace(one.reading, items=tuple(by_feed.get(n, ()))) for n, one in enumerate(parsed)]


def save_readings(
    connection: Connection, readings: Sequence[Reading], book: StoryBook, *, usual: timedelta, now: datetime
) -> int:
    """Store what feeds said and how they are; returns how many items are new."""
    book.begin(connection, now)
    new = _save_items(connection, readings, book, now)
    feeds.settle(connection, {int(one.feed.source.id): _health(one, usual, now) for one in readings})
    return new


def _save_items(connection: Connection, readings: Sequence[Reading], book: StoryBook, now: datetime) -> int:
    told = {items.key_of(one.feed.dedupe_key, scored.item): (one.feed, scored) for one in readings for scored in one.items}
    made = items.add(connection, told, now=now)
    stands = items.standing(connection, [key for key in told if key not in made])
    judged, texts = [], []
    for key, (feed, scored) in told.items():
        entry, at = scored.item, scored.item.published_at or now
        item_id, was = (made[key], entry.title) if key in made else stands[key]
        judged += [(item_id, one, at) for one in scored.judged]
        if key in made:
            texts.append((feed.incident_id, StoryText(item_id, entry.title, entry.summary, at, feed.source.outlet)))
        elif was != entry.title:
            items.retitle(connection, item_id, scored, was=was, now=now)
    items.judge(connection, judged)
    book.place(connection, texts)
    return len(made)


def _health(reading: Reading, usual: timedelta, now: datetime) -> dict[str, Any]:
    feed_id = int(reading.feed.source.id)
    if reading.problem is not None:
        failures = reading.feed.failures + 1
        due = next_try(now, usual, failures, reading.retry_after, feed_id)
        problem = Problem(reading.problem.key, dict(reading.problem.facts))
        return feeds.badly(problem=problem, failures=failures, due_at=due)
    due = reading.due_at or next_try(now, usual, 0, None, feed_id)
    said: dict[str, Any] = {"etag": reading.etag, "last_modified": reading.last_modified}
    if reading.body_hash:
        said["body_hash"] = reading.body_hash
    if reading.moved_to:
        said["url"] = reading.moved_to[:2000]
    if reading.feed.failures and reading.feed.good_at:
        over = Outage(reading.feed.good_at, now, reading.feed.failures)
        said["outages"] = feeds.kept([*reading.feed.outages, over])
    if reading.title and not reading.feed.source.title:
        said["title"] = reading.title[:300]
    return feeds.well(now=now, due_at=due, **said)
