"""What is known when the type is asked for: the narrative, the structured answers, the facts confirmed since."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from errors import BadInput

TEXT_FIELDS = ("company", "industry", "text", "origin", "cause_known", "number_of_factors", "trust_issue")
ANSWER_FIELDS = ("origin", "cause_known", "number_of_factors", "trust_issue")


@dataclass(frozen=True)
class ConfirmedFact:
    """A fact somebody has confirmed; `id` comes back as the cause of a proposed change."""

    id: str
    text: str


@dataclass(frozen=True)
class TypeIntake:
    """One incident from the desk of `company`. Every field may be None, or a wrong first impression."""

    company: str | None = None
    industry: str | None = None
    text: str | None = None
    origin: str | None = None
    cause_known: str | None = None
    number_of_factors: str | None = None
    casualties: int | float | None = None
    media_outlets: tuple[str, ...] | None = None
    trust_issue: str | None = None
    facts: tuple[ConfirmedFact, ...] = ()

    @classmethod
    def from_mapping(cls, raw: Mapping[str, Any]) -> "TypeIntake":
        """The intake in a JSON object; unknown keys are ignored.

        Raises BadInput("classify.not_text", "…not_number" or "…not_list", field=…) for a value of the wrong kind.
        """
        if not isinstance(raw, Mapping):
            raise BadInput("classify.not_object")
        texts: dict[str, Any] = {name: _text(name, raw.get(name)) for name in TEXT_FIELDS}
        return cls(**texts, casualties=_number(raw.get("casualties")), media_outlets=_outlets(raw.get("media_outlets")))

    def with_facts(self, facts: tuple[ConfirmedFact, ...]) -> "TypeIntake":
        return replace(self, facts=facts)

    def narratives(self) -> tuple[tuple[str, str], ...]:
        """(field, text) of all that is told in words: the narrative, then each confirmed fact as field `fact:<id>`."""
        told = (("text", self.text or ""), *((f"fact:{fact.id}", fact.text) for fact in self.facts))
        return tuple((field, text) for field, text in told if text.strip())

    def written(self, field: str) -> str:
        """A field as evidence quotes it; lists stand as Python writes them."""
        for name, text in self.narratives():
            if name == field:
                return text
        value = getattr(self, field, None)
        return str(list(value) if isinstance(value, tuple) else "" if value is None else value)


def _text(field: str, value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise BadInput("classify.not_text", field=field)


def _number(value: Any) -> int | float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadInput("classify.not_number", field="casualties")
    return value


def _outlets(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        raise BadInput("classify.not_list", field="media_outlets")
    return tuple(value)
