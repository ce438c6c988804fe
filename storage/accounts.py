"""Accounts, sessions, failures, and who takes part in which incident."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from accounts.models import Account, SignIn
from storage import rows
from storage.schema import account, account_event, membership, person, sign_in, sign_in_failure


def digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


# --- accounts ----------------------------------------------------------------------------------------------------

def any_account(connection: Connection) -> bool:
    """Whether there is one to sign in with, as Account.has_way_in."""
    way_in = or_(account.c.password_hash.is_not(None), account.c.subject.is_not(None))
    return bool(connection.execute(select(func.count()).select_from(account).where(account.c.active, way_in)).scalar_one())


def get(connection: Connection, account_id: int) -> Account:
    return rows.get(connection, account, account_id, Account)


def all_of(connection: Connection) -> tuple[Account, ...]:
    found = connection.execute(select(account).order_by(account.c.login))
    return tuple(rows.as_value(row, Account) for row in found)


def by_login(connection: Connection, login: str) -> Account | None:
    return _one(connection, account.c.login == login)


def by_subject(connection: Connection, subject: str) -> Account | None:
    return _one(connection, account.c.subject == subject)


def by_person(connection: Connection, person_id: int) -> Account | None:
    return _one(connection, account.c.person_id == person_id)


def _one(connection: Connection, condition: Any) -> Account | None:
    row = connection.execute(select(account).where(condition)).one_or_none()
    return rows.as_value(row, Account) if row else None


def add(connection: Connection, **values: Any) -> int:
    return rows.add(connection, account, **values)


def save(connection: Connection, stands: Account, **values: Any) -> int:
    return rows.save(connection, account, stands.id, stands.version, **values)


def note(connection: Connection, deed: str, *, at: datetime, actor: str | None, subject: str | None, **facts: Any) -> None:
    """Append to the list of who was let in, let out, given or taken a right."""
    rows.add(connection, account_event, at=at, actor=actor, deed=deed, subject=subject, facts=facts)


def notes(connection: Connection, limit: int = 200) -> tuple[dict[str, Any], ...]:
    """The newest first: {at, actor, deed, subject, facts}."""
    found = connection.execute(select(account_event).order_by(account_event.c.id.desc()).limit(limit))
    return tuple(dict(row._mapping) for row in found)


def refusals(connection: Connection, since: datetime) -> dict[str, int]:
    """How often since then each person was refused a deed, by name, the most often first."""
    how_many = func.count().label("how_many")
    mine = account_event.c.deed == "deed_refused", account_event.c.at >= since
    query = select(account_event.c.subject, how_many).where(*mine).group_by(account_event.c.subject)
    found = connection.execute(query.order_by(how_many.desc(), account_event.c.subject))
    return {row.subject or "": row.how_many for row in found}


# --- sessions ----------------------------------------------------------------------------------------------------

def begin(connection: Connection, account_id: int, token: str, *, at: datetime, agent: str) -> int:
    return rows.add(
        connection, sign_in, account_id=account_id, token_hash=digest(token), begun_at=at, seen_at=at, agent=agent[:300]
    )


def session_of(connection: Connection, token: str) -> tuple[SignIn, Account] | None:
    """The session a browser's token names, with its account."""
    row = connection.execute(select(sign_in).where(sign_in.c.token_hash == digest(token))).one_or_none()
    return (rows.as_value(row, SignIn), get(connection, row.account_id)) if row else None


def sessions(connection: Connection, account_id: int) -> tuple[SignIn, ...]:
    """Sessions that nobody has ended, the newest first."""
    query = select(sign_in).where(sign_in.c.account_id == account_id, sign_in.c.ended_at.is_(None))
    return tuple(rows.as_value(row, SignIn) for row in connection.execute(query.order_by(sign_in.c.id.desc())))


def seen(connection: Connection, session_id: int, at: datetime) -> None:
    connection.execute(update(sign_in).where(sign_in.c.id == session_id, sign_in.c.seen_at < at).values(seen_at=at))


def end(connection: Connection, session_id: int, at: datetime) -> None:
    connection.execute(update(sign_in).where(sign_in.c.id == session_id, sign_in.c.ended_at.is_(None)).values(ended_at=at))


# --- failures ----------------------------------------------------------------------------------------------------

def failures(connection: Connection, login: str) -> tuple[int, datetime | None]:
    """How often in a row, and until when the next try has to wait."""
    query = select(sign_in_failure).where(sign_in_failure.c.login_hash == digest(login))
    row = connection.execute(query).one_or_none()
    return (row.failures, row.wait_until) if row else (0, None)


def fail(connection: Connection, login: str, count: int, wait_until: datetime) -> None:
    values = {"failures": count, "wait_until": wait_until}
    done = connection.execute(update(sign_in_failure).where(sign_in_failure.c.login_hash == digest(login)).values(values))
    if not done.rowcount:
        rows.add_once(connection, sign_in_failure, ["login_hash"], login_hash=digest(login), **values)


def forgive(connection: Connection, login: str) -> None:
    connection.execute(delete(sign_in_failure).where(sign_in_failure.c.login_hash == digest(login)))


# --- who takes part ----------------------------------------------------------------------------------------------

def roles_in(connection: Connection, incident_id: int, person_id: int) -> frozenset[str] | None:
    """The roles a person has in one incident; None where the person takes no part in it."""
    query = select(membership.c.roles).where(membership.c.incident_id == incident_id, membership.c.person_id == person_id)
    found = connection.execute(query).scalar_one_or_none()
    return None if found is None else frozenset(found)


def takes_part(connection: Connection, person_id: int) -> bool:
    """Whether a person takes part in any incident by name."""
    query = select(membership.c.id).where(membership.c.person_id == person_id).limit(1)
    return connection.execute(query).scalar_one_or_none() is not None


def members(connection: Connection, incident_id: int) -> tuple[dict[str, Any], ...]:
    """{id, person_id, name, roles, version} of everybody who takes part by name."""
    query = (
        select(membership.c.id, membership.c.person_id, person.c.name, membership.c.roles, membership.c.version)
        .join(person, person.c.id == membership.c.person_id)
        .where(membership.c.incident_id == incident_id)
        .order_by(person.c.name)
    )
    return tuple(dict(row._mapping) for row in connection.execute(query))


def join(connection: Connection, incident_id: int, person_id: int, roles: list[str], *, by: str | None, at: datetime) -> None:
    """Give a person these roles in an incident, in place of those before."""
    mine = (membership.c.incident_id == incident_id, membership.c.person_id == person_id)
    values = {"roles": roles, "given_by": by, "given_at": at}
    done = connection.execute(update(membership).where(*mine).values(**values, version=membership.c.version + 1))
    if not done.rowcount:
        unique = ["incident_id", "person_id"]
        rows.add_once(connection, membership, unique, incident_id=incident_id, person_id=person_id, version=1, **values)


def leave(connection: Connection, incident_id: int, person_id: int) -> None:
    connection.execute(
        delete(membership).where(membership.c.incident_id == incident_id, membership.c.person_id == person_id)
    )
