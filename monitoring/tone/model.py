"""The values the tone of an item is read from and written to. Pure: content arrives as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Tone = Literal["negative", "neutral", "positive"]
Attribution = Literal["us", "other", "unclear"]
TONES: tuple[Tone, Tone, Tone] = ("negative", "neutral", "positive")


@dataclass(frozen=True)
class ToneInput:
    """One news item. `company` is the firm whose tone is asked; None means the firm the item is about. `aliases` are further
    names it is known by: brands, products, its name in another language."""

    title: str
    summary: str = ""
    company: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """One piece of evidence: `key` names a sentence in templates/ui/*/tone.yaml, `words` are those that decided,
    `weight` is what it moved the score (positive minus negative evidence, in log-odds)."""

    key: str
    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class ToneJudgement:
    """`score` is P(positive) - P(negative), -1..1. `certain` means: right at least 92 times in 100 by cross-validation."""

    tone: Tone
    score: float
    certain: bool
    gravity: int
    attribution: Attribution
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Lexicon:
    """Terms found in one pass. `automaton` is a pyahocorasick automaton whose values are (length, categories)."""

    automaton: Any
    gravity: Mapping[str, int]


@dataclass(frozen=True)
class GramWeights:
    """Character n-grams of one to four UTF-16 units packed into 64 bits, sorted, with a weight for each tone."""

    keys: NDArray[np.uint64]
    weights: NDArray[np.float32]


@dataclass(frozen=True)
class Correction:
    """What a person says an item's tone is, with SnowNLP's score and words of that item."""

    item: ToneInput
    tone: Tone
    snow: float | None
    words: list[str]


@dataclass(frozen=True)
class ToneModel:
    """Everything `judge` consults. `features` and `bias` are log-odds of the three tones in the order of TONES."""

    lexicon: Lexicon
    english: Lexicon
    features: Mapping[str, tuple[float, float, float]]
    bias: tuple[float, float, float]
    grams: GramWeights
    words: Mapping[str, tuple[float, float, float]]
    spelling: Mapping[int, str | None]
    certain_at: tuple[float, float, float]
    version: str
    corrected: GramWeights | None = None
    figures: Mapping[str, float] = field(default_factory=dict)
