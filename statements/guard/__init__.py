"""The liability guard: reads a statement clause by clause and says what may not stand in it, why, and what may instead.

`check(text, lang, guard)` reads a whole text, `check_sentence` one sentence while it is written; the guard itself is a value
built by storage.content.guard().
"""

from statements.guard.assemble import build_guard
from statements.guard.check import check, check_sentence
from statements.guard.models import (
    LABELS,
    PRINCIPLES,
    Check,
    Finding,
    Guard,
    Principle,
    Principles,
    Severity,
)

__all__ = [
    "LABELS",
    "PRINCIPLES",
    "Check",
    "Finding",
    "Guard",
    "Principle",
    "Principles",
    "Severity",
    "build_guard",
    "check",
    "check_sentence",
]
