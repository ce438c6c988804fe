"""Accounts are made, given another password, opened and closed, by an administrator; one's own password by oneself."""

from collections.abc import Container, Sequence
from datetime import datetime
from typing import Any

from accounts.models import Account
from accounts.passwords import clean_password, hashed
from errors import BadInput, NotAllowed
from incidents.models import ROLES
from storage import accounts, incidents
from storage.database import Connection
from workflows.add_person import add_person
from workflows.deed import deed
from workflows.sign_in import clean_login

OWNER = "owner"
OWNER_ROLES = ("head", "administrator")


@deed
def add_account(
    connection: Connection,
    *,
    login: str,
    name: str,
    roles: Sequence[str],
    password: str,
    common: Container[str],
    now: datetime,
    actor: str | None = None,
    must_change: bool = True,
) -> Account:
    """A person of the office who signs in with a name and a password. Raises BadInput("login_needed" | "login_taken" | …)."""
    cleaned = clean_login(login)
    if not cleaned:
        raise BadInput("login_needed")
    if accounts.by_login(connection, cleaned):
        raise BadInput("login_taken", login=cleaned)
    kept = hashed(clean_password(password, cleaned, common))
    return _added(connection, cleaned, name, roles, now=now, actor=actor, password_hash=kept, must_change=must_change)


@deed
def add_owner(connection: Connection, *, name: str, now: datetime) -> Account:
    """The account of whoever a machine without accounts belongs to, made once: head and administrator. It has no password,
    so that nobody signs in with it before it is given one."""
    stands = accounts.by_login(connection, OWNER)
    return stands or _added(connection, OWNER, name, OWNER_ROLES, now=now, actor=None, password_hash=None, must_change=True)


def _added(
    connection: Connection, login: str, name: str, roles: Sequence[str], *, now: datetime, actor: str | None, **values: Any
) -> Account:
    person = add_person(connection, name=name, roles=tuple(roles), now=now)
    if accounts.by_person(connection, person.id):
        raise BadInput("person_has_account", name=person.name)
    account_id = accounts.add(
        connection, person_id=person.id, login=login, active=True, sessions_from=now, created_at=now, **values
    )
    accounts.note(connection, "account_added", at=now, actor=actor, subject=login, roles=list(person.roles))
    return accounts.get(connection, account_id)


@deed
def reset_password(
    connection: Connection, account_id: int, *, password: str, common: Container[str], now: datetime, actor: str | None = None
) -> None:
    """A password for one sign-in, after which another has to be chosen; every session of the account ends."""
    stands = accounts.get(connection, account_id)
    kept = hashed(clean_password(password, stands.login, common))
    accounts.save(connection, stands, password_hash=kept, must_change=True, sessions_from=now)
    accounts.forgive(connection, stands.login)
    accounts.note(connection, "password_reset", at=now, actor=actor, subject=stands.login)


def change_password(
    connection: Connection, account: Account, *, password: str, common: Container[str], now: datetime
) -> None:
    """One's own, after the old one was given; every other session ends. The caller begins a new one for this browser."""
    stands = accounts.get(connection, account.id)
    kept = hashed(clean_password(password, stands.login, common))
    accounts.save(connection, stands, password_hash=kept, must_change=False, sessions_from=now)
    accounts.note(connection, "password_changed", at=now, actor=stands.login, subject=stands.login)


@deed
def set_roles(
    connection: Connection, account_id: int, roles: Sequence[str], *, now: datetime, actor: str | None = None
) -> None:
    """The roles held everywhere. Raises NotAllowed("last_administrator") where nobody would be left to give them."""
    if unheard := set(roles) - set(ROLES):
        raise BadInput("not_a_choice", value=sorted(unheard)[0])
    stands = accounts.get(connection, account_id)
    person = incidents.get_person(connection, stands.person_id)
    if "administrator" not in roles:
        _somebody_left(connection, stands)
    incidents.save_person(connection, person.id, person.version, roles=list(roles))
    accounts.note(connection, "roles_set", at=now, actor=actor, subject=stands.login, before=list(person.roles), after=list(roles))


@deed
def close_account(connection: Connection, account_id: int, *, now: datetime, actor: str | None = None) -> None:
    """Nobody signs in with it any more, and whoever is signed in is out."""
    stands = accounts.get(connection, account_id)
    _somebody_left(connection, stands)
    accounts.save(connection, stands, active=False, sessions_from=now)
    accounts.note(connection, "account_closed", at=now, actor=actor, subject=stands.login)


@deed
def open_account(connection: Connection, account_id: int, *, now: datetime, actor: str | None = None) -> None:
    stands = accounts.get(connection, account_id)
    accounts.save(connection, stands, active=True)
    accounts.note(connection, "account_opened", at=now, actor=actor, subject=stands.login)


def _somebody_left(connection: Connection, without: Account) -> None:
    others = [one for one in accounts.all_of(connection) if one.id != without.id and one.has_way_in]
    if not any("administrator" in incidents.get_person(connection, one.person_id).roles for one in others):
        raise NotAllowed("last_administrator")
