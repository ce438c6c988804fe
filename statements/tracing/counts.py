"""How many of what, and whether it counts the dead, the injured or the missing."""

import re
from collections.abc import Iterator
from dataclasses import replace

from statements.tracing import numerals, words
from statements.tracing.mentions import Count

_NAMED_ZH = "|".join(f"(?P<{name}>{forms})" for name, forms in words.UNITS_ZH.items())
_NAMED_EN = "|".join(f"(?P<{name}>{forms})" for name, forms in words.UNITS_EN.items())
_UNIT_ZH = re.compile(rf"\s*(?:余|多|来)?\s*(?:{_NAMED_ZH})")
_UNIT_EN = re.compile(rf"(?i)[\s-]*(?:more |other |local |young |elderly |adult |of the |of our )?(?:{_NAMED_EN})(?![A-Za-z])")
_TALK_ZH, _TALK_EN = re.compile(words.TALK_ZH), re.compile(rf"(?i)\s+(?:{words.TALK_EN})\b")
_DIGITS = re.compile(rf"(?<![\w.])(?P<n>{numerals.ARABIC})\s*(?P<x>[百千万亿]{{0,2}})(?!\d)", re.ASCII)
_HAN = re.compile(rf"(?<!第)(?P<n>{numerals.HAN}+)")
_WORDS = re.compile(f"(?i){numerals.ENGLISH}")
_RANGE = re.compile(rf"\s*(?:至|到|[-~–—]|\bto\b|\bor\b)\s*(?:\d+|{numerals.HAN}+|{numerals.ENGLISH})")
_ARTICLE = re.compile(rf"(?i)\b(?:an?|another|one)\s+(?:\w+\s+)?(?:{words.PEOPLE})\b")
_PRONOUN = re.compile(r"(?i)\b(?:no|any|every|some|each|this|that|the|which)[\s-]$")  # no one else, the one
_VAGUE = re.compile(words.VAGUE)
_ROLE = {
    "zh": re.compile("|".join(f"(?P<{role}>{forms})" for role, forms in words.ROLES_ZH.items())),
    "en": re.compile("(?i)" + "|".join(rf"(?P<{role}>\b(?:{forms}))" for role, forms in words.ROLES_EN.items())),
}
_STOP, _NOT, _LEADS, _NONE = (
    {language: re.compile(forms) for language, forms in table.items()}
    for table in (words.STOP, words.NOT, words.LEADS, words.NOBODY)
)
_TERSE = {"死": "deaths", "亡": "deaths", "伤": "injured"}  # 3死5伤
WINDOW = {"zh": 14, "en": 48}


def counts(text: str, language: str) -> list[Count]:
    """Counts in digits, in Chinese and in English words, and what is said to be nobody."""
    found = [*_nobody(text, language), *_vague(text), *_digits(text, language)]
    taken = {at for one in found for at in range(one.start, one.end)}
    for one in (*_han(text), *_worded(text, language)):
        if not taken & set(range(one.start, one.end)):
            found.append(one)
            taken |= set(range(one.start, one.end))
    return found


def _digits(text: str, language: str) -> Iterator[Count]:
    for match in _DIGITS.finditer(text):
        last = match.end("x" if match["x"] else "n")
        unit, end = _unit(text, last)
        ordinal = re.match(r"(?:st|nd|rd|th)\b", text[last:]) or text[: match.start()].rstrip().endswith("第")
        listed = _TALK_ZH.match(text, last) and not unit
        if not ordinal and not listed:
            yield _made(text, language, match.start(), end, numerals.arabic(match["n"], match["x"]), unit)


def _han(text: str) -> Iterator[Count]:
    for match in _HAN.finditer(text):
        value, (unit, end) = numerals.han(match["n"]), _unit(text, match.end())
        terse = text[match.end() : match.end() + 1] in _TERSE
        if value is None or not (unit or terse) or _TALK_ZH.match(text, match.end()):
            continue
        made = _made(text, "zh", match.start(), end, value, unit)
        if _either(match["n"]):
            yield replace(made, number=None)
        elif value != 1 or made.role:  # 一名, 一次, 一起 are articles unless somebody is hurt
            yield made


def _either(written: str) -> bool:
    """两三人 are two or three, not twenty-three."""
    digits = [numerals.han(mark) for mark in written]
    return len(digits) == 2 and None not in digits and "〇" not in written and digits[1] == (digits[0] or 0) + 1


def _worded(text: str, language: str) -> Iterator[Count]:
    if language != "en":
        return
    for match in _WORDS.finditer(text):
        if _TALK_EN.match(text, match.end()) or (match[0].lower() == "one" and _PRONOUN.search(text[: match.start()])):
            continue
        unit, end = _unit(text, match.end())
        made = _made(text, language, match.start(), end, numerals.english(match[0]), unit)
        if made.number != 1 or made.role:
            yield made
    for match in _ARTICLE.finditer(text):
        made = _made(text, language, match.start(), match.end(), 1, "person")
        if made.role:
            yield made


def _vague(text: str) -> Iterator[Count]:
    return (Count(*match.span(), match[0]) for match in _VAGUE.finditer(text))


def _nobody(text: str, language: str) -> Iterator[Count]:
    """没有人员死亡或受伤, no injuries: a zero for each role named up to the next pause."""
    for match in _NONE[language].finditer(text):
        tail = re.split(r"[，。；、！？,;.!?\n]|而|但", text[match.end() :], maxsplit=1)[0][: WINDOW[language]]
        for found in _ROLE[language].finditer(tail):
            end = match.end() + found.end()
            yield Count(match.start(), end, text[match.start() : end], 0, "person", str(found.lastgroup))


def _unit(text: str, at: int) -> tuple[str, int]:
    """(what is counted, where its word ends)."""
    for pattern in (_UNIT_ZH, _UNIT_EN):
        found = pattern.match(text, at)
        if found:
            return str(found.lastgroup), found.end()
    return "", at


def _made(text: str, language: str, start: int, end: int, number: float, unit: str) -> Count:
    span = _RANGE.match(text, end) if not unit else None  # 3至5人: both are people
    unit, last = _unit(text, span.end()) if span else (unit, end)
    role = _role(text, language, start, last) if unit in ("person", "thing", "") else ""
    return Count(start, end, text[start:end], number, unit or ("person" if role else ""), role)


def _role(text: str, language: str, start: int, end: int) -> str:
    """The casualties that a count counts: 3人受伤, 死亡人数为3, three people were hurt, the death toll is 3."""
    if language == "zh" and text[end : end + 1] in _TERSE and text[end : end + 2] not in ("伤亡", "死伤"):
        return _TERSE[text[end : end + 1]]
    after = _STOP[language].split(text[end : end + WINDOW[language]], maxsplit=1)[0]
    found = _ROLE[language].search(after)
    if found and not _NOT[language].search(after[: found.start()]):
        return str(found.lastgroup)
    before = text[max(0, start - WINDOW[language]) : start]
    leads = _LEADS[language].search(before)
    head = before[: leads.start()] if leads else before
    named = [one for one in _ROLE[language].finditer(head) if one.end() == len(head)]
    return str(named[0].lastgroup) if named else ""
