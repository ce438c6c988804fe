"""Statements, their versions and sentences, clearances and publications."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from errors import NotFound
from statements.records import Clearance, Publication, Sentence, Statement, StatementVersion
from storage import rows
from storage.schema import block_override, clearance, publication, sentence, statement, statement_version


def get(connection: Connection, statement_id: int) -> Statement:
    return rows.get(connection, statement, statement_id, Statement)


def lock(connection: Connection, statement_id: int) -> Statement:
    """The statement, held until the transaction ends: two people who decide at once decide one after the other.

    SQLite has one writer at a time anyway. Raises NotFound.
    """
    connection.execute(select(statement.c.id).where(statement.c.id == statement_id).with_for_update())
    return get(connection, statement_id)


def of_incident(connection: Connection, incident_id: int) -> tuple[Statement, ...]:
    """The newest first."""
    query = select(statement).where(statement.c.incident_id == incident_id).order_by(statement.c.id.desc())
    return tuple(rows.as_value(row, Statement) for row in connection.execute(query))


def add(connection: Connection, incident_id: int, kind: str, **values: Any) -> int:
    mine = (statement.c.incident_id == incident_id, statement.c.kind == kind)
    last = connection.execute(select(func.max(statement.c.number)).where(*mine)).scalar_one()
    return rows.add(connection, statement, incident_id=incident_id, kind=kind, number=(last or 0) + 1, **values)


def save(connection: Connection, stands: Statement, **values: Any) -> int:
    """Raises Conflict where somebody saved the statement meanwhile."""
    return rows.save(connection, statement, stands.id, stands.version, **values)


# --- versions ----------------------------------------------------------------------------------------------------

def add_version(
    connection: Connection, statement_id: int, sentences: Iterable[Sentence], **values: Any
) -> StatementVersion:
    mine = statement_version.c.statement_id == statement_id
    last = connection.execute(select(func.max(statement_version.c.number)).where(mine)).scalar_one()
    version_id = rows.add(connection, statement_version, statement_id=statement_id, number=(last or 0) + 1, **values)
    for one in sentences:
        rows.add(
            connection, sentence, statement_version_id=version_id, sid=one.sid, language=one.language, lead=one.lead,
            position=one.position, text=one.text, principle=one.principle, facts=list(one.facts), edited=one.edited,
        )  # fmt: skip
    return rows.get(connection, statement_version, version_id, StatementVersion)


def versions(connection: Connection, statement_id: int) -> tuple[StatementVersion, ...]:
    """The newest first."""
    query = select(statement_version).where(statement_version.c.statement_id == statement_id)
    found = connection.execute(query.order_by(statement_version.c.number.desc()))
    return tuple(rows.as_value(row, StatementVersion) for row in found)


def latest(connection: Connection, statement_id: int) -> StatementVersion:
    """Raises NotFound for a statement without a version."""
    found = versions(connection, statement_id)
    if not found:
        raise NotFound("not_found", what="statement_version")
    return found[0]


def sentences(connection: Connection, version_id: int) -> tuple[Sentence, ...]:
    query = select(sentence).where(sentence.c.statement_version_id == version_id)
    found = connection.execute(query.order_by(sentence.c.language.desc(), sentence.c.position))
    return tuple(rows.as_value(row, Sentence) for row in found)


# --- clearing and releasing --------------------------------------------------------------------------------------

def clearances(connection: Connection, version_id: int) -> tuple[Clearance, ...]:
    query = select(clearance).where(clearance.c.statement_version_id == version_id).order_by(clearance.c.id)
    return tuple(rows.as_value(row, Clearance) for row in connection.execute(query))


def waiting_in(connection: Connection, incident_id: int) -> tuple[Clearance, ...]:
    """Clearances of an incident that somebody still owes."""
    mine = select(statement.c.id).where(statement.c.incident_id == incident_id)
    query = select(clearance).where(clearance.c.statement_id.in_(mine), clearance.c.state == "asked")
    return tuple(rows.as_value(row, Clearance) for row in connection.execute(query.order_by(clearance.c.due_at)))


def get_clearance(connection: Connection, clearance_id: int) -> Clearance:
    return rows.get(connection, clearance, clearance_id, Clearance)


def ask(
    connection: Connection, version: StatementVersion, role: str, *, at: datetime, due_at: datetime, scope: str | None = None
) -> int | None:
    return rows.add_once(
        connection, clearance, ("statement_version_id", "role"), statement_id=version.statement_id,
        statement_version_id=version.id, role=role, state="asked", asked_at=at, due_at=due_at, scope=scope, version=1,
    )  # fmt: skip


def decide(connection: Connection, stands: Clearance, **values: Any) -> int:
    return rows.save(connection, clearance, stands.id, stands.version, **values)


def void_clearances(connection: Connection, statement_id: int) -> int:
    """Every clearance and every override that stands or is asked becomes void; returns how many clearances."""
    theirs = (block_override.c.statement_id == statement_id, block_override.c.state.in_(("asked", "standing")))
    connection.execute(update(block_override).where(*theirs).values(state="void", version=block_override.c.version + 1))
    mine = (clearance.c.statement_id == statement_id, clearance.c.state.in_(("asked", "given")))
    return connection.execute(
        update(clearance).where(*mine).values(state="void", version=clearance.c.version + 1)
    ).rowcount


def next_publication_number(connection: Connection, incident_id: int) -> int:
    mine = publication.c.incident_id == incident_id
    return (connection.execute(select(func.max(publication.c.number)).where(mine)).scalar_one() or 0) + 1


def publish(connection: Connection, **values: Any) -> int:
    return rows.add(connection, publication, **values)


def publications(connection: Connection, incident_id: int) -> tuple[Publication, ...]:
    """What went out, the newest first."""
    query = select(publication).where(publication.c.incident_id == incident_id)
    found = connection.execute(query.order_by(publication.c.number.desc(), publication.c.language.desc()))
    return tuple(rows.as_value(row, Publication) for row in found)
