"""Numbers as people write them: 1,200, 3.5, ３, 二十三, 两, 1.2万, twenty-three, two hundred."""

import re

_MARKS = "零〇 一 二两 三 四 五 六 七 八 九"
_DIGITS = {mark: value for value, marks in enumerate(_MARKS.split()) for mark in marks}
_STEPS = {"十": 10, "百": 100, "千": 1_000}
_BIG = {"万": 10_000, "亿": 100_000_000}
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: value for value, word in enumerate(_ONES.split(" "))} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS.split(" "), strict=True)
}
_SCALE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}

HAN = "[零〇一二两三四五六七八九十百千万亿]"
ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD = "|".join([*sorted(_WORDS, key=len, reverse=True), "dozen"])
ENGLISH = rf"\b(?:{_WORD})(?:(?:[\s-]+(?:and\s+)?)(?:{_WORD}|{'|'.join(_SCALE)}))*\b"


def arabic(text: str, multiplier: str = "") -> float:
    """1,200 → 1200.0; with a multiplier 万, 亿, 千, 百 behind it, times that."""
    value = float(text.replace(",", ""))
    for mark in multiplier:
        value *= {**_STEPS, **_BIG}[mark]
    return value


def han(text: str) -> float | None:
    """二十三 → 23.0, 二〇二六 → 2026.0; None for what is no number (千万 alone, 十百)."""
    if not any(mark in _DIGITS for mark in text) and text != "十":
        return None
    if all(mark in _DIGITS for mark in text):
        return float("".join(str(_DIGITS[mark]) for mark in text))
    total, part, digit = 0, 0, 0
    for mark in text:
        if mark in _DIGITS:
            digit = _DIGITS[mark]
        elif mark in _STEPS:
            part, digit = part + (digit or 1) * _STEPS[mark], 0
        else:
            total, part, digit = (total + part + digit) * _BIG[mark], 0, 0
    return float(total + part + digit)


def english(text: str) -> float:
    """twenty-three → 23.0, two hundred and six → 206.0, a dozen → 12.0."""
    total, part = 0, 0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word == "dozen":
            part = (part or 1) * 12
        elif word in _SCALE:
            part = (part or 1) * _SCALE[word]
            total, part = (total + part, 0) if _SCALE[word] > 100 else (total, part)
        elif word != "and":
            part += _WORDS[word]
    return float(total + part)
