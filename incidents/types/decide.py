"""Judges the type of a crisis: adds up what speaks for each type, and says what spoke and what would change it.

The five types 危机类型 are the field's own. Scores are additive log-odds, so every reason has a share; the weights are
learned from the cases in data/types/cases.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from incidents.types.features import Feature, features, gram_counts, gram_values
from incidents.types.intake import TypeIntake
from incidents.types.judgement import CREDIT_KINDS, TYPES, DecidingQuestion, TypeJudgement
from incidents.types.model import TypeModel, Weights
from incidents.types.reasons import reasons_for

ANSWER_SHIFT = 6.0


def classify(intake: TypeIntake, model: TypeModel, answers: Mapping[str, str] | None = None) -> TypeJudgement:
    """The type seen from the named firm. `answers` maps ids of deciding questions to ids of their options."""
    found = features(intake, model.lexicon)
    counts = gram_counts(intake, model.lexicon)
    grams = gram_values(counts, model.worth)
    scores = add_up(found, grams, model.weights, len(TYPES)) / model.temperature + _shift(answers or {}, model)
    chances = softmax(scores)
    first, second = (int(i) for i in np.argsort(-chances, kind="stable")[:2])
    kind = _credit_kind(found, gram_values(counts, model.kind_worth), model) if TYPES[first] == "credit" else None
    provisional = bool(chances[first] < model.provisional_below)
    return TypeJudgement(
        type=TYPES[first],
        credit_kind=kind,
        confidence=float(chances[first]),
        provisional=provisional,
        runner_up=TYPES[second],
        secondary=_overlays(found, grams, chances, first, model),
        reasons=reasons_for(intake, found, grams, first, second, model),
        would_change=(model.would_change[(TYPES[first], TYPES[second])],),
        deciding_question=_question(first, second, answers or {}, model) if provisional else None,
        probabilities=tuple(float(chance) for chance in chances),
    )


def add_up(found: Sequence[Feature], grams: Mapping[str, float], weights: Weights, classes: int) -> np.ndarray:
    """Sum of value times weight over features the model knows, plus the starting point `bias`."""
    total = np.array(weights.get("bias", np.zeros(classes)), dtype=float)
    numbers = [(f.name, f.value) for f in found] + [(f"gram:{gram}", value) for gram, value in grams.items()]
    for name, value in numbers:
        if name in weights:
            total += value * weights[name]
    return total


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


def _shift(answers: Mapping[str, str], model: TypeModel) -> np.ndarray:
    """An answered question moves its two types apart far enough to outweigh what the narrative suggested."""
    shift = np.zeros(len(TYPES))
    for pair, question in model.questions.items():
        for option in question.options:
            if answers.get(question.id) == option.id:
                for name in pair:
                    shift[TYPES.index(name)] += ANSWER_SHIFT if name == option.decides else -ANSWER_SHIFT
    return shift


def _credit_kind(found: Sequence[Feature], grams: Mapping[str, float], model: TypeModel) -> str:
    return CREDIT_KINDS[int(np.argmax(add_up(found, grams, model.kind_weights, len(CREDIT_KINDS))))]


def _overlays(
    found: Sequence[Feature], grams: Mapping[str, float], chances: np.ndarray, first: int, model: TypeModel
) -> tuple[str, ...]:
    """Types whose mark is on the incident beside the primary one, strongest first."""
    marks = 1 / (1 + np.exp(-add_up(found, grams, model.overlay_weights, len(TYPES))))
    strength = np.maximum(marks, chances)
    order = [int(i) for i in np.argsort(-strength, kind="stable")]
    return tuple(TYPES[i] for i in order if i != first and strength[i] >= model.overlay_from)


def _question(first: int, second: int, answers: Mapping[str, str], model: TypeModel) -> DecidingQuestion | None:
    lower, higher = sorted((first, second))
    question = model.questions[(TYPES[lower], TYPES[higher])]
    return None if question.id in answers else question
