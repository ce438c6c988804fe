"""What a text mentions that somebody could check: counts, hours, days, codes and places, each with where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from statements.drafting.script import simplified


@dataclass(frozen=True)
class Mention:
    """`start` to `end` are code points of the text, end exclusive."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Count(Mention):
    """`number` of `unit` (person, hour, household …; "" where it is not clear). `role`: deaths | injured | missing |
    casualties, "" where it is no casualty. A vague count (dozens, 数十) has no number."""

    number: float | None = None
    unit: str = ""
    role: str = ""


@dataclass(frozen=True)
class Clock(Mention):
    """`hours` are those it may mean (8:15 is 8 or 20); `minute` None where only the hour is said; `rough` for about."""

    hours: tuple[int, ...] = ()
    minute: int | None = 0
    rough: bool = False
    relative: int | None = None  # days from the day of writing, where it says today, last night, 昨晚


@dataclass(frozen=True)
class Day(Mention):
    """A date as far as it is said; `weekday` 0 is Monday. A day that may be read two ways has both in `either`."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    either: tuple[int, int] | None = None


@dataclass(frozen=True)
class Code(Mention):
    """A telephone number, a model, a document's number; `bare` are its letters and digits alone."""

    bare: str = ""


@dataclass(frozen=True)
class Place(Mention):
    """`names` are the spellings of which one has to be confirmed, the fullest first."""

    names: tuple[str, ...] = ()


_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def plain(text: str) -> str:
    """The text with as many characters as before: half-width, simplified."""
    half = text.translate(_WIDE)
    made = simplified(half)
    return made if len(made) == len(half) else half


def blanked(text: str, spans: Iterator[tuple[int, int]]) -> str:
    """The text with what was read already blanked out, so that it is not read twice."""
    marks = list(text)
    for start, end in spans:
        marks[start:end] = "\0" * (end - start)
    return "".join(marks)


@lru_cache(maxsize=4096)
def mentions(text: str, language: str) -> tuple[Mention, ...]:
    """Everything in the text that needs a source, in order."""
    from statements.tracing import codes, counts, moments, places

    rest = blanked(plain(text), codes.harmless(plain(text)))
    found: list[Mention] = []
    for read in (codes.addresses, moments.days, moments.clocks, codes.codes, counts.counts):
        more = read(rest, language)
        found += more
        rest = blanked(rest, ((one.start, one.end) for one in more))
    found += places.places(plain(text), language)
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))
