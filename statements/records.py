"""Statements as they are kept: a statement, its versions, their sentences, who cleared them, what went out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

CLEARING_ROLES = ("operations", "legal", "head")  # practice R30: facts and wording at the same time, then the head
CLEARING_MINUTES = {"operations": 10, "legal": 10, "head": 5}  # practice R30 [N]
LANGUAGES = ("zh", "en")
PUBLIC_KINDS = ("holding", "update", "correction", "resolution")  # what the firm says to everybody, in turn
TO_EVERYBODY = (*PUBLIC_KINDS, "press_release", "weibo", "wechat")  # what keeps a promise made to everybody


@dataclass(frozen=True)
class Statement:
    id: int
    incident_id: int
    kind: str
    number: int
    state: str  # draft | review | cleared | released | withdrawn
    jurisdiction: str
    created_at: datetime
    next_update_at: datetime | None = None
    corrects_id: int | None = None  # the statement that this one corrects
    created_by: str | None = None
    version: int = 1
    correction: Mapping[str, Any] | None = None  # by language: {corrects: what was wrong, corrected: what is right}


@dataclass(frozen=True)
class StatementVersion:
    id: int
    statement_id: int
    number: int
    reason: str  # drafted | edited | refreshed | restored
    flags: tuple[str, ...]
    saved_at: datetime
    template: str | None = None
    template_hash: str | None = None
    saved_by: str | None = None


@dataclass(frozen=True)
class Sentence:
    """`facts` are ids of facts; `lead` is the white space before it in the text."""

    id: int
    sid: str
    language: str
    position: int
    text: str
    principle: str
    facts: tuple[int, ...] = ()
    edited: bool = False
    lead: str = ""


@dataclass(frozen=True)
class Clearance:
    id: int
    statement_id: int
    statement_version_id: int
    role: str
    state: str  # asked | given | refused | void
    asked_at: datetime
    due_at: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    note: str | None = None
    version: int = 1
    decided_for: str | None = None  # whom a deputy stood in for
    scope: str | None = None  # slots: the words were cleared ahead | None: the whole text


@dataclass(frozen=True)
class Publication:
    id: int
    incident_id: int
    statement_id: int
    statement_version_id: int
    number: int
    language: str
    body: str
    sha256: str
    released_at: datetime
    released_by: str
    channels: tuple[str, ...] = ()
    corrects_id: int | None = None  # the publication that this one corrects
    released_for: str | None = None


def body(sentences: tuple[Sentence, ...], language: str) -> str:
    """The text in one language, as its sentences make it up."""
    mine = sorted((one for one in sentences if one.language == language), key=lambda one: one.position)
    return "".join(one.lead + one.text for one in mine).strip()


def corrections(out: Iterable[Publication], one: Publication) -> tuple[int | None, tuple[int, ...]]:
    """The number that `one` corrects, if any, and the numbers that correct it, the earliest first."""
    known = list(out)
    corrected = next((each.number for each in known if each.id == one.corrects_id), None)
    mine = {each.id for each in known if each.number == one.number}
    later = sorted({each.number for each in known if each.corrects_id in mine})
    return corrected, tuple(later)
