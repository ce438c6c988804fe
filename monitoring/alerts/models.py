"""The nouns of alerts. Moments are aware; a level is amber (look at it) or red (a person must act now)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from monitoring.models import Outage

AMBER, RED = "amber", "red"
LEVELS = (AMBER, RED)


def higher(one: str, other: str) -> str:
    return max(one, other, key=LEVELS.index)


@dataclass(frozen=True)
class Rule:
    """A rule as an incident has it. `settings` are numbers by name, `words` lists a person may lengthen, `bounds` what a
    number may be. Within `cool_down` of an alert's opening all the rule finds joins it; what is about the same joins it until
    `same_again` after somebody has seen it. `tried` says whether the past can be asked what it would have done."""

    name: str
    armed: bool
    cool_down: timedelta
    same_again: timedelta
    settings: Mapping[str, float]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    tried: bool = True
    armed_at: datetime | None = None
    saved_by: str | None = None
    version: int = 0

    def span(self, name: str, unit: str) -> timedelta:
        """A setting as a length of time: span("within", "hours")."""
        return timedelta(**{unit: self.settings[name]})


@dataclass(frozen=True)
class Mention:
    """An item about the incident as rules see it. `story` is None where it is nobody's copy."""

    id: int
    title: str
    summary: str
    outlet: str
    tier: int
    at: datetime
    seen_at: datetime
    story: int | None = None
    link: str | None = None


@dataclass(frozen=True)
class Watch:
    """A feed as rules see it. `hours` are items an hour, [(start of the hour, count)], hours without items left out;
    `outages` are over."""

    id: int
    title: str
    tier: int
    created_at: datetime
    last_good_at: datetime | None = None
    failing: bool = False
    failures: int = 0
    hours: tuple[tuple[datetime, int], ...] = ()
    latest_at: datetime | None = None
    outages: tuple[Outage, ...] = ()


@dataclass(frozen=True)
class Promise:
    """A running or stopped clock: something was promised for `due_at`."""

    id: int
    rule: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None = None


@dataclass(frozen=True)
class WordLists:
    """Words that name a harm, words that only look so, and bodies that regulate or rescue; simplified Chinese and English.
    `simplified` is a table for str.translate."""

    hazards: tuple[str, ...]
    no_hazards: tuple[str, ...]
    authorities: tuple[str, ...]
    simplified: Mapping[int, str] = field(default_factory=dict)

    def read(self, text: str) -> str:
        """The text as the lists are written."""
        return text.translate(self.simplified)


@dataclass(frozen=True)
class Ground:
    """All that the rules of one incident look at. `since` opens the stretch that is asked about: for a live look the hour
    itself, for a trial on history a day. `bins` are items in equal steps up to now, [(start, count)]; `hourly` the hours
    before them, `observed_from` on, from which usual is learnt."""

    now: datetime
    since: datetime
    zone: str
    words: WordLists
    mentions: Sequence[Mention] = ()
    brands: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    bins: Sequence[tuple[datetime, int]] = ()
    bin_width: timedelta = timedelta(minutes=15)
    hourly: Sequence[tuple[datetime, int]] = ()
    feeds: Sequence[Watch] = ()
    promises: Sequence[Promise] = ()

    @property
    def live(self) -> bool:
        return self.since >= self.now

    def steps(self) -> tuple[datetime, ...]:
        """The moments a rule about standing conditions is asked at: now, and in a trial every hour before."""
        hours = int((self.now - self.since) / timedelta(hours=1))
        return tuple(self.now - timedelta(hours=back) for back in range(hours, -1, -1))


@dataclass(frozen=True)
class Finding:
    """One piece of evidence. `key` is the same whenever the same thing is found again; alerts that share a `subject` are
    about the same; `why` names a sentence why.<why>, `facts` fill it."""

    rule: str
    level: str
    key: str
    subject: str
    at: datetime
    why: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    item: int | None = None


@dataclass(frozen=True)
class Standing:
    """An alert that is stored, as merging sees it."""

    id: int
    rule: str
    level: str
    state: str
    opened_at: datetime
    subjects: frozenset[str]
    raised_at: datetime | None = None
    acknowledged_at: datetime | None = None
    over_at: datetime | None = None
