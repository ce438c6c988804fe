"""Undoes what hides a word (zero width, spaces, full width, split or traditional characters), remembering offsets.

The judge reads the plain text; findings are given in offsets of the original one.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import zhconv

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])[ \t\u00a0\u3000·•‧∙*_|~^＊／/\\.\-+`'°]{{1,3}}(?=[{HAN}])")
_SPACED_LETTERS = re.compile(r"(?<![A-Za-z])(?:[A-Za-z][ .\-_*·]){3,}[A-Za-z](?![A-Za-z])")
_INSIDE_WORD = re.compile(r"(?<=[A-Za-z])[\u00ad*_·•|](?=[A-Za-z])")
_LOOKALIKES = str.maketrans("аеорсухіјѕԁɡοαεικνρτυ", "aeopcyxijsdgoaeiknptu")
_LEET = re.compile(r"(?<=[A-Za-z])[01345@$](?=[A-Za-z])|(?<![A-Za-z0-9@$])[0@$](?=[a-z]{3})")
_LEET_LETTER = {"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s"}


@dataclass(frozen=True, slots=True)
class Plain:
    """`text` is what is judged; `origin[i]` the offset in the original of plain character i, plus one for the end."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that plain [start, end) came from."""
        return self.origin[start], self.origin[end - 1] + 1 if end > start else self.origin[start]


@lru_cache(maxsize=20000)
def _simple(character: str) -> str:
    if character < "\u3400":
        return character
    simple = zhconv.convert(character, "zh-hans")
    return simple if len(simple) == 1 else character


def normalise(text: str, variants: Mapping[str, str] | None = None) -> Plain:
    """The plain form of `text`. `variants` maps disguised spellings (split or wrong characters) to the plain word."""
    pairs = [(plain, at) for at, character in enumerate(text) for plain in _plain(character)]
    for pattern in (_BETWEEN_HAN, _INSIDE_WORD):
        pairs = _drop(pairs, pattern)
    pairs = _close_up_letters(pairs)
    pairs = _unleet(pairs)
    joined = "".join(character for character, _ in pairs)
    for disguised, plain in (variants or {}).items():
        if disguised in joined:
            pairs = _replace(pairs, disguised, plain)
            joined = "".join(character for character, _ in pairs)
    return Plain(joined, (*(at for _, at in pairs), len(text)))


def _plain(character: str) -> str:
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"
    if unicodedata.category(character) in ("Cf", "Mn") or "\ufe00" <= character <= "\ufe0f":
        return ""
    if character in "“”„‟«»「」『』﹁﹂":
        return "”" if character in "”»」』﹂" else "“"
    if character in "‘’‛":
        return "'"
    if character in "，。！？；：（）、…《》":
        return character
    folded = unicodedata.normalize("NFKC", character) if character not in "\n\r\t" else character
    return "".join(_simple(part) for part in folded.translate(_LOOKALIKES))


def _drop(pairs: list[tuple[str, int]], pattern: re.Pattern[str]) -> list[tuple[str, int]]:
    joined = "".join(character for character, _ in pairs)
    gone = {at for match in pattern.finditer(joined) for at in range(match.start(), match.end())}
    return [pair for at, pair in enumerate(pairs) if at not in gone] if gone else pairs


def _close_up_letters(pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    joined = "".join(character for character, _ in pairs)
    gone = {
        at
        for match in _SPACED_LETTERS.finditer(joined)
        for at in range(match.start(), match.end())
        if not joined[at].isalpha()
    }
    return [pair for at, pair in enumerate(pairs) if at not in gone] if gone else pairs


def _unleet(pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    joined = "".join(character for character, _ in pairs)
    changed = {match.start() for match in _LEET.finditer(joined)}
    return [(_LEET_LETTER[c], o) if at in changed else (c, o) for at, (c, o) in enumerate(pairs)] if changed else pairs


def _replace(pairs: list[tuple[str, int]], disguised: str, plain: str) -> list[tuple[str, int]]:
    joined = "".join(character for character, _ in pairs)
    at = joined.find(disguised)
    while at >= 0:
        width = len(disguised)
        fresh = [(c, pairs[at + min(i * width // len(plain), width - 1)][1]) for i, c in enumerate(plain)]
        pairs = pairs[:at] + fresh + pairs[at + width :]
        joined = "".join(character for character, _ in pairs)
        at = joined.find(disguised, at + len(plain))
    return pairs
