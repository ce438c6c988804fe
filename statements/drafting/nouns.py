"""English words and noun phrases: articles, numbers, small letters, places, who is meant."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from statements.drafting.phrases import Phrase

DETERMINED = re.compile(
    r"^(?:the|a|an|our|all|some|no|any|each|every|this|that|these|those|its|their|his|her|several|many|most|other|both|about|around"
    r"|over|up to|nearly|more|\d)\b",
    re.I,
)
_AFTER_HEAD = re.compile(r" (?:of|in|at|on|for|from|with|to|by|since|under)\b|,")
_MANY = re.compile(r"^(?:\d+(?!st|nd|rd|th)|two|three|several|many|all|both|about|around|some|over|nearly)\b", re.I)
_PLURAL = re.compile(r"(?:[^s'iu]s|people|men|women|children|police|media|staff)$", re.I)
_BARE = re.compile(r"^(?!building|meeting)\w+ing$|\b(?:health|services|standards)$")
_OFFICE = re.compile(r"^(?:Office|Department|Ministry|Bureau|Board|Authority|Agency|Commission|Health and Safety)\b")
_COLLECTIVE = ("injured", "bereaved", "media", "press", "public", "police")


def any_of(words: Sequence[str]) -> str:
    """A regular expression for any of the words, longest first."""
    return _alternatives(tuple(words))


@lru_cache(maxsize=64)
def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


def head_of(np: str) -> str:
    return _AFTER_HEAD.split(np)[0].strip()


class Nouns:
    """`table` is data/drafting/grammar_en.yaml; `names` the words that keep their capital."""

    def __init__(self, table: Mapping[str, Any], names: str) -> None:
        self._names = set(re.findall(r"[A-Za-z]+", names))
        self._mass = re.compile(rf"(?:{any_of(table['mass'])})$", re.I)
        self._lowerable = set(table["lowerable"])

    def is_name(self, word: str) -> bool:
        return word in self._names

    def lower(self, text: str) -> str:
        """With a small first letter where that is safe; names keep theirs."""
        first = re.match(r"[A-Za-z]+", text)
        if first and first[0] in self._lowerable and first[0] not in self._names - {"The", "A"}:
            return text[0].lower() + text[1:]
        return text

    def can_embed(self, text: str) -> bool:
        lowered = self.lower(text)
        return not lowered[:1].isupper() or lowered.split()[0] in self._names or lowered[:2].isupper()

    def upper(self, text: Phrase) -> Phrase:
        return Phrase(text[:1].upper() + text[1:], text.facts)

    def plural(self, np: str) -> bool:
        head = head_of(np)
        if re.search(r"\band\b", head) or _MANY.match(head):
            return not re.match(r"^(?:1|one)\b", head, re.I)
        return bool(_PLURAL.search(head))

    def be(self, np: str) -> str:
        return "are" if self.plural(np) else "is"

    def uncountable(self, np: str) -> bool:
        return bool(self._mass.search(np))

    def the(self, np: str, article: str = "the") -> str:
        """With an article where a bare singular noun phrase needs one."""
        head = head_of(np)
        coded = re.search(r"\b(?:[A-Z]*\d[\w-]*)$", head)
        if not np or DETERMINED.match(np) or np[0].isupper() or coded or _BARE.search(head):
            return np
        if article == "the":
            return f"the {np}" if not self.plural(np) or head in _COLLECTIVE else np
        if self.plural(np) or self.uncountable(head):
            return np
        return f"{'an' if np[0] in 'aeiou' else 'a'} {np}"

    def body(self, name: str) -> str:
        """An authority: the police, the local council, Trading Standards."""
        bare = DETERMINED.match(name) or (name[:1].isupper() and not _OFFICE.match(name)) or _BARE.search(name)
        return name if bare else f"the {name}"

    def group(self, name: str) -> str:
        """A group as one addresses it: the worker and their family, ticket holders."""
        text = re.sub(r"\band famil(y|ies)\b", r"and their famil\1", name)
        first = re.split(r" and |,", text)[0]
        if re.match(r"(?:injured|bereaved|affected|trapped|missing|hospitali[sz]ed)\b", text, re.I):
            return f"the {text[0].lower()}{text[1:]}"
        if DETERMINED.match(text) or text[:1].isupper():
            return text
        single = not self.plural(first) and not self.uncountable(first)
        return f"the {text}" if single or first.lower() in _COLLECTIVE else text
