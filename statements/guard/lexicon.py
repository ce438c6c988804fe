"""Word classes (who speaks, whose fault, what was left undone) and the patterns built from them, as compiled values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_HAN = re.compile(r"[\u3400-\u9fff0-9%￥¥$]")
_LATIN = re.compile(r"[A-Za-z]{2}|[£$€\d]")


@dataclass(frozen=True, slots=True)
class Tag:
    """A word class met in a text at [start, end)."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase shape. `sure` patterns decide alone where no `unless` class stands in the sentence; others inform."""

    name: str
    label: str
    regex: re.Pattern[str]
    sure: bool = False
    severity: str = "block"
    unless: tuple[str, ...] = ()
    duty_to_warn: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    han: tuple[tuple[str, re.Pattern[str]], ...]
    latin: tuple[tuple[str, re.Pattern[str]], ...]
    patterns: tuple[Pattern, ...]
    variants: Mapping[str, str]

    def tags(self, text: str) -> list[Tag]:
        """Every word class in `text`, by place; classes may overlap."""
        han = self.han if _HAN.search(text) else ()
        latin = self.latin if _LATIN.search(text) else ()
        found = [Tag(name, m.start(), m.end()) for name, regex in (*han, *latin) for m in regex.finditer(text)]
        return sorted(found, key=lambda tag: (tag.start, -tag.end, tag.name))

    def shapes(self, text: str) -> list[Pattern]:
        """The patterns that may match a part of `text`: those it matches, and those tied to an end."""
        return [pattern for pattern in self.patterns if "$" in pattern.regex.pattern or pattern.regex.search(text)]


def build_lexicon(
    classes: Mapping[str, Mapping[str, str]],
    patterns: Iterable[Mapping[str, Any]],
    variants: Mapping[str, str],
) -> Lexicon:
    """`classes`: class → its zh and en alternatives, a regular expression each; `patterns`: the rows of patterns.yaml."""
    han = tuple((name, re.compile(words["zh"], re.I)) for name, words in classes.items() if words.get("zh"))
    latin = tuple(
        (name, re.compile(rf"(?<!\w)(?:{words['en']})(?!\w)", re.I)) for name, words in classes.items() if words.get("en")
    )
    return Lexicon(han, latin, tuple(_pattern(row) for row in patterns), dict(variants))


def _pattern(row: Mapping[str, Any]) -> Pattern:
    return Pattern(
        row["name"],
        row["label"],
        re.compile(row["regex"], re.I),
        bool(row.get("sure")),
        row.get("severity", "block"),
        tuple(row.get("unless") or ()),
        bool(row.get("duty_to_warn")),
    )
