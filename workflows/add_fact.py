"""A fact that came up outside the intake: a finding, a negative search, a deed, an arrangement."""

from datetime import datetime
from typing import Any

from errors import BadInput
from incidents.facts import FACT_KINDS, MAX_NUMBER, SLOTS, clean_fact, clean_note
from incidents.models import FACT_STATUSES, Fact
from storage import events, facts, incidents
from storage.database import Connection
from workflows.deed import deed


@deed
def add_fact(
    connection: Connection,
    incident_id: int,
    *,
    slot: str,
    kind: str,
    value: Any,
    status: str = "reported",
    source: str | None = None,
    wording_zh: str | None = None,
    wording_en: str | None = None,
    document_number: str | None = None,
    now: datetime,
    actor: str | None = None,
    key: str | None = None,
) -> Fact:
    """Store a new fact; the same `key` twice stores it once. Raises BadInput."""
    if slot not in SLOTS or kind not in FACT_KINDS or status not in FACT_STATUSES:
        raise BadInput("not_a_choice", value=slot)
    if key and (stands := facts.by_key(connection, incident_id, key)):
        return stands
    incident = incidents.get(connection, incident_id)
    cleaned = clean_fact(slot, kind, value, now, incident.zone)
    wordings = {"wording_zh": clean_note(wording_zh), "wording_en": clean_note(wording_en)}
    if isinstance(cleaned, str) and kind not in ("time",):
        wordings[f"wording_{incident.language[:2]}"] = wordings[f"wording_{incident.language[:2]}"] or cleaned
    settled = {"confirmed_by": actor, "confirmed_at": now} if status in ("confirmed", "official") else {}
    made = facts.add(
        connection, incident_id, now=now, actor=actor, slot=slot, kind=kind, value=cleaned, status=status,
        source=clean_note(source), document_number=clean_note(document_number, MAX_NUMBER), said_by=actor, said_at=now,
        dedupe_key=key,
        **wordings, **settled,
    )  # fmt: skip
    events.append(
        connection, incident_id, "fact_entered", now=now, actor=actor, subject=("fact", made.id), screen="facts",
        after=made.value, slot=slot, status=status,
    )  # fmt: skip
    return made
