"""Whose trouble an item tells of."""

from collections.abc import Sequence
from functools import lru_cache

from monitoring.tone.grammar import Mark
from monitoring.tone.model import Attribution, Tone
from monitoring.tone.text import clause_ends

_TAILS = ("股份有限公司", "有限责任公司", "有限公司", "股份", "集团", "公司", "控股", "科技", "实业")
_ALOOF = ("op.aloof", "op.unrelated")


@lru_cache(maxsize=500)
def names_of(company: str) -> tuple[str, ...]:
    """The firm's name and what the press makes of it: without its legal tail, and without its trade where two remain."""
    short = company.strip()
    if not short:
        return ()
    found = [short]
    for tail in _TAILS:
        if short.endswith(tail) and len(short) - len(tail) >= 2:
            short = short[: -len(tail)]
            found.append(short)
    return tuple(dict.fromkeys(name for name in found if name))


@lru_cache(maxsize=500)
def called(company: str, aliases: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Every name the firm may stand under: its own, as the press shortens it, and its brands and products in any language."""
    return tuple(dict.fromkeys([*names_of(company), *(name for alias in aliases for name in names_of(alias))]))


def is_named(names: Sequence[str], text: str) -> bool:
    """Latin names in either case."""
    return any(name in text or (name.isascii() and name.casefold() in text.casefold()) for name in names)


def seen_by(names: Sequence[str], marks: Sequence[Mark], text: str) -> list[Mark]:
    """The marks as they bear on the firm of these names, one of perhaps several firms in the text.

    Harm told in its own clauses is its own, whatever another firm says of itself in the next. Harm told only in
    clauses without it, while it says that it is not touched, is somebody else's.
    """
    harm = {mark.clause for mark in marks if any(kind.startswith("hazard.") for kind in mark.kinds)}
    aloof = {mark.clause for mark in marks if any(kind in _ALOOF for kind in mark.kinds)}
    if not harm and not aloof:
        return list(marks)
    ends = clause_ends(text)
    starts = [0, *(end + 1 for end in ends[:-1])]
    mine = {i for i, (a, b) in enumerate(zip(starts, ends, strict=True)) if is_named(names, text[a:b])}
    if harm & mine:
        return [mark for mark in marks if mark.clause in mine or not any(kind in _ALOOF for kind in mark.kinds)]
    if aloof & mine:
        strangers = [Mark(starts[i], starts[i], ("op.other",), int(i > 0), i, False) for i in sorted(harm)]
        return sorted([*marks, *strangers])
    return list(marks)


def attribution(names: Sequence[str], text: str, evidence: dict[str, float], tone: Tone) -> Attribution:
    """us: the firm asked for (without one, the item's protagonist) bears what is told; other: somebody else does;
    unclear: the firm asked for is not named."""
    if names and not is_named(names, text):
        return "unclear"
    elsewhere = "pair.other.harm" in evidence or "pair.aloof.bad" in evidence
    return "other" if elsewhere and tone == "neutral" else "us"
