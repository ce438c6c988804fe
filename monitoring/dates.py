"""Reads the dates that feeds write. A date that cannot be is no date; one without a zone is read in its source's."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
FAR_AHEAD = timedelta(days=366)
"""A date further ahead than this is a mistake, one less far a clock that is off: it is held at now."""

_MONTHS = {"janfebmaraprmayjunjulaugsepoctnovdec"[3 * n : 3 * n + 3]: n + 1 for n in range(12)}
_CHINESE_MONTHS = {name: n for n, name in enumerate((*"一二三四五六七八九十", "十一", "十二"), 1)}
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "cet": 1, "met": 1, "cest": 2, "eet": 2, "eest": 3,
    "msk": 3, "ist": 5.5, "hkt": 8, "sgt": 8, "myt": 8, "pht": 8, "awst": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11,
    "nzst": 12, "nzdt": 13, "ast": -4, "adt": -3, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8,
    "pdt": -7, "akst": -9, "hst": -10,
}  # fmt: skip
_CLOCK = (
    r"(?P<hour>\d{1,2})\s*[:时点時點]\s*(?P<minute>\d{1,2})"
    r"(?:\s*[:分]\s*(?P<second>\d{1,2})?(?:[.,]\d+)?)?\s*[秒分]?"
)
_HALF = r"(?P<half>[ap]\.?m\.?|上午|下午|晚上|早上|凌晨|中午|傍晚)?"
_OFFSET = r"(?P<zone>[+-]\s?\d{1,2}:?\d{0,2}|(?:gmt|utc)\s?[+-]\d{1,2}:?\d{0,2}|[a-z]{1,5})?"
_WEEKDAY = r"(?:[(（]?(?:星期|周|週|礼拜)[一二三四五六日天][)）]?)?"
_TIME = rf"(?:[t,\s]*{_HALF}\s*{_CLOCK}\s*(?P<half2>[ap]\.?m\.?)?\s*{_OFFSET})?"
_NAME = r"(?P<name>[a-z]{3})[a-z]*\.?"

_SHAPES: tuple[str, ...] = (
    rf"(?P<year>\d{{4}})\s*[-/.年]\s*(?P<month>\d{{1,2}})\s*[-/.月]\s*(?P<day>\d{{1,2}})\s*[日号號.]?\s*{_WEEKDAY}\s*{_TIME}",
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:t?(?P<hour>\d\d):?(?P<minute>\d\d):?(?P<second>\d\d)?(?:\.\d+)?"
    rf"\s*{_OFFSET})?",
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)t(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?:\.\d+)?"
    rf"\s*{_OFFSET}",
    rf"(?:[a-z]+\s*,?\s*)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{_NAME}[\s,-]+(?P<year>\d{{4}}|\d\d)\s*{_TIME}",
    rf"(?:[a-z]+\s*,?\s*)?(?P<day>\d{{1,2}})\s+(?P<chinese>[一二三四五六七八九十]+)月\s+(?P<year>\d{{4}})\s*{_TIME}",
    rf"(?:[a-z]+\s*,?\s+)?{_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*(?P<year>\d{{4}})\s*{_TIME}",
    rf"(?:[a-z]+\s+)?{_NAME}\s+(?P<day>\d{{1,2}})\s+{_CLOCK}\s*{_OFFSET}\s+(?P<year>\d{{4}})",
    rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}})\s*{_TIME}",
    rf"(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/(?P<year>\d{{4}})\s*{_TIME}",
)
_PATTERNS = tuple(re.compile(shape, re.IGNORECASE) for shape in _SHAPES)
_DAY_OF_YEAR = rf"(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*[日号]?\s*{_WEEKDAY}\s*{_TIME}"
_THIS_YEAR = re.compile(_DAY_OF_YEAR, re.IGNORECASE)
_AGO = re.compile(r"(?P<count>\d{1,4}|半|几)\s*个?\s*(?P<unit>秒|分钟|分鐘|小时|小時|天|周|个月|月)钟?[以之]?前")
_DAY_BEFORE = re.compile(rf"(?P<day>今天|昨天|前天|昨日|今日)\s*{_TIME}", re.IGNORECASE)
_MINUTE, _DAY = 60, 86_400
_UNITS = {
    "秒": 1, "分钟": _MINUTE, "分鐘": _MINUTE, "小时": 60 * _MINUTE, "小時": 60 * _MINUTE, "天": _DAY, "周": 7 * _DAY,
    "个月": 30 * _DAY, "月": 30 * _DAY,
}  # fmt: skip
_COMMENT = re.compile(r"(?<![\d])\([^()\\]*\)|\((?=[a-z ])[^()]*\)", re.IGNORECASE)


def read_date(text: str | None, zone: str, now: datetime) -> tuple[datetime | None, str | None]:
    """(moment in UTC, note). The moment is never later than `now`; where it is None the note says why: missing,
    unreadable, impossible. The note `ahead` goes with a moment that was held at now."""
    if not text or not text.strip():
        return None, "missing"
    try:
        moment = next(_readings(" ".join(text.split())[:100], _zone(zone), now), None)
    except (ValueError, OverflowError):
        return None, "impossible"
    if moment is None:
        return None, "unreadable"
    return _held(moment, now)


def _held(moment: datetime, now: datetime) -> tuple[datetime | None, str | None]:
    if moment < EARLIEST or moment > now + FAR_AHEAD:
        return None, "impossible"
    return (now, "ahead") if moment > now else (moment, None)


@lru_cache(maxsize=64)
def _zone(name: str) -> tzinfo:
    """The zone of that name; an unknown one counts as the desk's own country."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return ZoneInfo("Asia/Shanghai")


def _readings(text: str, zone: tzinfo, now: datetime) -> Iterator[datetime]:
    """What the text may mean, best first. Raises ValueError for a shape that fits and a date that cannot be."""
    if text.replace(".", "", 1).isdecimal() and text.isascii() and len(text.split(".")[0]) in (1, 9, 10, 13):
        yield _epoch(text)
        return
    for candidate in dict.fromkeys((text, _COMMENT.sub(" ", text).replace("  ", " ").strip())):
        for pattern in _PATTERNS:
            if match := pattern.fullmatch(candidate):
                yield _moment(match, zone)
                return
    for read in _RELATIVE:
        if (moment := read(text, zone, now)) is not None:
            yield moment


def _epoch(text: str) -> datetime:
    seconds = float(text)
    return datetime.fromtimestamp(seconds / 1000 if len(text.split(".")[0]) == 13 else seconds, UTC)


def _moment(match: re.Match[str], zone: tzinfo, **known: int) -> datetime:
    got = {name: value for name, value in match.groupdict().items() if value is not None}
    year = known.get("year") or int(got["year"])
    if len(got.get("year", "")) == 2:
        year += 1900 if year >= 70 else 2000
    month = known.get("month") or _month(got)
    hour = _hour(int(got.get("hour", 0)), (got.get("half") or got.get("half2") or "").lower())
    days, hour = divmod(hour, 24) if hour == 24 else (0, hour)
    second = min(int(got.get("second") or 0), 59)
    day = known.get("day") or int(got["day"])
    minute, offset = int(got.get("minute", 0)), _offset(got.get("zone", ""), zone)
    local = datetime(year, month, day, hour, minute, second, tzinfo=offset)
    return (local + timedelta(days=days)).astimezone(UTC)


def _month(got: dict[str, str]) -> int:
    if "name" in got:
        if got["name"].lower() not in _MONTHS:
            raise ValueError(got["name"])
        return _MONTHS[got["name"].lower()]
    return _CHINESE_MONTHS[got["chinese"]] if "chinese" in got else int(got["month"])


def _hour(hour: int, half: str) -> int:
    if half.startswith("p") or half in ("下午", "晚上", "傍晚"):
        return hour + 12 if hour < 12 else hour
    if half == "中午":
        return hour + 12 if hour < 3 else hour
    return 0 if hour == 12 and (half.startswith("a") or half in ("上午", "凌晨")) else hour


def _offset(text: str, zone: tzinfo) -> tzinfo:
    """The zone a date names. CST is China's in a source of Asia and the American one elsewhere; an unknown name is the
    source's own."""
    name = text.lower().replace(" ", "").replace(":", "")
    if name[:3] in ("gmt", "utc") and len(name) > 3:
        name = name[3:]
    if name and name[0] in "+-":
        digits = name[1:]
        hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
        if hours > 14 or minutes > 59:
            raise ValueError(text)
        return timezone((1 if name[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
    if name == "cst":
        american = str(zone).startswith(("America/", "US/", "Canada/"))
        return timezone(timedelta(hours=-6 if american else 8))
    return timezone(timedelta(hours=_ZONES[name])) if name in _ZONES else zone


def _ago(text: str, zone: tzinfo, now: datetime) -> datetime | None:
    if text in ("刚刚", "刚才", "just now"):
        return now
    match = _AGO.fullmatch(text)
    if match is None:
        return None
    count = {"半": 0.5, "几": 3.0}.get(match["count"]) or float(match["count"])
    return now - timedelta(seconds=count * _UNITS[match["unit"]])


def _day_before(text: str, zone: tzinfo, now: datetime) -> datetime | None:
    match = _DAY_BEFORE.fullmatch(text)
    if match is None:
        return None
    day = now.astimezone(zone) - timedelta(days={"昨": 1, "前": 2}.get(match["day"][0], 0))
    return _moment(match, zone, year=day.year, month=day.month, day=day.day)


def _this_year(text: str, zone: tzinfo, now: datetime) -> datetime | None:
    """A date without a year is the latest such day that has begun."""
    match = _THIS_YEAR.fullmatch(text)
    if match is None:
        return None
    year = now.astimezone(zone).year
    moment = _moment(match, zone, year=year)
    return moment if moment <= now + timedelta(days=1) else _moment(match, zone, year=year - 1)


_RELATIVE: tuple[Callable[[str, tzinfo, datetime], datetime | None], ...] = (_ago, _day_before, _this_year)
