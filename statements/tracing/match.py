"""Every count, hour, day, number and place of a sentence against what is confirmed (practice R17)."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from statements.tracing.mentions import Clock, Code, Count, Day, Mention, Place, mentions, plain
from statements.tracing.truth import At, Truth

HALF_DAY = 12 * 60  # a morning hour is nearest to the same hour of the evening
ROUGH_MINUTES = 15  # how far "about eight" may be from the hour that is confirmed
_STAMPED = re.compile(r"(?i)截至|截止|发布|更新|版|\b(?:as of|issued|released|published|updated|version)\b")


@dataclass(frozen=True)
class Untraced:
    """Words that no confirmed fact bears out. kind: number | time | place; `near` is what is confirmed, "" for nothing."""

    kind: str
    start: int
    end: int
    text: str
    facts: tuple[int, ...] = ()
    near: str = ""

_QUOTED = re.compile(r"“([^“”]+)”|「([^「」]+)」|\"([^\"]+)\"")
_BETWEEN = re.compile(r"(?i)[\s,，（）()]*(?:on|at|about|around|约|大约|左右|许|the|today|tomorrow)?[\s,，（）()]*")


def untraced(text: str, language: str, known: Truth, facts: Sequence[int] = ()) -> tuple[Untraced, ...]:
    """What the sentence mentions without a source, in order. `facts` are those it is bound to."""
    found = mentions(text, language)
    judges: Mapping[type, Callable[[Any], Untraced | None]] = {
        Count: lambda one: _count(one, language, known),
        Clock: _clocks(found, text, known, frozenset(facts)),
        Day: lambda one: _day(one, text, known),
        Code: lambda one: _code(one, known),
        Place: lambda one: _place(one, text, language, known),
    }
    quoted = [match.span() for match in _QUOTED.finditer(text) if known.quoted(match[match.lastindex or 0])]
    open_ = [one for one in found if not any(start <= one.start and one.end <= end for start, end in quoted)]
    return tuple(told for one in open_ if (told := judges[type(one)](one)))


def _told(kind: str, one: Mention, facts: Sequence[int] = (), near: str = "") -> Untraced:
    return Untraced(kind, one.start, one.end, one.text, tuple(facts), near)


# --- counts ------------------------------------------------------------------------------------------------------

def _count(one: Count, language: str, known: Truth) -> Untraced | None:
    if one.number is None:
        return None if plain(one.text).lower() in known.words else _told("number", one)
    if one.role:
        return _casualty(one, known)
    if any(_same(one, seen.value) for seen in known.counts if isinstance(seen.value, Count)):
        return None
    return _told("number", one, *_nearest(one, language, known))


def _same(one: Count, other: Count) -> bool:
    """The same number, of the same thing as far as either says what."""
    alike = not one.unit or not other.unit or one.unit == other.unit or {one.unit, other.unit} == {"person", "thing"}
    return one.number == other.number and alike


def _casualty(one: Count, known: Truth) -> Untraced | None:
    if one.role == "casualties":
        parts = [known.toll("deaths"), known.toll("injured")]
        total = sum(part or 0 for part in parts) if None not in parts else None
        right = total is not None and one.number == total
    else:
        right = one.number == known.toll(one.role)
    worded = any(
        isinstance(seen.value, Count) and (seen.value.role, seen.value.number) == (one.role, one.number) for seen in known.counts
    )
    if right or worded:
        return None
    roles = ("deaths", "injured") if one.role == "casualties" else (one.role,)
    behind = [fact for role, fact in known.tolls if role in roles]
    said = [str(fact.value) for fact in behind if fact.settled and fact.value is not None]
    return _told("number", one, [fact.id for fact in behind], " + ".join(said))


def _nearest(one: Count, language: str, known: Truth) -> tuple[tuple[int, ...], str]:
    """The confirmed count of the same thing that is closest."""
    alike = [
        (abs((seen.value.number or 0) - (one.number or 0)), seen.language not in ("", language), seen.fact, seen.value.text)
        for seen in known.counts
        if isinstance(seen.value, Count) and seen.value.number is not None and seen.value.unit == one.unit and one.unit
    ]
    if not alike:
        return (), ""
    _, _, fact, text = min(alike, key=lambda entry: entry[:2])
    return ((fact,) if fact is not None else ()), text


# --- hours and days ----------------------------------------------------------------------------------------------

def _clocks(found: Sequence[Mention], text: str, known: Truth, facts: frozenset[int]) -> Callable[[Clock], Untraced | None]:
    """Where a sentence names no more hours than the facts it is bound to, those are the hours it means."""
    said = [one for one in found if isinstance(one, Clock)]
    bound = [at for at in known.moments if at.fact in facts]
    stamped = [at for at in known.moments if at.stamp] if _STAMPED.search(text) else []
    narrow = bool(bound) and len(said) <= len({(at.hour, at.minute) for at in bound})
    allowed = [*bound, *stamped] if narrow else list(known.moments)
    return lambda one: _clock(one, _beside(one, found, text), allowed, known)


def _clock(one: Clock, day: Day | None, allowed: Sequence[At], known: Truth) -> Untraced | None:
    right = [at for at in allowed if _same_hour(one, at)]
    dated = [at for at in right if at.day is None or day is None or _same_day(day, (at.day.year, at.day.month, at.day.day))]
    if one.relative is not None and known.written:
        wanted = {at + timedelta(days=one.relative) for at in known.written}
        dated = [at for at in dated if at.day is None or at.day in wanted]
    if dated:
        return None
    timed = right or [at for at in (allowed or known.moments) if at.fact is not None and at.minute is not None]
    if not timed:
        return _told("time", one)
    near = min(timed, key=lambda at: min(_apart(hour * 60 + (one.minute or 0), at, HALF_DAY) for hour in one.hours))
    return _told("time", one, [near.fact] if near.fact is not None else [], _shown(near))


def _same_hour(one: Clock, at: At) -> bool:
    minute = at.minute or 0
    if one.minute is None and one.rough:
        return any(_apart(hour * 60, at) <= ROUGH_MINUTES or hour == at.hour for hour in one.hours)
    return at.hour in one.hours and (one.minute or 0) == minute


def _apart(minutes: int, at: At, round_: int = 2 * HALF_DAY) -> int:
    apart = abs(minutes - at.hour * 60 - (at.minute or 0)) % round_
    return min(apart, round_ - apart)


def _shown(at: At) -> str:
    clock = f"{at.hour:02d}:{at.minute or 0:02d}"
    return f"{at.day.isoformat()} {clock}" if at.day else clock


def _beside(one: Clock, found: Sequence[Mention], text: str) -> Day | None:
    """The date that belongs to an hour: it stands right before or behind it."""
    for day in found:
        if isinstance(day, Day) and day.weekday is None:
            gap = text[day.end : one.start] if day.end <= one.start else text[one.end : day.start]
            if len(gap) <= 8 and _BETWEEN.fullmatch(gap):
                return day
    return None


def _same_day(one: Day, day: tuple[int | None, int | None, int | None]) -> bool:
    year, month, number = day
    if one.either:
        return year in (one.year, None) and {month, number} == set(one.either)
    pairs = ((one.year, year), (one.month, month), (one.day, number))
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in pairs)


def _day(one: Day, text: str, known: Truth) -> Untraced | None:
    if plain(one.text).lower() in known.words:
        return None
    if one.weekday is not None:
        right = any(at.day and at.day.weekday() == one.weekday for at in known.moments)
    else:
        right = any(_same_day(one, day) for day in known.days if one.day is None or day[2] is not None)
    if right:
        return None
    dated = [at for at in known.moments if at.day and at.fact is not None]
    near = dated[0] if dated else None
    return _told("time", one, [near.fact] if near and near.fact else [], near.day.isoformat() if near and near.day else "")


# --- codes and places --------------------------------------------------------------------------------------------

def _code(one: Code, known: Truth) -> Untraced | None:
    if one.bare in known.codes or plain(one.text).lower() in known.words:
        return None
    near = max(known.codes, key=lambda bare: sum(a == b for a, b in zip(bare, one.bare, strict=False)), default="")
    alike = sum(a == b for a, b in zip(near, one.bare, strict=False))
    return _told("number", one, (), near if alike * 2 > len(one.bare) else "")


def _place(one: Place, text: str, language: str, known: Truth) -> Untraced | None:
    if any(plain(name).lower() in known.words for name in one.names):
        return None
    where = known.places[0] if known.places else None
    said = (where.wording(language) or str(where.value or "")) if where and where.settled else ""
    return _told("place", one, [where.id] if where else [], said)


