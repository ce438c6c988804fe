"""Somebody signs in or out. Reading the account, comparing the password and keeping the result are three steps,
so that no transaction stands open while the password is compared."""

from datetime import datetime, timedelta

from accounts.delays import is_open, wait_after
from accounts.models import Account, Caller, SignIn
from errors import NotAllowed
from storage import accounts, incidents
from storage.database import Connection

SEEN_EVERY = timedelta(minutes=1)


def clean_login(typed: str) -> str:
    return " ".join(typed.split()).casefold()[:120]


def account_to_try(connection: Connection, login: str, *, now: datetime) -> Account | None:
    """The account of that name. Raises NotAllowed("sign_in_wait", seconds) while the last failures have to be waited off."""
    _count, wait_until = accounts.failures(connection, login)
    if wait_until and wait_until > now:
        raise NotAllowed("sign_in_wait", seconds=int((wait_until - now).total_seconds()) + 1)
    return accounts.by_login(connection, login)


def refuse_sign_in(connection: Connection, login: str, *, now: datetime) -> None:
    """Count a failure; the next try has to wait longer. The same whether or not there is such an account."""
    count, _wait = accounts.failures(connection, login)
    accounts.fail(connection, login, count + 1, now + wait_after(count + 1))
    accounts.note(connection, "sign_in_refused", at=now, actor=None, subject=login, failures=count + 1)


def begin_session(
    connection: Connection, account: Account, token: str, *, agent: str, now: datetime, renewed: str | None = None
) -> None:
    """`renewed`: the password's hash by today's settings, where it was kept by weaker ones."""
    if renewed:
        accounts.save(connection, account, password_hash=renewed)
    accounts.forgive(connection, account.login)
    accounts.begin(connection, account.id, token, at=now, agent=agent)
    accounts.note(connection, "signed_in", at=now, actor=account.login, subject=account.login)


def session_at(connection: Connection, token: str, *, idle: timedelta, now: datetime) -> tuple[SignIn, Account] | None:
    """The open session that a browser's token names; None for one that ended, idled out or was signed out elsewhere."""
    found = accounts.session_of(connection, token) if token else None
    return found if found and is_open(*found, idle, now) else None


def is_to_note(session: SignIn, now: datetime) -> bool:
    """Whether it is time to note again that a session was seen; not at every page, which would be a write each."""
    return now - session.seen_at > SEEN_EVERY


def caller_of(connection: Connection, account: Account) -> Caller | None:
    """The person behind an account, with the roles held everywhere; None where the person left the office."""
    person = incidents.get_person(connection, account.person_id)
    if not person.active:
        return None
    return Caller(person.id, person.name, frozenset(person.roles))


def end_session(connection: Connection, session: SignIn, *, now: datetime) -> None:
    accounts.end(connection, session.id, now)
    login = accounts.get(connection, session.account_id).login
    accounts.note(connection, "signed_out", at=now, actor=login, subject=login)


def end_all_sessions(connection: Connection, account_id: int, *, actor: str | None, now: datetime) -> None:
    """Sign out everywhere: every session begun until now has ended."""
    account = accounts.get(connection, account_id)
    accounts.save(connection, account, sessions_from=now)
    accounts.note(connection, "signed_out_everywhere", at=now, actor=actor, subject=account.login)
