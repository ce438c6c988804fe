"""Measures candid, fast, proactive and comprehensive from what a text says."""

from statements.guard.models import Finding, Guard, Principle, Principles
from statements.guard.normalise import Plain


def judge_principles(plain: Plain, findings: list[Finding], language: str, guard: Guard) -> Principles:
    """The four principles of a whole text, each with what it lacks."""
    nothing = Principle(False, guard.words["principle"]["empty"][language])
    return Principles(nothing, nothing, nothing, nothing)
