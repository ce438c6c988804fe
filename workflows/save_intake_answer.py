"""A field of the intake was left: its answer is stored, and the facts it stands for follow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from incidents.intake import FactSeed, clean, facts_of
from incidents.models import Fact, Incident, IntakeAnswer
from incidents.naming import title_of
from storage import events, facts, incidents
from storage.database import Connection
from workflows.deed import deed

# Answers that are also columns of the incident itself.
OF_INCIDENT = ("company", "office", "industry", "known_at", "first_call_at")


@deed
def save_intake_answer(
    connection: Connection,
    incident_id: int,
    field: str,
    *,
    value: Any = None,
    unknown: bool = False,
    version: int = 0,
    now: datetime,
    actor: str | None = None,
) -> IntakeAnswer:
    """Store one answer as it stands when the field is left; the same answer again changes nothing.

    Raises BadInput where the value cannot be read, Conflict where somebody else saved the field since `version`.
    """
    incident = incidents.get(connection, incident_id)
    stands = incidents.answers(connection, incident_id).get(field, IntakeAnswer(field))
    cleaned = None if unknown else clean(field, value, now, incident.zone)
    if (stands.value, stands.unknown) == (cleaned, unknown):
        return stands
    saved = incidents.save_answer(
        connection, incident_id, field, version, value=cleaned, unknown=unknown, saved_by=actor, saved_at=now
    )
    answer = IntakeAnswer(field, cleaned, unknown, actor, now, saved)
    events.append(
        connection, incident_id, "intake_saved", now=now, actor=actor, screen="intake", before=stands.value,
        after=cleaned, field=field, unknown=unknown, first=stands.version == 0,
    )  # fmt: skip
    _follow(connection, incident, answer, now, actor)
    return answer


def _follow(connection: Connection, incident: Incident, answer: IntakeAnswer, now: datetime, actor: str | None) -> None:
    stored = incidents.answers(connection, incident.id)
    values: dict[str, Any] = {"title": title_of(stored)}
    if answer.field in OF_INCIDENT:
        moment = answer.field.endswith("_at")
        values[answer.field] = datetime.fromisoformat(answer.value) if moment and answer.value else answer.value
    incidents.set_plain(connection, incident.id, **values)
    _sync_facts(connection, incident, answer, stored, now, actor)


def _sync_facts(
    connection: Connection,
    incident: Incident,
    answer: IntakeAnswer,
    answers: Mapping[str, IntakeAnswer],
    now: datetime,
    actor: str | None,
) -> None:
    if answer.field == "cause_known" and answers.get("cause", IntakeAnswer("cause")).asked:
        return  # the cause itself was written down: that answer speaks
    seeds = facts_of(answer)
    wanted = {seed.dedupe_key for seed in seeds}
    for seed in seeds:
        _put(connection, incident, seed, now, actor)
    for key, fact in facts.of_field(connection, incident.id, seeds[0].field if seeds else answer.field).items():
        if key not in wanted:
            _take_back(connection, incident.id, fact, now, actor)


def _put(connection: Connection, incident: Incident, seed: FactSeed, now: datetime, actor: str | None) -> None:
    wording = {f"wording_{incident.language[:2]}": seed.wording}
    stands = facts.by_key(connection, incident.id, seed.dedupe_key)
    if stands is None:
        made = facts.add(
            connection, incident.id, now=now, actor=actor, slot=seed.slot, kind=seed.kind, field=seed.field,
            status=seed.status, value=seed.value, dedupe_key=seed.dedupe_key, said_by=actor, said_at=now, **wording,
        )  # fmt: skip
        _log(connection, incident.id, "fact_entered", made, now, actor)
    elif stands.value != seed.value or stands.status == "withdrawn":
        other = {"wording_zh": None, "wording_en": None} | wording  # the other language said the old value
        made = facts.save(
            connection, stands, now=now, actor=actor, status=seed.status, value=seed.value,
            confirmed_by=None, confirmed_at=None, **other,
        )  # fmt: skip
        _log(connection, incident.id, "fact_changed", made, now, actor, before=stands.value)


def _take_back(connection: Connection, incident_id: int, fact: Fact, now: datetime, actor: str | None) -> None:
    if fact.status != "withdrawn":
        made = facts.save(connection, fact, now=now, actor=actor, status="withdrawn")
        _log(connection, incident_id, "fact_withdrawn", made, now, actor, before=fact.value)


def _log(
    connection: Connection,
    incident_id: int,
    deed: str,
    fact: Fact,
    now: datetime,
    actor: str | None,
    before: Any = None,
) -> None:
    events.append(
        connection, incident_id, deed, now=now, actor=actor, subject=("fact", fact.id), screen="intake", before=before,
        after=fact.value, slot=fact.slot, status=fact.status,
    )  # fmt: skip
