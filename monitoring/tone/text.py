"""One spelling for every script and width, and the places where a text is cut."""

import re
from collections.abc import Mapping
from functools import lru_cache

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]}
_MARKS = {
    ord(c): m
    for marks, m in (("「『﹁﹃〝", "“"), ("」』﹂﹄〞", "”"), ("％", "%"), ("＋", "+"), ("\u3000\t\r", " "))
    for c in marks
}
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
_CLAUSE = re.compile(r"[，。！？；：,!?;:\n…—|｜~]+|(?<![A-Za-z0-9]) +|\s{2,}")
_QUOTED = re.compile(r"[“‘\"]([^“”‘’\"\n]{1,24})[”’\"]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_KEEP = "著乾瞭"


def spelling(simple: Mapping[str, str]) -> dict[int, str | None]:
    """A table for `spell` from {traditional: simplified}; only single characters, so that places in the text stay the same."""
    singles = {ord(old): new for old, new in simple.items() if len(old) == len(new) == 1 and old not in _KEEP}
    return singles | _FULL_WIDTH | _MARKS | _INVISIBLE


def spell(text: str, table: Mapping[int, str | None]) -> str:
    """`text` in simplified characters, half-width digits and letters, one kind of quotation mark, nothing invisible."""
    return text.translate(table).strip()


@lru_cache(maxsize=16)
def clause_ends(text: str) -> tuple[int, ...]:
    """Where clauses end, ascending, the end of the text last. Asked for several times of one text."""
    return (*(m.start() for m in _CLAUSE.finditer(text)), len(text))


def quotations(text: str) -> list[tuple[int, int]]:
    """Start and end of what stands between quotation marks, up to 24 characters each."""
    return [m.span(1) for m in _QUOTED.finditer(text)]


def is_english(text: str) -> bool:
    """Whether fewer than one character in ten is Chinese while there are letters."""
    han = len(_HAN.findall(text))
    return han * 10 < len(text) and any("a" <= c.lower() <= "z" for c in text)
