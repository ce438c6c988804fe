"""Groups of people an incident touches, and where each stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

QUESTIONS = ("who", "know", "feel", "motivate")
TEXTS = (*QUESTIONS, "message")  # the message is what is said to them
STANCES = ("positive", "neutral", "negative_harmed", "negative_critic", "negative_false_claim")


@dataclass(frozen=True)
class Audience:
    """A group as it stands on the desk of one incident. `harm`, `influence`, `interest` run from 0 to 5.

    `why` is {"zh", "en", "addressed": a public statement speaks to it, "applies": the facts still call for it}.
    """

    id: int
    incident_id: int
    slug: str
    name_zh: str | None
    name_en: str | None
    why: Mapping[str, Any]
    harm: int
    influence: int
    interest: int
    stance: str
    position: int
    custom: bool
    removed: bool
    stance_reason: str | None = None
    owner_id: int | None = None
    channel: str | None = None
    contacted_at: datetime | None = None
    next_contact_at: datetime | None = None
    version: int = 1

    def name(self, language: str) -> str:
        mine, other = (self.name_zh, self.name_en) if language.startswith("zh") else (self.name_en, self.name_zh)
        return mine or other or ""


@dataclass(frozen=True)
class AudienceAnswer:
    """One of the four questions, or the message, answered. `clauses` are the prefilled pieces, each with what it rests on:
    {"zh", "en", "kind": fact | quote | open | assumption | advice, "facts": ids, "field": of the intake}; once `edited`,
    the texts are a person's."""

    id: int
    audience_id: int
    question: str
    text_zh: str
    text_en: str
    clauses: tuple[Mapping[str, Any], ...] = field(default_factory=tuple)
    edited: bool = False
    saved_by: str | None = None
    saved_at: datetime | None = None
    version: int = 1

    def text(self, language: str) -> str:
        return self.text_zh if language.startswith("zh") else self.text_en

    def prefilled(self, language: str) -> bool:
        """Whether the text in `language` is still the one the desk put there."""
        return not self.edited or self.text(language) == joined(self.clauses, language, self.question)


def joined(clauses: tuple[Mapping[str, Any], ...], language: str, question: str) -> str:
    """Clauses as one text: a line each; a message runs on."""
    side = "zh" if language.startswith("zh") else "en"
    between = "\n" if question in QUESTIONS else "" if side == "zh" else " "
    return between.join(str(one[side]) for one in clauses)
