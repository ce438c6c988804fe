"""What the rules of one incident look at, read in one go. Nothing is stored."""

from datetime import datetime, timedelta

from monitoring.alerts.book import AlertBook
from monitoring.alerts.models import Ground
from monitoring.watch import names_of
from storage import alerts, incidents, items, readings
from storage.alerts import Watching
from storage.database import Connection

WINDOW = timedelta(hours=24)
BIN = timedelta(minutes=15)
USUAL_OVER, HABIT_OVER = timedelta(weeks=8), timedelta(weeks=4)
MOST_WITHIN = timedelta(hours=72)
Hours = tuple[tuple[datetime, int], ...]


def ground_of(
    connection: Connection, at: Watching, *, book: AlertBook, endings: tuple[str, ...], now: datetime, trial: bool = False,
    habits: bool = True, kept: dict[tuple[int, datetime], Hours] | None = None,
) -> Ground:  # fmt: skip
    """`trial`: the rules are asked about the last day and not only about this moment. `habits`: how much each feed usually
    says is read as well, which costs the most and is needed least often. `kept` remembers what is usual for an hour."""
    edge = _floor(now) + BIN
    own = at.id if at.kind == "example" else None
    offset = timedelta(seconds=at.case_offset_s)
    return Ground(
        now, now - WINDOW if trial else now, at.zone, book.words,
        mentions=alerts.mentions(connection, at.id, since=now - MOST_WITHIN, until=now),
        brands=_brands(connection, at, endings),
        outlets=_answer(connection, at.id, "outlets"), authorities=_answer(connection, at.id, "authorities"),
        bins=_counts(connection, at.id, edge - WINDOW, edge, BIN), bin_width=BIN,
        hourly=_remembered(connection, at.id, edge - WINDOW, kept if kept is not None else {}),
        feeds=alerts.watches(connection, own, since=now - HABIT_OVER, now=now, habits=habits),
        promises=alerts.promises(connection, at.id, since=now - WINDOW, offset=offset),
    )  # fmt: skip


def _floor(at: datetime) -> datetime:
    return at - timedelta(seconds=at.timestamp() % BIN.total_seconds())


def _brands(connection: Connection, at: Watching, endings: tuple[str, ...]) -> tuple[str, ...]:
    """The firm's names and the incident's brand terms, as words to look for."""
    stored = [term for one in items.watched(connection) if one.incident_id == at.id for term in one.terms]
    terms = [*names_of(at.company, endings), *(term for term in stored if term.kind == "brand")]
    words = (term.expression.strip(' "“”') for term in terms)
    return tuple(dict.fromkeys(word for word in words if word))


def _answer(connection: Connection, incident_id: int, field: str) -> tuple[str, ...]:
    answer = incidents.answers(connection, incident_id).get(field)
    value = answer.value if answer else None
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _remembered(connection: Connection, incident_id: int, until: datetime, kept: dict[tuple[int, datetime], Hours]) -> Hours:
    end = until.replace(minute=0, second=0, microsecond=0)
    if (incident_id, end) not in kept:
        for old in [key for key in kept if key[0] == incident_id]:
            del kept[old]
        kept[incident_id, end] = _usual(connection, incident_id, end)
    return kept[incident_id, end]


def _usual(connection: Connection, incident_id: int, end: datetime) -> Hours:
    """Whole hours before the window, from the first item on and no further back than eight weeks."""
    hour, first = timedelta(hours=1), alerts.first_mention(connection, incident_id)
    since = max(first, end - USUAL_OVER) if first else end
    start = since.replace(minute=0, second=0, microsecond=0)
    return _counts(connection, incident_id, start, end, hour) if start < end else ()


def _counts(
    connection: Connection, incident_id: int, since: datetime, until: datetime, width: timedelta
) -> Hours:
    bars = readings.tone_bins(connection, incident_id, since=since, until=until, width=width)
    return tuple((bar.start, bar.tones.n) for bar in bars)
