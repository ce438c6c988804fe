"""The nouns of the monitoring room. Frozen values: they go between rooms and processes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from monitoring.watch import WatchTerm


@dataclass(frozen=True)
class Problem:
    """Something a person should read about: `key` names a sentence, `facts` fill its holes."""

    key: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FeedSource:
    """A feed the desk watches. `zone` (IANA name) is what a date without a zone is read in; `tier` 1 is national press,
    2 regional or trade press, 3 local and self-published; `owner` marks the firm's own channels."""

    id: int | str
    url: str
    title: str = ""
    outlet: str = ""
    tier: int = 2
    zone: str = "Asia/Shanghai"
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


@dataclass(frozen=True)
class FetchRequest:
    """One address to read, with what the last good answer said about itself."""

    id: int | str
    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class FetchLimits:
    """Bounds of one fetch. Seconds and bytes; `max_bytes` counts the body after it is unpacked."""

    total_seconds: float = 20.0
    connect_seconds: float = 8.0
    max_bytes: int = 8 * 1024 * 1024
    max_redirects: int = 5
    at_once: int = 64
    per_host: int = 2
    user_agent: str = "CrisisDesk/0.1 (+feed reader)"


@dataclass(frozen=True)
class Fetched:
    """What came back for one request. Exactly one of these holds: `body` is bytes (status 200), `unchanged` (304), or
    `problem` says why there is nothing to read."""

    id: int | str
    status: int | None = None
    body: bytes | None = None
    etag: str | None = None
    last_modified: str | None = None
    final_url: str = ""
    content_type: str | None = None
    moved_for_good: bool = False
    retry_after: float | None = None
    seconds: float = 0.0
    problem: Problem | None = None

    @property
    def unchanged(self) -> bool:
        return self.problem is None and self.body is None

    @property
    def error_key(self) -> str | None:
        return self.problem.key if self.problem else None


@dataclass(frozen=True)
class ParsedItem:
    """One entry as plain text. `guid_key` is the same whenever the same entry is read again; `published_at` is aware,
    in UTC, never later than the reading; where it is None `date_note` says why (missing, unreadable, impossible)."""

    guid_key: str
    title: str
    link: str | None
    summary: str
    published_at: datetime | None
    date_note: str | None = None
    language: str = "zh"
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class ParsedFeed:
    """A feed as read. `refused` says why it is no feed at all; `problems` are defects its entries were saved from."""

    title: str
    items: tuple[ParsedItem, ...]
    problems: tuple[Problem, ...] = ()
    refused: Problem | None = None
    link: str | None = None
    language: str | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class StoryText:
    """What the search for copies needs of one item. `at` orders them; `apart_from` are ids a person split it from."""

    id: int | str
    title: str
    body: str
    at: datetime
    outlet: str = ""
    apart_from: frozenset[int | str] = frozenset()


@dataclass(frozen=True)
class Outage:
    """From the last good reading to the next, with so many failures between."""

    since: datetime
    until: datetime
    failures: int


@dataclass(frozen=True)
class ClaimedFeed:
    """A feed taken for one reading. `incident_id` and `opened_at` are set for the shipped feeds of an example and say when it
    was opened; `good_at` is the last good reading, or when the feed was added; `outages` are those that are over."""

    source: FeedSource
    dedupe_key: str
    failures: int = 0
    incident_id: int | None = None
    opened_at: datetime | None = None
    good_at: datetime | None = None
    outages: tuple[Outage, ...] = ()

    @property
    def is_sample(self) -> bool:
        return self.source.url.startswith("sample:")


@dataclass(frozen=True)
class Watched:
    """An open incident as the collector sees it. `terms` decide what matters to it; none: everything of its own feeds."""

    incident_id: int
    kind: str
    company: str | None
    terms: tuple[WatchTerm, ...] = ()


@dataclass(frozen=True)
class Judged:
    """What an item does to one incident's firm, ready to be stored."""

    incident_id: int
    tone: str
    tone_score: float
    certain: bool
    gravity: int
    attribution: str
    reasons: tuple[Mapping[str, Any], ...]
    model: str


@dataclass(frozen=True)
class ScoredItem:
    """An entry with SnowNLP's own number (None for no text) and what it does to each incident it matters to."""

    item: ParsedItem
    snow: float | None
    judged: tuple[Judged, ...] = ()


@dataclass(frozen=True)
class Reading:
    """One feed read, ready to be stored. `problem` says why there is nothing to store; `notes` are mended defects."""

    feed: ClaimedFeed
    items: tuple[ScoredItem, ...] = ()
    problem: Problem | None = None
    notes: tuple[Problem, ...] = ()
    unchanged: bool = False
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    moved_to: str | None = None
    title: str = ""
    retry_after: float | None = None
    due_at: datetime | None = None
