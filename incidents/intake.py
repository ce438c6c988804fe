"""The intake 首报: its fields, how an entered value is cleaned, and which facts an answer becomes."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from errors import BadInput
from incidents.models import IntakeAnswer

MAX_TEXT = 20_000
MAX_LINE = 500
MAX_LINES = 40
MAX_COUNT = 100_000

# Characters that change how text looks without being seen: controls, bidirectional overrides, zero-width marks.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


@dataclass(frozen=True)
class IntakeField:
    """`kind`: text | lines | time | count | choice. `slot` and `fact_kind` say which fact an answer becomes, if any.

    `limit` is the most characters a short text may have.
    """

    name: str
    kind: str
    section: str
    slot: str | None = None
    fact_kind: str = "text"
    choices: tuple[str, ...] = ()
    past: bool = False  # a moment that cannot lie ahead
    long: bool = False
    limit: int = MAX_LINE


_F = IntakeField
FIELDS: tuple[IntakeField, ...] = (
    _F("what_happened", "text", "first", "what", long=True),
    _F("happened_at", "time", "first", "when", "time", past=True),
    _F("place", "text", "first", "where", "place"),
    _F("deaths", "count", "first", "deaths", "number"),
    _F("injured", "count", "first", "injured", "number"),
    _F("missing", "count", "first", "missing", "number"),
    _F("asking", "lines", "first"),
    _F("company", "text", "firm", "company", limit=300),
    _F("office", "text", "firm", limit=300),
    _F("industry", "text", "firm", limit=120),
    _F("product", "text", "firm", "product"),
    _F("outlets", "lines", "press"),
    _F("origin", "choice", "cause", choices=(
        "own_management", "competition", "malice", "outside_event", "peer_or_supplier", "media_report")),
    _F("cause_known", "choice", "cause", choices=("yes", "partly", "no")),
    _F("cause", "text", "cause", "cause", "finding"),
    _F("factors", "choice", "cause", choices=("one", "several")),
    _F("trust_issue", "choice", "cause", choices=("none", "production", "operation", "finance", "loan")),
    _F("authorities", "lines", "response", "authority"),
    _F("actions", "lines", "response", "deed", "deed"),
    _F("groups", "lines", "response"),
    _F("contact", "text", "response", "contact", "arrangement"),
    _F("spokesperson", "text", "response", "spokesperson", "person"),
    _F("publish_on", "lines", "response", "channel", "arrangement"),
    _F("next_update", "time", "response", "next_update", "time"),
    _F("known_at", "time", "clock", past=True),
    _F("first_call_at", "time", "clock", past=True),
    _F("narrative", "text", "words", long=True),
)  # fmt: skip
BY_NAME = {field.name: field for field in FIELDS}
SECTIONS = tuple(dict.fromkeys(field.section for field in FIELDS))

# Facts whose absence a statement has to own up to.
OPEN_QUESTIONS = ("what", "when", "where", "deaths", "injured", "missing", "cause")


@dataclass(frozen=True)
class FactSeed:
    """A fact as an intake answer gives it: reported by whoever filled the form in, not confirmed by anybody."""

    slot: str
    kind: str
    field: str
    status: str
    value: Any
    wording: str | None
    dedupe_key: str


def clean_text(value: str, limit: int) -> str:
    """Composed, without hidden characters, trimmed. Raises BadInput("too_long")."""
    text = _HIDDEN.sub("", unicodedata.normalize("NFC", value.encode("utf-8", "replace").decode())).strip()
    if len(text) > limit:
        raise BadInput("too_long", length=len(text), limit=limit)
    return text


def clean(field_name: str, value: Any, now: datetime, zone: str) -> Any:
    """The value as it is stored: text, list of lines, ISO time with offset, count or choice; None for nothing.

    Raises BadInput with a key that says what to correct: too_long, too_many_lines, not_a_number, negative, too_large,
    not_a_time, in_the_future, too_long_ago, not_a_choice, no_such_field.
    """
    field = BY_NAME.get(field_name)
    if field is None:
        raise BadInput("no_such_field", field=field_name)
    if value is None or value == "":
        return None
    return _CLEANERS[field.kind](field, value, now, zone)


def _clean_text(field: IntakeField, value: Any, now: datetime, zone: str) -> str | None:
    return clean_text(str(value), MAX_TEXT if field.long else field.limit) or None


def _clean_lines(field: IntakeField, value: Any, now: datetime, zone: str) -> list[str] | None:
    raw: Sequence[Any] = value.splitlines() if isinstance(value, str) else value
    lines = [line for line in (clean_text(str(entry), MAX_LINE) for entry in raw) if line]
    if len(lines) > MAX_LINES:
        raise BadInput("too_many_lines", count=len(lines), limit=MAX_LINES)
    return list(dict.fromkeys(lines)) or None


def _clean_count(field: IntakeField, value: Any, now: datetime, zone: str) -> int:
    try:
        count = int(unicodedata.normalize("NFKC", str(value)).strip())
    except ValueError as cause:
        raise BadInput("not_a_number", value=str(value)[:40]) from cause
    if count < 0:
        raise BadInput("negative", value=count)
    if count > MAX_COUNT:
        raise BadInput("too_large", value=count, limit=MAX_COUNT)
    return count


def _clean_time(field: IntakeField, value: Any, now: datetime, zone: str) -> str:
    try:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError as cause:
        raise BadInput("not_a_time", value=str(value)[:40]) from cause
    at = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))
    if field.past and at > now + timedelta(minutes=1):
        raise BadInput("in_the_future", at=at.isoformat())
    if at < now - timedelta(days=3653):
        raise BadInput("too_long_ago", at=at.isoformat())
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")


def _clean_choice(field: IntakeField, value: Any, now: datetime, zone: str) -> str:
    if value not in field.choices:
        raise BadInput("not_a_choice", value=str(value)[:40])
    return str(value)


_CLEANERS = {
    "text": _clean_text, "lines": _clean_lines, "count": _clean_count, "time": _clean_time, "choice": _clean_choice,
}  # fmt: skip


def facts_of(answer: IntakeAnswer) -> tuple[FactSeed, ...]:
    """The facts an answer becomes. A field that was asked and is not known becomes an open question, never silence."""
    field = BY_NAME[answer.field]
    if field.slot is None:
        return _cause_question(answer)
    if answer.unknown:
        return (_seed(field, "unknown", None, None),) if field.slot in OPEN_QUESTIONS else ()
    if not answer.asked:
        return ()
    if field.kind == "lines":
        return tuple(_seed(field, "reported", line, line, _mark(line)) for line in answer.value)
    return (_seed(field, "reported", answer.value, answer.value if field.kind == "text" else None),)


def _cause_question(answer: IntakeAnswer) -> tuple[FactSeed, ...]:
    if answer.field == "cause_known" and (answer.unknown or answer.value in ("no", "partly")):
        return (_seed(BY_NAME["cause"], "unknown", None, None),)
    return ()


def _mark(line: str) -> str:
    return sha256(line.encode()).hexdigest()[:16]


def _seed(field: IntakeField, status: str, value: Any, wording: str | None, part: str = "") -> FactSeed:
    key = f"intake:{field.name}:{part}" if part else f"intake:{field.name}"
    return FactSeed(field.slot or field.name, field.fact_kind, field.name, status, value, wording, key)
