"""How long a sign-in has to wait after failures, and when a session ends by itself."""

from datetime import datetime, timedelta

from accounts.models import Account, SignIn

FREE = 4
LONGEST_WAIT = timedelta(minutes=15)
LONGEST_SESSION = timedelta(hours=12)
"""A night. After that one signs in again even while working (OWASP ASVS 3.3.2: at most 12 h)."""


def wait_after(failures: int) -> timedelta:
    """The first four cost nothing; then 2, 4, 8 … seconds, at most a quarter of an hour (OWASP ASVS 2.2.1)."""
    if failures < FREE:
        return timedelta(0)
    return min(timedelta(seconds=2 ** min(failures - FREE + 1, 12)), LONGEST_WAIT)


def is_open(session: SignIn, account: Account, idle: timedelta, now: datetime) -> bool:
    """Whether the session still lets its owner in."""
    return (
        account.active
        and session.ended_at is None
        and session.begun_at >= account.sessions_from
        and now - session.seen_at <= idle
        and now - session.begun_at <= LONGEST_SESSION
    )
