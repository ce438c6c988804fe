"""Everything the judgement is made with, as one value: patterns, weights, and the sentences to answer with."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from incidents.types.judgement import DecidingQuestion, Phrase
from incidents.types.lexicon import Lexicon

Weights = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class TypeModel:
    """`weights` give each feature its log-odds per type (order TYPES), `kind_weights` per kind of credit (order
    CREDIT_KINDS), `overlay_weights` per overlay (order TYPES). `temperature` divides scores before they become chances.
    `worth` weighs each piece of wording that is known, `kind_worth` does where the kind of credit is asked.
    Below `provisional_below` a judgement is provisional. Pairs of types are keyed in the order of TYPES."""

    lexicon: Lexicon
    weights: Weights
    kind_weights: Weights
    overlay_weights: Weights
    temperature: float
    provisional_below: float
    overlay_from: float
    answer_texts: Mapping[str, Phrase]
    wording_text: Phrase
    would_change: Mapping[tuple[str, str], Phrase]
    questions: Mapping[tuple[str, str], DecidingQuestion]
    worth: Mapping[str, float]
    kind_worth: Mapping[str, float]
