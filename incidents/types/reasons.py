"""Says why: the features that set the type apart, each as a sentence with its words."""

from collections.abc import Mapping, Sequence

import numpy as np

from incidents.types.features import Feature
from incidents.types.intake import TypeIntake
from incidents.types.judgement import Evidence, Reason
from incidents.types.model import TypeModel
from incidents.types.spans import simplify

MOST_REASONS = 5
WORTH_SAYING = 0.1
WORTH_SAYING_OF_ANSWERS = 0.3
WORDING_QUOTES = 3


def reasons_for(
    intake: TypeIntake, found: Sequence[Feature], grams: Mapping[str, float], first: int, second: int, model: TypeModel
) -> tuple[Reason, ...]:
    """What spoke for the type against the others, strongest first; never empty where anything was told."""
    told = sorted((r for f in found if (r := _told(f, first, second, model))), key=lambda r: -r.weight)
    chosen = [reason for reason in told if reason.weight >= _worth(reason)][:MOST_REASONS]
    if len(chosen) < 2:
        wording = _wording(intake, grams, first, second, model)
        chosen += [wording] if wording else []
    return tuple(chosen or told[:1])


def _worth(reason: Reason) -> float:
    """A tick that hardly moved the judgement is no reason to show beside the words told."""
    return WORTH_SAYING_OF_ANSWERS if reason.key.startswith("answer:") else WORTH_SAYING


def _share(weights: np.ndarray, first: int, second: int) -> float:
    return float((weights[first] - weights[second] + weights[first] - weights.mean()) / 2)


def _told(feature: Feature, first: int, second: int, model: TypeModel) -> Reason | None:
    weights = model.weights.get(feature.name)
    text = model.answer_texts.get(feature.name)
    if weights is None or text is None or not feature.evidence:
        return None
    weight = feature.value * _share(weights, first, second) / model.temperature
    return Reason(feature.name, _question_of(feature.name, model), text, weight, feature.evidence)


def _question_of(name: str, model: TypeModel) -> str:
    return next((s.question for s in model.lexicon.signals if name == f"signal:{s.name}"), "first_answers")


def _wording(intake: TypeIntake, grams: Mapping[str, float], first: int, second: int, model: TypeModel) -> Reason | None:
    """The pieces of wording that weighed most, quoted; the first words of the narrative where none did."""
    known = {gram: model.weights[f"gram:{gram}"] for gram in grams if f"gram:{gram}" in model.weights}
    shares = {gram: grams[gram] * _share(weights, first, second) for gram, weights in known.items()}
    best = sorted((g for g in shares if shares[g] > 0), key=lambda g: -shares[g])[:WORDING_QUOTES]
    quotes = [quote for gram in best if (quote := _first_place(intake, gram, model))]
    quotes = quotes or [Evidence(f, 0, len(t), t) for f, t in intake.narratives()[:1]]
    weight = sum(shares[gram] for gram in best) / model.temperature
    return Reason("wording", "wording", model.wording_text, weight, tuple(quotes)) if quotes else None


def _first_place(intake: TypeIntake, gram: str, model: TypeModel) -> Evidence | None:
    for field, text in intake.narratives():
        start = simplify(text, model.lexicon).find(gram)
        if start >= 0:
            return Evidence(field, start, start + len(gram), text[start : start + len(gram)])
    return None
