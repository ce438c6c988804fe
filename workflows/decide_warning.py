"""A text says that a danger was known: a decision is opened that stays when the words go (practice R06, R07, R50)."""

from collections.abc import Sequence
from datetime import datetime

from errors import BadInput, NotAllowed
from incidents.clocks import case_now
from incidents.intake import clean_text
from incidents.models import Incident
from incidents.working_days import end_of_working_day
from statements.duty import (
    CHOICES,
    DECIDE_WITHIN,
    DECIDING_ROLES,
    REPORT_WORKING_DAYS,
    DutyDecision,
    Knowledge,
    agreed,
    knowledge,
    unheard,
)
from statements.models import Check
from statements.records import LANGUAGES, body
from storage import clearing, events, incidents, statements
from storage.database import Connection
from workflows.clear_statement import MAX_NOTE
from workflows.deed import deed
from workflows.who_decides import on_record, who_decides


@deed
def watch_for_knowledge(
    connection: Connection, statement_id: int, *, check: Check, now: datetime, actor: str | None = None
) -> tuple[DutyDecision, ...]:
    """Open a decision for every sentence of the newest version that says a danger was known; returns those of the incident.

    The same words are asked about once; other words of a sentence whose decision is still open are added to it.
    """
    stands = statements.lock(connection, statement_id)
    sentences = statements.sentences(connection, statements.latest(connection, statement_id).id)
    said = knowledge(sentences, {name: check(body(sentences, name), name).findings for name in LANGUAGES})
    for one in unheard(clearing.duties(connection, stands.incident_id), said):
        _open(connection, stands.incident_id, statement_id, one, now, actor)
    return clearing.duties(connection, stands.incident_id)


@deed
def decide_warning(
    connection: Connection,
    duty_decision_id: int,
    *,
    role: str,
    choices: Sequence[str],
    reason: str,
    person_id: int,
    now: datetime,
) -> DutyDecision:
    """The head or legal says what is to be done (of warn, stop_sale, report; none of them is an answer too), and why.

    It is decided when both, two people, have said the same; until then either may change their mind. Raises
    NotAllowed("not_your_role" | "two_people"), BadInput("reason_needed" | "not_a_choice").
    """
    if role not in DECIDING_ROLES or set(choices) - set(CHOICES):
        raise BadInput("not_a_choice", value=role if role not in DECIDING_ROLES else sorted(set(choices) - set(CHOICES))[0])
    stands = clearing.lock_duty(connection, duty_decision_id)
    if stands.state == "decided":
        return stands
    who = who_decides(connection, stands.incident_id, person_id, role, now)
    why = clean_text(reason, MAX_NOTE)
    if not why:
        raise BadInput("reason_needed")
    other = stands.vote("legal" if role == "head" else "head")
    if other is not None and other["by"] == who.name:
        raise NotAllowed("two_people")
    vote = on_record(who, now) | {"choices": [one for one in CHOICES if one in choices], "reason": why}
    votes = {"legal": stands.legal, "head": stands.head} | {role: vote}
    clearing.save_duty(connection, stands, **{role: vote})
    events.append(
        connection, stands.incident_id, "duty_voted", now=now, actor=who.name, subject=("duty", duty_decision_id),
        screen="statement", role=role, choices=vote["choices"], reason=why, principal=who.principal,
    )  # fmt: skip
    both = agreed(votes["legal"], votes["head"])
    if both is not None:
        _decided(connection, duty_decision_id, both, who.name, now)
    return clearing.lock_duty(connection, duty_decision_id)


@deed
def record_report(
    connection: Connection, duty_decision_id: int, *, to: str, now: datetime, actor: str | None
) -> DutyDecision:
    """The regulator has been told: to whom, when, by whom. Told already: nothing happens. Raises BadInput."""
    stands = clearing.lock_duty(connection, duty_decision_id)
    told = clean_text(to, 300)
    if stands.reported_at is not None:
        return stands
    if not actor:
        raise BadInput("name_needed")
    if not told:
        raise BadInput("nothing_written")
    clearing.save_duty(connection, stands, reported_to=told, reported_at=now, reported_by=actor)
    _stop(connection, stands, "recall_report", now, actor)
    events.append(
        connection, stands.incident_id, "duty_reported", now=now, actor=actor, subject=("duty", duty_decision_id),
        screen="statement", to=told,
    )  # fmt: skip
    return clearing.lock_duty(connection, duty_decision_id)


def _open(
    connection: Connection, incident_id: int, statement_id: int, said: Knowledge, now: datetime, actor: str | None
) -> None:
    quote = {"language": said.language, "text": said.text}
    for one in clearing.duties(connection, incident_id):
        if one.state == "open" and (one.statement_id, one.sid) == (statement_id, said.sid):
            clearing.save_duty(connection, one, quotes=[*one.quotes, quote])
            return
    incident = incidents.get(connection, incident_id)
    due = case_now(incident, now) + DECIDE_WITHIN
    duty_decision_id = clearing.open_duty(
        connection, incident_id=incident_id, statement_id=statement_id, sid=said.sid, quotes=[quote], opened_at=now,
        opened_by=actor, due_at=due,
    )  # fmt: skip
    _start_clocks(connection, incident, duty_decision_id, due, now)
    events.append(
        connection, incident_id, "duty_opened", now=now, actor=actor, subject=("duty", duty_decision_id), screen="statement",
        quote=said.text,
    )  # fmt: skip


def _start_clocks(connection: Connection, incident: Incident, duty_decision_id: int, due: datetime, now: datetime) -> None:
    case_at = case_now(incident, now)
    report = end_of_working_day(case_at, REPORT_WORKING_DAYS, incident.zone)
    for rule, at, calendar in (("duty_decision", due, "clock"), ("recall_report", report, "working_days")):
        incidents.start_clock(
            connection, incident.id, f"{rule}:{duty_decision_id}", rule=rule, label={}, started_at=case_at, due_at=at,
            calendar=calendar, subject_kind="duty", subject_id=duty_decision_id,
        )  # fmt: skip


def _decided(connection: Connection, duty_decision_id: int, choices: tuple[str, ...], name: str, now: datetime) -> None:
    stands = clearing.lock_duty(connection, duty_decision_id)
    clearing.save_duty(connection, stands, state="decided", choices=list(choices), decided_at=now)
    _stop(connection, stands, "duty_decision", now, name)
    if "report" not in choices:
        _stop(connection, stands, "recall_report", now, name)
    events.append(
        connection, stands.incident_id, "duty_decided", now=now, actor=name, subject=("duty", duty_decision_id), screen="statement",
        choices=list(choices),
    )  # fmt: skip


def _stop(connection: Connection, stands: DutyDecision, rule: str, now: datetime, name: str) -> None:
    incident = incidents.get(connection, stands.incident_id)
    incidents.stop_clocks(
        connection, stands.incident_id, rule=rule, at=case_now(incident, now), by=name, subject=("duty", stands.id)
    )
