"""An alert as a message: what it says, why, and where to read more. Words come from templates/alerts, outside text stays text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from monitoring.channels.models import Line, Message

Sentences = Mapping[str, str]
MOST_ITEMS = 5


@dataclass(frozen=True)
class Cited:
    """An item an alert rests on, as it may be shown: headline, outlet, hour, link."""

    title: str
    outlet: str
    at: datetime
    link: str | None


@dataclass(frozen=True)
class Told:
    """What a message says of one alert. `why` is (key, facts) of its latest reason."""

    id: int
    rule: str
    level: str
    count: int
    why: tuple[str, Mapping[str, Any]]
    items: tuple[Cited, ...] = ()


def why(said: Sentences, key: str, facts: Mapping[str, Any], zone: str) -> str:
    """The sentence that says why an alert fired. Raises KeyError for a reason without words."""
    return said[f"why.{key}"].format(**{name: _fact(said, name, value, zone) for name, value in facts.items()})


def _fact(said: Sentences, name: str, value: Any, zone: str) -> str:
    if name == "words":
        return said["list.comma"].join(said["list.quote"].format(word=word) for word in value)
    if name in ("due", "since"):
        return hour(datetime.fromisoformat(value), zone)
    if name == "clock":
        return said[f"clock.{value}"] if f"clock.{value}" in said else said["clock.other"]
    return str(value)


def hour(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%m-%d %H:%M}"


def one(
    told: Told, said: Sentences, *, incident: str, zone: str, reference: str, to: str = "", step: int = 0, repeat: bool = False,
    address: str | None = None,
) -> Message:  # fmt: skip
    """A message about one alert. `step` above 0: it was passed on because nobody acknowledged it."""
    lines = [Line(why(said, *told.why, zone))]
    lines += [Line(said["message.count"].format(count=told.count))] if told.count > 1 else []
    lines += [Line(said["message.passed_on"])] if step else []
    lines += _items(told, said, zone)
    title = said["message.title"].format(level=said[f"level.{told.level}"], rule=said[f"rule.{told.rule}"], incident=incident)
    return Message(reference, told.level, title, (*lines, *_end(said, reference, to, repeat, address)))


def digest(
    told: Sequence[Told], said: Sentences, *, incident: str, zone: str, reference: str, to: str = "", repeat: bool = False,
    address: str | None = None,
) -> Message:  # fmt: skip
    """What waited for the morning, in one message."""
    lines = []
    for each in told:
        about = said["message.title"].format(level=said[f"level.{each.level}"], rule=said[f"rule.{each.rule}"], incident="").strip()
        lines += [Line(f"{about} {why(said, *each.why, zone)}"), *_items(each, said, zone)[:2]]
    title = said["message.digest"].format(count=len(told), incident=incident)
    return Message(reference, "amber", title, (*lines, *_end(said, reference, to, repeat, address)))


def trial(said: Sentences, *, name: str, reference: str, repeat: bool = False) -> Message:
    """What "send a test" sends."""
    lines = (Line(said["message.test.body"].format(name=name)), *_end(said, reference, "", repeat, None))
    return Message(reference, "test", said["message.test"], lines)


def heads(said: Sentences, lines: Sequence[str], *, at: datetime, zone: str, reference: str, repeat: bool = False) -> Message:
    """The day's newest hashes, each on a line of its own, as `desk.py verify --heads FILE` reads them."""
    told = (Line(said["message.heads.body"].format(count=len(lines))), *map(Line, lines))
    title = said["message.heads"].format(at=f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d}")
    return Message(reference, "amber", title, (*told, *_end(said, reference, "", repeat, None)))


def _items(told: Told, said: Sentences, zone: str) -> list[Line]:
    shown = [
        Line(said["message.item"].format(title=each.title, outlet=each.outlet, at=hour(each.at, zone)), each.link)
        for each in told.items[:MOST_ITEMS]
    ]
    left = max(0, len(told.items) - MOST_ITEMS)
    return shown + ([Line(said["message.more"].format(count=left))] if left else [])


def _end(said: Sentences, reference: str, to: str, repeat: bool, address: str | None) -> list[Line]:
    lines = [Line(said["message.to"].format(to=to))] if to else []
    lines += [Line(said["message.repeat"])] if repeat else []
    lines += [Line(said["message.open"], address)] if address else []
    return [*lines, Line(said["message.reference"].format(reference=reference))]
