"""The crisis type is judged, judged again as facts are confirmed, and overruled by a person with a reason."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from errors import BadInput, NotFound
from incidents.intake import clean_text
from incidents.models import Fact, TypeRecord
from incidents.trail import canonical
from incidents.type_ground import type_intake
from incidents.types import CREDIT_KINDS, TYPES, TypeJudgement, TypeModel, classify
from storage import events, facts, incidents, judgements
from storage.database import Connection
from workflows.deed import deed


@deed
def judge_type(
    connection: Connection,
    incident_id: int,
    *,
    model: TypeModel,
    now: datetime,
    answers: Mapping[str, str] | None = None,
) -> TypeRecord:
    """Judge from what is known now. The same type is refreshed in place; another one is proposed, never imposed.

    `answers` settle deciding questions on the spot: {question id: option id}.
    """
    stands = judgements.current(connection, incident_id)
    known = {**(stands.answers if stands else {}), **(answers or {})}
    made = _classify(connection, incident_id, model, known)
    if stands is None:
        return _first(connection, incident_id, made, known, now)
    if made.type == stands.crisis_type:
        _drop_proposal(connection, incident_id)
        _refresh(connection, stands, made, known)
    elif answers:
        return _first(connection, incident_id, made, known, now)
    else:
        _propose(connection, incident_id, stands, made, model, known, now)
    return judgements.current(connection, incident_id) or stands


@deed
def overrule_type(
    connection: Connection,
    incident_id: int,
    crisis_type: str,
    *,
    reason: str,
    actor: str | None,
    credit_kind: str | None = None,
    now: datetime,
) -> TypeRecord:
    """A person decides otherwise. Raises BadInput("name_needed" | "reason_needed" | "not_a_choice")."""
    why = clean_text(reason, 2_000)
    if not actor:
        raise BadInput("name_needed")
    if not why:
        raise BadInput("reason_needed")
    if crisis_type not in TYPES or (credit_kind and credit_kind not in CREDIT_KINDS):
        raise BadInput("not_a_choice", value=crisis_type)
    stands = judgements.current(connection, incident_id)
    kept = _copy(stands) if stands else {"secondary": [], "detail": {}, "answers": {}}
    kept |= {"credit_kind": credit_kind if crisis_type == "credit" else None, "reason": why, "provisional": False}
    kept |= {"runner_up": stands.crisis_type if stands and stands.crisis_type != crisis_type else None}
    kept |= {"crisis_type": crisis_type, "made_at": now, "confidence": None}
    made = judgements.add(connection, incident_id, state="current", made_by=actor, **kept)
    events.append(
        connection, incident_id, "type_overruled", now=now, actor=actor, subject=("type", made.id), screen="type",
        before=stands.crisis_type if stands else None, after=crisis_type, type=crisis_type, reason=why,
    )  # fmt: skip
    return made


@deed
def answer_proposal(
    connection: Connection, proposal_id: int, *, accepted: bool, actor: str | None, now: datetime
) -> TypeRecord:
    """Accept or refuse a proposed change, with a name. Raises BadInput("name_needed"), NotFound where it is gone."""
    if not actor:
        raise BadInput("name_needed")
    stands = judgements.get(connection, proposal_id)
    if stands.state != "proposed":
        raise NotFound("proposal_gone")
    if accepted:
        judgements.save(connection, stands, state="past")
        judgements.add(connection, stands.incident_id, state="current", made_by=None, **_copy(stands))
    else:
        judgements.save(connection, stands, state="refused", reason=None, made_by=actor)
    events.append(
        connection, stands.incident_id, "type_change_accepted" if accepted else "type_change_refused", now=now,
        actor=actor, subject=("type", proposal_id), screen="type", type=stands.crisis_type,
    )  # fmt: skip
    return judgements.current(connection, stands.incident_id) or stands


def _classify(
    connection: Connection, incident_id: int, model: TypeModel, answers: Mapping[str, str], without: int | None = None
) -> TypeJudgement:
    incident = incidents.get(connection, incident_id)
    known = tuple(fact for fact in facts.of_incident(connection, incident_id) if fact.id != without)
    intake = type_intake(incidents.answers(connection, incident_id), known, incident.language)
    return classify(intake, model, answers)


def _first(
    connection: Connection, incident_id: int, made: TypeJudgement, answers: Mapping[str, str], now: datetime
) -> TypeRecord:
    before = judgements.current(connection, incident_id)
    _drop_proposal(connection, incident_id)
    record = judgements.add(
        connection, incident_id, state="current", made_by=None, made_at=now, answers=dict(answers), **_values(made)
    )
    events.append(
        connection, incident_id, "type_judged", now=now, subject=("type", record.id), screen="type",
        before=before.crisis_type if before else None, after=made.type, type=made.type, provisional=made.provisional,
    )  # fmt: skip
    return record


def _refresh(connection: Connection, stands: TypeRecord, made: TypeJudgement, answers: Mapping[str, str]) -> None:
    values = _values(made)
    if stands.made_by:  # a person decided: only what speaks for and against it moves
        values = {"detail": values["detail"], "secondary": values["secondary"]}
    values["answers"] = dict(answers)
    if any(_plain(getattr(stands, name)) != _plain(value) for name, value in values.items()):
        judgements.save(connection, stands, **values)


def _plain(value: Any) -> str:
    """The value as JSON keeps it, so that what is stored compares with what was just made."""
    return canonical(dict(value) if isinstance(value, Mapping) else value)


def _propose(
    connection: Connection,
    incident_id: int,
    stands: TypeRecord,
    made: TypeJudgement,
    model: TypeModel,
    answers: Mapping[str, str],
    now: datetime,
) -> None:
    refused = [one for one in judgements.history(connection, incident_id) if one.state == "refused"]
    proposed = judgements.proposed(connection, incident_id)
    grounds = canonical(_detail(made))
    if any(one.crisis_type == made.type and canonical(dict(one.detail)) == grounds for one in refused):
        return
    if proposed and proposed.crisis_type == made.type:
        _refresh(connection, replace(proposed, made_by=None), made, answers)
        return
    cause = _turning_fact(connection, incident_id, made.type, model, answers)
    record = judgements.add(
        connection, incident_id, state="proposed", made_by=None, made_at=now, answers=dict(answers),
        reason=str(cause.id) if cause else None, **_values(made),
    )  # fmt: skip
    events.append(
        connection, incident_id, "type_change_proposed", now=now, subject=("type", record.id), screen="type",
        before=stands.crisis_type, after=made.type, type=made.type,
    )  # fmt: skip


def _turning_fact(
    connection: Connection, incident_id: int, new_type: str, model: TypeModel, answers: Mapping[str, str]
) -> Fact | None:
    """The latest settled fact without which the type would not have become the new one."""
    settled = [fact for fact in facts.of_incident(connection, incident_id) if fact.settled and fact.confirmed_at]
    for fact in sorted(settled, key=lambda one: (str(one.confirmed_at), one.id), reverse=True):
        if _classify(connection, incident_id, model, answers, without=fact.id).type != new_type:
            return fact
    return None


def _drop_proposal(connection: Connection, incident_id: int) -> None:
    if stale := judgements.proposed(connection, incident_id):
        judgements.save(connection, stale, state="past")


def _values(made: TypeJudgement) -> dict[str, Any]:
    return {
        "crisis_type": made.type, "credit_kind": made.credit_kind, "confidence": float(made.confidence),
        "provisional": bool(made.provisional), "runner_up": made.runner_up, "secondary": list(made.secondary),
        "detail": _detail(made),
    }  # fmt: skip


def _detail(made: TypeJudgement) -> dict[str, Any]:
    question = asdict(made.deciding_question) if made.deciding_question else None
    return {
        "reasons": [asdict(reason) | {"weight": round(float(reason.weight), 4)} for reason in made.reasons],
        "would_change": [asdict(phrase) for phrase in made.would_change],
        "question": question,
        "probabilities": {name: round(float(p), 4) for name, p in zip(TYPES, made.probabilities, strict=True)},
    }


def _copy(stands: TypeRecord) -> dict[str, Any]:
    names = ("made_at", "crisis_type", "credit_kind", "confidence", "provisional", "runner_up")
    return {name: getattr(stands, name) for name in names} | {
        "secondary": list(stands.secondary), "detail": dict(stands.detail), "answers": dict(stands.answers),
        "reason": None,
    }  # fmt: skip
