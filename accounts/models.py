"""An account, a session at a browser, and the caller of a deed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from errors import NotAllowed


@dataclass(frozen=True)
class Account:
    id: int
    person_id: int
    login: str
    password_hash: str | None
    subject: str | None
    must_change: bool
    active: bool
    sessions_from: datetime
    version: int

    @property
    def has_way_in(self) -> bool:
        """Whether somebody can sign in with it: the owner's has no password until it is given one."""
        return self.active and bool(self.password_hash or self.subject)


@dataclass(frozen=True)
class SignIn:
    """A session at one browser."""

    id: int
    account_id: int
    begun_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    agent: str


@dataclass(frozen=True)
class Caller:
    """On whose behalf a deed is done. `trusted`: the desk itself, or whoever sits at a machine without accounts."""

    person_id: int | None = None
    name: str | None = None
    roles: frozenset[str] = frozenset()
    trusted: bool = False


DESK = Caller(trusted=True)
"""The desk's own timers and commands, and the one machine whose owner needs no password."""

_CALLER: ContextVar[Caller | None] = ContextVar("caller", default=None)


@contextmanager
def acting(caller: Caller) -> Iterator[None]:
    """Everything done inside is done on behalf of `caller`."""
    token = _CALLER.set(caller)
    try:
        yield
    finally:
        _CALLER.reset(token)


_PROCESS: list[Caller] = []


def act_as(caller: Caller) -> None:
    """This process does everything on behalf of `caller`, in all its threads: a command or a timer, never the web server."""
    _PROCESS[:] = [caller]


def caller() -> Caller:
    """Who is acting. Raises NotAllowed("nobody_signed_in") where nobody said so: a deed is refused, never guessed."""
    acting_now = _CALLER.get() or next(iter(_PROCESS), None)
    if acting_now is None:
        raise NotAllowed("nobody_signed_in")
    return acting_now
