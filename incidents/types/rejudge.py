"""Judges again when facts are confirmed: a change is proposed, with the fact that caused it, and people decide."""

from collections.abc import Mapping

from incidents.types.decide import classify
from incidents.types.intake import TypeIntake
from incidents.types.judgement import TypeChange, TypeJudgement
from incidents.types.model import TypeModel


def rejudge(
    current: TypeJudgement, intake: TypeIntake, model: TypeModel, answers: Mapping[str, str] | None = None
) -> TypeChange | None:
    """The change that the confirmed facts of `intake` call for, or None where the type stands."""
    new = classify(intake, model, answers)
    if new.type == current.type or not intake.facts:
        return None
    return TypeChange(current.type, new.type, _turning_fact(new.type, intake, model, answers), new)


def _turning_fact(new_type: str, intake: TypeIntake, model: TypeModel, answers: Mapping[str, str] | None) -> str:
    """The first fact, in the order of confirmation, with which the new type appears; else the latest one."""
    for count in range(1, len(intake.facts) + 1):
        if classify(intake.with_facts(intake.facts[:count]), model, answers).type == new_type:
            return intake.facts[count - 1].id
    return intake.facts[-1].id
