"""English items: VADER (Hutto and Gilbert 2014) with a lexicon of harm and relief for news, marked as such."""

from functools import cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from monitoring.tone.lexicon import find
from monitoring.tone.model import TONES, Reason, ToneInput, ToneJudgement, ToneModel


@cache
def _vader() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


def judge_english(item: ToneInput, model: ToneModel) -> ToneJudgement:
    """Never certain: this part has not been measured on a labelled set of its own."""
    text = f" {item.title}. {item.summary} ".lower()
    compound = float(_vader().polarity_scores(f"{item.title}. {item.summary}")["compound"])
    harm, relief, gravity, seen = 0.0, 0.0, 0, []
    for hit in find(text, model.english):
        if text[hit.start - 1].isalpha():
            continue
        before = text[max(0, hit.start - 24) : hit.start]
        turned = any(
            f" {word} " in before
            for word in ("no", "not", "without", "never", "denies", "denied", "false", "cleared of", "zero")
        )
        seen.append(text[hit.start : hit.end])
        for kind in hit.categories:
            if kind.startswith("relief") != turned:
                relief += 1
            else:
                harm += 1
            if not turned and not kind.startswith("relief"):
                gravity = max(gravity, model.english.gravity.get(kind, 1))
    score = max(-1.0, min(1.0, 0.5 * compound + 0.4 * (relief - harm)))
    tone = TONES[0] if score <= -0.2 else TONES[2] if score >= 0.25 else TONES[1]
    reasons = (Reason("english", tuple(dict.fromkeys(seen)), score),)
    return ToneJudgement(tone, score, False, gravity, "us", reasons)
