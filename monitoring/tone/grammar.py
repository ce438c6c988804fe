"""Decides what state a word of harm or relief is in: meant, denied, refuted, over, prevented, framed, somebody else's."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from monitoring.tone.lexicon import find
from monitoring.tone.model import Lexicon
from monitoring.tone.text import clause_ends, quotations

_MOCKING = (
    "真",
    "真是",
    "可真",
    "果然",
    "不愧",
    "不愧是",
    "好一个",
    "所谓",
    "号称",
    "原来",
    "喜提",
    "真的很",
    "太",
    "最",
    "史上最",
)
_COUNTED = {"good": "reduced", "bad": "risen", "reduced": "reduced", "risen": "risen"}
REACH = 14
"""How many characters a negation reaches within its clause."""


class Mark(NamedTuple):
    """A term with its surroundings. `part` is 0 in the title and 1 in the summary."""

    start: int
    end: int
    kinds: tuple[str, ...]
    part: int
    clause: int
    quoted: bool


class Sign(NamedTuple):
    """What a term says: `kind` such as hazard.death or num.bad, `state` such as plain, negated, refuted, ended."""

    kind: str
    state: str
    mark: Mark


def read(text: str, title_end: int, lexicon: Lexicon) -> list[Mark]:
    """All terms of `text` that say something; its title ends at `title_end`."""
    ends, quotes = clause_ends(text), quotations(text)
    return [
        Mark(start, end, kinds, int(start > title_end), bisect_left(ends, start), bool(quotes) and _within(quotes, start, end))
        for start, end, kinds in find(text, lexicon)
    ]


def _within(quotes: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(a <= start and end <= b for a, b in quotes)


def signs(marks: Sequence[Mark], text: str) -> list[Sign]:
    """Every content term of `marks` with its state."""
    clauses: dict[int, list[Mark]] = {}
    for mark in marks:
        clauses.setdefault(mark.clause, []).append(mark)
    moved = _movements(clauses, text)
    frame = {mark.part for mark in marks if "neutral.frame" in mark.kinds}
    refuted = _refuted_parts(marks)
    found: list[Sign] = []
    for mark in marks:
        for kind in mark.kinds:
            if kind.startswith("hazard."):
                state = _COUNTED.get(moved.get(mark.start, "")) or _hazard_state(
                    mark, kind, clauses[mark.clause], text, frame, refuted
                )
                found.append(Sign(kind, state, mark))
            elif kind.startswith("relief."):
                if mark.start not in moved:
                    found.append(Sign(kind, _relief_state(mark, clauses[mark.clause], text), mark))
            elif kind in ("num.up", "num.down") and mark.start in moved:
                found.append(Sign("num", moved[mark.start], mark))
    return found


def _refuted_parts(marks: Sequence[Mark]) -> set[int]:
    """The parts in which a rumour is refuted and not confirmed afterwards."""
    parts = {m.part for m in marks if "relief.refuted" in m.kinds}
    return parts - {m.part for m in marks if "op.confirm" in m.kinds}


def _negations(mark: Mark, clause: Sequence[Mark], text: str, kinds: tuple[str, ...]) -> int:
    """How many negations stand before `mark` within reach, in its clause."""
    count = 0
    for other in clause:
        if other.end <= mark.start and mark.start - other.end <= REACH and any(k in other.kinds for k in kinds):
            between = text[other.end : mark.start]
            count += not any(word in between for word in ("但", "却", "仍", "的是"))
    return count


def _hazard_state(mark: Mark, kind: str, clause: Sequence[Mark], text: str, frame: set[int], refuted: set[int]) -> str:
    if _negations(mark, clause, text, ("op.negate",)) % 2:
        return "refused" if kind == "hazard.recall" and not _needless(mark, text) else "negated"
    if _zero_after(mark, text):
        return "negated"
    if mark.part in refuted:
        return "refuted"
    if _touches(mark, clause, "op.end", 8):
        return "ended"
    if _touches(mark, clause, "op.prevent", 6):
        return "prevented"
    if _somebody_else(mark, clause, text):
        return "other"
    if mark.part in frame:
        return "framed"
    if mark.quoted:
        return "quoted"
    if any("op.rumour" in other.kinds for other in clause):
        return "rumour"
    return "plain"


def _needless(mark: Mark, text: str) -> bool:
    """Whether a recall is said to be unnecessary, not withheld."""
    before = text[max(0, mark.start - 6) : mark.start]
    return any(word in before for word in ("无需", "不必", "不涉及", "不在", "无须", "不用", "不属"))


def _somebody_else(mark: Mark, clause: Sequence[Mark], text: str) -> bool:
    """Whether the clause begins with another than the firm: a competitor, "a dairy abroad", "next door"."""
    for other in clause:
        if "op.other" in other.kinds and other.end <= mark.start:
            begin = max(text.rfind(stop, 0, other.start) for stop in "，。：；\n ,") + 1
            if other.start - begin <= 2:
                return True
    return False


def _zero_after(mark: Mark, text: str) -> bool:
    after = text[mark.end : mark.end + 4]
    return after.startswith(("为零", "归零", "清零", "数为零", "率为零", "降为零", "为0", "率为0"))


def _touches(mark: Mark, clause: Sequence[Mark], kind: str, reach: int) -> bool:
    for other in clause:
        if kind in other.kinds and other.start != mark.start:
            gap = mark.start - other.end if other.end <= mark.start else other.start - mark.end
            if gap <= reach:
                return True
    return False


def _relief_state(mark: Mark, clause: Sequence[Mark], text: str) -> str:
    if _negations(mark, clause, text, ("op.negate", "op.refuse")) % 2:
        return "negated"
    if mark.quoted:
        return "quoted"
    if text[: mark.start].endswith(_MOCKING):
        return "mocked"
    if _somebody_else(mark, clause, text):
        return "other"
    return "plain"


def _movements(clauses: dict[int, list[Mark]], text: str) -> dict[int, str]:
    """{start of a term: "good" or "bad"} for figures that moved, and "reduced"/"risen" for the harm they count."""
    moved: dict[int, str] = {}
    for clause in clauses.values():
        for mark in clause:
            direction = 1 if "num.up" in mark.kinds else -1 if "num.down" in mark.kinds else 0
            metric = _metric_of(mark, clause) if direction else None
            if metric is None:
                continue
            good = ("num.metric_good" in metric.kinds) == (direction > 0)
            moved[mark.start] = "good" if good else "bad"
            if "num.metric_bad" in metric.kinds and metric.start != mark.start:
                moved[metric.start] = "reduced" if good else "risen"
    return moved


def _metric_of(move: Mark, clause: Sequence[Mark]) -> Mark | None:
    """What moved: the nearest figure before the movement, else the one right after it."""
    before = [m for m in clause if m.end <= move.start and ("num.metric_good" in m.kinds or "num.metric_bad" in m.kinds)]
    if before:
        return before[-1]
    after = [m for m in clause if 0 <= m.start - move.end <= 4 and ("num.metric_good" in m.kinds or "num.metric_bad" in m.kinds)]
    return after[0] if after else None
