"""A statement is sent to be cleared: facts by operations and wording by legal at the same time, then the head."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from errors import BadInput, Conflict, NotAllowed
from incidents.intake import clean_text
from statements.gates import obstacles, refusal, roles_to_ask, state_of
from statements.models import Check
from statements.records import CLEARING_MINUTES, Clearance, StatementVersion
from storage import events, incidents, statements
from storage.database import Connection
from workflows.statement_basis import statement_basis


def send_to_clear(
    connection: Connection,
    statement_id: int,
    *,
    seen: int,
    language: str,
    check: Check,
    now: datetime,
    actor: str | None = None,
) -> StatementVersion:
    """Ask for the clearances of the newest version. Asking twice changes nothing.

    Raises BadInput("text_has_holes" | "text_is_blocked" | "text_untraced") where the text in the incident's language is not
    ready,
    Conflict where a newer version than `seen` stands.
    """
    stands = statements.get(connection, statement_id)
    latest = _newest(connection, statement_id, seen)
    basis = statement_basis(connection, statement_id)
    in_the_way = obstacles(statements.sentences(connection, latest.id), language, check, basis)
    if in_the_way:
        key, why = refusal(in_the_way)
        raise BadInput(key, **why)
    if statements.clearances(connection, latest.id):
        return latest
    _ask(connection, latest, now)
    statements.save(connection, stands, state="review")
    events.append(
        connection, stands.incident_id, "statement_sent", now=now, actor=actor, subject=("statement", statement_id),
        screen="statement", kind=stands.kind, number=latest.number,
    )  # fmt: skip
    return latest


def decide_clearance(
    connection: Connection,
    clearance_id: int,
    *,
    given: bool,
    person_id: int,
    note: str = "",
    now: datetime,
    screen: str = "statement",
) -> Clearance:
    """Give or refuse a clearance, by somebody who holds the role. Decided already: nothing happens.

    Raises NotAllowed("not_your_role") | ("clearance_void"), BadInput("reason_needed") for a refusal without a word why.
    """
    asked = statements.get_clearance(connection, clearance_id)
    person = incidents.get_person(connection, person_id)
    if asked.role not in person.roles:
        raise NotAllowed("not_your_role", name=person.name, role=asked.role)
    if asked.state == "void":
        raise NotAllowed("clearance_void")
    if asked.state != "asked":
        return asked
    why = clean_text(note, 1_000)
    if not given and not why:
        raise BadInput("reason_needed")
    state = "given" if given else "refused"
    statements.decide(connection, asked, state=state, decided_by=person.name, decided_at=now, note=why or None)
    _move_on(connection, asked, given, person.name, why, now, screen)
    return statements.get_clearance(connection, clearance_id)


def _move_on(
    connection: Connection, asked: Clearance, given: bool, name: str, why: str, now: datetime, screen: str
) -> None:
    stands = statements.get(connection, asked.statement_id)
    latest = statements.latest(connection, stands.id)
    if given:
        _ask(connection, latest, now)
    statements.save(connection, stands, state=state_of(statements.clearances(connection, latest.id)))
    events.append(
        connection, stands.incident_id, "clearance_given" if given else "clearance_refused", now=now, actor=name,
        subject=("statement", stands.id), screen=screen, kind=stands.kind, number=latest.number, role=asked.role,
        note=why,
    )  # fmt: skip


def _ask(connection: Connection, version: StatementVersion, now: datetime) -> Sequence[str]:
    roles = roles_to_ask(statements.clearances(connection, version.id))
    for role in roles:
        due = now + timedelta(minutes=CLEARING_MINUTES[role])
        statements.ask(connection, version, role, at=now, due_at=due)
    return roles


def _newest(connection: Connection, statement_id: int, seen: int) -> StatementVersion:
    latest = statements.latest(connection, statement_id)
    if latest.number != seen:
        raise Conflict("newer_version", what="statement", theirs={"number": latest.number}, mine={"number": seen})
    return latest
