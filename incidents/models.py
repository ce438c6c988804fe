"""What an incident is made of, as values. Moments are aware; JSON values are plain lists, strings and numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

KINDS = ("real", "example", "drill")
STATUSES = ("intake", "open", "closed", "merged")
ROLES = ("head", "pr", "legal", "operations", "executive", "observer", "administrator")

FACT_STATUSES = ("unknown", "reported", "confirmed", "official", "disputed", "withdrawn")
SETTLED = frozenset({"confirmed", "official"})  # what may be said in public

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    roles: tuple[str, ...]
    incident_id: int | None = None
    version: int = 1
    deputy_of: int | None = None
    deputy_from: datetime | None = None
    deputy_until: datetime | None = None
    active: bool = True


@dataclass(frozen=True)
class Incident:
    id: int
    kind: str
    status: str
    title: str
    language: str
    zone: str
    opened_at: datetime
    company: str | None = None
    office: str | None = None
    industry: str | None = None
    jurisdictions: tuple[str, ...] = ("CN",)
    listed: bool | None = None
    restricted: bool = False
    known_at: datetime | None = None
    first_call_at: datetime | None = None
    first_public_at: datetime | None = None
    case_offset_s: int = 0
    sample: str | None = None
    opened_by: str | None = None
    closed_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True)
class IntakeAnswer:
    """One field of the intake: a value, or the plain word that it is not known, or (neither) not asked yet."""

    field: str
    value: Any = None
    unknown: bool = False
    saved_by: str | None = None
    saved_at: datetime | None = None
    version: int = 0

    @property
    def asked(self) -> bool:
        return self.unknown or self.value not in (None, "", [], ())


@dataclass(frozen=True)
class Fact:
    """One thing that is said to be so. `value` is typed by `kind`; a wording per language says it in words.

    time: ISO 8601 with offset; number: int; every other kind: the text itself.
    """

    id: int
    incident_id: int
    slot: str
    kind: str
    status: str
    value: Any = None
    field: str | None = None
    wording_zh: str | None = None
    wording_en: str | None = None
    source: str | None = None
    said_by: str | None = None
    said_at: datetime | None = None
    document_number: str | None = None
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    position: int = 0
    public: bool = True
    created_at: datetime | None = None
    created_by: str | None = None
    version: int = 1

    @property
    def settled(self) -> bool:
        return self.status in SETTLED

    def wording(self, language: str) -> str | None:
        return self.wording_zh if language.startswith("zh") else self.wording_en


@dataclass(frozen=True)
class Event:
    id: int
    incident_id: int
    sequence: int
    wall_at: datetime
    case_at: datetime
    deed: str
    actor: str | None = None
    subject_kind: str | None = None
    subject_id: int | None = None
    screen: str | None = None
    facts: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    before_digest: str | None = None
    after_digest: str | None = None
    previous_hash: str = ""
    hash: str = ""


@dataclass(frozen=True)
class Clock:
    id: int
    incident_id: int
    rule: str
    label: Mapping[str, str]
    started_at: datetime
    due_at: datetime
    subject_kind: str | None = None
    subject_id: int | None = None
    stopped_at: datetime | None = None
    stopped_by: str | None = None
    kept: bool | None = None
    version: int = 1


@dataclass(frozen=True)
class TypeRecord:
    """A judgement of the crisis type as it was made: by the desk (`made_by` None) or by a person who overruled it."""

    id: int
    incident_id: int
    made_at: datetime
    crisis_type: str
    provisional: bool
    state: str
    made_by: str | None = None
    credit_kind: str | None = None
    confidence: float | None = None
    runner_up: str | None = None
    secondary: tuple[str, ...] = ()
    detail: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    reason: str | None = None
    answers: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    version: int = 1
