"""Decides, clause by clause, what may not stand, and says where and why."""

from statements.guard.models import Finding, Guard, Severity
from statements.guard.normalise import Plain
from statements.guard.split import Piece, sentences


def findings_of(plain: Plain, language: str, guard: Guard) -> list[Finding]:
    """Every finding of the text, in reading order, one a label and sentence."""
    return [finding for piece in sentences(plain.text) for finding in _in_sentence(plain, piece, language, guard)]


def _in_sentence(plain: Plain, sentence: Piece, language: str, guard: Guard) -> list[Finding]:
    found: dict[str, Finding] = {}
    names = {tag.name for tag in guard.lexicon.tags(sentence.text)}
    for pattern in guard.lexicon.patterns:
        if not pattern.sure or names & set(pattern.unless) or pattern.label in found:
            continue
        if pattern.regex.search(sentence.text):
            start, end = plain.span(sentence.start, sentence.end)
            why = guard.words["why"][pattern.label][language]
            severity: Severity = "warn" if pattern.severity == "warn" else "block"
            found[pattern.label] = Finding(pattern.label, severity, start, end, why, "", pattern.duty_to_warn)
    return list(found.values())
