"""Reads an intake from any mapping. Nothing is believed: every field is cleaned, bounded and checked for sense."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from statements.drafting.cleaning import clean
from statements.drafting.moments import named_days, parse_stamp
from statements.drafting.screening import screen
from statements.models import JURISDICTIONS, Casualties, StatementIntake

LIMITS = {
    "company": 60, "industry": 60, "what_happened": 240, "when": 60, "where": 80, "contact": 120, "spokesperson": 60,
    "note": 120, "confirmed": 200, "not_confirmed": 160, "actions_taken": 200, "publish_on": 40, "authorities": 60,
    "groups_affected": 60, "kind": 40, "phase": 40, "crisis_type": 20, "credit_kind": 20, "told_apart": 20,
    "zone": 60, "corrects": 200, "corrected": 200,
}  # fmt: skip
MOST_ITEMS = 12
MOST_PEOPLE = 5000
"""More than this in one field is a slip of the finger, or malice, far more often than a count."""

_MISSING = {
    "company": "missing_company", "what_happened": "missing_what", "when": "missing_time", "where": "missing_place",
    "contact": "missing_contact", "spokesperson": "missing_spokesperson",
}  # fmt: skip
_EMPTY = re.compile(
    r"(?:none|null|undefined|nan|n/?a|tbc|tbd|unknown|未知|不详|不明|暂无|待定|无|[-—?？.。…\s]*)", re.I
)


class _Reader:
    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw
        self.flags: list[str] = []

    def text(self, key: str, value: object = None) -> str:
        text, flags = clean(self.raw.get(key) if value is None else value, LIMITS[key])
        self.flags += flags
        return "" if _EMPTY.fullmatch(text) else text

    def said(self, key: str, value: object = None) -> str:
        """A text without what may not be published: it is told in the flags, not in the draft."""
        text, flags = screen(self.text(key, value))
        self.flags += flags
        return text

    def items(self, key: str, screened: bool = True) -> tuple[str, ...]:
        raw = self.raw.get(key)
        values = [raw] if isinstance(raw, str) else raw if isinstance(raw, list | tuple) else []
        if len(values) > MOST_ITEMS:
            self.flags.append("field_too_long")
        read = self.said if screened else self.text
        found = [read(key, value).rstrip("。.;；") for value in values[:MOST_ITEMS] if value is not None]
        return tuple(dict.fromkeys(item for item in found if item))

    def count(self, raw: Mapping[str, Any], key: str) -> int | None:
        value = raw.get(key)
        if isinstance(value, str) and re.fullmatch(r"\s*[-+]?\d{1,9}\s*", value):
            value = int(value)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_PEOPLE:
            self.flags.append("negative_or_implausible_casualties")
            return None
        return value

    def casualties(self) -> Casualties:
        raw = self.raw.get("casualties")
        raw = raw if isinstance(raw, Mapping) else {}
        deaths, injured, missing = (self.count(raw, key) for key in ("deaths", "injured", "missing"))
        note = self.said("note", raw.get("note") or "")
        if "negative_or_implausible_casualties" in self.flags:
            note = ""
        return Casualties(deaths, injured, missing, note)


def read_intake(raw: Mapping[str, Any]) -> tuple[StatementIntake, tuple[str, ...]]:
    """(intake, flags): the flags of design.md's machine door, each once, in the order found. Never raises on content."""
    reader = _Reader(raw if isinstance(raw, Mapping) else {})
    as_of = parse_stamp(reader.text("when", reader.raw.get("as_of") or ""))
    texts = {key: reader.text(key) for key in ("company", "industry", "contact", "spokesperson")}
    texts |= {key: reader.said(key) for key in ("what_happened", "where", "corrects", "corrected")}
    when, future = reader.text("when"), False
    days = named_days(when)
    if as_of and days and min(days) > as_of:
        when, future = "", True
        reader.flags.append("future_event_time")
    next_update = _next_update(reader, as_of)
    intake = StatementIntake(
        as_of=as_of, when=when, when_in_future=future, next_update=next_update, casualties=reader.casualties(),
        confirmed=reader.items("confirmed"), actions_taken=reader.items("actions_taken"),
        not_confirmed=reader.items("not_confirmed"), publish_on=reader.items("publish_on", False),
        authorities=reader.items("authorities", False), groups_affected=reader.items("groups_affected", False),
        zone=reader.text("zone") or "Asia/Shanghai", kind=reader.text("kind") or "holding",
        phase=reader.text("phase") or "first", crisis_type=reader.text("crisis_type"),
        credit_kind=reader.text("credit_kind"), told_apart=reader.items("told_apart", False),
        jurisdiction=_jurisdiction(reader.raw.get("jurisdiction")),
        version=_version(reader.raw.get("version")), **texts,
    )  # fmt: skip
    reader.flags += [flag for key, flag in _MISSING.items() if not getattr(intake, key)]
    if as_of is None:
        reader.flags.append("missing_time")
    return intake, tuple(dict.fromkeys(reader.flags))


def _next_update(reader: _Reader, as_of: datetime | None) -> datetime | None:
    stamp = parse_stamp(reader.text("when", reader.raw.get("next_update") or ""))
    if stamp is None:
        reader.flags.append("missing_next_update")
    elif as_of and stamp <= as_of:
        reader.flags.append("next_update_in_past")
        return None
    return stamp


def _version(raw: object) -> int:
    return raw if isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw < 1000 else 1


def _jurisdiction(raw: object) -> str:
    """As it is written, E&W with its sign: it names a pack and is never said."""
    return raw if isinstance(raw, str) and raw in JURISDICTIONS else JURISDICTIONS[0]
