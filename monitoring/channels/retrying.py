"""When to try again, and when to give up."""

from datetime import datetime, timedelta

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=30)
MOST_TRIES = 9
"""With the pauses between them some 100 minutes: after that a person has to look."""


def next_try(now: datetime, tries: int, chance: float, retry_after: float | None = None) -> datetime | None:
    """When to try again after `tries` tries, the pause doubling each time; None: give up. `chance` in [0, 1) spreads tries
    over the second half of the pause, so that many desks do not come back in the same second (full jitter would let a red
    one wait for nothing at all). `retry_after` is what the server asked for, in seconds; it is honoured up to a day."""
    if tries >= MOST_TRIES:
        return None
    pause: timedelta = min(FIRST_PAUSE * 2 ** max(0, tries - 1), LONGEST_PAUSE) * (0.5 + chance / 2)
    if retry_after is not None:
        pause = max(pause, timedelta(seconds=min(retry_after, 86_400.0)))
    return now + pause
