"""A feed is put under watch: tried before it is added, then read by the collector."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from errors import BadInput, Conflict
from monitoring.cleaning import clean_title
from monitoring.fetch import fetch_all
from monitoring.models import FetchRequest, ParsedFeed, ParsedItem, Problem
from monitoring.opml import ListedFeed, discover
from monitoring.zones import likely_zone
from storage import accounts, feeds
from storage.database import Connection
from workflows.deed import deed
from workflows.parse_guarded import ParseGuard, ParseRequest

TIERS = (1, 2, 3)
SHOWN = 5


@dataclass(frozen=True)
class Trial:
    """What an address turned out to be. `problem` says why it cannot be added; a page that names feeds offers them."""

    url: str
    title: str = ""
    items: tuple[ParsedItem, ...] = ()
    count: int = 0
    problem: Problem | None = None
    notes: tuple[Problem, ...] = ()
    offered: tuple[ListedFeed, ...] = ()
    zone: str = "Asia/Shanghai"


async def try_feed(url: str, *, zone: str, now: datetime, guard: ParseGuard, allow_private: bool = False) -> Trial:
    """Read an address once without storing anything. Raises nothing."""
    url = with_scheme(url)
    [answer] = await fetch_all([FetchRequest(0, url)], allow_private=allow_private)
    if answer.body is None:
        return Trial(url, problem=answer.problem or Problem("parse.empty"))
    read = guard.parse(ParseRequest(answer.body, now, answer.content_type, zone, answer.final_url))
    if read.refused:
        offered = discover(answer.body, answer.final_url, answer.content_type)
        return Trial(url, problem=read.refused, offered=offered)
    return _trial(answer.final_url if answer.moved_for_good else url, read, zone)


def _trial(url: str, read: ParsedFeed, zone: str) -> Trial:
    """The newest first; undated ones after them."""
    newest = sorted(read.items, key=lambda one: -one.published_at.timestamp() if one.published_at else 0.0)
    zone = likely_zone(url, read.language, zone)
    return Trial(url, read.title, tuple(newest[:SHOWN]), len(read.items), None, read.problems, zone=zone)


@deed
def add_feed(
    connection: Connection, *, url: str, now: datetime, title: str = "", outlet: str = "", tier: int = 2,
    zone: str = "Asia/Shanghai", actor: str | None = None,
) -> int:  # fmt: skip
    """Store a feed, due at once; returns its id. Raises BadInput, Conflict("feed.known") where it is read already.

    Feeds belong to the office and not to an incident: the office's own trail tells who added one, no timeline does.
    """
    url = checked_address(url)
    if tier not in TIERS:
        raise BadInput("not_a_choice", value=tier)
    _check_zone(zone)
    name = clean_title(outlet) or clean_title(title)
    made = feeds.add(connection, url=url, title=clean_title(title), outlet_name=name, tier=tier, zone=zone, now=now)
    if made is None:
        raise Conflict("feed.known", url=url)
    accounts.note(connection, "feed_added", at=now, actor=actor, subject=(name or url)[:200], url=url)
    return made


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError) as cause:
        raise BadInput("feed.zone_unknown", zone=zone[:64]) from cause


def checked_address(url: str) -> str:
    """The address with a scheme. Raises BadInput("feed.bad_address")."""
    whole = with_scheme(url)
    host = whole.split("/")[2] if whole.count("/") >= 2 else ""
    clean = whole.isprintable() and " " not in whole
    if not whole.startswith(("http://", "https://")) or not host or len(whole) > 2000 or not clean:
        raise BadInput("feed.bad_address", url=url[:200])
    return whole


def with_scheme(url: str) -> str:
    url = url.strip()
    for old in ("feed:https://", "feed:http://"):
        if url.startswith(old):
            return url.removeprefix("feed:")
    if url.startswith("feed://"):
        return "http://" + url.removeprefix("feed://")
    return url if "://" in url else f"https://{url}"


@dataclass(frozen=True)
class Imported:
    added: int
    known: int


@deed
def add_many(
    connection: Connection, listed: Sequence[ListedFeed], *, now: datetime, tier: int = 2, zone: str = "Asia/Shanghai",
    actor: str | None = None,
) -> Imported:  # fmt: skip
    """A list of feeds; their folder becomes the outlet where they have no title."""
    added = 0
    for one in listed:
        name = one.title or one.folder
        made = feeds.add(connection, url=one.url, title=one.title, outlet_name=name, tier=tier, zone=zone, now=now)
        if made is not None:
            added += 1
            accounts.note(connection, "feed_added", at=now, actor=actor, subject=(name or one.url)[:200], url=one.url)
    return Imported(added, len(listed) - added)
