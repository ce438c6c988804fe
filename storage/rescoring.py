"""Stored items in great numbers, read and judged anew batch by batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, insert, select, update

from storage import rows
from storage.schema import feed, item, item_incident


@dataclass(frozen=True)
class StoredText:
    """One stored item. `sample_of` is the example whose shipped feed it came from; one `by_hand` came from no feed."""

    id: int
    title: str
    summary: str
    snow: float | None
    at: datetime
    sample_of: int | None
    by_hand: bool


@dataclass(frozen=True)
class StoredLink:
    """What stands of an item for one incident. `decided`: a person said whether it matters."""

    id: int
    tone: str | None
    tone_score: float | None
    certain: bool | None
    gravity: int | None
    attribution: str | None
    model: str | None
    relevant: bool
    decided: bool


def newest(connection: Connection) -> int:
    return connection.execute(select(func.max(item.c.id))).scalar_one() or 0


def how_many(connection: Connection, upto: int) -> int:
    return connection.execute(select(func.count()).select_from(item).where(item.c.id <= upto)).scalar_one()


def texts(connection: Connection, *, after: int, upto: int, most: int) -> list[StoredText]:
    """The next items in the order of their ids."""
    columns = (item.c.id, item.c.title, item.c.summary, item.c.snow, item.c.at, item.c.feed_id, feed.c.incident_id)
    query = select(*columns).outerjoin(feed, feed.c.id == item.c.feed_id).where(item.c.id > after, item.c.id <= upto)
    found = connection.execute(query.order_by(item.c.id).limit(most))
    return [
        StoredText(row.id, row.title, row.summary, row.snow, row.at, row.incident_id, row.feed_id is None) for row in found
    ]


def links(connection: Connection, first: int, last: int) -> dict[tuple[int, int], StoredLink]:
    """{(item, incident): what stands} of the items with these ids and those between."""
    link = item_incident.c
    said = (link.tone, link.tone_score, link.certain, link.gravity, link.attribution, link.model, link.relevant)
    query = select(link.item_id, link.incident_id, link.id, *said, link.decided_at.is_not(None))
    found = connection.execute(query.where(link.item_id.between(first, last)))
    return {(item_id, incident_id): StoredLink(*rest) for item_id, incident_id, *rest in found}


def renew(connection: Connection, values: Sequence[Mapping[str, Any]]) -> None:
    """Write judgements over standing ones: `link` is the row's id, all have the same keys. What a person decided stays."""
    if not values:
        return
    stays = case((item_incident.c.decided_at.is_not(None), item_incident.c.relevant), else_=bindparam("matters"))
    names = sorted(set(values[0]) - {"link", "matters"})
    statement = update(item_incident).where(item_incident.c.id == bindparam("link"))
    statement = statement.values(relevant=stays, **{name: bindparam(f"new_{name}") for name in names})
    given = [{"link": one["link"], "matters": one["matters"], **{f"new_{name}": one[name] for name in names}} for one in values]
    connection.execute(statement, given)


def link_new(connection: Connection, values: Sequence[Mapping[str, Any]]) -> None:
    """Items that had nothing to do with an incident so far; one linked meanwhile stays as it is."""
    if values:
        rows.add_all_once(connection, item_incident, ("item_id", "incident_id"), values)


def add_plain(connection: Connection, **values: Any) -> int:
    return int(connection.execute(insert(item_incident).values(**values).returning(item_incident.c.id)).scalar_one())
