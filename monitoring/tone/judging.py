"""Adds up the evidence for each item and says what it comes to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import exp, isnan, log, sqrt

import numpy as np
from numpy.typing import NDArray

from monitoring.tone import about, grams, words
from monitoring.tone.english import judge_english
from monitoring.tone.evidence import features
from monitoring.tone.grammar import Mark, Sign, read, signs
from monitoring.tone.gravity import gravity
from monitoring.tone.model import TONES, Reason, ToneInput, ToneJudgement, ToneModel
from monitoring.tone.reasons import explain
from monitoring.tone.text import is_english, spell

DOUBT = 0.3
"""Positive is said where the chance of negative is at most this share of its own. To call harm good costs a firm more
than the reverse: by cross-validation this halves such errors and costs one point of macro-F1."""
DOUBT_WHEN_GRAVE = 0.15
Wanted = Callable[[int, ToneJudgement], bool]
SHORTEST_CERTAIN = 5
"""Characters of title and summary below which nothing is certain."""


def judge(
    items: Sequence[ToneInput],
    snow: Sequence[float | None],
    words: Sequence[list[str]],
    model: ToneModel,
    reasons: bool | Wanted = True,
) -> list[ToneJudgement]:
    """The tone of each item.

    `snow` is SnowNLP's own score of title and summary (0..1, None or NaN for no text), `words` are SnowNLP's words of
    the same text; both run beside `items`. `reasons` says whether the reasons are told, of all or, asked with the place of an
    item and its judgement, of each: telling them takes a quarter of the time. Raises ValueError where the three differ in length.
    """
    texts = [spelled(item, model) for item in items]
    linear = _linear(texts, model)
    rows = zip(items, _named(items, model), texts, snow, words, linear.tolist(), strict=True)
    wanted = reasons if callable(reasons) else lambda _place, _judgement: bool(reasons)
    return [
        _judge(n, item, names, text, score, cut, line, model, wanted)
        for n, (item, names, text, score, cut, line) in enumerate(rows)
    ]


_BREAKS = {ord("\n"): " ", 0: " "}


def spelled(item: ToneInput, model: ToneModel) -> str:
    """Title and summary, parted by the only line end, in one spelling."""
    title, summary = (spell(part, model.spelling).translate(_BREAKS) for part in (item.title, item.summary))
    return f"{title}\n{summary}"


def _linear(texts: Sequence[str], model: ToneModel) -> NDArray[np.float64]:
    lines = [grams.gram_text(text) for text in texts]
    found = grams.score(lines, model.grams)
    return found if model.corrected is None else found + grams.score(lines, model.corrected)


def weigh(
    items: Sequence[ToneInput], snow: Sequence[float | None], words: Sequence[list[str]], model: ToneModel
) -> NDArray[np.float64]:
    """(n, 3) log-odds of the three tones, before anything is decided."""
    texts = [spelled(item, model) for item in items]
    rows = zip(_named(items, model), texts, snow, words, _linear(texts, model), strict=True)
    return np.array([_total(_evidence(names, text, score, cut, model)[2], line, model) for names, text, score, cut, line in rows])


def _evidence(
    names: tuple[str, ...], text: str, snow: float | None, cut: Sequence[str], model: ToneModel
) -> tuple[list[Mark], list[Sign], dict[str, float]]:
    marks = read(text, text.index("\n"), model.lexicon)
    if names:
        marks = about.seen_by(names, marks, text)
    found = signs(marks, text)
    return marks, found, features(marks, found, text) | aside(text, snow, cut, model)


def _judge(
    place: int,
    item: ToneInput,
    names: tuple[str, ...],
    text: str,
    snow: float | None,
    cut: Sequence[str],
    linear: Sequence[float],
    model: ToneModel,
    wanted: Wanted,
) -> ToneJudgement:
    if is_english(text):
        return judge_english(item, model)
    marks, found, evidence = _evidence(names, text, snow, cut, model)
    chance = softmax(_total(evidence, linear, model))
    level, grave = gravity(found, text, model.lexicon.gravity)
    best = decide(chance, level)
    whose = about.attribution(names, text, evidence, TONES[best])
    certain = is_certain(chance, best, evidence, model.certain_at) and whose != "unclear" and len(text) >= SHORTEST_CERTAIN
    told = ToneJudgement(TONES[best], chance[2] - chance[0], certain, level, whose, ())
    if not wanted(place, told):
        return told
    why = explain(evidence, found, marks, text, cut, linear, model)
    return replace(told, reasons=why + ((Reason("gravity", grave, 0.0),) if level else ()))


def _named(items: Sequence[ToneInput], model: ToneModel) -> list[tuple[str, ...]]:
    """What the firm of each item is called; most items are of one firm."""
    firms = {(one.company, one.aliases) for one in items}
    names = {(company, aliases): _names(company, aliases, model) for company, aliases in firms}
    return [names[one.company, one.aliases] for one in items]


def _names(company: str | None, aliases: Sequence[str], model: ToneModel) -> tuple[str, ...]:
    spelled_aliases = tuple(spell(alias, model.spelling) for alias in aliases)
    return about.called(spell(company or "", model.spelling), spelled_aliases)


def decide(chance: Sequence[float], level: int) -> int:
    """Which tone to say: the likeliest, but where that is positive and negative is not far less likely, neutral."""
    best = max(range(3), key=chance.__getitem__)
    doubt = DOUBT_WHEN_GRAVE if level >= 2 else DOUBT
    return 1 if best == 2 and chance[0] > doubt * chance[2] else best


def is_certain(chance: Sequence[float], best: int, evidence: Mapping[str, float], certain_at: Sequence[float]) -> bool:
    """Whether the chance is high enough; praise or blame without a word of harm or relief never is."""
    return chance[best] >= certain_at[best] and (best == 1 or "empty" not in evidence)


def aside(text: str, snow: float | None, cut: Sequence[str], model: ToneModel) -> dict[str, float]:
    """The evidence that is not grammar: SnowNLP's log-odds by the root of the length, and its classifier retrained on news."""
    news = words.score(cut, model.words)
    return {
        "snow": snow_evidence(snow, len(text)),
        "news.negative": news[0],
        "news.neutral": news[1],
        "news.positive": news[2],
    }


def snow_evidence(snow: float | None, length: int) -> float:
    """SnowNLP's score as log-odds, divided by the root of the text's length and held within -3..3."""
    if snow is None or isnan(snow):
        return 0.0
    bounded = min(max(snow, 1e-9), 1 - 1e-9)
    return max(-3.0, min(3.0, log(bounded / (1 - bounded)) / sqrt(max(length, 1))))


def _total(evidence: dict[str, float], linear: Sequence[float], model: ToneModel) -> list[float]:
    logits = [bias + line for bias, line in zip(model.bias, linear, strict=True)]
    for name, amount in evidence.items():
        weights = model.features.get(name)
        if weights:
            logits[0] += weights[0] * amount
            logits[1] += weights[1] * amount
            logits[2] += weights[2] * amount
    return logits


def softmax(logits: Sequence[float]) -> list[float]:
    top = max(logits)
    raised = [exp(x - top) for x in logits]
    total = sum(raised)
    return [x / total for x in raised]
