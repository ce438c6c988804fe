"""Audiences, their four answers and the history of where they stand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, update

from errors import Conflict
from stakeholders.models import Audience, AudienceAnswer
from storage import rows
from storage.schema import audience, audience_answer, communication, contact_draft, stance_change

TRIES = 5  # somebody else may save again while we read what they saved


def of_incident(connection: Connection, incident_id: int, *, removed: bool = False) -> tuple[Audience, ...]:
    """In the order in which they are to be looked after."""
    mine = (audience.c.incident_id == incident_id, audience.c.removed.is_(removed))
    query = select(audience).where(*mine).order_by(audience.c.position, audience.c.id)
    return tuple(rows.as_value(row, Audience) for row in connection.execute(query))


def everyone(connection: Connection, incident_id: int) -> tuple[Audience, ...]:
    """Every group of an incident, those taken off the board too."""
    query = select(audience).where(audience.c.incident_id == incident_id).order_by(audience.c.position, audience.c.id)
    return tuple(rows.as_value(row, Audience) for row in connection.execute(query))


def get(connection: Connection, audience_id: int) -> Audience:
    return rows.get(connection, audience, audience_id, Audience)


def add_once(connection: Connection, incident_id: int, slug: str, **values: Any) -> int | None:
    """Add a group unless the incident has one called `slug`; its id, or None."""
    unique = ("incident_id", "slug")
    return rows.add_once(connection, audience, unique, incident_id=incident_id, slug=slug, version=1, **values)


def save(connection: Connection, audience_id: int, version: int, **values: Any) -> int:
    return rows.save(connection, audience, audience_id, version, **values)


def save_parts(
    connection: Connection, audience_id: int, version: int, seen: Mapping[str, Any] | None, **values: Any
) -> int:
    """As `save`, but somebody else's save of other columns since `version` is no conflict: `seen` is what the person had
    before them in the columns they change. The Conflict tells of these columns alone, as they stand now."""
    for _ in range(TRIES):
        try:
            return save(connection, audience_id, version, **values)
        except Conflict as conflict:
            theirs, now = conflict.facts["theirs"], int(conflict.facts["version"])
            if now == version or seen is None or any(theirs[name] != seen.get(name) for name in values):
                raise
            version = now
    raise Conflict("changed_meanwhile", theirs={}, mine=values)


def set_plain(connection: Connection, stands: Audience, **values: Any) -> None:
    """Values that follow from the facts; nothing is written where nothing moved, and nobody's save is in conflict with it."""
    moved = {name: value for name, value in values.items() if getattr(stands, name) != value}
    if moved:
        connection.execute(update(audience).where(audience.c.id == stands.id).values(**moved))


def answers(connection: Connection, audience_id: int) -> dict[str, AudienceAnswer]:
    query = select(audience_answer).where(audience_answer.c.audience_id == audience_id)
    return {row.question: rows.as_value(row, AudienceAnswer) for row in connection.execute(query)}


def all_answers(connection: Connection, incident_id: int) -> dict[int, dict[str, AudienceAnswer]]:
    """The answers of every group of an incident, by audience id and question."""
    query = select(audience_answer).join(audience).where(audience.c.incident_id == incident_id)
    found: dict[int, dict[str, AudienceAnswer]] = {}
    for row in connection.execute(query):
        found.setdefault(row.audience_id, {})[row.question] = rows.as_value(row, AudienceAnswer)
    return found


def add_answer(connection: Connection, audience_id: int, question: str, **values: Any) -> int | None:
    unique = ("audience_id", "question")
    return rows.add_once(
        connection, audience_answer, unique, audience_id=audience_id, question=question, version=1, **values
    )


def save_answer(connection: Connection, answer_id: int, version: int, **values: Any) -> int:
    return rows.save(connection, audience_answer, answer_id, version, **values)


def add_stance(connection: Connection, audience_id: int, **values: Any) -> int:
    return rows.add(connection, stance_change, audience_id=audience_id, **values)


def stances(connection: Connection, audience_id: int) -> tuple[dict[str, Any], ...]:
    """The history of where a group stood, the oldest first: {stance, reason, changed_by, changed_at}."""
    query = select(stance_change).where(stance_change.c.audience_id == audience_id).order_by(stance_change.c.id)
    return tuple(dict(row._mapping) for row in connection.execute(query))


def all_stances(connection: Connection, incident_id: int) -> dict[int, list[tuple[datetime, str]]]:
    """Where every group of an incident stood and since when, the oldest first, by audience id."""
    query = select(stance_change).join(audience).where(audience.c.incident_id == incident_id).order_by(stance_change.c.id)
    found: dict[int, list[tuple[datetime, str]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.audience_id, []).append((row.changed_at, row.stance))
    return found


def add_communication(
    connection: Connection, incident_id: int, audience_id: int, *, dedupe_key: str | None, **values: Any
) -> int | None:
    """Add a contact unless one with the same key stands; its id, or None."""
    values |= {"incident_id": incident_id, "audience_id": audience_id, "dedupe_key": dedupe_key, "version": 1}
    if dedupe_key is None:
        return rows.add(connection, communication, **values)
    return rows.add_once(connection, communication, ("incident_id", "dedupe_key"), **values)


def contact_draft_of(connection: Connection, audience_id: int, author: str) -> dict[str, str]:
    """What `author` has begun to write about a contact with this group, by field."""
    query = select(contact_draft).where(*_by(audience_id, author))
    return {row.field: row.value for row in connection.execute(query)}


def save_contact_draft(connection: Connection, audience_id: int, author: str, field: str, value: str, now: datetime) -> None:
    unique = {"audience_id": audience_id, "author": author, "field": field}
    if rows.add_once(connection, contact_draft, tuple(unique), **unique, value=value, saved_at=now) is None:
        mine = (*_by(audience_id, author), contact_draft.c.field == field)
        connection.execute(update(contact_draft).where(*mine).values(value=value, saved_at=now))


def clear_contact_draft(connection: Connection, audience_id: int, author: str) -> None:
    connection.execute(delete(contact_draft).where(*_by(audience_id, author)))


def _by(audience_id: int, author: str) -> tuple[ColumnElement[bool], ...]:
    return contact_draft.c.audience_id == audience_id, contact_draft.c.author == author


def asked(connection: Connection, incident_id: int) -> tuple[dict[str, Any], ...]:
    """What people said to us in contacts, the newest first: {id, audience_id, question, at}."""
    query = select(communication.c.id, communication.c.audience_id, communication.c.question, communication.c.at)
    query = query.where(communication.c.incident_id == incident_id, communication.c.question.is_not(None))
    found = connection.execute(query.order_by(communication.c.at.desc(), communication.c.id.desc()))
    return tuple(dict(row._mapping) for row in found)


def communications(connection: Connection, audience_id: int) -> tuple[dict[str, Any], ...]:
    """Contacts with a group, the newest first: {direction, channel, counterpart, question, answer, at, handled_by}."""
    query = select(communication).where(communication.c.audience_id == audience_id)
    found = connection.execute(query.order_by(communication.c.at.desc(), communication.c.id.desc()))
    return tuple(dict(row._mapping) for row in found)


def all_communications(connection: Connection, incident_id: int) -> dict[int, tuple[dict[str, Any], ...]]:
    """`communications` of every group of an incident that has any: {audience_id: …}."""
    mine = select(audience.c.id).where(audience.c.incident_id == incident_id)
    query = select(communication).where(communication.c.audience_id.in_(mine))
    found: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(query.order_by(communication.c.at.desc(), communication.c.id.desc())):
        found.setdefault(row.audience_id, []).append(dict(row._mapping))
    return {number: tuple(rows_of) for number, rows_of in found.items()}


def addressed(connection: Connection, incident_id: int, language: str) -> tuple[str, ...]:
    """Names of the groups that a public statement speaks to, the most harmed first."""
    groups = of_incident(connection, incident_id)
    return tuple(one.name(language) for one in groups if one.why.get("addressed"))
