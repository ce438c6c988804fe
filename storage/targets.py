"""Where alerts go. Address and secret are read in two places: when a message is sent, and never to be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, select

from monitoring.alerts.routing import Recipient
from storage import rows
from storage.schema import delivery_target, person


@dataclass(frozen=True)
class KeptTarget:
    """A target as it may be shown: of its address the host and the last characters."""

    id: int
    name: str
    channel: str
    masked: str
    signed: bool
    language: str
    least_level: str
    rules: tuple[str, ...] | None
    step: int
    paused: bool
    person_id: int | None = None
    person: str | None = None
    role: str | None = None
    version: int = 1

    @property
    def recipient(self) -> Recipient:
        return Recipient(self.id, self.least_level, self.rules, self.step)


def add(connection: Connection, **values: Any) -> int:
    return rows.add(connection, delivery_target, **values)


def save(connection: Connection, target_id: int, version: int, **values: Any) -> int:
    return rows.save(connection, delivery_target, target_id, version, **values)


def all_of(connection: Connection) -> tuple[KeptTarget, ...]:
    """Every target that was not removed, those told first first."""
    query = select(delivery_target, person.c.name.label("person")).outerjoin(person, person.c.id == delivery_target.c.person_id)
    query = query.where(delivery_target.c.removed_at.is_(None)).order_by(delivery_target.c.step, delivery_target.c.id)
    found = connection.execute(query)
    return tuple(_kept(dict(row._mapping)) for row in found)


def get(connection: Connection, target_id: int) -> KeptTarget:
    """Raises NotFound."""
    found = next((one for one in all_of(connection) if one.id == target_id), None)
    return found or rows.get(connection, delivery_target, 0, KeptTarget)


def _kept(row: Mapping[str, Any]) -> KeptTarget:
    rules = row["rules"]
    return KeptTarget(
        row["id"], row["name"], row["channel"], masked(row["channel"], row["address"]), bool(row["secret"]), row["language"],
        row["least_level"], tuple(rules) if rules is not None else None, row["step"], row["paused"], row["person_id"],
        row["person"], row["role"], row["version"],
    )  # fmt: skip


def masked(channel: str, address: str) -> str:
    """Enough to recognise an address by, too little to use it."""
    if channel == "email":
        name, _, host = address.rpartition("@")
        return f"{name[:1]}…@{host}"
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        host = ""
    return f"{host}/…{address[-4:]}"


def known_name(connection: Connection, name: str) -> bool:
    mine = delivery_target.c.name == name, delivery_target.c.removed_at.is_(None)
    return connection.execute(select(delivery_target.c.id).where(*mine)).first() is not None


def removed(now: datetime) -> dict[str, Any]:
    """What is left of a target that is removed: its name, for the record of what it was sent."""
    return {"removed_at": now, "address": "", "secret": None}
