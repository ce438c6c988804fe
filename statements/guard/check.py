"""One text in, the guard's answer out."""

from statements.guard.judge import findings_of
from statements.guard.models import Check, Finding, Guard, Severity
from statements.guard.normalise import normalise
from statements.guard.principles import judge_principles


def check(text: str, lang: str, guard: Guard) -> Check:
    """Judges `text` as if published before responsibility is determined; reasons are given in `lang` (zh | en)."""
    language = "en" if lang == "en" else "zh"
    plain = normalise(text, guard.lexicon.variants)
    found = findings_of(plain, language, guard)
    return Check(worst(found), tuple(found), judge_principles(plain, found, language, guard))


def worst(findings: list[Finding]) -> Severity:
    severities = {finding.severity for finding in findings}
    return "block" if "block" in severities else "warn" if severities else "none"
