"""Holds a text against the 24 points of a statement: yes, no or not asked, with what decided and what is missing."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

FIRST_HOUR = 60  # minutes (practice R01: a first statement within the hour)
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:：]\d{2}(?!\d)")
_TYPED = ("media", "matrix", "credit", "chain")
_WITH_POSTURE = ("holding", "update", "press_release", "wechat", "weibo", "qa", "dealers", "staff", "hotline")
_FORMAL = ("title", "stamp", "tag", "greeting", "kind", "who", "signature", "hello", "opening", "refers", "wrong", "right")


class _Verdict(Protocol):
    @property
    def findings(self) -> Sequence[Any]: ...
    @property
    def principles(self) -> Any: ...


@dataclass(frozen=True)
class Line:
    """A sentence; `slots` are the intake's slots it says, without number: what_happened, actions_taken, casualties."""

    sid: str
    text: str
    principle: str
    slots: tuple[str, ...] = ()
    facts: int = 0
    """How many different facts it says."""


@dataclass(frozen=True)
class Seen:
    """What a text is judged by. `obstacles` are (kind, words) of what the gates object to; `minutes` from the first public
    word to its issue, None where not known; `harmed` whether somebody is hurt; `danger` whether safe advice applies."""

    kind: str
    language: str
    lines: tuple[Line, ...]
    verdict: _Verdict
    about: Mapping[str, Any]
    crisis_type: str = ""
    obstacles: tuple[tuple[str, str], ...] = ()
    minutes: float | None = None
    harmed: bool = False
    danger: bool = False
    linked: tuple[str, ...] = ()
    """Kinds of text of the same incident that speak to groups of their own (staff, dealers, neighbours)."""

    @property
    def text(self) -> str:
        return ("" if self.language == "zh" else " ").join(line.text for line in self.lines)

    def missing(self, principle: str) -> tuple[str, ...]:
        return tuple(getattr(self.verdict.principles, principle).missing)


@dataclass(frozen=True)
class Answer:
    """`verdict`: yes | no | na. `because` are the words that decided, "" where their absence did."""

    number: int
    fatal: bool
    verdict: str
    because: str = ""


@dataclass(frozen=True)
class Judgement:
    answers: tuple[Answer, ...]
    deductions: tuple[str, ...] = field(default=())

    @property
    def met(self) -> int:
        return sum(one.verdict == "yes" for one in self.answers)

    @property
    def asked(self) -> int:
        return sum(one.verdict != "na" for one in self.answers)

    @property
    def missed(self) -> tuple[Answer, ...]:
        """The points not met, the fatal ones first."""
        return tuple(sorted((one for one in self.answers if one.verdict == "no"), key=lambda one: (not one.fatal, one.number)))

    def passes(self, table: Mapping[str, Any]) -> bool:
        """Every fatal point met and no more missed than a full statement may miss (20 of 24)."""
        allowed = len(table["points"]) - table["pass_at"]
        return not any(one.fatal for one in self.missed) and len(self.missed) + len(self.deductions) <= allowed


def judge(seen: Seen, table: Mapping[str, Any]) -> Judgement:
    """`table` is data/rubric/points.yaml; the kind's about.yaml names the points that are asked of it."""
    asked = set(seen.about.get("points", range(1, 25)))
    answers = []
    for point in table["points"]:
        number, fatal = point["n"], bool(point.get("fatal"))
        if number not in asked:
            answers.append(Answer(number, fatal, "na"))
            continue
        verdict, because = _RULES.get(number, _by_content)(seen, point)
        answers.append(Answer(number, fatal, verdict, because[:80]))
    words = table["deductions"].get(seen.language, ())
    return Judgement(tuple(answers), tuple(word for word in words if word.lower() in seen.text.lower()))


_Decided = tuple[str, str]
_YES, _NO, _NA = "yes", "no", "na"


def _flagged(seen: Seen, point: Mapping[str, Any]) -> str:
    """Words a checker or a gate objects to under this point, "" where none."""
    labels = point.get("labels", ())
    found = [one for one in seen.verdict.findings if one.label in labels]
    if found:
        return str(found[0].label)
    gates = [what or kind for kind, what in seen.obstacles if kind in point.get("obstacles", ())]
    return gates[0] if gates else _matched(seen.text, point.get("never"), seen.language)


def _matched(text: str, patterns: Mapping[str, str] | None, language: str) -> str:
    pattern = (patterns or {}).get(language)
    found = re.search(pattern, text, re.I) if pattern else None
    return found[0] if found else ""


def _said(seen: Seen, slots: Sequence[str]) -> str:
    return next((line.text for line in seen.lines if set(slots) & set(line.slots)), "")


def _by_content(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    """Nothing objected to, and the slot or the words that are asked for are there."""
    trouble = _flagged(seen, point)
    if trouble:
        return _NO, trouble
    if not (point.get("slots") or point.get("words")):
        return _YES, ""
    words = _said(seen, point.get("slots", ())) or _matched(seen.text, point.get("words"), seen.language)
    return (_YES, words) if words else (_NO, "")


def _confirmed(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    holes = re.findall(r"【待填[^】]*】|\[to fill[^\]]*\]", seen.text)
    untraced = [what for kind, what in seen.obstacles if kind in ("hole", "number", "time", "place", "stale")]
    return (_NO, (holes + untraced)[0]) if holes or untraced else (_YES, "")


def _people_first(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    body = [line for line in seen.lines if line.principle != "form" and line.sid.split(".")[0] not in _FORMAL]
    for line in body[:2]:
        words = _matched(line.text, point["words"], seen.language)
        if words:
            return _YES, line.text
    return _NO, body[0].text if body else ""


def _event(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    told = _said(seen, ("what_happened",))
    placed = told and (_said(seen, ("when", "where")) or _CLOCK.search(told))
    return (_YES, told) if placed else (_NO, told)


def _unknown(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    words = _matched(seen.text, point["words"], seen.language)
    return (_YES, words) if words else (_NO, "")


def _decider(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    words = _matched(seen.text, point["words"], seen.language)
    if words:
        return _YES, words
    ours = any(line.sid.startswith(("unknown", "line.2")) and "authorities" not in line.slots for line in seen.lines)
    return (_NA, "") if ours and not _said(seen, ("authorities",)) else (_NO, "")


def _done(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    doing = [line for line in seen.lines if "actions_taken" in line.slots]
    count = sum(line.facts for line in doing)
    return (_YES if count >= 2 else _NO), doing[0].text if doing else ""


def _advice(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    given = next((line.text for line in seen.lines if line.sid.startswith(("advice", "follow")) and line.text), "")
    words = given or _matched(seen.text, point["words"], seen.language)
    if words:
        return _YES, words
    return (_NO, "") if seen.danger else (_NA, "")


def _next(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    told = _said(seen, ("next_update",)) or next((x.text for x in seen.lines if x.sid.startswith(("next", "line.3"))), "")
    clock = _CLOCK.search(told)
    return (_YES, clock[0]) if clock else (_NO, told)


def _evidence_kept(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    together = _matched(seen.text, point["words"], seen.language)
    kept = _matched(seen.text, point["also"], seen.language)
    if together and (kept or not (seen.danger or seen.harmed)):
        return _YES, kept or together
    return _NO, together


def _aid(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    if not seen.harmed:
        return _NA, ""
    words = _matched(seen.text, point["words"], seen.language)
    return (_YES, words) if words else _early(seen)


def _early(seen: Seen) -> _Decided:
    """Not asked of a first text within the hour that promises the next one."""
    early = seen.kind == "holding" and seen.minutes is not None and seen.minutes <= FIRST_HOUR
    return (_NA, "") if early and "next" not in seen.missing("fast") else (_NO, "")


def _fits_type(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    trouble = _flagged(seen, point)
    if trouble:
        return _NO, trouble
    posture = next((line.text for line in seen.lines if line.sid.startswith("posture") and line.text), "")
    needed = seen.crisis_type in _TYPED and seen.kind in _WITH_POSTURE
    return (_NO, "") if needed and not posture else (_YES, posture)


def _candid(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    trouble = _flagged(seen, point)
    if trouble:
        return _NO, trouble
    why = str(seen.verdict.principles.candid.why)
    if seen.verdict.principles.candid.ok:
        return _YES, why
    only_unknown = seen.missing("candid") == ("unknown",) and 9 not in seen.about.get("points", ())
    return (_YES, "") if only_unknown else (_NO, why)


def _fast(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    if "stamp" in seen.missing("fast"):
        return _NO, ""
    late = seen.kind == "holding" and seen.minutes is not None and seen.minutes > FIRST_HOUR
    return (_NO, f"{seen.minutes:.0f} min") if late else (_YES, next((x.text for x in seen.lines if x.sid == "stamp"), ""))


def _comprehensive(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    if seen.verdict.principles.comprehensive.ok or len(seen.linked) >= 2:
        return _YES, "、".join(seen.linked)
    return _early(seen)


def _plain(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    trouble = _flagged(seen, point)
    if trouble:
        return _NO, trouble
    size, most = length(seen.lines, seen.language), seen.about["length"][seen.language][1]
    return (_YES if size <= most else _NO), f"{size}/{most}"


def _signed(seen: Seen, point: Mapping[str, Any]) -> _Decided:
    trouble = _flagged(seen, point)
    version = _matched(seen.text, point["words"], seen.language)
    signed = _said(seen, ("company",)) or next((x.text for x in seen.lines if x.sid in ("signature", "title")), "")
    if trouble or not version or not signed or "stamp" in seen.missing("fast"):
        return _NO, trouble
    return _YES, version


def length(lines: Sequence[Line], language: str) -> int:
    """Characters (zh) or words (en) of what is said: without title, stamp, greeting and signature."""
    body = [line.text for line in lines if line.principle != "form" and line.sid != "stamp"]
    return sum(len(re.sub(r"\s", "", text)) for text in body) if language == "zh" else sum(len(text.split()) for text in body)


_RULES: Mapping[int, Callable[[Seen, Mapping[str, Any]], _Decided]] = {
    1: _confirmed, 7: _people_first, 8: _event, 9: _unknown, 10: _decider, 11: _done, 13: _advice, 15: _next,
    16: _evidence_kept, 17: _aid, 18: _fits_type, 19: _candid, 20: _fast, 22: _comprehensive, 23: _plain, 24: _signed,
}  # fmt: skip
