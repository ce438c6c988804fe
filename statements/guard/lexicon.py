"""Word classes (who speaks, whose fault, what was left undone) and the patterns built from them, as compiled values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_HOLE = re.compile(r"\{([a-z_]+)\}")


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
    classes: tuple[tuple[str, re.Pattern[str]], ...]
    patterns: tuple[Pattern, ...]
    variants: Mapping[str, str]

    def tags(self, text: str) -> list[Tag]:
        """Every word class in `text`, by place; classes may overlap."""
        found = [Tag(name, m.start(), m.end()) for name, regex in self.classes for m in regex.finditer(text)]
        return sorted(found, key=lambda tag: (tag.start, -tag.end, tag.name))


def build_lexicon(
    classes: Mapping[str, Mapping[str, str]],
    patterns: Iterable[Mapping[str, Any]],
    variants: Mapping[str, str],
) -> Lexicon:
    """`classes`: class → its zh and en alternatives, a regular expression each; `patterns`: rows whose regex may say
    {class}.
    """
    sources = {name: _alternatives(by_language) for name, by_language in classes.items()}
    compiled = tuple((name, re.compile(source, re.I)) for name, source in sources.items())
    return Lexicon(compiled, tuple(_pattern(row, sources) for row in patterns), dict(variants))


def _alternatives(by_language: Mapping[str, str]) -> str:
    zh, en = by_language.get("zh"), by_language.get("en")
    return "(?:" + "|".join([*([zh] if zh else []), *([rf"(?<!\w)(?:{en})(?!\w)"] if en else [])]) + ")"


def _pattern(row: Mapping[str, Any], sources: Mapping[str, str]) -> Pattern:
    source = _HOLE.sub(lambda hole: sources[hole[1]], row["regex"])
    return Pattern(
        row["name"],
        row["label"],
        re.compile(source, re.I),
        bool(row.get("sure")),
        row.get("severity", "block"),
        tuple(row.get("unless") or ()),
        bool(row.get("duty_to_warn")),
    )
