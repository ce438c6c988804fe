"""Whether a text is one that was released: the same words, white space and what nobody sees aside."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from rapidfuzz import fuzz

from statements.records import Publication

NEAR = 60.0  # per cent of characters in common, from which a text is a changed release and not another text
_SPACE = re.compile(r"[\s\u200b\ufeff\u00ad\u2060]+")
_WIDE = (
    r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
    r"\u2018-\u201f\u2014\u2026\u00b7]"
)
_BESIDE_WIDE = re.compile(rf" (?={_WIDE})|(?<={_WIDE}) ")
_SENTENCE = re.compile(r"(?:[^。！？!?；.]|\.(?=\S))+[。！？!?；.]*[”’」』）)]*")

State = Literal["released", "altered", "draft", "unknown"]


@dataclass(frozen=True)
class Release:
    """What went out, its version's number, what it is called, and the forms in which it is pasted into channels."""

    publication: Publication
    kind: str
    version: int
    incident: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unreleased:
    """A version that has not gone out."""

    statement_id: int
    kind: str
    version: int
    language: str
    body: str
    incident: str
    incident_id: int = 0


@dataclass(frozen=True)
class Change:
    """A sentence of the release and what stands in its place; empty: it is missing, or was put in."""

    was: str
    now: str


@dataclass(frozen=True)
class Answer:
    """`release` is the one it is, or the nearest one; `newer` the number of what went out after it."""

    state: State
    release: Release | None = None
    draft: Unreleased | None = None
    changes: tuple[Change, ...] = ()
    newer: int | None = None


def key(text: str, loose: bool = False) -> str:
    """The words alone: white space counts between Latin words only, and in a `loose` key (PDF) not even there."""
    composed = unicodedata.normalize("NFC", text)
    if loose:
        return _SPACE.sub("", composed)
    return _BESIDE_WIDE.sub("", _SPACE.sub(" ", composed).strip())


def judge(text: str, releases: Sequence[Release], drafts: Sequence[Unreleased], loose: bool = False) -> Answer:
    """`releases` with the newest first."""
    asked = key(text, loose)
    if not asked:
        return Answer("unknown")
    for one in releases:
        if asked in {key(form, loose) for form in (one.publication.body, *one.forms)}:
            return Answer("released", one, newer=_newer(one, releases))
    for draft in drafts:
        if key(draft.body, loose) == asked:
            return Answer("draft", draft=draft)
    nearest = max(releases, key=lambda one: _likeness(asked, one, loose), default=None)
    if nearest is None or _likeness(asked, nearest, loose) < NEAR:
        return Answer("unknown")
    return Answer("altered", nearest, changes=changes(nearest.publication.body, text, loose), newer=_newer(nearest, releases))


def _likeness(asked: str, one: Release, loose: bool) -> float:
    """Per cent; a part of a release is as like it as the whole."""
    body = key(one.publication.body, loose)
    whole = fuzz.ratio(asked, body)
    return max(whole, fuzz.partial_ratio(asked, body) if 20 <= len(asked) <= len(body) else 0.0)


def _newer(one: Release, releases: Sequence[Release]) -> int | None:
    mine = one.publication
    later = [
        other.publication.number for other in releases
        if other.publication.incident_id == mine.incident_id and other.publication.language == mine.language
        and other.publication.number > mine.number and other.kind == one.kind
    ]  # fmt: skip
    return max(later, default=None)


def changes(was: str, now: str, loose: bool = False) -> tuple[Change, ...]:
    """What differs, sentence by sentence, in the order of the release."""
    before, after = sentences(was), sentences(now)
    plan = SequenceMatcher(None, [key(one, loose) for one in before], [key(one, loose) for one in after], autojunk=False)
    return tuple(
        Change(" ".join(before[a:b]), " ".join(after[c:d])) for step, a, b, c, d in plan.get_opcodes() if step != "equal"
    )


def sentences(text: str) -> list[str]:
    """Sentences for comparing, line ends aside: where a page breaks a line says nothing about the words."""
    return [one.strip() for one in _SENTENCE.findall(key(text)) if one.strip()]
