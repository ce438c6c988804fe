"""What the guard is asked with and what it answers: values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from statements.guard.lexicon import Lexicon
from statements.guard.network import Network

Severity = Literal["block", "warn", "none"]
LABELS = (
    "admission",
    "blame_shift",
    "speculation",
    "absolute_promise",
    "compensation_commitment",
    "minimising",
    "denial_premature",
    "privacy",
    "no_comment",
    "attack",
    "jargon_cold",
)
PRINCIPLES = ("candid", "fast", "proactive", "comprehensive")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that may not stand. `start`, `end` are code points of the original text, end exclusive.

    `why` is one sentence in the text's language, naming what decided; `suggestion` the whole sentence rewritten so that
    it passes, or "" where the sentence should simply go. `duty_to_warn` marks prior knowledge of a danger: striking the
    words does not settle it, somebody has to decide whether people must be warned.
    """

    label: str
    severity: Severity
    start: int
    end: int
    why: str
    suggestion: str = ""
    duty_to_warn: bool = False


@dataclass(frozen=True, slots=True)
class Principle:
    """Whether a text keeps one principle, and in one sentence what it has or lacks."""

    ok: bool
    why: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Principles:
    candid: Principle
    fast: Principle
    proactive: Principle
    comprehensive: Principle
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """The answer for one text: the worst severity, every finding in reading order, the four principles."""

    severity: Severity
    findings: tuple[Finding, ...]
    principles: Principles


@dataclass(frozen=True, slots=True)
class Guard:
    """Everything the guard consults, read once: word classes, learned weights, thresholds, the words of its reasons."""

    lexicon: Lexicon
    network: Network | None
    words: Mapping[str, Any]
    rewrites: Mapping[str, Any]
    principles: Mapping[str, Any]
