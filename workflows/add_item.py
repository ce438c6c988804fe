"""What has no feed is entered by hand: a pasted text or link, a saved page. It then goes the way of every item."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from errors import BadInput
from monitoring.cleaning import clean_link, clean_title
from monitoring.copies import WINDOW, StoryIndex
from monitoring.models import ParsedItem, StoryText, Watched
from monitoring.pages import Page, known_ending, lead, read_text
from monitoring.tone.text import is_english
from storage import copies, events, evidence, items, jobs
from storage.database import Connection
from storage.jobs import Job
from workflows.add_feed import TIERS
from workflows.deed import deed
from workflows.score_items import Scoring, score_one

KIND = "take_in"
ENGAGEMENT = ("views", "likes", "comments", "shares")
AHEAD = timedelta(minutes=10)
MOST_RECENT = 20_000


@dataclass(frozen=True)
class HandItem:
    """What a person enters. Of link, title and text one is enough; `captured` is the evidence as it came, with its name."""

    outlet: str
    tier: int = 2
    title: str = ""
    text: str = ""
    link: str = ""
    at: datetime | None = None
    engagement: Mapping[str, int | None] | None = None
    captured: bytes | None = None
    captured_name: str = ""
    page: Page | None = None


@deed
def add_item(
    connection: Connection, incident_id: int, entry: HandItem, *, home: Path, now: datetime, actor: str | None = None
) -> int:
    """Store the item for this incident and queue its judging; returns its id. The same outlet, title and link is the same item.

    Raises BadInput: item.empty, item.no_outlet, item.bad_link, item.in_future, item.no_page, not_a_choice.
    """
    read = _read(entry)
    at = _moment(entry.at, now)
    link, engagement = _link(entry.link), _engagement(entry.engagement)
    body = entry.captured if entry.captured is not None else "\n".join((entry.link, entry.title, entry.text)).encode()
    name = entry.captured_name or "pasted.txt"
    digest = evidence.keep(
        connection, home, body, incident_id=incident_id, name=name, media_type="application/octet-stream", now=now, actor=actor
    )
    outlet = clean_title(entry.outlet)
    key = sha256(f"hand|{incident_id}|{outlet}|{read.title}|{link}".encode()).hexdigest()
    parsed = ParsedItem(key, read.title, link, lead(read), at, language="en" if is_english(f"{read.title}\n{read.text}") else "zh")
    made = items.add_by_hand(
        connection, incident_id, parsed, key=key, outlet=outlet, tier=entry.tier, captured=digest, now=now, actor=actor or "",
        engagement=engagement, at=at or now,
    )  # fmt: skip
    item_id, new = made
    if new:
        events.append(
            connection, incident_id, "item_added", now=now, actor=actor, subject=("item", item_id), screen="monitor",
            title=read.title[:80], outlet=outlet, digest=digest[:12],
        )  # fmt: skip
        jobs.add(connection, KIND, {"item": item_id, "incident": incident_id}, now)
    return item_id


def _read(entry: HandItem) -> Page:
    if entry.tier not in TIERS:
        raise BadInput("not_a_choice", value=entry.tier)
    if not clean_title(entry.outlet):
        raise BadInput("item.no_outlet")
    if entry.captured is not None and not known_ending(entry.captured_name):
        raise BadInput("item.no_page", name=entry.captured_name[:80])
    read = entry.page or read_text(entry.text)
    read = replace(read, title=clean_title(entry.title.replace("<", "＜")) or read.title)
    if not (read.title or read.text):
        raise BadInput("item.empty")
    return read


def _moment(at: datetime | None, now: datetime) -> datetime | None:
    if at is not None and at > now + AHEAD:
        raise BadInput("item.in_future")
    return min(at, now) if at else None


def _link(link: str) -> str | None:
    if not link.strip():
        return None
    found = clean_link(link)
    if found is None:
        raise BadInput("item.bad_link", link=link[:120])
    return found


def _engagement(given: Mapping[str, int | None] | None) -> dict[str, int] | None:
    """Only what was given, and only numbers that can be."""
    kept = {name: int(given[name] or 0) for name in ENGAGEMENT if given and given.get(name) is not None}
    if any(not 0 <= number <= 10**11 for number in kept.values()):
        raise BadInput("item.bad_number")
    return kept or None


# --- beside the page: score, copies, tone --------------------------------------------------------------------------

@dataclass(frozen=True)
class TakenIn:
    """What was found out about an item, not yet stored."""

    snow: float | None
    judged: Any
    text: StoryText
    nearest: int | None


def take_in(connection: Connection, job: Job, scoring: Scoring) -> TakenIn | None:
    """SnowNLP's number, tone and the nearest copy. Reads only; None where the item or the incident has gone."""
    stands = items.by_id(connection, job.payload["item"])
    watched = next((one for one in items.watched(connection) if one.incident_id == job.payload["incident"]), None)
    if stands is None or watched is None:
        return None
    text = StoryText(job.payload["item"], stands.title, stands.summary, stands.published_at or job.created_at)
    snow, judged = score_one(stands, watched, scoring)
    return TakenIn(snow, judged, text, _nearest(connection, text, watched))


def _nearest(connection: Connection, text: StoryText, watched: Watched) -> int | None:
    mine = watched.incident_id if watched.kind == "example" else None
    index = StoryIndex()
    for scope, other in items.recent_texts(connection, text.at - WINDOW, MOST_RECENT):
        if scope == mine and other.id != text.id:
            index.add(other, other.id)
    found = index.find(text)
    return found if isinstance(found, int) else None


def save_taken_in(connection: Connection, job: Job, taken: TakenIn | None) -> None:
    if not jobs.finish(connection, job.id, done=1, total=1) or taken is None:
        return
    items.set_snow(connection, int(taken.text.id), taken.snow)
    items.judge(connection, [(int(taken.text.id), taken.judged, taken.text.at)])
    if taken.nearest is not None:
        copies.join(connection, [(taken.text, taken.nearest)])
