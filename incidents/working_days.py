"""Deadlines counted in working days. Weekends are left out; public holidays and exchanged days are not known to the desk."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


def end_of_working_day(since: datetime, days: int, zone: str) -> datetime:
    """The end of the `days`-th working day after the day of `since`, in `zone`: midnight that closes it."""
    local = since.astimezone(ZoneInfo(zone))
    day = local.date()
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone))
