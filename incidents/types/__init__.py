"""The five crisis types: which one this is, why, how sure, and what would change it."""

from incidents.types.decide import classify
from incidents.types.intake import ConfirmedFact, TypeIntake
from incidents.types.judgement import (
    CREDIT_KINDS,
    TYPES,
    AnswerOption,
    DecidingQuestion,
    Evidence,
    Phrase,
    Reason,
    TypeChange,
    TypeJudgement,
)
from incidents.types.model import TypeModel
from incidents.types.posture import EscalationRule, Strategy, TypeGuide, TypePosture, escalations
from incidents.types.rejudge import rejudge

__all__ = [
    "CREDIT_KINDS",
    "TYPES",
    "AnswerOption",
    "ConfirmedFact",
    "DecidingQuestion",
    "EscalationRule",
    "Evidence",
    "Phrase",
    "Reason",
    "Strategy",
    "TypeChange",
    "TypeGuide",
    "TypeIntake",
    "TypeJudgement",
    "TypeModel",
    "TypePosture",
    "classify",
    "escalations",
    "rejudge",
]
