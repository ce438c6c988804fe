"""What one item does to one incident: the desk's judgement and a person's, apart and together."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from errors import NotFound
from storage import rows
from storage.schema import item, item_incident


@dataclass(frozen=True)
class Link:
    id: int
    item_id: int
    incident_id: int
    title: str
    relevant: bool
    version: int
    tone: str | None = None
    gravity: int | None = None
    corrected_tone: str | None = None
    corrected_gravity: int | None = None
    corrected_by: str | None = None
    corrected_at: datetime | None = None

    @property
    def shown_tone(self) -> str:
        return self.corrected_tone or self.tone or "neutral"

    @property
    def shown_gravity(self) -> int:
        return (self.gravity or 0) if self.corrected_gravity is None else self.corrected_gravity


def get(connection: Connection, link_id: int) -> Link:
    query = select(item_incident, item.c.title).join(item, item.c.id == item_incident.c.item_id)
    row = connection.execute(query.where(item_incident.c.id == link_id)).one_or_none()
    if row is None:
        raise NotFound("not_found", what="item_incident")
    return rows.as_value(row, Link)


def of_item(connection: Connection, item_id: int, incident_id: int) -> Link | None:
    mine = item_incident.c.item_id == item_id, item_incident.c.incident_id == incident_id
    found = connection.execute(select(item_incident.c.id).where(*mine)).scalar_one_or_none()
    return get(connection, found) if found else None


def save(connection: Connection, link_id: int, version: int, **values: Any) -> int:
    """Raises Conflict, NotFound as rows.save does."""
    return rows.save(connection, item_incident, link_id, version, **values)
