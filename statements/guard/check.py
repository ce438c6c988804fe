"""One text in, the guard's answer out."""

from dataclasses import replace

from statements.guard.judge import finding, judge_sentence
from statements.guard.models import Check, Finding, Guard, Severity
from statements.guard.normalise import Plain, normalise
from statements.guard.principles import judge_principles
from statements.guard.rewrite import suggestion
from statements.guard.split import sentences


def check(text: str, lang: str, guard: Guard) -> Check:
    """Judges `text` as if published before responsibility is determined; reasons are given in `lang` (zh | en)."""
    language = "en" if lang == "en" else "zh"
    plain = normalise(text, guard.lexicon.variants)
    found = _findings(text, plain, language, guard)
    return Check(worst(found), tuple(found), judge_principles(plain, found, language, guard))


def check_sentence(text: str, lang: str, guard: Guard) -> tuple[Finding, ...]:
    """What may not stand in a sentence by itself, finished or not: for a field that is read while somebody types."""
    language = "en" if lang == "en" else "zh"
    return tuple(_findings(text, normalise(text, guard.lexicon.variants), language, guard))


def _findings(text: str, plain: Plain, language: str, guard: Guard) -> list[Finding]:
    """One finding a label and sentence, in reading order; the findings of a sentence share its rewriting."""
    found = []
    for piece in sentences(plain.text):
        verdict = judge_sentence(plain.text, piece, guard)
        if verdict.labels:
            instead = suggestion(text, plain, verdict, language, guard)
            found += [
                replace(finding(plain, verdict, label, language, guard), suggestion=instead) for label in verdict.labels
            ]
    return found


def worst(findings: list[Finding]) -> Severity:
    severities = {finding.severity for finding in findings}
    return "block" if "block" in severities else "warn" if severities else "none"
