"""What the drafting tests share: the shipped kit, a checker that passes everything, and what a text may contain."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from statements.drafting import Draft, StatementIntake, draft
from storage import content

KNOWN_ANYWAY = {"110", "119", "120", "12315", "12345"}


@dataclass(frozen=True)
class Found:
    label: str
    severity: str = "block"


@dataclass(frozen=True)
class Judged:
    severity: str = "none"
    findings: tuple[Found, ...] = ()


def passes_all(text: str, lang: str) -> Judged:
    return Judged()


def blocks(*words: str, label: str = "admission") -> Callable[[str, str], Judged]:
    """A checker that blocks every text that holds one of the words."""

    def check(text: str, lang: str) -> Judged:
        return Judged("block", (Found(label),)) if any(word in text for word in words) else Judged()

    return check


def drafted(
    raw: Mapping[str, Any], lang: str, check: Any = passes_all, slug: str = "holding"
) -> tuple[Draft, tuple[str, ...]]:
    """(draft, all flags) of a raw intake."""
    intake, flags = StatementIntake.from_mapping(raw)
    made = draft(intake, lang, content.statement_kit(), check, slug)
    return made, (*flags, *made.flags)


def sentence(made: Draft, slot: str) -> str:
    """The text of the sentence in a slot, "" where there is none."""
    return next((s.text for s in made.sentences if s.slot == slot), "")


def numbers(text: str) -> set[str]:
    found = re.findall(r"\d{1,3}(?:,\d{3})+|\d+", text)
    return {number.replace(",", "").lstrip("0") or "0" for number in found}


def invented_numbers(text: str, raw: Mapping[str, Any]) -> set[str]:
    """Numbers of the text that the intake does not hold; its version stamp is not counted."""
    bare = re.sub(r"第\d+版|version \d+", "", text)
    return numbers(bare) - numbers(json.dumps(raw, ensure_ascii=False)) - KNOWN_ANYWAY


STOVE_ZH: dict[str, Any] = dict(content.statement_kit().templates["holding"].example["zh"])
STOVE_EN: dict[str, Any] = dict(content.statement_kit().templates["holding"].example["en"])
