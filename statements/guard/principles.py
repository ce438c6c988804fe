"""Measures candid, fast, proactive and comprehensive from what a text says (the codebook's four questions)."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from statements.guard.models import Finding, Guard, Principle, Principles
from statements.guard.normalise import Plain
from statements.guard.split import sentences

_LONGEST_STAMP = 60  # characters: a stamp stands in a heading or a signature, not inside a paragraph
_FEWEST_GROUPS = 4
_EVASIVE = ("denial_premature", "minimising", "speculation", "no_comment")  # as a block: a warning alone is no evasion


def judge_principles(plain: Plain, findings: Sequence[Finding], language: str, guard: Guard) -> Principles:
    """The four principles of a whole text, each with what it lacks, and the groups it speaks to."""
    text, rules = plain.text, guard.principles
    groups = groups_in(text, rules)
    return Principles(
        _principle("candid", _candid(text, findings, rules), language, rules),
        _principle("fast", _fast(text, rules), language, rules),
        _principle("proactive", _proactive(text, rules), language, rules),
        _principle("comprehensive", _comprehensive(groups), language, rules, len(groups)),
        groups,
    )


def _candid(text: str, findings: Sequence[Finding], rules: Mapping[str, Any]) -> list[str]:
    evasive = any(f.label in _EVASIVE and f.severity == "block" for f in findings)
    silent = _has("harm_event", text, rules) and not _has("casualty", text, rules)
    body = "\n".join(line for line in text.split("\n") if not _is_stamp(line, rules))
    checks = {
        "known": _has("known", body, rules),
        "unknown": _has("unknown", text, rules),
        "evasion": not evasive,
        "casualty": not silent,
    }
    return [name for name, met in checks.items() if not met]


def _fast(text: str, rules: Mapping[str, Any]) -> list[str]:
    lines = [line for line in text.split("\n") if line.strip()]
    stamped = any(_is_stamp(line, rules) and _has("clock", line, rules) for line in lines) or _opens_with_stamp(text, rules)
    promised = any(_promises_update(piece.text, rules) for piece in sentences(text))
    return [name for name, met in {"stamp": stamped, "next": promised}.items() if not met]


def _is_stamp(line: str, rules: Mapping[str, Any]) -> bool:
    """A heading or signature line that carries the day, or a word of publication with an hour."""
    short = line.strip()
    if len(short) > _LONGEST_STAMP or _promises_update(short, rules):
        return False
    return _has("day", short, rules) or (_has("stamp_words", short, rules) and _has("clock", short, rules))


def _opens_with_stamp(text: str, rules: Mapping[str, Any]) -> bool:
    """A day and an hour side by side that open or close a running text, as `【6 May 19:40】` or `6 May, 19:40.`."""
    day, clock, after = (_alternatives(rules[part]) for part in ("day", "clock", "after_stamp"))
    stamp = _compiled(rf"(?:{day}|今日|今天)[,，、\s(（]*(?:at |星期.)?(?:{clock})\s*(?:{after})")
    return bool(stamp.search(text.strip()[:_LONGEST_STAMP]) or stamp.search(text.strip()[-_LONGEST_STAMP:]))


def _promises_update(sentence: str, rules: Mapping[str, Any]) -> bool:
    """An hour, or a deadline in hours, in a sentence about telling more, and ahead of us."""
    timed = _has("deadline", sentence, rules) or _has("clock", sentence, rules)
    return timed and _has("update", sentence, rules) and _has("future", sentence, rules)


def _proactive(text: str, rules: Mapping[str, Any]) -> list[str]:
    reachable = _has("contact", text, rules) and not _has("no_contact", text, rules)
    told = _with_authority(text, rules)
    checks = {"action": _has("action", text, rules), "contact": reachable, "authority": told}
    return [name for name, met in checks.items() if not met]


def _with_authority(text: str, rules: Mapping[str, Any]) -> bool:
    """A sentence in which something is reported to, or done with or by, an authority."""
    parts = (piece.text for piece in sentences(text))
    return any(_has("authority", part, rules) and _has("cooperate", part, rules) for part in parts)


def groups_in(text: str, rules: Mapping[str, Any]) -> tuple[str, ...]:
    """The groups a text speaks to: victims_families, customers, public, regulators, media, employees_partners."""
    named = [name for name, words in rules["groups"].items() if _alternatives(words) and _search(words, text)]
    regulators = ["regulators"] if _with_authority(text, rules) else []
    return tuple(sorted({*named, *regulators}))


def _comprehensive(groups: Sequence[str]) -> list[str]:
    affected = {"victims_families", "customers"} & set(groups)
    checks = {"affected": bool(affected), "groups": len(groups) >= _FEWEST_GROUPS}
    return [name for name, met in checks.items() if not met]


def _principle(name: str, missing: list[str], language: str, rules: Mapping[str, Any], count: int = 0) -> Principle:
    if not missing:
        return Principle(True, str(rules["kept"][name][language]))
    frame = rules["lacking"][language]
    parts = frame["join"].join(rules["names"][part][language].format(count=count) for part in missing)
    return Principle(False, str(frame["sentence"].format(parts=parts)), tuple(missing))


def _has(part: str, text: str, rules: Mapping[str, Any]) -> bool:
    return _search(rules[part], text)


def _search(words: Mapping[str, str], text: str) -> bool:
    return bool(_compiled(_alternatives(words)).search(text))


def _alternatives(words: Mapping[str, str]) -> str:
    return "|".join(words[language] for language in ("zh", "en") if words.get(language))


@lru_cache(maxsize=256)
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source, re.I)
