"""English items: VADER (Hutto and Gilbert 2014) with a lexicon of harm and relief for news, marked as such."""

import re
from functools import cache

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from monitoring.tone.lexicon import find
from monitoring.tone.model import TONES, Attribution, Reason, ToneInput, ToneJudgement, ToneModel

VADER_SHARE, WORD_SHARE = 0.4, 0.35
NEGATIVE_BELOW, POSITIVE_FROM = -0.15, 0.2
"""By hand: with labelled English items too few to fit, no more than these four numbers is asked of them."""
REACH = 28
_ENDING = re.compile(
    r"(?:s|es|d|ed|ing|y|ies|ied|ion|ions|ation|ations|ated|ates|ating|ment|ments|ly|ure|ures|er|ers|ent|ency|ised|ized|ises|izes|e|ee|ees|ity)?(?![a-z])"
)
_TURNED = ("no", "not", "without", "never", "denies", "denied", "false", "cleared of", "zero", "fails to", "failed to")
_NOT_MEANT = ("declines to comment", "rival", "competitor", "results pending", "does not affect", "drill", "exercise")


@cache
def _vader() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


def judge_english(item: ToneInput, model: ToneModel) -> ToneJudgement:
    """Never certain: this part has not been measured on a large labelled set."""
    text = f" {item.title} . {item.summary} ".lower()
    found = _signs(text, model)
    compound = float(_vader().polarity_scores(f"{item.title}. {item.summary}")["compound"])
    score = VADER_SHARE * compound + WORD_SHARE * sum(lean for _, _, lean in found)
    if any(words in text for words in _NOT_MEANT):
        score *= 0.2
    score = max(-1.0, min(1.0, score))
    tone = TONES[0] if score <= NEGATIVE_BELOW else TONES[2] if score >= POSITIVE_FROM else TONES[1]
    level = max((level for _, level, _ in found), default=0)
    reason = Reason("english", tuple(dict.fromkeys(word for word, _, _ in found)), score)
    return ToneJudgement(tone, score, False, level, _about(item, text), (reason,))


def _signs(text: str, model: ToneModel) -> list[tuple[str, int, int]]:
    """(word, gravity, lean) of every term at the start of a word; a negation before it turns its lean and lifts its gravity."""
    found = []
    cleared = any("clearing" in kinds for _, _, kinds in find(text, model.english))
    for start, end, kinds in find(text, model.english):
        if text[start - 1].isalnum() or not _ENDING.match(text, end):
            continue
        before = f" {text[max(0, start - REACH) : start]} "
        turned = any(f" {word} " in before for word in _TURNED)
        for kind in kinds:
            good = kind in ("relief", "clearing")
            lean = (-1 if turned else 1) if good else 1 if turned else 0 if cleared else -1
            level = 0 if turned and not good else model.english.gravity.get(kind, 0)
            found.append((text[start:end], level, lean))
    return found


def _about(item: ToneInput, text: str) -> Attribution:
    names = [name.lower() for name in (item.company, *item.aliases) if name]
    if names and not any(name in text for name in names):
        return "unclear"
    return "other" if " rival" in text or " competitor" in text else "us"
