"""The two languages of one version carry the same facts and the same figures, sentence by sentence (practice R39)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from incidents.models import Fact
from statements.basis import Basis
from statements.records import LANGUAGES, Sentence
from statements.tracing import Clock, Code, Count, Day, Mention, mentions

# Facts of which both languages have to speak; who leads, who is named and where it appears may be said in one alone.
WEIGHTY = frozenset({"what", "when", "where", "deaths", "injured", "missing", "cause", "finding", "detail", "deed", "contact",
                     "next_update", "negative_search", "advice"})  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """kind: figure (one language has a figure the other has not) | fact | edited (one was rewritten alone)."""

    kind: str
    sentence: Sentence
    start: int = 0
    end: int = 0
    facts: tuple[int, ...] = ()
    other: str = ""  # the sentence in the other language, "" where there is none

    @property
    def words(self) -> str:
        return self.sentence.text[self.start : self.end] or self.sentence.text


def pair_digest(sentences: Sequence[Sentence], sid: str) -> str:
    """SHA-256 of a sentence in both languages: what somebody checked to say the same."""
    texts = [next((one.text for one in sentences if (one.language, one.sid) == (name, sid)), "") for name in LANGUAGES]
    return sha256("\0".join((sid, *texts)).encode()).hexdigest()


def differences(sentences: Sequence[Sentence], basis: Basis) -> tuple[Difference, ...]:
    """Where the languages do not say the same. What was rewritten alone counts no longer once somebody checked the pair."""
    found = [*_facts(sentences, basis.facts)]
    for sid in dict.fromkeys(one.sid for one in sentences):
        pair = {one.language: one for one in sentences if one.sid == sid}
        told = [
            one for language, other in (LANGUAGES, LANGUAGES[::-1]) for one in _figures(pair.get(language), pair.get(other), basis)
        ]
        checked = pair_digest(sentences, sid) in basis.checked
        found += told if told or checked else _alone(pair)
    return tuple(found)


def _figures(one: Sentence | None, other: Sentence | None, basis: Basis) -> list[Difference]:
    if one is None:
        return []
    theirs = mentions(other.text, other.language) if other else ()
    weighty = [mine for mine in mentions(one.text, one.language) if _weighs(mine, basis)]
    missing = [mine for mine in weighty if not any(_same(mine, it) for it in theirs)]
    if other is None and not one.facts and not one.edited:
        return []  # a greeting that only one language has
    return [Difference("figure", one, mine.start, mine.end, one.facts, other.text if other else "") for mine in missing]


def _weighs(one: Mention, basis: Basis) -> bool:
    """Whether the other language has to have it: not the hour of writing, not a vague count, not a weekday or a year."""
    if isinstance(one, Clock):
        return not any(at.hour in one.hours and at.minute == (one.minute or 0) for at in basis.written_at)
    if isinstance(one, Day):
        return one.day is not None
    return isinstance(one, Code) or (isinstance(one, Count) and one.number is not None)


def _same(one: Mention, other: Mention) -> bool:
    if isinstance(one, Count) and isinstance(other, Count):
        return one.number == other.number and (one.role == other.role or not one.role or not other.role)
    if isinstance(one, Clock) and isinstance(other, Clock):
        return bool(set(one.hours) & set(other.hours)) and (one.minute or 0) == (other.minute or 0)
    if isinstance(one, Day) and isinstance(other, Day):
        return one.day == other.day and (one.month == other.month or None in (one.month, other.month))
    return isinstance(one, Code) and isinstance(other, Code) and one.bare.lstrip("0") == other.bare.lstrip("0")


def _facts(sentences: Sequence[Sentence], known: Iterable[Fact]) -> Iterable[Difference]:
    """A fact of weight that only one language speaks of, told at the sentence that says it."""
    weighty = {fact.id for fact in known if fact.slot in WEIGHTY}
    said = {name: {number for one in sentences if one.language == name for number in one.facts} for name in LANGUAGES}
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        if not any(one.language == other for one in sentences):
            continue
        alone = (said[language] - said[other]) & weighty
        for one in sentences:
            mine = tuple(number for number in one.facts if number in alone)
            if one.language == language and mine:
                yield Difference("fact", one, 0, 0, mine)


def _alone(pair: dict[str, Sentence]) -> list[Difference]:
    edited = [one for one in pair.values() if one.edited]
    if len(edited) != 1:
        return []
    other = next((one.text for one in pair.values() if one is not edited[0]), "")
    return [Difference("edited", edited[0], 0, len(edited[0].text), edited[0].facts, other)]
