"""Offers a sentence that may stand instead: what is left without the clause at fault, or words that fit the label."""

import re
from collections.abc import Iterator
from typing import Any

import zhconv

from statements.guard.judge import Verdict, clauses_at_fault, severity_of
from statements.guard.models import Guard
from statements.guard.normalise import HAN, Plain, normalise
from statements.guard.split import Piece

_SHORTEST_HAN, _SHORTEST_WORDS = 6, 4
_ENDS = "。！？.!?;；"
_ORDER = ("compensation_commitment", "admission", "blame_shift", "denial_premature", "privacy", "absolute_promise")


def suggestion(original: str, plain: Plain, verdict: Verdict, language: str, guard: Guard) -> str:
    """The whole sentence rewritten so that it passes the same check, or "" where it should simply go."""
    chinese = bool(re.search(f"[{HAN}]", verdict.sentence.text)) or (language == "zh" and not verdict.sentence.text)
    tongue = "zh" if chinese else "en"
    traditional = chinese and _is_traditional(original, plain, verdict.sentence)
    for candidate in _candidates(original, plain, verdict, tongue, guard):
        told = zhconv.convert(candidate, "zh-hant") if traditional else candidate
        if severity_of(normalise(told, guard.lexicon.variants).text, guard) == "none":
            return told
    return ""


def _candidates(original: str, plain: Plain, verdict: Verdict, tongue: str, guard: Guard) -> Iterator[str]:
    kept = _kept(original, plain, verdict, tongue, guard)
    instead = list(_instead(verdict, tongue, guard))
    if kept:
        joined = kept + ("" if tongue == "zh" else " ")
        if "attack" not in verdict.labels:
            yield from (joined + words for words in instead)
        yield kept
    yield from instead


def _instead(verdict: Verdict, tongue: str, guard: Guard) -> Iterator[str]:
    held = {tag.name for unit in verdict.units for tag in unit.tags}
    ranked = sorted(verdict.labels, key=lambda label: _ORDER.index(label) if label in _ORDER else len(_ORDER))
    rows: list[dict[str, Any]] = [row for label in ranked for row in guard.rewrites["instead"][label]]
    yield from (row[tongue] for row in rows if row.get("when") in held)
    yield from (row[tongue] for row in rows if "when" not in row)


def _kept(original: str, plain: Plain, verdict: Verdict, tongue: str, guard: Guard) -> str:
    """The clauses that are not at fault, as the writer wrote them, closed with a full stop; "" if too little is left."""
    clauses = verdict.units[:-1]
    if len(clauses) < 2:
        return ""
    gone = {at for label in verdict.labels for at in _range(*clauses_at_fault(verdict, label, guard))}
    parts: list[str] = []
    for at, unit in enumerate(clauses):
        if at in gone:
            continue
        words = _slice(original, plain, unit.piece)
        parts.append(re.sub(guard.rewrites["leading"][tongue], "", words, flags=re.I) if at - 1 in gone else words)
    parts = [part for part in parts if not re.search(guard.rewrites["dangling"][tongue], part, re.I)]
    return _closed(parts, tongue)


def _closed(parts: list[str], tongue: str) -> str:
    if tongue == "zh":
        joined = "，".join(part.strip("，,、；;：: ") for part in parts)
        return joined + "。" if len(joined) >= _SHORTEST_HAN else ""
    bare = [part.strip(" ,;:–—-") for part in parts]
    joined = ", and ".join([", ".join(bare[:-1]), bare[-1]]) if len(bare) > 1 else "".join(bare)
    return joined[:1].upper() + joined[1:] + "." if len(joined.split()) >= _SHORTEST_WORDS else ""


def _range(first: int, last: int) -> range:
    return range(first, last + 1)


def _slice(original: str, plain: Plain, piece: Piece) -> str:
    start, end = plain.span(piece.start, piece.end)
    return original[start:end].strip().rstrip(_ENDS)


def _is_traditional(original: str, plain: Plain, sentence: Piece) -> bool:
    start, end = plain.span(sentence.start, sentence.end)
    words = original[start:end]
    return str(zhconv.convert(words, "zh-hans")) != words

