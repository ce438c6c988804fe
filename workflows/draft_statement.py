"""A statement is drafted in Chinese and English from what is settled; drafted again when facts have moved."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from errors import BadInput, NotAllowed
from incidents.clocks import case_now
from incidents.models import Incident
from statements import ground as grounds
from statements import layout
from statements.correcting import reference, with_reference
from statements.drafting import draft
from statements.models import JURISDICTIONS, Check, StatementIntake, StatementKit
from statements.precleared import template_hash
from statements.questions import with_questions
from statements.records import LANGUAGES, Sentence, Statement, StatementVersion
from storage import audiences, content, events, facts, incidents, judgements, statements
from storage.database import Connection
from workflows.deed import deed
from workflows.first_questions import first_questions


@deed
def draft_statement(
    connection: Connection,
    incident_id: int,
    *,
    kit: StatementKit,
    check: Check,
    now: datetime,
    actor: str | None = None,
    kind: str = "holding",
    screen: str = "statement",
    corrects_id: int | None = None,
    correction: Mapping[str, Any] | None = None,
    jurisdiction: str | None = None,
) -> int:
    """Draft a new statement of a kind; returns its id. One that is still being written is drafted again instead.

    `jurisdiction` is one of the incident's, by default its first: what its law permits goes into this text alone.
    Raises BadInput("not_a_choice") for another.

    A correction names the statement it corrects and, by language, what was wrong and what is right.
    """
    incident = incidents.get(connection, incident_id)
    theirs = incident.jurisdictions or (JURISDICTIONS[0],)
    if jurisdiction not in (None, *theirs):
        raise BadInput("not_a_choice", value=jurisdiction)
    law = jurisdiction or theirs[0]
    open_ones = [
        one for one in statements.of_incident(connection, incident_id) if (one.kind, one.jurisdiction) == (kind, law)
    ]
    if open_ones and open_ones[0].state not in ("released", "withdrawn"):
        redraft(connection, open_ones[0].id, kit=kit, check=check, now=now, actor=actor)
        return open_ones[0].id
    if kind not in kit.templates:
        raise BadInput("not_a_choice", value=kind)
    statement_id = statements.add(
        connection, incident_id, kind, state="draft", jurisdiction=law,
        created_at=now, created_by=actor, corrects_id=corrects_id, correction=correction,
    )  # fmt: skip
    _store(connection, incident, statements.get(connection, statement_id), "drafted", kit, check, now, actor)
    events.append(
        connection, incident_id, "statement_drafted", now=now, actor=actor, subject=("statement", statement_id),
        screen=screen, kind=kind, number=1,
    )  # fmt: skip
    return statement_id


@deed
def redraft(
    connection: Connection,
    statement_id: int,
    *,
    kit: StatementKit,
    check: Check,
    now: datetime,
    actor: str | None = None,
) -> StatementVersion:
    """Draft again from the facts as they stand; clearances fall. The earlier version stays and can be restored."""
    stands = statements.get(connection, statement_id)
    if stands.state == "released":
        raise NotAllowed("released_stays")
    incident = incidents.get(connection, stands.incident_id)
    made = _store(connection, incident, stands, "refreshed", kit, check, now, actor)
    void = statements.void_clearances(connection, statement_id)
    statements.save(connection, stands, state="draft")
    events.append(
        connection, incident.id, "statement_refreshed", now=now, actor=actor, subject=("statement", statement_id),
        screen="statement", kind=stands.kind, number=made.number, void=void,
    )  # fmt: skip
    return made


def _store(
    connection: Connection,
    incident: Incident,
    stands: Statement,
    reason: str,
    kit: StatementKit,
    check: Check,
    now: datetime,
    actor: str | None,
) -> StatementVersion:
    sentences, flags = drafted_now(connection, incident, stands, kit, check, now)
    version = statements.add_version(
        connection, stands.id, sentences, reason=reason, flags=sorted(flags), template=stands.kind, saved_by=actor,
        saved_at=now, template_hash=template_hash(kit, stands.kind, LANGUAGES),
    )  # fmt: skip
    by_id = {fact.id: fact for fact in facts.of_incident(connection, incident.id)}
    for one in statements.sentences(connection, version.id):
        facts.used_by(connection, "sentence", one.id, [by_id[number] for number in one.facts])
    return version


def drafted_now(
    connection: Connection, incident: Incident, stands: Statement, kit: StatementKit, check: Check, now: datetime
) -> tuple[list[Sentence], set[str]]:
    """(sentences in both languages, flags) as the facts would have them now: nothing is stored."""
    sentences: list[Sentence] = []
    flags: set[str] = set()
    for language in LANGUAGES:
        made, raised = _in_language(connection, incident, stands, language, kit, check, now)
        sentences += made
        flags |= raised
    return sentences, flags


def _in_language(
    connection: Connection,
    incident: Incident,
    stands: Statement,
    language: str,
    kit: StatementKit,
    check: Check,
    now: datetime,
) -> tuple[tuple[Sentence, ...], set[str]]:
    words = content.words(language)
    slots = ("what", "when", "where", "cause", "deaths", "injured", "missing")
    current = judgements.current(connection, incident.id)
    ground = grounds.ground(
        incident, facts.of_incident(connection, incident.id), language, case_now(incident, now),
        open_questions={slot: words(f"open.{slot}") for slot in slots},
        groups=audiences.addressed(connection, incident.id, language),
        crisis_type=current.crisis_type if current else "", kind=stands.kind,
        version=1 + len([one for one in statements.publications(connection, incident.id) if one.language == language]),
    )  # fmt: skip
    more = {
        "credit_kind": (current.credit_kind or "") if current else "", "jurisdiction": stands.jurisdiction,
        "told_apart": _told_apart(connection, incident.id),
    }  # fmt: skip
    intake, flags = StatementIntake.from_mapping({**ground.raw, **more, **(stands.correction or {}).get(language, {})})
    made = draft(intake, language, kit, check, slug=stands.kind)
    raised = {*flags, *made.flags} | ({f"missing_wording_{language}"} if ground.unworded else set())
    said = reference(statements.publications(connection, incident.id), stands.corrects_id, language, words, incident.zone)
    sentences = with_reference(layout.from_draft(made, language, ground.facts), said)
    if stands.kind == "qa":
        asked = first_questions(connection, incident.id, language)
        may_stand = lambda text: check(text, language).severity == "none"  # noqa: E731
        sentences = with_questions(sentences, asked, language, content.topics(), may_stand, words)
    return sentences, raised


_TEXT_OF = {"staff": "staff", "dealers": "partners"}
"""Kinds of text that speak to a group of their own, and the role of that group."""


def _told_apart(connection: Connection, incident_id: int) -> list[str]:
    """Roles of the groups that have a text of their own, so that the text to everybody need not name their concerns."""
    written = {one.kind for one in statements.of_incident(connection, incident_id) if one.state != "withdrawn"}
    return [role for kind, role in _TEXT_OF.items() if kind in written]
