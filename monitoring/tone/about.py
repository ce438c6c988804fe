"""Whose trouble an item tells of."""

from collections.abc import Sequence

from monitoring.tone.grammar import Mark
from monitoring.tone.model import Attribution, Tone
from monitoring.tone.text import clause_ends

_TAILS = ("股份有限公司", "有限责任公司", "有限公司", "股份", "集团", "公司", "控股", "科技", "实业")
_ALOOF = ("op.aloof", "op.unrelated")


def names_of(company: str) -> tuple[str, ...]:
    """The firm's name and what the press makes of it: without its legal tail, and without its trade where two remain."""
    short = company.strip()
    found = [short]
    for tail in _TAILS:
        if short.endswith(tail) and len(short) - len(tail) >= 2:
            short = short[: -len(tail)]
            found.append(short)
    return tuple(dict.fromkeys(name for name in found if name))


def is_named(company: str, text: str) -> bool:
    return any(name in text for name in names_of(company))


def seen_by(company: str, marks: Sequence[Mark], text: str) -> list[Mark]:
    """The marks as they bear on `company`, one of perhaps several firms in the text.

    Harm told in its own clauses is its own, whatever another firm says of itself in the next. Harm told only in
    clauses without it, while it says that it is not touched, is somebody else's.
    """
    ends = clause_ends(text)
    starts = [0, *(end + 1 for end in ends[:-1])]
    mine = {i for i, (a, b) in enumerate(zip(starts, ends, strict=True)) if is_named(company, text[a:b])}
    harm = {mark.clause for mark in marks if any(kind.startswith("hazard.") for kind in mark.kinds)}
    aloof = {mark.clause for mark in marks if any(kind in _ALOOF for kind in mark.kinds)}
    if harm & mine:
        return [mark for mark in marks if mark.clause in mine or not any(kind in _ALOOF for kind in mark.kinds)]
    if aloof & mine:
        strangers = [Mark(starts[i], starts[i], ("op.other",), int(i > 0), i, False) for i in sorted(harm)]
        return sorted([*marks, *strangers])
    return list(marks)


def attribution(company: str, text: str, evidence: dict[str, float], tone: Tone) -> Attribution:
    """us: the firm asked for (without one, the item's protagonist) bears what is told; other: somebody else does;
    unclear: the firm asked for is not named."""
    if company and not is_named(company, text):
        return "unclear"
    elsewhere = "pair.other.harm" in evidence or "pair.aloof.bad" in evidence
    return "other" if elsewhere and tone == "neutral" else "us"
