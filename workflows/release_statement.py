"""A cleared text goes out: exactly these words, with hour, number and hash, never changed again."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from errors import BadInput, Conflict, NotAllowed
from incidents.clocks import case_now
from statements.gates import refusal, release_obstacles
from statements.models import Check
from statements.records import Statement, StatementVersion, body
from storage import events, facts, incidents, statements
from storage.database import Connection
from workflows.statement_basis import statement_basis


def release_statement(
    connection: Connection,
    statement_id: int,
    *,
    seen: int,
    languages: Sequence[str],
    check: Check,
    person_id: int,
    channels: Sequence[str] = (),
    now: datetime,
) -> int:
    """Release the cleared version in the languages named; returns the number of the publication.

    Released already: the same number comes back. Raises NotAllowed("not_cleared" | "not_your_role"),
    BadInput with what statements.gates finds in the way, Conflict where a newer version than `seen` stands.
    """
    stands = statements.get(connection, statement_id)
    latest = statements.latest(connection, statement_id)
    if stands.state == "released":
        return _number_of(connection, stands)
    person = incidents.get_person(connection, person_id)
    if "head" not in person.roles:
        raise NotAllowed("not_your_role", name=person.name, role="head")
    if stands.state != "cleared":
        raise NotAllowed("not_cleared")
    if latest.number != seen:
        raise Conflict("newer_version", what="statement", theirs={"number": latest.number}, mine={"number": seen})
    _ready(connection, latest, languages, check)
    return _publish(connection, stands, latest, languages, channels, person.name, now)


def _ready(connection: Connection, version: StatementVersion, languages: Sequence[str], check: Check) -> None:
    basis = statement_basis(connection, version.statement_id)
    in_the_way = release_obstacles(statements.sentences(connection, version.id), languages, check, basis)
    if in_the_way:
        key, why = refusal(in_the_way)
        raise BadInput(key, **why)


def _publish(
    connection: Connection,
    stands: Statement,
    version: StatementVersion,
    languages: Sequence[str],
    channels: Sequence[str],
    name: str,
    now: datetime,
) -> int:
    incident = incidents.get(connection, stands.incident_id)
    sentences = statements.sentences(connection, version.id)
    number = statements.next_publication_number(connection, incident.id)
    for language in languages:
        text = body(sentences, language)
        statements.publish(
            connection, incident_id=incident.id, statement_id=stands.id, statement_version_id=version.id, number=number,
            language=language, body=text, sha256=sha256(text.encode()).hexdigest(), released_at=now, released_by=name,
            channels=list(channels),
        )  # fmt: skip
    statements.save(connection, stands, state="released")
    events.append(
        connection, incident.id, "statement_released", now=now, actor=name, subject=("statement", stands.id),
        screen="statement", kind=stands.kind, number=version.number, publication=number, languages=list(languages),
    )  # fmt: skip
    _promise(connection, stands, case_now(incident, now), now, name)
    return number


def _promise(connection: Connection, stands: Statement, case_at: datetime, now: datetime, name: str) -> None:
    """The first statement is out; an earlier promise is kept by it, and the hour it names is the next promise."""
    incident_id = stands.incident_id
    incidents.stop_clocks(connection, incident_id, rule="first_statement", at=now, by=name)
    incidents.stop_clocks(connection, incident_id, rule="next_update", at=now, by=name)
    promised = [one for one in facts.of_incident(connection, incident_id) if one.slot == "next_update" and one.settled]
    for fact in promised[-1:]:
        due = datetime.fromisoformat(fact.value)
        if due > case_at:
            incidents.start_clock(
                connection, incident_id, f"next_update:{stands.id}", rule="next_update", label={}, started_at=now,
                due_at=due, subject_kind="statement", subject_id=stands.id,
            )  # fmt: skip


def _number_of(connection: Connection, stands: Statement) -> int:
    out = [one for one in statements.publications(connection, stands.incident_id) if one.statement_id == stands.id]
    return out[0].number
