"""What may be said: everything that settled facts and our own arrangements mention, read once for a whole text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from incidents.models import Fact
from statements.basis import Basis
from statements.tracing.mentions import Clock, Code, Count, Day, Mention, mentions, plain

ROLES = ("deaths", "injured", "missing")
LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Known:
    """One thing that is known and the fact that says it; no fact for what is ours."""

    value: Mention
    fact: int | None
    language: str


@dataclass(frozen=True)
class At:
    """A confirmed hour; `day` None where a wording gives the hour alone."""

    day: date | None
    hour: int
    minute: int | None
    fact: int | None
    stamp: bool = False  # the hour at which the text itself was written


@dataclass(frozen=True)
class Truth:
    counts: tuple[Known, ...]
    moments: tuple[At, ...]
    days: tuple[tuple[int | None, int | None, int | None], ...]
    codes: frozenset[str]
    words: str  # every wording, half-width and simplified, lower case
    written: tuple[date, ...]
    tolls: tuple[tuple[str, Fact], ...]  # every casualty fact, settled or not, by role
    places: tuple[Fact, ...]
    earlier: tuple[str, ...] = ()  # what we published: a correction quotes it

    def quoted(self, words: str) -> bool:
        """Whether we said so before, word for word."""
        return any(_bare(words) in text for text in self.earlier)

    def toll(self, role: str) -> int | None:
        """The confirmed count of a role, None where none is confirmed."""
        return next((fact.value for name, fact in self.tolls if name == role and fact.settled), None)


def truth(basis: Basis) -> Truth:
    """What texts of the incident may mention."""
    settled = [fact for fact in basis.facts if fact.settled and (fact.public or fact.kind == "finding")]
    zone = ZoneInfo(basis.zone)
    at = [(datetime.fromisoformat(fact.value).astimezone(zone), fact.id) for fact in settled if _is_time(fact)]
    known = tuple(_known(settled, basis.own))
    moments = [At(one.date(), one.hour, one.minute, number) for one, number in at]
    moments += [At(one.date(), one.hour, one.minute, None, True) for one in basis.written_at]
    said = [one.value for one in known]
    days = [(one.day.year, one.day.month, one.day.day) for one in moments if one.day]
    return Truth(
        counts=tuple(one for one in known if isinstance(one.value, Count)),
        moments=(*moments, *_worded(known)),
        days=(*days, *((one.year, one.month, one.day) for one in said if isinstance(one, Day))),
        codes=frozenset(one.bare for one in said if isinstance(one, Code)),
        words="\n".join(plain(text).lower() for text in (*_wordings(settled), *basis.own)),
        written=tuple(one.date() for one in basis.written_at),
        tolls=tuple((fact.slot, fact) for fact in basis.facts if fact.slot in ROLES and fact.kind == "number"),
        places=tuple(fact for fact in basis.facts if fact.slot == "where"),
        earlier=tuple(_bare(text) for text in (*(one.text for one in basis.earlier), *basis.quoted)),
    )


def _bare(text: str) -> str:
    return "".join(plain(text).lower().split())


def _is_time(fact: Fact) -> bool:
    return fact.kind == "time" and isinstance(fact.value, str)


def _texts(fact: Fact) -> tuple[tuple[str, str], ...]:
    """(language, text) of a fact: its wordings, and its value where that is a text."""
    if fact.kind in ("time", "number"):
        return ()
    value = fact.value if isinstance(fact.value, str) else None
    worded = [(language, fact.wording(language) or value) for language in LANGUAGES]
    number = [(language, fact.document_number) for language in LANGUAGES]
    return tuple((language, text) for language, text in (*worded, *number) if text)


def _wordings(settled: Sequence[Fact]) -> Iterator[str]:
    return (text for fact in settled for _, text in _texts(fact))


def _known(settled: Sequence[Fact], own: Sequence[str]) -> Iterator[Known]:
    for fact in settled:
        for language, text in _texts(fact):
            yield from (Known(one, fact.id, language) for one in mentions(text, language))
        if fact.slot in ROLES and isinstance(fact.value, int):
            yield Known(Count(0, 0, str(fact.value), float(fact.value), "person", fact.slot), fact.id, "")
    for text in own:
        yield from (Known(one, None, language) for language in LANGUAGES for one in mentions(text, language))


def _worded(known: Sequence[Known]) -> Iterator[At]:
    """The hours that wordings give: without a day, for a wording's own day stands beside it."""
    for one in known:
        if isinstance(one.value, Clock):
            yield from (At(None, hour, one.value.minute, one.fact) for hour in one.value.hours)


