"""Where an incident stands, read in one go for the command page."""

from datetime import datetime, timedelta

from incidents.agenda import Situation, Waiting
from incidents.clocks import case_now, due, known_since
from incidents.intake import FIELDS
from incidents.models import Incident
from stakeholders.plan import review_due
from statements.duty import DECIDING_ROLES
from statements.gates import HOLE
from statements.overrides import OVERRIDE_ROLES
from statements.records import PUBLIC_KINDS, Clearance
from statements.steps import state_of
from storage import audiences, clearing, content, facts, feeds, incidents, judgements, statements
from storage.database import Connection
from workflows.stale_sentences import stale_sentences

MUST_SPEAK_FROM_HARM = 4


def situation(connection: Connection, incident_id: int, *, language: str, now: datetime) -> Situation:
    """A read: nothing is stored."""
    incident = incidents.get(connection, incident_id)
    answers = incidents.answers(connection, incident_id)
    first = [field.name for field in FIELDS if field.section == "first"]
    proposed = judgements.proposed(connection, incident_id)
    known = facts.of_incident(connection, incident_id)
    groups = audiences.of_incident(connection, incident_id)
    running = due(incidents.clocks(connection, incident_id), case_now(incident, now))
    return Situation(
        unasked=tuple(name for name in first if name not in answers or not answers[name].asked),
        unconfirmed=sum(fact.status in ("reported", "disputed") for fact in known),
        judged=judgements.current(connection, incident_id) is not None,
        type_proposed=proposed.crisis_type if proposed else None,
        uncontacted=tuple(
            group.name(language) for group in groups if group.harm >= MUST_SPEAK_FROM_HARM and not group.contacted_at
        ),
        review=_review(connection, incident, case_now(incident, now)) if groups else None,
        promise_late=any(one.clock.rule == "next_update" and one.state == "late" for one in running),
        feeds_broken=feeds.broken(connection, incident_id),
        **_statement(connection, incident_id, incident.language),
        **_owed(connection, incident_id, now, case_now(incident, now)),
    )


def _review(connection: Connection, incident: Incident, at: datetime) -> int | None:
    """The look at every stance that is due and that nobody has made."""
    made = [one.subject_id or 0 for one in incidents.clocks(connection, incident.id) if one.rule == "stance_review"]
    return review_due(known_since(incident), at, content.catalogue().reviews, made)


def _owed(connection: Connection, incident_id: int, now: datetime, case_at: datetime) -> dict:
    """What somebody has to decide, each with the time that is left for it."""
    texts = {one.id: one for one in statements.of_incident(connection, incident_id)}
    asked = statements.waiting_in(connection, incident_id)
    duties = clearing.duties(connection, incident_id)
    reports = {
        one.subject_id: one.due_at
        for one in incidents.clocks(connection, incident_id)
        if one.rule == "recall_report" and one.stopped_at is None
    }
    return {
        "waiting": tuple(
            Waiting((one.role,), (one.due_at or now) - now, texts[one.statement_id].kind, _number(connection, one))
            for one in asked
        ),
        "overrides": tuple(
            Waiting(
                tuple(role for role in OVERRIDE_ROLES if getattr(one, role) is None), timedelta(0),
                texts[one.statement_id].kind,
            )
            for one in clearing.overrides_asked(connection, incident_id)
        ),
        "duties": tuple(
            Waiting(tuple(role for role in DECIDING_ROLES if one.vote(role) is None) or DECIDING_ROLES, one.due_at - case_at)
            for one in duties
            if one.state == "open"
        ),
        "reports": tuple(
            Waiting(("head", "legal"), reports[one.id] - case_at)
            for one in duties
            if one.state == "decided" and one.id in reports
        ),
    }


def _number(connection: Connection, asked: Clearance) -> int:
    found = {one.id: one.number for one in statements.versions(connection, asked.statement_id)}
    return found[asked.statement_version_id]


def _statement(connection: Connection, incident_id: int, language: str) -> dict:
    found = [one for one in statements.of_incident(connection, incident_id) if one.kind in PUBLIC_KINDS]
    if not found:
        return {}
    version = statements.latest(connection, found[0].id)
    clearances = statements.clearances(connection, version.id)
    mine = [one for one in statements.sentences(connection, version.id) if one.language == language]
    refused = [one.role for one in clearances if one.state == "refused"]
    state = found[0].state if found[0].state == "released" else state_of(clearances)
    return {
        "statement": state,
        "statement_version": version.number,
        "holes": sum(len(HOLE.findall(one.text)) for one in mine),
        "stale": len({sid for _, sid in stale_sentences(connection, found[0].id)}),
        "returned_by": refused[0] if refused else None,
    }
