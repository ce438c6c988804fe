"""An edited template looked at before it is used: what it says of an example, and what speaks against it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from errors import DeskError
from statements.drafting.compose import Composer, values
from statements.drafting.phrases import BETWEEN, CLOSE, OPEN
from statements.drafting.render import laid_out, render
from statements.drafting.sandbox import LONGEST_SOURCE, names_in
from statements.gates import HOLE
from statements.models import CRISIS_TYPES, Check, StatementIntake, StatementKit, StatementTemplate
from statements.records import LANGUAGES

_LINE = re.compile(r"@[a-z][a-z0-9_.]*\s+[a-z]+\s*:\s?(?P<text>.*)")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_MARKS = re.compile(f"{OPEN}[^{BETWEEN}]*{BETWEEN}|{CLOSE}|{OPEN}.*$")
_GRAVE = "block"


@dataclass(frozen=True)
class Problem:
    """Why a template may not be used. `kind`: syntax | unknown_slot | not_allowed | too_long | bad_line | empty | blocked | hole;
    `line` of the source where there is one; `what`: the name, the label, the hole, the words."""

    kind: str
    language: str
    line: int | None = None
    what: str = ""
    said: str = ""


@dataclass(frozen=True)
class Preview:
    """What a template says in one language from one set of facts; empty where it cannot be used at all."""

    language: str
    text: str = ""
    slots: tuple[str, ...] = ()
    problem: Problem | None = None


def with_sources(kit: StatementKit, slug: str, sources: Mapping[str, str]) -> StatementKit:
    """The kit with one template written otherwise. Raises KeyError for a slug it does not have."""
    edited: StatementTemplate = replace(kit.templates[slug], sources=dict(sources))
    return replace(kit, templates={**kit.templates, slug: edited})


def slots(kit: StatementKit, slug: str, language: str) -> tuple[str, ...]:
    """The names a template may use."""
    intake, _ = StatementIntake.from_mapping(kit.templates[slug].example[language])
    return tuple(sorted(values(Composer(intake, language, kit, {}))))


def preview(kit: StatementKit, slug: str, language: str, raw: Mapping[str, Any]) -> Preview:
    """The whole text, nothing left out for the guard, or the problem that keeps it from being made."""
    source = kit.templates[slug].sources[language]
    intake, _ = StatementIntake.from_mapping({**raw, "kind": slug})
    given = values(Composer(intake, language, kit, {}))
    try:
        unknown = sorted((line, name) for name, line in names_in(source).items() if name not in given)
        if unknown:
            return Preview(language, problem=Problem("unknown_slot", language, *unknown[0]))
        placed = render(source, given)
    except DeskError as error:
        return Preview(language, problem=_problem(error, source, language))
    if not placed:
        return Preview(language, problem=Problem("empty", language))
    return Preview(language, laid_out(placed, language), tuple(sentence.slot for sentence, _ in placed))


def _problem(error: DeskError, source: str, language: str) -> Problem:
    if error.key == "template.bad_line":
        said = _MARKS.sub("", str(error.facts.get("line", "")))
        return Problem("bad_line", language, _line_that_says(source, said), said[:80])
    kind, line = str(error.facts.get("trouble") or "syntax"), error.facts.get("at")
    what = str(LONGEST_SOURCE) if kind == "too_long" else str(error.facts.get("name") or "")
    return Problem(kind, language, line, what)


def _line_that_says(source: str, said: str) -> int | None:
    """The line of the source that a rendered line came from, by the words before its first slot."""
    for number, line in enumerate(source.splitlines(), 1):
        start = line.strip().split("{")[0].strip()
        if start and said.startswith(start[:80]):
            return number
    return None


def problems(kit: StatementKit, slug: str, sources: Mapping[str, str], check: Check) -> tuple[Problem, ...]:
    """What keeps the edited template from being used. `kit` holds the text as it was shipped.

    Every crisis type is tried on the template's example, and every new line of fixed words by itself, so that a
    condition hides nothing. What the shipped text says itself is not held against the editor.
    """
    edited = with_sources(kit, slug, sources)
    found: list[Problem] = []
    for language in LANGUAGES:
        found += _in_language(kit, edited, slug, language, check)
    return tuple(one for one in dict.fromkeys(found) if not _told_by_line(one, found))


def _told_by_line(one: Problem, found: list[Problem]) -> bool:
    """Whether another problem says the same and names the line."""
    words = one.said.rstrip("。.!！")
    return one.line is None and bool(words) and any(other.line and words in other.said for other in found)


def _in_language(kit: StatementKit, edited: StatementKit, slug: str, language: str, check: Check) -> list[Problem]:
    found: list[Problem] = []
    for crisis_type in CRISIS_TYPES:
        raw = {**edited.templates[slug].example[language], "crisis_type": crisis_type}
        made, shipped = preview(edited, slug, language, raw), preview(kit, slug, language, raw)
        if made.problem:
            return [made.problem]
        found += [Problem("hole", language, None, hole) for hole in HOLE.findall(made.text) if hole not in shipped.text]
        found += _blocked(made.text, shipped.text, language, check)
    before = set(kit.templates[slug].sources[language].splitlines())
    for number, line in enumerate(edited.templates[slug].sources[language].splitlines(), 1):
        if line not in before:
            found += _fixed_words(line, number, language, check)
    return found


def _blocked(text: str, shipped: str, language: str, check: Check) -> list[Problem]:
    """Blocked words that the shipped text does not say as well."""
    if text == shipped:
        return []
    verdict: Any = check(text, language)
    grave = [found for found in verdict.findings if found.severity == _GRAVE]
    said = ((found.label, text[found.start : found.end]) for found in grave)
    return [Problem("blocked", language, None, label, words[:120]) for label, words in said if words not in shipped]


def _fixed_words(line: str, number: int, language: str, check: Check) -> list[Problem]:
    """A line's own words, its slots aside: they are said whatever the facts are."""
    written = _LINE.fullmatch(line.strip())
    words = _TAG.sub("", written["text"] if written else line).strip()
    if not words:
        return []
    verdict: Any = check(words, language)
    grave = [found for found in verdict.findings if found.severity == _GRAVE]
    return [Problem("blocked", language, number, found.label, words[:120]) for found in grave]
