"""Hours and days in Chinese and English, as the drafts write them and as people type them."""

import re
from datetime import date

from statements.tracing import numerals
from statements.tracing.mentions import Clock, Day

_N = r"\d{1,2}|[零〇一二两三四五六七八九十]{1,3}"
_YEAR = r"\d{4}|[零〇一二三四五六七八九]{4}"
_NAMES = "january february march april may june july august september october november december"
_MONTHS = tuple(_NAMES.split())
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if len(name) > 3 else name for name in _MONTHS).replace("sep(?:", "sept?(?:")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = (
    re.compile(r"(?<!\d)(?P<y>\d{4})\s*[-/.]\s*(?P<m>\d{1,2})\s*[-/.]\s*(?P<d>\d{1,2})(?!\d)"),
    re.compile(rf"(?:(?P<y>{_YEAR})\s*年\s*)?(?P<m>{_N})\s*月\s*(?P<d>{_N})\s*[日号](?!楼|线|院|店|馆)"),
    re.compile(rf"(?P<y>{_YEAR})\s*年(?:\s*(?P<m>{_N})\s*月)?"),
    re.compile(rf"(?<![个\d])(?P<m>{_N})\s*月(?:份|底|初)"),
    re.compile(r"(?<![\d月])(?P<d>\d{1,2})\s*日(?!内|后|之|以内|游|均)"),
    re.compile(r"(?:周|星期|礼拜)(?P<w>[一二三四五六日天])(?!期|年|围|边|转|密|到|详)"),
    re.compile(rf"(?i)\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<mn>{_MONTH})\b(?:\.?,?\s+(?P<y>\d{{4}}))?"),
    re.compile(rf"(?i)\b(?P<mn>{_MONTH})\b\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<y>\d{{4}}))?"),
    re.compile(rf"(?i)\b(?P<mn>{_MONTH})\b\.?,?\s+(?P<y>\d{{4}})\b"),
    re.compile(r"(?<!\d)(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4})(?!\d)"),
    re.compile(r"(?i)\bon the (?P<d>\d{1,2})(?:st|nd|rd|th)\b(?!\s+floor)"),
    re.compile(rf"(?i)\b(?P<wn>{'|'.join(_WEEKDAYS)})\b"),
    re.compile(r"(?i)\b(?:in|since|of)\s+(?P<y>(?:19|20)\d{2})\b(?!\s*[-\d])"),
)
_PART = (
    "凌晨|清晨|早上|早晨|上午|中午|午间|下午|午后|傍晚|晚上|晚间|夜间|夜里|深夜|今晚|昨晚|昨夜|当晚|明晚|今晨|明早|今早|早|晚|夜"
)
_ZH_CLOCK = re.compile(
    rf"(?P<part>{_PART})?\s*(?P<about>约|大约|近)?\s*(?<!\d)(?<!\d[:.])(?P<h>{_N})\s*"
    r"(?:[:：]\s*(?P<m>[0-5]\d)(?::[0-5]\d)?(?!\d)|(?P<mark>[时点])(?!间|候|期|刻|代|段|评|击|赞|名|燃|火|子)"
    rf"\s*(?:(?P<m2>{_N})(?:\s*分)?(?!\s*[人名位户台个日天时点小刻])|(?P<half>半)|(?P<q>[一三])刻|(?P<sharp>整|钟))?)"
    r"\s*(?P<rough>许|左右|前后|多|来钟)?"
)
_EN_PART = re.compile(r"(?i)\b(?:(?P<am>morning|a\.?m\.?)|(?P<pm>afternoon|evening|tonight|night|p\.?m\.?))\b")
_EN_CLOCK = re.compile(
    r"(?i)(?P<about>\b(?:about|around|shortly (?:after|before)|just (?:after|before)|approximately|circa)\s+)?"
    r"(?:(?<!\d)(?<!\d[:.,])(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?\s*(?P<half>[ap]\.\s?m\.|[ap]\.?\s?m\b)"
    r"|(?<!\d)(?<!\d[:.,])(?P<h24>[01]?\d|2[0-4]):(?P<m24>[0-5]\d)(?::[0-5]\d)?(?!\d)"
    r"|\b(?P<mil>[01]\d[0-5]\d|2[0-3][0-5]\d)\s*(?:hours|hrs)\b"
    rf"|\b(?P<past>half past|quarter past|quarter to)\s+(?P<hp>\d{{1,2}}|{numerals.ENGLISH})"
    rf"|\b(?P<ho>\d{{1,2}}|{numerals.ENGLISH})\s+o['’]clock"
    r"|\b(?P<word>noon|midday|midnight)\b)"
)
_RELATIVE = {"前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "昨夜": -1, "今天": 0, "今日": 0, "今晚": 0, "今晨": 0, "今早": 0,
             "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "yesterday": -1, "last night": -1, "today": 0, "tonight": 0,
             "this morning": 0, "this evening": 0, "this afternoon": 0, "tomorrow": 1}  # fmt: skip
_NAMED = re.compile("(?i)" + "|".join(_RELATIVE))


def _number(text: str | None) -> int | None:
    if not text:
        return None
    value = float(text) if text.isdigit() else numerals.han(text)
    return int(value) if value is not None else None


def days(text: str, language: str) -> list[Day]:
    """Every date; what a longer form reads a shorter one does not read again."""
    found: list[Day] = []
    taken: set[int] = set()
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            if match.end() > match.start() and not taken & set(range(*match.span())) and (made := _day(match)):
                found.append(made)
                taken |= set(range(*match.span()))
    return found


def _day(match: re.Match[str]) -> Day | None:
    part = match.groupdict()
    if part.get("w") or part.get("wn"):
        spoken = (part.get("w") or "").replace("天", "日")
        which = "一二三四五六日".index(spoken) if spoken else _WEEKDAYS.index(part["wn"].lower())
        return Day(*match.span(), match[0], weekday=which)
    if part.get("a"):
        return Day(*match.span(), match[0], int(part["y"]), either=(int(part["a"]), int(part["b"])))
    month = _month(part["mn"]) if part.get("mn") else _number(part.get("m"))
    made = Day(*match.span(), match[0], _number(part.get("y")), month, _number(part.get("d")))
    return made if _possible(made) else None


def _month(name: str) -> int:
    return next(number for number, full in enumerate(_MONTHS, 1) if full.startswith(name.lower()[:3]))


def _possible(day: Day) -> bool:
    try:
        date(day.year or 2024, day.month or 1, day.day or 1)
    except ValueError:
        return False
    return True


def clocks(text: str, language: str) -> list[Clock]:
    """Every hour of the day, in Chinese and in English writing: texts mix them."""
    found = [made for match in _EN_CLOCK.finditer(text) if language == "en" and (made := _english(match, text))]
    taken = {at for one in found for at in range(one.start, one.end)}
    for match in _ZH_CLOCK.finditer(text):
        if not taken & set(range(*match.span())) and (made := _chinese(match, text)):
            found.append(made)
    return found


def _chinese(match: re.Match[str], text: str) -> Clock | None:
    hour, part = _number(match["h"]), match["part"] or ""
    if hour is None or hour > 24 or (not match["m"] and not _is_hour(match, text, part)):
        return None
    minute = _number(match["m"] or match["m2"])
    if match["half"] or match["q"]:
        minute = 30 if match["half"] else {"一": 15, "三": 45}[match["q"]]
    if minute is None and match["sharp"] == "整":
        minute = 0
    rough = bool(match["rough"] or match["about"])
    span = match.start("part" if part else "h"), match.end()
    return Clock(*span, text[slice(*span)], _hours(match["h"], hour, part), minute, rough, _relative(text, *span))


def _is_hour(match: re.Match[str], text: str, part: str) -> bool:
    """三点说明 are points, not three o'clock."""
    if part or match["m2"] or match["half"] or match["q"] or match["sharp"] or match["rough"]:
        return True
    if match["mark"] == "点":
        alone = not re.match(r"\s*[^\s，,。；;、至到\-~—前后起之\0]", text[match.end() :])
        return (match["h"].isdigit() and alone) or _dated(match, text)
    return match["h"].isdigit() or _dated(match, text)


def _dated(match: re.Match[str], text: str) -> bool:
    return match.start() > 0 and text[match.start() - 1] in "\0日天至到"


def _hours(written: str, hour: int, part: str) -> tuple[int, ...]:
    hour %= 24
    if re.search("下午|午后|傍晚|晚|夜", part) and "凌晨" not in part:
        return (hour + 12,) if 1 <= hour < 12 else (hour,)
    if "中午" in part or "午间" in part:
        return (hour + 12,) if hour < 3 else (hour,)
    if part or written.startswith("0") or hour == 0 or hour > 12:
        return (hour,)
    return (hour, (hour + 12) % 24)


def _english(match: re.Match[str], text: str) -> Clock | None:
    rough, span = bool(match["about"]), (match.start() + len(match["about"] or ""), match.end())
    hours: tuple[int, ...]
    near = _relative(text, *span)
    if match["word"]:
        hours, minute = ((0,) if match["word"].lower() == "midnight" else (12,)), 0
    elif match["mil"]:
        hours, minute = (int(match["mil"][:2]),), int(match["mil"][2:])
    elif match["past"] or match["ho"]:
        return _spoken(match, text, span, rough, near)
    elif match["half"]:
        hour = int(match["h"]) % 12 + (12 if match["half"].lower().startswith("p") else 0)
        hours, minute = (hour,), int(match["m"] or 0)
    else:
        hours, minute = _with_part(match["h24"], int(match["h24"]) % 24, text[span[1] :]), int(match["m24"])
    return Clock(*span, text[slice(*span)], hours, minute, rough, near)


def _spoken(match: re.Match[str], text: str, span: tuple[int, int], rough: bool, near: int | None) -> Clock | None:
    written = match["hp"] or match["ho"]
    hour = int(written) if written.isdigit() else int(numerals.english(written))
    if hour > 12:
        return None
    minute = {"half past": 30, "quarter past": 15, "quarter to": 45}.get((match["past"] or "").lower(), 0)
    hour = hour - 1 if minute == 45 else hour
    return Clock(*span, text[slice(*span)], _with_part(str(hour), hour % 24, text[span[1] :]), minute, rough, near)


def _with_part(written: str, hour: int, after: str) -> tuple[int, ...]:
    part = _EN_PART.match(after[:30].lstrip(" ,").removeprefix("in the ").removeprefix("this ").removeprefix("at "))
    if part and part["pm"]:
        return (hour + 12,) if 1 <= hour < 12 else (hour,)
    return _hours(written, hour, "上午" if part else "")


def _relative(text: str, start: int, end: int) -> int | None:
    """today, last night, 昨晚 beside the hour: as days from the day of writing."""
    head = text[max(0, start - 24) : start]
    before = re.search(rf"(?i)({'|'.join(_RELATIVE)})[\s,，（(\0）)约晚上下午早凌晨傍]{{0,14}}$", head)
    inside = _NAMED.search(text[start:end])
    after = re.match(r"(?i)\s*,?\s*(" + "|".join(_RELATIVE) + r")\b", text[end : end + 20])
    word = before[1] if before else inside[0] if inside else after[1] if after else ""
    return _RELATIVE.get(word.lower())
