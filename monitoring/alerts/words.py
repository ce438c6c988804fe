"""Finding names and words of harm in a headline and its lead."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_SENTENCES = re.compile(r"[。！？!?；;\n]+|(?<=[a-z0-9)\"”])\.(?=\s|$)")


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def named(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """The words that stand in the text, as they are listed, the first found first. Latin words match whole, Chinese anywhere."""
    return _named(text, tuple(words))


@lru_cache(maxsize=16_384)  # the same headlines are looked at again and again
def _named(text: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    if not wanted:
        return ()
    by_form = {folded(word): word for word in wanted}
    found = (by_form[match.group(0)] for match in _pattern(wanted).finditer(folded(text)))
    return tuple(dict.fromkeys(found))


def without(text: str, words: Iterable[str]) -> str:
    """The text with what only looks like a word of harm taken out."""
    return _without(text, tuple(words))


@lru_cache(maxsize=8_192)
def _without(text: str, wanted: tuple[str, ...]) -> str:
    return _pattern(wanted).sub(" ", folded(text)) if wanted else text


@lru_cache(maxsize=500)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """The longest word that fits wins."""
    forms = sorted({folded(word) for word in words if word.strip()}, key=lambda form: (-len(form), form))
    return re.compile("|".join(_one(form) for form in forms) or r"(?!)")


def _one(form: str) -> str:
    return rf"(?<![a-z0-9]){re.escape(form)}(?![a-z0-9])" if form.isascii() else re.escape(form)


def together(title: str, summary: str, some: Iterable[str], others: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(words of `some`, words of `others`) where both stand in one sentence, the headline counting with each sentence of
    the lead; ((), ()) where they do not: a round-up that names both far apart says nothing of the one and the other."""
    first, second = tuple(some), tuple(others)
    if not named(f"{title}\n{summary}", second):
        return (), ()
    for sentence in ("", *_SENTENCES.split(summary)):
        text = f"{title}\n{sentence}"
        found = named(text, first), named(text, second)
        if all(found):
            return found
    return (), ()
