"""How the tone of what is said stands and whether it turns: counts, shares with their uncertainty, spans and bins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import sqrt
from typing import Any
from zoneinfo import ZoneInfo

SMALL = 20
"""Below this many items a picture of shares carries a warning."""
FEW = 5
"""Below this many items nothing is said about a direction."""
Z = 1.645  # two-sided 90 %


@dataclass(frozen=True)
class ToneCounts:
    """How many items of each tone; `uncertain` of them are counted in the three as well."""

    negative: int = 0
    neutral: int = 0
    positive: int = 0
    uncertain: int = 0

    @property
    def n(self) -> int:
        return self.negative + self.neutral + self.positive

    def share(self, tone: str) -> float:
        """0..1; 0 where there is nothing."""
        return getattr(self, tone) / self.n if self.n else 0.0

    def __add__(self, other: "ToneCounts") -> "ToneCounts":
        return ToneCounts(
            self.negative + other.negative, self.neutral + other.neutral, self.positive + other.positive,
            self.uncertain + other.uncertain,
        )  # fmt: skip


@dataclass(frozen=True)
class ToneBin:
    """One bar: what was published in [start, end), apart by whether the tone is certain."""

    start: datetime
    end: datetime
    certain: ToneCounts = ToneCounts()
    unsure: ToneCounts = ToneCounts()

    @property
    def tones(self) -> ToneCounts:
        return self.certain + self.unsure


@dataclass(frozen=True)
class OutletVolume:
    outlet: str
    tier: int
    tones: ToneCounts


@dataclass(frozen=True)
class StorySpread:
    """One story and its copies in a span. An item that is nobody's copy is a story of one, with `id` None."""

    id: int | None
    title: str
    count: int
    outlets: int
    first_outlet: str
    first_at: datetime
    last_at: datetime
    tones: ToneCounts
    first_item_id: int


@dataclass(frozen=True)
class PressItem:
    """One item as it may be shown: headline, extract, link. `tone` and `gravity` are a person's where one corrected them."""

    id: int
    title: str
    summary: str
    link: str | None
    outlet: str
    tier: int
    at: datetime
    date_note: str | None
    snow: float | None
    tone: str
    certain: bool
    gravity: int
    attribution: str | None
    reasons: tuple[Mapping[str, Any], ...]
    story_id: int | None
    corrected_by: str | None = None
    corrected_at: datetime | None = None
    corrected_tone: str | None = None
    corrected_gravity: int | None = None
    machine_tone: str | None = None
    machine_gravity: int | None = None
    link_id: int = 0
    version: int = 1
    added_by: str | None = None
    engagement: Mapping[str, int] | None = None
    sorted_by_hand: bool = False

    @property
    def judged(self) -> bool:
        """Whether the desk or a person has said anything of it yet."""
        return self.machine_tone is not None or self.corrected_tone is not None

    @property
    def corrected(self) -> bool:
        return self.corrected_tone is not None or self.corrected_gravity is not None


@dataclass(frozen=True)
class Feed:
    """A feed and how it is doing. `problem_key` names a sentence; None is healthy."""

    id: int
    url: str
    title: str
    tier: int
    paused: bool
    version: int
    last_tried_at: datetime | None = None
    last_good_at: datetime | None = None
    next_due_at: datetime | None = None
    failures: int = 0
    problem_key: str | None = None
    problem_facts: Mapping[str, Any] | None = None
    incident_id: int | None = None


@dataclass(frozen=True)
class Summary:
    """What stands in one sentence about a span. `gravity` counts items by level 0..3."""

    since: datetime
    until: datetime
    tones: ToneCounts
    outlets: int
    stories: int
    gravity: Mapping[int, int] = field(default_factory=dict)

    @property
    def gravest(self) -> int:
        return max((level for level, count in self.gravity.items() if count), default=0)


# --- shares and direction ----------------------------------------------------------------------------------------

def wilson(k: int, n: int, z: float = Z) -> tuple[float, float]:
    """The score interval of a share (Wilson 1927); (0, 1) for n = 0."""
    if n == 0:
        return 0.0, 1.0
    p = k / n
    centre, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, (centre - spread) / (1 + z * z / n)), min(1.0, (centre + spread) / (1 + z * z / n))


def difference(recent: tuple[int, int], before: tuple[int, int], z: float = Z) -> tuple[float, float]:
    """The interval of the difference of two shares (k, n) (Newcombe 1998, method 10)."""
    (k1, n1), (k2, n2) = recent, before
    p1, p2 = k1 / n1 if n1 else 0.0, k2 / n2 if n2 else 0.0
    (low1, high1), (low2, high2) = wilson(k1, n1, z), wilson(k2, n2, z)
    low = p1 - p2 - sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
    return low, p1 - p2 + sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)


def direction(recent: ToneCounts, before: ToneCounts) -> str:
    """Whether the share of negative items turns from one span to the next: worse | better where the 90 % interval of the
    difference leaves out 0; else where it stands: negative | positive | steady; thin | silent with too little to say."""
    if recent.n < FEW:
        return "thin" if recent.n else "silent"
    if before.n >= FEW:
        low, high = difference((recent.negative, recent.n), (before.negative, before.n))
        if low > 0 or high < 0:
            return "worse" if low > 0 else "better"
    for tone in ("negative", "positive"):
        if wilson(getattr(recent, tone), recent.n)[0] > 0.5:
            return tone
    return "steady"


# --- spans and bins ----------------------------------------------------------------------------------------------

ANSWER_HOURS = (2, 6, 24, 72, 14 * 24)
"""The sentence is about the shortest of these that has something to say."""
SPANS: Mapping[str, tuple[int, int]] = {"2h": (2, 10), "6h": (6, 20), "24h": (24, 60), "72h": (72, 180), "14d": (14 * 24, 720)}
"""Name of a span → its hours, and the minutes of one bar (12 to 28 bars)."""


def hours_with_items(latest: datetime | None, now: datetime, choices: Sequence[int] = ANSWER_HOURS) -> int | None:
    """The shortest choice that reaches back to the latest item; None where there is none that does."""
    if latest is None:
        return None
    return next((hours for hours in choices if now - latest <= timedelta(hours=hours)), None)


def span_for(latest: datetime | None, now: datetime) -> str:
    """The span a chart opens with: six hours, or the shortest longer one that has items."""
    hours = hours_with_items(latest, now, [hours for hours, _ in list(SPANS.values())[1:]])
    return next((name for name, (length, _) in SPANS.items() if length == hours), "6h")


def bins(span: str, now: datetime, zone: str) -> tuple[datetime, datetime, timedelta]:
    """(first bar's start, last bar's end, width). Bars start at round local times; the last one holds `now`."""
    hours, minutes = SPANS[span]
    width = timedelta(minutes=minutes)
    midnight = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    end = midnight + ((now - midnight) // width + 1) * width
    return end - timedelta(hours=hours), end, width


# --- the feed lamp -----------------------------------------------------------------------------------------------

SILENT = timedelta(minutes=3)
"""A collector that has not said for so long that it lives is taken not to run: it does so every few seconds."""


@dataclass(frozen=True)
class Lamp:
    """How the reading of feeds stands: fine | sick | waiting | paused | none, or stopped | never for the collector itself."""

    state: str
    total: int = 0
    sick: int = 0
    last_good_at: datetime | None = None
    beat_at: datetime | None = None

    @property
    def ill(self) -> bool:
        return self.state in ("sick", "stopped", "never")


def lamp(feeds: Sequence[Feed], beat_at: datetime | None, now: datetime) -> Lamp:
    """The first thing that keeps news from coming in, if there is one."""
    read = [feed for feed in feeds if not feed.paused]
    sick = sum(feed.problem_key is not None for feed in read)
    last = max((feed.last_good_at for feed in feeds if feed.last_good_at), default=None)
    if not feeds:
        state = "none"
    elif not read:
        state = "paused"
    elif beat_at is None or now - beat_at > SILENT:
        state = "stopped" if beat_at else "never"
    else:
        state = "sick" if sick else "fine" if last else "waiting"
    return Lamp(state, len(read), sick, last, beat_at)
