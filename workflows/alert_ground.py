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


def ground_of(
    connection: Connection, at: Watching, *, book: AlertBook, endings: tuple[str, ...], now: datetime, trial: bool = False,
    habits: bool = True,
) -> Ground:  # fmt: skip
    """`trial`: the rules are asked about the last day and not only about this moment. `habits`: how much each feed usually
    says is read as well, which costs the most and is needed least often."""
    edge = _floor(now) + BIN
    first = alerts.first_mention(connection, at.id)
    own = at.id if at.kind == "example" else None
    offset = timedelta(seconds=at.case_offset_s)
    return Ground(
        now, now - WINDOW if trial else now, at.zone, book.words,
        mentions=alerts.mentions(connection, at.id, since=now - MOST_WITHIN, until=now),
        brands=_brands(connection, at, endings),
        outlets=_answer(connection, at.id, "outlets"), authorities=_answer(connection, at.id, "authorities"),
        bins=_counts(connection, at.id, edge - WINDOW, edge, BIN), bin_width=BIN,
        hourly=_usual(connection, at.id, first, edge - WINDOW),
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


def _usual(connection: Connection, incident_id: int, first: datetime | None, until: datetime) -> tuple[tuple[datetime, int], ...]:
    """Whole hours before the window, from the first item on and no further back than eight weeks."""
    hour = timedelta(hours=1)
    end = until.replace(minute=0, second=0, microsecond=0)
    since = max(first, end - USUAL_OVER) if first else end
    start = since.replace(minute=0, second=0, microsecond=0)
    return _counts(connection, incident_id, start, end, hour) if start < end else ()


def _counts(
    connection: Connection, incident_id: int, since: datetime, until: datetime, width: timedelta
) -> tuple[tuple[datetime, int], ...]:
    bars = readings.tone_bins(connection, incident_id, since=since, until=until, width=width)
    return tuple((bar.start, bar.tones.n) for bar in bars)
