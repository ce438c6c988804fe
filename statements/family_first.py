"""Casualty details stay in until the family has been told or an official source has given them (practice R16)."""

import re
from collections.abc import Sequence

from statements.basis import Basis
from statements.records import Sentence
from statements.tracing import Count, Mention, mentions
from statements.tracing.mentions import plain

_GRADE = re.compile(
    r"重伤|轻伤|轻微伤|危重|病危|重症|昏迷|骨折|烧伤|烫伤|伤势|伤情稳定|生命危险|生命体征|抢救无效"
    r"|(?i:\b(?:critical(?:ly)?|serious(?:ly)? (?:hurt|injured|ill)|serious condition|stable condition|intensive care|unconscious"
    r"|life-threatening|fractur\w+|severe(?:ly)? (?:burn|hurt|injur)\w*|burns)\b)"
)


def locked(sentence: Sentence, basis: Basis) -> tuple[Mention, ...]:
    """The casualty details of a sentence that may not go out yet; empty once the family knows."""
    if basis.family_told:
        return ()
    counted = [one for one in mentions(sentence.text, sentence.language) if isinstance(one, Count) and one.role and one.number != 0]
    graded = [Mention(*found.span(), found[0]) for found in _GRADE.finditer(plain(sentence.text))]
    open_ = [one for one in counted if not _official(one.role, basis)]
    return (*open_, *(one for one in graded if not _published(one.text, basis)))


def _official(role: str, basis: Basis) -> bool:
    """Whether an authority has given the count that this role means."""
    slots: Sequence[str] = ("deaths", "injured") if role == "casualties" else (role,)
    by_slot = {fact.slot: fact for fact in basis.facts if fact.kind == "number"}
    return all(slot in by_slot and by_slot[slot].status == "official" for slot in slots)


def _published(words: str, basis: Basis) -> bool:
    official = [fact for fact in basis.facts if fact.status == "official"]
    said = " ".join(str(text) for fact in official for text in (fact.wording_zh, fact.wording_en, fact.value) if text)
    return words.lower() in plain(said).lower()
