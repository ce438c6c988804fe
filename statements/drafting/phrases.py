"""Small pieces of text that know which facts they say, and the choice among wordings by content."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

OPEN, BETWEEN, CLOSE = "\ue000", "\ue001", "\ue002"


class Phrase(str):
    """Text with the slots of the facts it says. Plain text for a template; `marked` carries the slots through Jinja."""

    __slots__ = ("facts",)
    facts: tuple[str, ...]

    def __new__(cls, text: str = "", facts: Iterable[str] = ()) -> "Phrase":
        phrase = super().__new__(cls, text)
        phrase.facts = tuple(dict.fromkeys(facts))
        return phrase

    @property
    def marked(self) -> str:
        return f"{OPEN}{','.join(self.facts)}{BETWEEN}{self}{CLOSE}" if self else ""


def fill(pattern: str, **values: str) -> Phrase:
    """`pattern` with its {holes} filled; the result says every fact its parts say."""
    facts = [slot for value in values.values() for slot in getattr(value, "facts", ())]
    return Phrase(pattern.format(**values), facts)


def join(parts: Sequence[str], between: str, last: str | None = None) -> Phrase:
    """Parts in a row, the last one after `last` where that is given."""
    facts = [slot for part in parts for slot in getattr(part, "facts", ())]
    if len(parts) > 1 and last is not None:
        return Phrase(between.join(parts[:-1]) + last + parts[-1], facts)
    return Phrase(between.join(parts), facts)


class Wording:
    """One language's wordings. Where there are several, the content of the incident chooses, so that two do not read alike."""

    def __init__(self, words: Mapping[str, Any], seed: str, shifts: Mapping[str, int] | None = None) -> None:
        self._words = words
        self._seed = seed
        self._shifts = shifts or {}

    def __call__(self, key: str, **values: str) -> Phrase:
        """The wording under a dotted key with its holes filled. Raises KeyError for an unknown key: a defect."""
        return fill(self.choose(key, self._words[key]), **values)

    def refused(self, slot: str) -> bool:
        """Whether a checker has refused an earlier wording of this slot."""
        return bool(self._shifts.get(slot))

    def choose(self, key: str, options: Any) -> str:
        """One of several wordings by content; `shifts` moves on to the next where a checker refused one."""
        if isinstance(options, str):
            return options
        return str(options[self.turn(key) % len(options)])

    def turn(self, key: str, shift: int | None = None) -> int:
        """A number by content and key, the same on every run; moved on by one for each refusal of its slot."""
        digest = hashlib.sha256(f"{self._seed}|{key}".encode()).digest()
        moved = self._shifts.get(key.split(".")[0], 0) if shift is None else shift
        return int.from_bytes(digest[:4], "big") + moved

    def at(self, turn: int, key: str, **values: str) -> Phrase:
        """The wording of that turn, so that pieces of one sentence keep one style."""
        options = self._words[key]
        return fill(options if isinstance(options, str) else str(options[turn % len(options)]), **values)
