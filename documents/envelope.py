"""What the desk's files carry around a text (marks, head, stamp, pages), taken off again when a file comes back.

Only lines that are exactly as the desk writes them are taken off: every hole admits digits, an hour or a hash and
nothing else, so that no word can hide in one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import Formatter

from words import Words

DRAFT_LINES = ("out.watermark", "out.across.draft", "out.kind.draft", "out.stamp.draft")
_LINES = (
    "out.stamp", "out.kind", "out.across.example", "out.across.drill", "kind.example.band", "kind.drill.band", *DRAFT_LINES,
)  # fmt: skip
_HOLES = {
    "number": r"\d{1,5}", "version": r"\d{1,5}", "sha": r"(?P<sha>[0-9a-f]{16})",
    "at": r"\d{4}-\d\d-\d\d \d\d:\d\d [+-]\d\d:\d\d",
}  # fmt: skip
_WHOLE = re.compile(r"SHA-256: (?P<sha>[0-9a-f]{64})")
_PAGE = re.compile(r"(\d{1,4})? ?/ ?(\d{1,4})?|\d{1,4}")


@dataclass(frozen=True)
class Opened:
    """The text alone; whether the file calls itself a draft; the hash it carries, in short or in full."""

    text: str
    draft: bool
    sha: str | None


@dataclass(frozen=True)
class Envelope:
    """Lines of the desk's own by key, in every language."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]

    def key_of(self, line: str) -> tuple[str, str | None] | None:
        """(key, hash) where the line is the desk's own."""
        for key, pattern in self.patterns:
            if found := pattern.fullmatch(line):
                return key, found.groupdict().get("sha")
        return None


def envelope(languages: Iterable[Words], kinds: Sequence[str]) -> Envelope:
    """`kinds`: what kinds of text are called, in every language."""
    holes = {**_HOLES, "kind": "|".join(re.escape(name) for name in kinds) or "(?!)"}
    patterns = [(key, re.compile(_as_pattern(words(key), holes))) for words in languages for key in _LINES]
    return Envelope((*patterns, ("sha", _WHOLE), ("page", _PAGE)))


def _as_pattern(sentence: str, holes: dict[str, str]) -> str:
    parts = (re.escape(said) + (f"(?:{holes[hole]})" if hole else "") for said, hole, _, _ in Formatter().parse(sentence))
    return "".join(parts)


def opened(text: str, around: Envelope) -> Opened:
    kept, keys, sha = [], set(), None
    for line in text.splitlines():
        found = around.key_of(re.sub(r"\s+", " ", line).strip())
        if found is None:
            kept.append(line)
        else:
            keys.add(found[0])
            sha = found[1] or sha
    return Opened("\n".join(kept).strip(), bool(keys & set(DRAFT_LINES)), sha)
