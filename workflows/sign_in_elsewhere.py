"""Somebody whom the organisation's own provider vouches for comes to the desk for the first time, or again."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from accounts.delays import LONGEST_SESSION
from accounts.models import Account, Caller
from incidents.models import ROLES
from storage import accounts, incidents
from storage.database import Connection


def roles_by(claims: Mapping[str, Any], claim: str, by_group: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The roles that the groups named in a claim give."""
    said = claims.get(claim)
    groups = [said] if isinstance(said, str) else said if isinstance(said, list | tuple) else []
    given = {role for group in groups if isinstance(group, str) for role in by_group.get(group, ())}
    return tuple(role for role in ROLES if role in given)


def caller_by_claims(
    connection: Connection, claims: Mapping[str, Any], roles: Sequence[str], *, now: datetime
) -> Caller | None:
    """The caller a provider's claims name, made known to the desk where new; None for an account that was closed,
    a session that was ended here, one older than a night, or claims without subject or issue time."""
    subject, issued = f"{claims.get('iss', '')} {claims.get('sub', '')}", claims.get("iat")
    if not claims.get("sub") or not isinstance(issued, int | float):
        return None
    account = accounts.by_subject(connection, subject) or _new(connection, subject, claims, roles, now)
    begun = datetime.fromtimestamp(issued, UTC)
    if not account.active or begun < account.sessions_from or now - begun > LONGEST_SESSION:
        return None
    person = incidents.get_person(connection, account.person_id)
    if person.roles != tuple(roles):
        incidents.save_person(connection, person.id, person.version, roles=list(roles))
        accounts.note(
            connection, "roles_set", at=now, actor=None, subject=account.login, before=list(person.roles), after=list(roles)
        )
    return Caller(person.id, person.name, frozenset(roles)) if person.active else None


def _new(
    connection: Connection, subject: str, claims: Mapping[str, Any], roles: Sequence[str], now: datetime
) -> Account:
    name = str(claims.get("name") or claims.get("preferred_username") or claims.get("email") or claims["sub"])[:200]
    person_id = incidents.add_person(connection, name=name, roles=list(roles), created_at=now)
    login = f"oidc:{accounts.digest(subject)[:24]}"
    begun = datetime.fromtimestamp(0, UTC)
    account_id = accounts.add(
        connection, person_id=person_id, login=login, subject=subject, must_change=False, active=True, sessions_from=begun,
        created_at=now,
    )  # fmt: skip
    accounts.note(connection, "account_added", at=now, actor=None, subject=login, roles=list(roles))
    return accounts.get(connection, account_id)
