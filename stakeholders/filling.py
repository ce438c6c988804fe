"""A clause with its holes filled from a case, and what it then rests on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from re import Pattern
from typing import Any

from stakeholders.case import Case, Value
from stakeholders.catalogue import Catalogue, Clause, Phrase
from stakeholders.conditions import decided_by, holds

_HOLE = re.compile(r"\{(\w+)\}")
_HAN_GAP = re.compile(r"(?<=[\u4e00-\u9fff，。：；、（]) (?=[\u4e00-\u9fff])")  # a hole filled with Han leaves no space
MAX_QUOTE = 90
ADVICE = ("motivate", "message")


@dataclass(frozen=True)
class Filled:
    """`kind`: fact (known, on facts or intake), quote, open (not known yet), assumption, advice."""

    phrase: Phrase
    kind: str
    facts: tuple[int, ...] = ()
    field: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {"zh": self.phrase.zh, "en": self.phrase.en, "kind": self.kind, "facts": list(self.facts),
                "field": self.field}  # fmt: skip


def fill(clauses: Sequence[Clause], case: Case, catalogue: Catalogue, question: str) -> tuple[Filled, ...]:
    """The clauses that apply, filled. One whose hole nothing fills is left out, never guessed."""
    made = [_fill(clause, case, catalogue, question) for clause in clauses]
    return tuple(dict.fromkeys(one for one in made if one is not None))


def filled_phrase(phrase: Phrase, case: Case, values: Mapping[str, Value] | None = None) -> Phrase | None:
    """The phrase with its holes filled, or None where one stays empty."""
    found = _holes(phrase, case, case.values if values is None else values)
    return None if found is None else Phrase(_put(phrase.zh, found, "zh"), _put(phrase.en, found, "en"))


def _fill(clause: Clause, case: Case, catalogue: Catalogue, question: str) -> Filled | None:
    if clause.quote:
        return _quoted(clause.quote, case, catalogue)
    if not holds(clause.when, case.atoms):
        return None
    values = case.settled if question == "message" else case.values
    found = _holes(clause.phrase, case, values)
    if found is None:
        return None
    used = [value for name, value in found.items() if name not in case.domain.terms]
    rests = used + [case.behind[atom] for atom in sorted(decided_by(clause.when, case.atoms)) if atom in case.behind]
    facts = tuple(dict.fromkeys(number for value in rests for number in value.facts))
    field = next((value.field for value in rests if value.field), None)
    phrase = Phrase(_put(clause.phrase.zh, found, "zh"), _put(clause.phrase.en, found, "en"))
    return Filled(phrase, _kind(clause, question, bool(used)), facts, field)


def _kind(clause: Clause, question: str, told: bool) -> str:
    if clause.open:
        return "open"
    if question in ADVICE:
        return "advice"
    return "fact" if told else "assumption"


def _holes(phrase: Phrase, case: Case, values: Mapping[str, Value]) -> dict[str, Value] | None:
    found: dict[str, Value] = {}
    for name in {*_HOLE.findall(phrase.zh), *_HOLE.findall(phrase.en)}:
        term = case.domain.terms.get(name)
        value = Value(term) if term else values.get(name)
        if value is None:
            return None
        found[name] = value
    return found


def _put(text: str, found: Mapping[str, Value], language: str) -> str:
    filled = _HOLE.sub(lambda hole: found[hole.group(1)].phrase.text(language), text)
    return _HAN_GAP.sub("", filled) if language == "zh" else filled


def _any(patterns: Sequence[Pattern[str]], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _quoted(cues: Sequence[str], case: Case, catalogue: Catalogue) -> Filled | None:
    """The first passage of the intake in which the group speaks or shows how it feels, as evidence."""
    patterns = [pattern for name in cues for pattern in catalogue.cues[name]]
    for field, passage in case.passages:
        if _any(patterns, passage) and (field == "asking" or _any(catalogue.cues["voice"], passage)):
            said = passage if len(passage) <= MAX_QUOTE else f"{passage[:MAX_QUOTE]}…"
            frame = catalogue.quotes[field]
            values = {"quote": Value(Phrase(said, said))}
            return Filled(Phrase(_put(frame.zh, values, "zh"), _put(frame.en, values, "en")), "quote", (), field)
    return None
