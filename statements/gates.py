"""What must hold before a text may go to be cleared, and before it may go out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from statements.basis import Basis
from statements.contradiction import contradictions
from statements.family_first import locked
from statements.models import Check
from statements.parity import differences
from statements.records import PUBLIC_KINDS, Sentence, body
from statements.tracing import truth, untraced

HOLE = re.compile(r"【待填[^】]*】|\[to fill[^\]]*\]")


@dataclass(frozen=True)
class Obstacle:
    """Why a text may not go on. `what` is the hole, the label or the words marked, at `start` to `end` of sentence `sid`
    (code points, end exclusive); `facts` are ids of the facts it is nearest to, `near` what is confirmed or said elsewhere.

    hole | blocked | empty | number | time | place | stale: may not be cleared; locked | parity | contradiction | filing:
    may not be released.
    """

    kind: str
    language: str
    what: str = ""
    sid: str = ""
    start: int = 0
    end: int = 0
    facts: tuple[int, ...] = ()
    near: str = ""


UNTRACED = frozenset({"number", "time", "place"})
_ERRORS = {"hole": "text_has_holes", "empty": "text_has_holes", "blocked": "text_is_blocked", "locked": "casualties_locked",
           "stale": "text_is_stale", "parity": "languages_differ", "contradiction": "text_contradicts",
           "filing": "not_filed"}  # fmt: skip


def refusal(found: Sequence[Obstacle]) -> tuple[str, dict[str, object]]:
    """The key of the error that tells the first obstacle, and its evidence."""
    first = found[0]
    return _ERRORS.get(first.kind, "text_untraced"), {"what": first.what, "near": first.near, "count": len(found)}


def obstacles(sentences: Sequence[Sentence], language: str, check: Check, basis: Basis) -> tuple[Obstacle, ...]:
    """What keeps the text in one language from being sent to be cleared; empty where nothing does."""
    text = body(tuple(sentences), language)
    if not text:
        return (Obstacle("empty", language),)
    mine = [one for one in sentences if one.language == language]
    holes = [
        Obstacle("hole", language, found[0], one.sid, *found.span()) for one in mine for found in HOLE.finditer(one.text)
    ]
    verdict = check(text, language)
    blocked = [Obstacle("blocked", language, found.label) for found in verdict.findings if found.severity == "block"]
    return (*holes, *blocked, *_unbound(mine, basis))


def _unbound(mine: Sequence[Sentence], basis: Basis) -> Iterator[Obstacle]:
    """Figures, hours and places no confirmed fact bears out, and sentences whose facts have changed.

    Where a drafted sentence names a place it has it from a fact, so only places that a person wrote are looked up.
    """
    known = truth(basis)
    for one in mine:
        if (one.language, one.sid) in basis.stale:
            yield Obstacle("stale", one.language, one.text, one.sid, 0, len(one.text), one.facts)
        for found in untraced(one.text, one.language, known, one.facts):
            if found.kind != "place" or one.edited:
                yield Obstacle(found.kind, one.language, found.text, one.sid, found.start, found.end, found.facts, found.near)


def release_obstacles(
    sentences: Sequence[Sentence], languages: Sequence[str], check: Check, basis: Basis
) -> tuple[Obstacle, ...]:
    """What keeps the text from being released in `languages` together: what keeps it from being cleared, and more."""
    found: list[Obstacle] = []
    for language in languages:
        found += obstacles(sentences, language, check, basis)
        found += _locked([one for one in sentences if one.language == language], basis)
        found += _contradicting(sentences, language, basis)
    if basis.listed and not basis.filed and basis.kind in PUBLIC_KINDS:
        found.append(Obstacle("filing", languages[0] if languages else "zh"))
    return (*found, *(_differing(sentences, basis) if len(languages) > 1 else ()))


def _locked(mine: Sequence[Sentence], basis: Basis) -> Iterator[Obstacle]:
    return (
        Obstacle("locked", one.language, found.text, one.sid, found.start, found.end, one.facts)
        for one in mine
        for found in locked(one, basis)
    )


def _contradicting(sentences: Sequence[Sentence], language: str, basis: Basis) -> Iterator[Obstacle]:
    for one in contradictions(sentences, language, basis):
        near = f"{one.said.label}: {one.theirs.text}" if one.said.label else one.theirs.text
        yield Obstacle(
            "contradiction", language, one.mine.text, one.sentence.sid, one.mine.start, one.mine.end, one.facts, near
        )


def _differing(sentences: Sequence[Sentence], basis: Basis) -> Iterator[Obstacle]:
    for one in differences(sentences, basis):
        yield Obstacle("parity", one.sentence.language, one.words, one.sentence.sid, one.start, one.end, one.facts, one.other)
