"""A statement is sent to be cleared: facts by operations and wording by legal at the same time, then the head."""

from datetime import datetime, timedelta

from errors import BadInput, Conflict, NotAllowed
from incidents.deputies import Acting
from incidents.intake import clean_text
from statements import precleared
from statements.models import Check, StatementKit
from statements.precleared import Path, words_hash
from statements.records import CLEARING_MINUTES, LANGUAGES, Clearance, Statement, StatementVersion
from statements.steps import roles_to_ask, scope_of, state_of
from storage import clearing, events, statements
from storage.database import Connection
from workflows.deed import deed
from workflows.ways import refused, ways
from workflows.who_decides import who_decides

MAX_NOTE = 1_000


@deed
def send_to_clear(
    connection: Connection,
    statement_id: int,
    *,
    seen: int,
    language: str,
    check: Check,
    now: datetime,
    kit: StatementKit | None = None,
    actor: str | None = None,
) -> StatementVersion:
    """Ask for the clearances of the newest version. Asking twice changes nothing.

    With `kit`, a text drafted from a template that was cleared ahead asks for its slots only. Raises BadInput with what stands
    in the way of the text in `language`, NotAllowed for a released text, Conflict where a newer version than `seen` stands.
    """
    stands = statements.lock(connection, statement_id)
    latest = newest(connection, statement_id, seen)
    if stands.state == "released":
        raise NotAllowed("released_stays")
    left = ways(connection, statement_id, (language,), check=check).left
    if left:
        key, why = refused(left)
        raise BadInput(key, **why)
    if statements.clearances(connection, latest.id):
        return latest
    path = clearing_path(connection, stands, latest, kit)
    _ask(connection, latest, path.scope, now)
    statements.save(connection, stands, state="review")
    events.append(
        connection, stands.incident_id, "statement_sent" if path.scope is None else "statement_sent_slots", now=now, actor=actor,
        subject=("statement", statement_id), screen="statement", kind=stands.kind, number=latest.number,
    )  # fmt: skip
    return latest


def clearing_path(
    connection: Connection, stands: Statement, version: StatementVersion, kit: StatementKit | None
) -> Path:
    """Whether the whole text has to be cleared or only its slots, and why: a read."""
    hashes = {language: words_hash(kit, stands.kind, language) for language in LANGUAGES} if kit else {}
    ahead = clearing.cleared_ahead(connection, stands.incident_id, stands.kind, hashes)
    sentences = statements.sentences(connection, version.id)
    return precleared.path(version, sentences, stands.kind, kit, ahead, LANGUAGES)


@deed
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
    """Give or refuse a clearance, by somebody who holds the role or stands in for one who does. Decided already: nothing happens.

    Raises NotAllowed("not_your_role") | ("clearance_void"), BadInput("reason_needed") for a refusal without a word why.
    """
    stands = statements.lock(connection, statements.get_clearance(connection, clearance_id).statement_id)
    asked = statements.get_clearance(connection, clearance_id)
    who = who_decides(connection, stands.incident_id, person_id, asked.role, now)
    if asked.state == "void":
        raise NotAllowed("clearance_void")
    if asked.state != "asked":
        return asked
    why = clean_text(note, MAX_NOTE)
    if not given and not why:
        raise BadInput("reason_needed")
    statements.decide(
        connection, asked, state="given" if given else "refused", decided_by=who.name, decided_for=who.principal,
        decided_at=now, note=why or None,
    )  # fmt: skip
    _move_on(connection, stands, asked, given, who, why, now, screen)
    return statements.get_clearance(connection, clearance_id)


def _move_on(
    connection: Connection, stands: Statement, asked: Clearance, given: bool, who: Acting, why: str, now: datetime, screen: str
) -> None:
    latest = statements.latest(connection, stands.id)
    if given:
        _ask(connection, latest, asked.scope, now)
    statements.save(connection, stands, state=state_of(statements.clearances(connection, latest.id)))
    deed = "clearance_given" if given else "clearance_refused"
    events.append(
        connection, stands.incident_id, f"{deed}_for" if who.principal else deed, now=now, actor=who.name,
        subject=("statement", stands.id), screen=screen, kind=stands.kind, number=latest.number, role=asked.role,
        note=why, principal=who.principal,
    )  # fmt: skip


def _ask(connection: Connection, version: StatementVersion, scope: str | None, now: datetime) -> None:
    standing = statements.clearances(connection, version.id)
    for role in roles_to_ask(standing, scope_of(standing) if standing else scope):
        due = now + timedelta(minutes=CLEARING_MINUTES[role])
        statements.ask(connection, version, role, at=now, due_at=due, scope=scope)


def newest(connection: Connection, statement_id: int, seen: int) -> StatementVersion:
    """The newest version. Raises Conflict("newer_version") where it is not the one `seen` on the screen."""
    latest = statements.latest(connection, statement_id)
    if latest.number != seen:
        raise Conflict("newer_version", what="statement", theirs={"number": latest.number}, mine={"number": seen})
    return latest
