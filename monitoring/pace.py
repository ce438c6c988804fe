"""How often a feed is read: the pace follows the youngest open incident (practice R44), failures wait longer each time."""

from datetime import datetime, timedelta

QUIET = timedelta(minutes=30)
"""The pace where no incident is open."""
LONGEST_PAUSE = timedelta(hours=6)
_BY_AGE = (
    (timedelta(hours=4), timedelta(minutes=5)),
    (timedelta(hours=24), timedelta(minutes=30)),
    (timedelta(hours=72), timedelta(hours=1)),
    (timedelta(days=14), timedelta(hours=12)),
)


def pace(known_at: datetime | None, now: datetime) -> timedelta:
    """The pause between two readings, from the moment the youngest open incident became known."""
    if known_at is None:
        return QUIET
    return next((pause for age, pause in _BY_AGE if now - known_at < age), _BY_AGE[-1][1])


def next_try(
    now: datetime, usual: timedelta, failures: int, retry_after: float | None = None, feed_id: int = 0
) -> datetime:
    """When to read the feed again. `failures` counts those in a row, `retry_after` is what its server asked for, in
    seconds. Feeds are spread over a tenth of the pause by their id, so that they do not all fall due at once."""
    pause = min(usual * 2 ** min(failures, 6), max(LONGEST_PAUSE, usual)) if failures else usual
    if retry_after is not None:
        pause = max(pause, timedelta(seconds=retry_after))
    spread = pause.total_seconds() * (feed_id * 37 % 100) / 1000
    return now + pause + timedelta(seconds=spread)
