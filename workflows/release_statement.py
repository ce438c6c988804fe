"""A cleared text goes out: exactly these words, with hour, number and hash, never changed again."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from errors import BadInput, NotAllowed
from incidents.clocks import case_now
from incidents.deputies import Acting
from statements.models import Check
from statements.records import TO_EVERYBODY, Statement, StatementVersion, body
from storage import events, facts, incidents, statements
from storage.database import Connection
from workflows.clear_statement import decide_clearance, newest
from workflows.deed import deed
from workflows.ways import refused, ways
from workflows.who_decides import who_decides


@deed
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
    BadInput with what stands in the way, Conflict where a newer version than `seen` stands.
    """
    stands = statements.lock(connection, statement_id)
    if stands.state == "released":
        return _number_of(connection, stands)
    who = who_decides(connection, stands.incident_id, person_id, "head", now)
    if stands.state != "cleared":
        raise NotAllowed("not_cleared")
    latest = newest(connection, statement_id, seen)
    left = ways(connection, statement_id, languages, check=check, release=True).left
    if left:
        key, why = refused(left)
        raise BadInput(key, **why)
    return _publish(connection, stands, latest, languages, channels, who, now)


@deed
def clear_and_release(
    connection: Connection,
    clearance_id: int,
    *,
    seen: int,
    languages: Sequence[str],
    check: Check,
    person_id: int,
    channels: Sequence[str] = (),
    note: str = "",
    now: datetime,
) -> int:
    """The head's clearance and the release in one deed: both, or neither. Raises as the two do."""
    made = decide_clearance(connection, clearance_id, given=True, person_id=person_id, note=note, now=now)
    return release_statement(
        connection, made.statement_id, seen=seen, languages=languages, check=check, person_id=person_id, channels=channels,
        now=now,
    )  # fmt: skip


def _publish(
    connection: Connection,
    stands: Statement,
    version: StatementVersion,
    languages: Sequence[str],
    channels: Sequence[str],
    who: Acting,
    now: datetime,
) -> int:
    incident = incidents.get(connection, stands.incident_id)
    sentences = statements.sentences(connection, version.id)
    number = statements.next_publication_number(connection, incident.id)
    wrong = _corrected(connection, stands)
    for language in languages:
        text = body(sentences, language)
        statements.publish(
            connection, incident_id=incident.id, statement_id=stands.id, statement_version_id=version.id, number=number,
            language=language, body=text, sha256=sha256(text.encode()).hexdigest(), released_at=now, released_by=who.name,
            released_for=who.principal, channels=list(channels), corrects_id=wrong[1].get(language) or wrong[2],
        )  # fmt: skip
    statements.save(connection, stands, state="released")
    events.append(
        connection, incident.id, "statement_released_for" if who.principal else "statement_released", now=now, actor=who.name,
        subject=("statement", stands.id), screen="statement", kind=stands.kind, number=version.number, publication=number,
        languages=list(languages), principal=who.principal,
    )  # fmt: skip
    if wrong[0]:
        events.append(
            connection, incident.id, "statement_corrected", now=now, actor=who.name, subject=("statement", stands.id),
            screen="statement", publication=number, corrects=wrong[0],
        )  # fmt: skip
    if stands.kind in TO_EVERYBODY:
        _promise(connection, stands, case_now(incident, now), now, who.name)
    return number


def _corrected(connection: Connection, stands: Statement) -> tuple[int | None, dict[str, int], int | None]:
    """What a correction corrects: the number, the publication in each language, and one of them whatever the language."""
    if stands.corrects_id is None:
        return None, {}, None
    out = [one for one in statements.publications(connection, stands.incident_id) if one.statement_id == stands.corrects_id]
    if not out:
        return None, {}, None
    return out[0].number, {one.language: one.id for one in out}, out[0].id


def _promise(connection: Connection, stands: Statement, case_at: datetime, now: datetime, name: str) -> None:
    """The first statement is out; an earlier promise is kept by it, and the hour it names is the next promise."""
    incident_id = stands.incident_id
    incidents.stop_clocks(connection, incident_id, rule="first_statement", at=now, by=name)
    incidents.stop_clocks(connection, incident_id, rule="next_update", at=case_at, by=name)
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
