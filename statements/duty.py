"""Knowledge of a danger that came up in a text: somebody has to decide whether people must be warned (practice R06, R07, R50)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from statements.overrides import sentence_at
from statements.records import Sentence

DECIDE_WITHIN = timedelta(minutes=30)  # R06 says at once; the half hour is ours [N]
REPORT_WORKING_DAYS = 2  # R07
CHOICES = ("warn", "stop_sale", "report")
DECIDING_ROLES = ("head", "legal")


@dataclass(frozen=True)
class DutyDecision:
    """`quotes`: the words that brought it up, {language, text}. `legal`, `head`: {by, for, at, choices, reason}.

    `choices` of a decided one: of CHOICES; empty: none of them.
    """

    id: int
    incident_id: int
    statement_id: int | None
    sid: str
    quotes: tuple[Mapping[str, str], ...]
    opened_at: datetime
    due_at: datetime
    state: str  # open | decided
    opened_by: str | None = None
    legal: Mapping[str, Any] | None = None
    head: Mapping[str, Any] | None = None
    choices: tuple[str, ...] | None = None
    decided_at: datetime | None = None
    reported_to: str | None = None
    reported_at: datetime | None = None
    reported_by: str | None = None
    version: int = 1

    def vote(self, role: str) -> Mapping[str, Any] | None:
        return self.legal if role == "legal" else self.head


@dataclass(frozen=True)
class Knowledge:
    """Words of one sentence that say that a danger was known."""

    sid: str
    language: str
    text: str


def knowledge(sentences: Sequence[Sentence], findings: Mapping[str, Iterable[Any]]) -> tuple[Knowledge, ...]:
    """What the findings of each language mark as knowledge of a danger, with the sentence it stands in."""
    made = []
    for language, found in findings.items():
        for one in found:
            if getattr(one, "duty_to_warn", False):
                said = sentence_at(sentences, language, one.start)
                made += [Knowledge(said.sid, language, said.text)] if said else []
    return tuple(dict.fromkeys(made))


def unheard(known: Iterable[DutyDecision], said: Iterable[Knowledge]) -> tuple[Knowledge, ...]:
    """What no decision, open or taken, has been asked about yet."""
    heard = {(quote["language"], quote["text"]) for one in known for quote in one.quotes}
    return tuple(one for one in said if (one.language, one.text) not in heard)


def agreed(legal: Mapping[str, Any] | None, head: Mapping[str, Any] | None) -> tuple[str, ...] | None:
    """What both have decided; None while one is missing or they differ."""
    if legal is None or head is None or sorted(legal["choices"]) != sorted(head["choices"]):
        return None
    return tuple(one for one in CHOICES if one in head["choices"])
