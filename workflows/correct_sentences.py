"""Facts have changed: the sentences they stand behind are listed with what they would say now, taken over, or kept by name."""

from collections.abc import Collection
from datetime import datetime

from errors import BadInput, NotAllowed
from incidents.models import Fact
from statements.models import Check, StatementKit
from statements.records import Sentence, Statement, StatementVersion
from statements.staleness import Correction, Name, corrected, corrections
from storage import events, facts, incidents, statements
from storage.database import Connection
from workflows.clear_statement import newest
from workflows.deed import deed
from workflows.draft_statement import drafted_now
from workflows.edit_statement import rewrite
from workflows.stale_sentences import stale_sentences


def offered(
    connection: Connection, statement_id: int, *, kit: StatementKit, check: Check, now: datetime
) -> tuple[Correction, ...]:
    """Each stale sentence with what it would say now: a read."""
    stale = stale_sentences(connection, statement_id)
    if not stale:
        return ()
    stands = statements.get(connection, statement_id)
    incident = incidents.get(connection, stands.incident_id)
    fresh, _ = drafted_now(connection, incident, stands, kit, check, now)
    mine = statements.sentences(connection, statements.latest(connection, statement_id).id)
    return corrections(stale, mine, fresh)


@deed
def take_corrections(
    connection: Connection,
    statement_id: int,
    names: Collection[Name],
    *,
    seen: int,
    kit: StatementKit,
    check: Check,
    now: datetime,
    actor: str | None = None,
) -> StatementVersion:
    """Put the sentences named as the facts now have them; clearances fall. Taken already: nothing happens.

    Raises Conflict where a newer version than `seen` stands, NotAllowed for a released text.
    """
    stands = _open(connection, statement_id)
    newest(connection, statement_id, seen)
    taken = [one for one in offered(connection, statement_id, kit=kit, check=check, now=now) if one.name in names]
    made = rewrite(
        connection, statement_id, lambda now_: corrected(now_, taken), reason="renewed", what=_said(taken), now=now, actor=actor
    )
    _bind_anew(connection, stands, made, {one.name for one in taken})
    return made


@deed
def keep_sentences(
    connection: Connection,
    statement_id: int,
    names: Collection[Name],
    *,
    seen: int,
    now: datetime,
    actor: str | None,
) -> StatementVersion:
    """Somebody has looked: these sentences still hold as they are. What was cleared has to be cleared again.

    Raises BadInput("name_needed"), Conflict, NotAllowed for a released text.
    """
    if not actor:
        raise BadInput("name_needed")
    stands = _open(connection, statement_id)
    latest = newest(connection, statement_id, seen)
    mine = set(names) & set(stale_sentences(connection, statement_id))
    if mine:
        _bind_anew(connection, stands, latest, mine)
        void = statements.void_clearances(connection, statement_id)
        statements.save(connection, stands, state="draft")
        events.append(
            connection, stands.incident_id, "sentences_kept", now=now, actor=actor, subject=("statement", statement_id),
            screen="statement", kind=stands.kind, number=latest.number, count=len(mine), void=void,
        )  # fmt: skip
    return latest


def _open(connection: Connection, statement_id: int) -> Statement:
    stands = statements.get(connection, statement_id)
    if stands.state == "released":
        raise NotAllowed("released_stays")
    return stands


def _bind_anew(connection: Connection, stands: Statement, version: StatementVersion, names: Collection[Name]) -> None:
    by_id: dict[int, Fact] = {fact.id: fact for fact in facts.of_incident(connection, stands.incident_id)}
    for one in statements.sentences(connection, version.id):
        if (one.language, one.sid) in names:
            facts.rebind(connection, "sentence", one.id, [by_id[number] for number in one.facts if number in by_id])


def _said(taken: Collection[Correction]) -> str:
    return "\n".join(_text(one.after) for one in taken)


def _text(one: Sentence | None) -> str:
    return one.text if one else ""
