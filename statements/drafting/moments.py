"""Dates and hours: read as people write them, said as people say them, the digits of the clock kept for checking."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3])\s*[:：时点]\s*([0-5]\d)?\s*分?(?::[0-5]\d)?(?!\d)")
_ABOUT = re.compile(r"(?:around|about|approx(?:imately|\.)?|circa|since|from|at|~|约|大约|大約)\s*(?=\d)", re.I)
_ZONE = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})\s*$")


@dataclass(frozen=True)
class Moment:
    """A point in time as far as it was given; `rest` is what was written beside it (凌晨, evening, 起)."""

    day: date | None
    clock: time | None
    rest: str


def read_moment(text: str) -> Moment:
    """A moment from free text; where no date is found the whole text is the rest."""
    found = _DATE.search(text)
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return Moment(None, None, text)
    if not found or day is None:
        return Moment(None, None, text.strip())
    tail = re.sub(r"^[T\s]+", "", text[found.end() :])
    lead = _ABOUT.match(tail)
    tail = tail[lead.end() :] if lead else tail
    hour = _CLOCK.match(tail)
    before = text[: found.start()]
    earlier = None if hour else _CLOCK.search(before)
    if earlier:  # about 02:55 on 2026-08-09
        before = re.sub(r"\s*\b(?:on|at)\s*$", "", before[: earlier.start()] + before[earlier.end() :])
    said = hour or earlier
    clock = time(int(said[1]), int(said[2] or 0)) if said else None
    rest = (before + (lead[0] if lead else "") + (tail[hour.end() :] if hour else tail)).strip(" ,，")
    return Moment(day, clock, _ZONE.sub("", rest).strip())


def parse_stamp(text: str) -> datetime | None:
    """A local time where text gives both day and hour, else None."""
    moment = read_moment(text)
    return datetime.combine(moment.day, moment.clock) if moment.day and moment.clock else None


def named_days(text: str) -> list[datetime]:
    """Every date in the text, at its hour or at midnight."""
    found = []
    for match in _DATE.finditer(text):
        moment = read_moment(text[match.start() :])
        if moment.day:
            found.append(datetime.combine(moment.day, moment.clock or time()))
    return found


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def clock_text(clock: time) -> str:
    return f"{clock:%H:%M}"


def day_text(day: date, lang: str, today: date | None = None) -> str:
    """9月5日 / 5 September; the year is said only where it is not the year of `today`."""
    same_year = today is not None and day.year == today.year
    if lang == "en":
        return f"{day.day} {_MONTHS[day.month - 1]}" + ("" if same_year else f" {day.year}")
    return ("" if same_year else f"{day.year}年") + f"{day.month}月{day.day}日"
