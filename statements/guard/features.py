"""What the learned part sees of a clause: its characters or words, its word classes, their order, and what went before.

Every feature is a short string hashed to a bucket, so that the weights need no vocabulary.
"""

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from statements.guard.lexicon import Lexicon, Pattern, Tag
from statements.guard.split import Piece, clauses

_SURFACE, _CLASSES = 1 << 17, 1 << 15
BUCKETS = _SURFACE + _CLASSES
_SHAPE = 2.5
_STRONG = 2.0  # single words and single classes carry over to new sentences better than their combinations
_TOKEN = re.compile(r"[A-Za-z']+|[0-9][0-9,.:]*|[^\sA-Za-z0-9]")
_HAN_RUN = re.compile(r"[\u3400-\u9fff0-9A-Za-z%]+")
SCOPE = (  # classes whose reach goes beyond their clause; what else stands around a clause neither saves nor damns it
    "lawful_condition",
    "fake_condition",
    "attributed",
    "finding",
    "internal_finding",
    "question_answer",
    "published_policy",
    "pending",
    "own_statement",
)
_NEAR = 12


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A stretch of a sentence that is judged by itself: a clause, or the sentence as a whole."""

    piece: Piece
    features: npt.NDArray[np.int32]
    values: npt.NDArray[np.float32]
    tags: tuple[Tag, ...]
    base: int = 0
    """Where the piece starts in its sentence; tags are counted from the sentence's start."""


def units(text: str, sentence: Piece, lexicon: Lexicon) -> list[Unit]:
    """The clauses of a sentence and, where it has several, the sentence itself, each with its features."""
    tags = lexicon.tags(sentence.text)
    parts = clauses(text, sentence)
    shapes = lexicon.shapes(sentence.text)
    found = [_unit(part, sentence, tags, len(parts), shapes) for part in parts]
    if len(parts) > 1:
        found.append(_unit(sentence, sentence, tags, 0, shapes))
    return found


def _unit(part: Piece, sentence: Piece, tags: Sequence[Tag], parts: int, shapes: Sequence[Pattern]) -> Unit:
    start, end = part.start - sentence.start, part.end - sentence.start
    inside = tuple(tag for tag in tags if start <= tag.start < end)
    before = {tag.name for tag in tags if tag.start < start}
    after = {tag.name for tag in tags if tag.start >= end}
    names = set(feature_names(part.text, inside, before, after))
    names.update(f"r:{pattern.name}" for pattern in shapes if pattern.regex.search(part.text))
    names.add("p:whole" if parts == 0 else "p:only" if parts == 1 else "p:first" if start == 0 else "p:later")
    weighed = {bucket(name): weight(name) for name in sorted(names)}
    values = np.fromiter(weighed.values(), dtype=np.float32, count=len(weighed))
    values /= np.sqrt((values * values).sum())
    return Unit(part, np.fromiter(weighed.keys(), dtype=np.int32, count=len(weighed)), values, inside, start)


def bucket(name: str) -> int:
    """Where a feature's weight is kept: surface features and word classes never share a bucket."""
    spread = zlib.crc32(name.encode())
    return spread % _SURFACE if name[0] in "cw" else _SURFACE + spread % _CLASSES


def weight(name: str) -> float:
    if name[0] == "r":
        return _SHAPE
    if name[0] == "c":
        return _STRONG if len(name) <= 4 else 1.0
    return 1.0 if " " in name or ">" in name else _STRONG


def feature_names(text: str, inside: Sequence[Tag], before: Iterable[str], after: Iterable[str]) -> Iterable[str]:
    """The features of one unit by name."""
    yield from _surface(text)
    yield from _classes(inside)
    held = {tag.name for tag in inside}
    for name in before:
        if name in SCOPE:
            yield f"b:{name}"
            yield from (f"b:{name}>{other}" for other in held)
    for name in after:
        if name in SCOPE:
            yield f"a:{name}"


def _surface(text: str) -> Iterable[str]:
    low = text.lower()
    for run in _HAN_RUN.findall(low):
        if run.isascii():
            continue
        edged = f"^{run}$"
        for size in (1, 2, 3):
            yield from (f"c:{edged[at : at + size]}" for at in range(len(edged) - size + 1))
    words = [stem(word) for word in _TOKEN.findall(low) if word.isascii()]
    for at, word in enumerate(words):
        yield f"w:{word}"
        if at + 1 < len(words):
            yield f"w:{word} {words[at + 1]}"
        if at + 2 < len(words):
            yield f"w:{word} {words[at + 1]} {words[at + 2]}"
            yield f"w:{word} _ {words[at + 2]}"
    if words:
        yield f"w:^ {words[0]}"


def _classes(tags: Sequence[Tag]) -> Iterable[str]:
    for at, tag in enumerate(tags):
        yield f"t:{tag.name}"
        for other in tags[at + 1 :]:
            if other.start >= tag.end:
                yield f"t:{tag.name}>{other.name}"
                if other.start - tag.end <= _NEAR:
                    yield f"t:{tag.name}>>{other.name}"


def stem(word: str) -> str:
    """A word without its commonest English endings; enough to bring `failed`, `fails` and `failing` together."""
    if len(word) < 5 or not word.isalpha():
        return "0" if word[:1].isdigit() else word
    for ending in ("ingly", "edly", "ing", "ied", "ies", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
