"""What changed between two versions of a text: Chinese by character, other scripts by word, numbers whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A Han character stands alone; a run of letters or digits (with its points and colons) is one token, so is white space.
_TOKEN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|\s+|.", re.DOTALL)
ISLAND = 2
Step = tuple[str, int, int, int, int]
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True)
class Piece:
    """A stretch of text: same | gone | new."""

    kind: str
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The stretches in reading order; those that are not new make up `before`, those that are not gone `after`."""
    old, new = _tokens(before), _tokens(after)
    found: list[Piece] = []
    for name, a, b, c, d in _without_islands(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if name == "equal":
            found.append(Piece("same", "".join(old[a:b])))
            continue
        found += [Piece("gone", "".join(old[a:b]))] if b > a else []
        found += [Piece("new", "".join(new[c:d]))] if d > c else []
    return tuple(found)


def _without_islands(steps: Sequence[Step]) -> list[Step]:
    """One or two tokens that happen to stand in both between two changes are read as part of one change."""
    made: list[Step] = []
    for number, (name, a, b, c, d) in enumerate(steps):
        island = name == "equal" and b - a <= ISLAND and 0 < number < len(steps) - 1
        if (island or name != "equal") and made and made[-1][0] != "equal":
            _, start, _, begin, _ = made.pop()
            made.append(("replace", start, b, begin, d))
        else:
            made.append((name, a, b, c, d))
    return made


def _tokens(text: str) -> list[str]:
    """Words; Han letters inside a run of letters are parted, since [^\\W\\d_] takes them in."""
    tokens: list[str] = []
    for token in _TOKEN.findall(text):
        tokens += list(token) if _HAN.search(token) else [token]
    return tokens


def changed(pieces: tuple[Piece, ...]) -> bool:
    return any(piece.kind != "same" for piece in pieces)
