"""What each type asks of the desk: test questions, first steps, statement, strategy, and when to escalate."""

from collections.abc import Iterable
from dataclasses import dataclass

from incidents.types.judgement import Phrase


@dataclass(frozen=True)
class Strategy:
    """A response strategy of Coombs's situational crisis communication theory (2007), and when it fits."""

    name: Phrase
    when: Phrase


@dataclass(frozen=True)
class TypePosture:
    type: str
    name: Phrase
    definition: Phrase
    example: Phrase
    test_questions: tuple[Phrase, ...]
    first_steps: tuple[Phrase, ...]
    statement_must_carry: tuple[Phrase, ...]
    strategies: tuple[Strategy, ...]
    never: tuple[Phrase, ...]


@dataclass(frozen=True)
class EscalationRule:
    """When `trigger` happens in a crisis of one of `from_types`, propose `to` as "primary" or "overlay"."""

    id: str
    from_types: tuple[str, ...]
    trigger: Phrase
    to: str
    credit_kind: str | None
    as_: str
    why: Phrase
    first_step: Phrase


@dataclass(frozen=True)
class TypeGuide:
    """All type content a page shows. `evidence_questions` and `credit_kinds` are keyed by id, in order."""

    postures: tuple[TypePosture, ...]
    credit_kinds: dict[str, tuple[Phrase, Phrase]]
    evidence_questions: dict[str, Phrase]
    escalations: tuple[EscalationRule, ...]

    def posture(self, type_: str) -> TypePosture:
        return next(posture for posture in self.postures if posture.type == type_)


def escalations(rules: Iterable[EscalationRule], type_: str, happened: frozenset[str]) -> tuple[EscalationRule, ...]:
    """The rules whose trigger has happened and that apply to a crisis of this type; `happened` holds rule ids."""
    return tuple(rule for rule in rules if rule.id in happened and type_ in rule.from_types and type_ != rule.to)
