"""A person writes in a statement. Every edit is a version of its own, and what was cleared has to be cleared again."""

from collections.abc import Callable
from datetime import datetime

from errors import Conflict, NotAllowed
from incidents.intake import clean_text
from statements import layout
from statements.records import Sentence, StatementVersion
from storage import events, facts, statements
from storage.database import Connection
from workflows.deed import deed

MAX_SENTENCE = 1_000
Sentences = tuple[Sentence, ...]


@deed
def edit_sentence(
    connection: Connection,
    statement_id: int,
    language: str,
    sid: str,
    text: str,
    *,
    seen: int,
    now: datetime,
    actor: str | None = None,
) -> StatementVersion:
    """Put one sentence in other words; an empty text takes it out. `seen` is the number of the version on the screen.

    Raises Conflict where the same sentence was changed since, NotAllowed for a released text, BadInput.
    """
    cleaned = clean_text(text, MAX_SENTENCE)
    return _write(
        connection, statement_id, "edited", lambda now_: _changed(now_, language, sid, cleaned), seen, (language, sid),
        cleaned, now, actor,
    )  # fmt: skip


def _changed(sentences: Sentences, language: str, sid: str, text: str) -> Sentences:
    same = [one for one in sentences if (one.language, one.sid, one.text) == (language, sid, text)]
    return sentences if same else layout.edited(sentences, language, sid, text)


@deed
def add_sentence(
    connection: Connection,
    statement_id: int,
    language: str,
    after: str,
    text: str,
    *,
    seen: int,
    now: datetime,
    actor: str | None = None,
) -> StatementVersion:
    """A sentence of the writer's own behind the one called `after`."""
    cleaned = clean_text(text, MAX_SENTENCE)
    return _write(
        connection, statement_id, "edited", lambda now_: layout.with_new(now_, language, after, cleaned), seen, None,
        cleaned, now, actor,
    )  # fmt: skip


@deed
def restore_version(
    connection: Connection, statement_id: int, number: int, *, seen: int, now: datetime, actor: str | None = None
) -> StatementVersion:
    """An earlier version becomes the newest again."""
    wanted = {one.number: one for one in statements.versions(connection, statement_id)}[number]
    old = statements.sentences(connection, wanted.id)
    return _write(connection, statement_id, "restored", lambda _: old, seen, None, f"v{number}", now, actor)


def rewrite(
    connection: Connection,
    statement_id: int,
    change: Callable[[Sentences], Sentences],
    *,
    reason: str,
    what: str,
    now: datetime,
    actor: str | None,
) -> StatementVersion:
    """Several sentences at once, for a deed that has seen to it that the newest version is the one that was shown."""
    seen = statements.latest(connection, statement_id).number
    return _write(connection, statement_id, reason, change, seen, None, what, now, actor)


def _write(
    connection: Connection,
    statement_id: int,
    reason: str,
    change: Callable[[Sentences], Sentences],
    seen: int,
    touched: tuple[str, str] | None,
    mine: str,
    now: datetime,
    actor: str | None,
) -> StatementVersion:
    stands = statements.get(connection, statement_id)
    if stands.state == "released":
        raise NotAllowed("released_stays")
    latest = statements.latest(connection, statement_id)
    before = statements.sentences(connection, latest.id)
    _told_if_moved(connection, statement_id, seen, latest, before, touched, mine)
    after = change(before)
    if after == before:
        return latest
    made = statements.add_version(
        connection, statement_id, after, reason=reason, flags=list(latest.flags), saved_by=actor, saved_at=now,
        template=latest.template, template_hash=latest.template_hash,
    )  # fmt: skip
    _bind(connection, stands.incident_id, made, _carried(before, after))
    void = statements.void_clearances(connection, statement_id)
    statements.save(connection, stands, state="draft")
    events.append(
        connection, stands.incident_id, f"statement_{reason}", now=now, actor=actor,
        subject=("statement", statement_id), screen="statement", before=_said(before, touched), after=mine,
        kind=stands.kind, number=made.number, void=void,
    )  # fmt: skip
    return made


def _carried(before: Sentences, after: Sentences) -> Sentences:
    """The sentences of `after` whose words were stored before, in this version or in the one that is restored."""
    written = {one.id: one.text for one in before}
    return tuple(one for one in after if one.id and written.get(one.id, one.text) == one.text)


def _told_if_moved(
    connection: Connection,
    statement_id: int,
    seen: int,
    latest: StatementVersion,
    before: Sentences,
    touched: tuple[str, str] | None,
    mine: str,
) -> None:
    """Two people may work on different sentences at once; the same sentence is a conflict."""
    if seen == latest.number or touched is None:
        return
    shown = {one.number: one for one in statements.versions(connection, statement_id)}.get(seen)
    then = statements.sentences(connection, shown.id) if shown else ()
    if _said(then, touched) != _said(before, touched):
        theirs = {"text": _said(before, touched)}
        raise Conflict("changed_meanwhile", what="sentence", theirs=theirs, mine={"text": mine}, version=latest.number)


def _said(sentences: Sentences, touched: tuple[str, str] | None) -> str | None:
    return next((one.text for one in sentences if (one.language, one.sid) == touched), None)


def _bind(connection: Connection, incident_id: int, version: StatementVersion, carried: Sentences) -> None:
    """A sentence that was carried over is as fresh or as stale as it was; one that was written now rests on the facts of now."""
    by_id = {fact.id: fact for fact in facts.of_incident(connection, incident_id)}
    earlier = {(one.language, one.sid): one for one in carried}
    for one in statements.sentences(connection, version.id):
        old = earlier.get((one.language, one.sid))
        if old is not None:
            facts.carry_over(connection, "sentence", old.id, one.id)
        else:
            facts.used_by(connection, "sentence", one.id, [by_id[number] for number in one.facts if number in by_id])
