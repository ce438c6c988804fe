"""Passwords: how they are kept (argon2id, RFC 9106, the library's defaults) and which are refused (OWASP ASVS 2.1)."""

import unicodedata
from collections.abc import Container
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from errors import BadInput

SHORTEST, LONGEST = 12, 128


def clean_password(typed: str, login: str, common: Container[str]) -> str:
    """A password fit to be kept. Raises BadInput("password_short" | "password_long" | "password_common" | "password_is_name")."""
    password = unicodedata.normalize("NFKC", typed)
    if len(password) < SHORTEST:
        raise BadInput("password_short", least=SHORTEST)
    if len(password) > LONGEST:
        raise BadInput("password_long", most=LONGEST)
    plain = password.lower()
    if len(set(plain)) < 5 or plain in common or plain.rstrip("0123456789!.@#") in common:
        raise BadInput("password_common")
    if len(login) > 3 and login.lower() in plain:
        raise BadInput("password_is_name")
    return password


def hashed(password: str) -> str:
    return _hasher().hash(password)


def matches(password_hash: str | None, typed: str) -> bool:
    """Whether the password is the one. Without a hash the same work is done, so that the time tells nothing."""
    try:
        _hasher().verify(password_hash or _nobodys_hash(), unicodedata.normalize("NFKC", typed[: LONGEST * 4]))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def renewed(password_hash: str, password: str) -> str | None:
    """A hash by today's settings, where the one kept was made by others."""
    return hashed(password) if _hasher().check_needs_rehash(password_hash) else None


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    return _hasher().hash("nobody has this password")
