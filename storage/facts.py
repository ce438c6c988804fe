"""Facts, their versions, and the one table of where each is used."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from incidents.models import Fact
from storage import rows
from storage.schema import fact, fact_use, fact_version


def of_incident(connection: Connection, incident_id: int) -> tuple[Fact, ...]:
    """All facts in the order a statement tells them."""
    query = select(fact).where(fact.c.incident_id == incident_id).order_by(fact.c.position, fact.c.id)
    return tuple(rows.as_value(row, Fact) for row in connection.execute(query))


def get(connection: Connection, fact_id: int) -> Fact:
    return rows.get(connection, fact, fact_id, Fact)


def by_key(connection: Connection, incident_id: int, dedupe_key: str) -> Fact | None:
    query = select(fact).where(fact.c.incident_id == incident_id, fact.c.dedupe_key == dedupe_key)
    row = connection.execute(query).one_or_none()
    return rows.as_value(row, Fact) if row else None


def of_field(connection: Connection, incident_id: int, field: str) -> dict[str, Fact]:
    """The facts that an intake field gave, by their dedupe key."""
    query = select(fact).where(fact.c.incident_id == incident_id, fact.c.field == field).order_by(fact.c.id)
    return {row.dedupe_key: rows.as_value(row, Fact) for row in connection.execute(query)}


def add(connection: Connection, incident_id: int, *, now: datetime, actor: str | None, **values: Any) -> Fact:
    """Add a fact and its first version."""
    last = connection.execute(select(func.max(fact.c.position)).where(fact.c.incident_id == incident_id)).scalar_one()
    fact_id = rows.add(
        connection, fact, incident_id=incident_id, position=(last or 0) + 1, created_at=now, created_by=actor, **values
    )
    return _remember(connection, fact_id, now, actor)


def save(connection: Connection, before: Fact, *, now: datetime, actor: str | None, **values: Any) -> Fact:
    """Save a fact as its next version; every text that used it is marked stale. Raises Conflict."""
    rows.save(connection, fact, before.id, before.version, **values)
    connection.execute(update(fact_use).where(fact_use.c.fact_id == before.id).values(stale=True))
    return _remember(connection, before.id, now, actor)


def _remember(connection: Connection, fact_id: int, now: datetime, actor: str | None) -> Fact:
    stored = get(connection, fact_id)
    snapshot = {name: str(at) if isinstance(at, datetime) else at for name, at in asdict(stored).items()}
    rows.add(
        connection, fact_version, fact_id=fact_id, number=stored.version, snapshot=snapshot, saved_by=actor,
        saved_at=now,
    )  # fmt: skip
    return stored


def versions(connection: Connection, fact_id: int) -> tuple[dict[str, Any], ...]:
    """The history of a fact, the newest first: {number, saved_by, saved_at, snapshot}."""
    query = select(fact_version).where(fact_version.c.fact_id == fact_id).order_by(fact_version.c.number.desc())
    return tuple(dict(row._mapping) for row in connection.execute(query))


def used_by(connection: Connection, kind: str, user_id: int, facts: Iterable[Fact]) -> None:
    """Note which facts, in which version, a sentence, an answer or a message rests on."""
    for one in facts:
        rows.add_once(
            connection, fact_use, ("fact_id", "user_kind", "user_id"),
            fact_id=one.id, user_kind=kind, user_id=user_id, fact_version=one.version,
        )  # fmt: skip


def rebind(connection: Connection, kind: str, user_id: int, facts: Iterable[Fact]) -> None:
    """As used_by, for a text made anew: what it rested on before is forgotten, and it is fresh."""
    wanted = {fact.id: fact for fact in facts}
    mine = (fact_use.c.user_kind == kind, fact_use.c.user_id == user_id)
    stands = {row.fact_id: (row.fact_version, row.stale) for row in connection.execute(select(fact_use).where(*mine))}
    if stands != {number: (one.version, False) for number, one in wanted.items()}:
        connection.execute(delete(fact_use).where(*mine))
        used_by(connection, kind, user_id, wanted.values())


def stale_users(connection: Connection, kind: str) -> frozenset[int]:
    query = select(fact_use.c.user_id).where(fact_use.c.user_kind == kind, fact_use.c.stale)
    return frozenset(connection.execute(query).scalars())


def uses(connection: Connection, kind: str, user_ids: Iterable[int]) -> tuple[dict[str, Any], ...]:
    """What texts were made of: {user_id, fact_id, fact_version, stale, snapshot of the fact in that version}."""
    wanted = list(user_ids)
    query = (
        select(fact_use.c.user_id, fact_use.c.fact_id, fact_use.c.fact_version, fact_use.c.stale, fact_version.c.snapshot)
        .outerjoin(
            fact_version,
            (fact_version.c.fact_id == fact_use.c.fact_id) & (fact_version.c.number == fact_use.c.fact_version),
        )
        .where(fact_use.c.user_kind == kind, fact_use.c.user_id.in_(wanted))
    )
    return tuple(dict(row._mapping) for row in connection.execute(query)) if wanted else ()


def carry_over(connection: Connection, kind: str, old_id: int, new_id: int) -> None:
    """What the text `new_id` was made of is what `old_id` was: the same words, as fresh or as stale as they were."""
    for row in connection.execute(select(fact_use).where(fact_use.c.user_kind == kind, fact_use.c.user_id == old_id)):
        rows.add_once(
            connection, fact_use, ("fact_id", "user_kind", "user_id"),
            fact_id=row.fact_id, user_kind=kind, user_id=new_id, fact_version=row.fact_version, stale=row.stale,
        )  # fmt: skip


def users(connection: Connection, fact_id: int, kind: str) -> tuple[int, ...]:
    """The ids of the texts of a kind that rest on a fact."""
    query = select(fact_use.c.user_id).where(fact_use.c.fact_id == fact_id, fact_use.c.user_kind == kind)
    return tuple(connection.execute(query.order_by(fact_use.c.user_id)).scalars())
