"""Personal data, apart from everything else: nothing else reads this table, no search and no export."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from incidents.personal import masked
from storage import rows
from storage.schema import event, event_value, personal_data


@dataclass(frozen=True)
class Masked:
    """A record without its words; `shown` is what of them may be seen."""

    id: int
    incident_id: int
    data_class: str
    shown: Mapping[str, str]
    retention_until: datetime | None
    legal_hold: bool
    erased_at: datetime | None
    created_at: datetime


def add(connection: Connection, incident_id: int, data_class: str, value: Mapping[str, str], until: datetime, now: datetime) -> int:
    return rows.add(
        connection, personal_data, incident_id=incident_id, data_class=data_class, value=dict(value), retention_until=until,
        legal_hold=False, created_at=now,
    )  # fmt: skip


def get(connection: Connection, personal_data_id: int) -> Masked:
    """Raises NotFound."""
    return rows.get(connection, personal_data, personal_data_id, _Row).masked


def of_incident(connection: Connection, incident_id: int) -> tuple[Masked, ...]:
    query = select(personal_data).where(personal_data.c.incident_id == incident_id).order_by(personal_data.c.id)
    return tuple(rows.as_value(row, _Row).masked for row in connection.execute(query))


def words(connection: Connection, personal_data_id: int) -> dict[str, str]:
    """What it says. Only workflows.keep_personal asks, after the reason stands on the trail."""
    query = select(personal_data.c.value).where(personal_data.c.id == personal_data_id)
    return dict(connection.execute(query).scalar_one() or {})


def hold(connection: Connection, personal_data_id: int, held: bool) -> None:
    connection.execute(update(personal_data).where(personal_data.c.id == personal_data_id).values(legal_hold=held))


def due(connection: Connection, now: datetime) -> tuple[Masked, ...]:
    """What is to be erased by now; a hold beats it."""
    late = (personal_data.c.retention_until <= now, personal_data.c.erased_at.is_(None), personal_data.c.legal_hold.is_(False))
    return tuple(rows.as_value(row, _Row).masked for row in connection.execute(select(personal_data).where(*late)))


def erase(connection: Connection, personal_data_id: int, now: datetime) -> None:
    """The words go, here and behind the trail; the row and the digests in the chain stay."""
    connection.execute(
        update(personal_data).where(personal_data.c.id == personal_data_id).values(value=None, erased_at=now)
    )
    mine = select(event.c.id).where(event.c.subject_kind == "personal", event.c.subject_id == personal_data_id)
    connection.execute(update(event_value).where(event_value.c.event_id.in_(mine)).values(value=None, erased_at=now))


@dataclass(frozen=True)
class _Row:
    id: int
    incident_id: int
    data_class: str
    value: Any
    retention_until: datetime | None
    legal_hold: bool
    erased_at: datetime | None
    created_at: datetime

    @property
    def masked(self) -> Masked:
        return Masked(
            self.id, self.incident_id, self.data_class, masked(self.value or {}), self.retention_until, self.legal_hold,
            self.erased_at, self.created_at,
        )  # fmt: skip
