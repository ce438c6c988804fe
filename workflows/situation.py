"""Where an incident stands, read in one go for the command page."""

from datetime import datetime

from incidents.agenda import Situation
from incidents.clocks import case_now, due
from incidents.intake import FIELDS
from statements.gates import HOLE, state_of
from statements.records import PUBLIC_KINDS
from storage import audiences, facts, feeds, incidents, judgements, statements
from storage.database import Connection

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
        promise_late=any(one.clock.rule == "next_update" and one.state == "late" for one in running),
        feeds_broken=feeds.broken(connection, incident_id),
        **_statement(connection, incident_id, incident.language, now),
    )


def _statement(connection: Connection, incident_id: int, language: str, now: datetime) -> dict:
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
        "waiting": tuple(
            (one.role, version.number, bool(one.due_at and one.due_at < now)) for one in clearances if one.state == "asked"
        ),
        "returned_by": refused[0] if refused else None,
    }
