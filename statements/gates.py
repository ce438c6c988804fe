"""What must hold before a text may go to be cleared, and before it may go out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from statements.basis import Basis
from statements.models import Check
from statements.records import Sentence, body

HOLE = re.compile(r"【待填[^】]*】|\[to fill[^\]]*\]")


@dataclass(frozen=True)
class Obstacle:
    """Why a text may not go on. `what` is the hole, the label or the words marked, at `start` to `end` of sentence `sid`
    (code points, end exclusive); `facts` are ids of the facts it is nearest to, `near` what is confirmed or said elsewhere.

    hole | blocked | empty | number | time | place: may not be cleared; locked | stale | parity | contradiction | filing:
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
    return (*holes, *blocked)


def release_obstacles(
    sentences: Sequence[Sentence], languages: Sequence[str], check: Check, basis: Basis
) -> tuple[Obstacle, ...]:
    """What keeps the text from being released in `languages` together: what keeps it from being cleared, and more."""
    return tuple(found for language in languages for found in obstacles(sentences, language, check, basis))
