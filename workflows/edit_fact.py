"""A fact is put in better words, in the other language, or corrected; a corrected value has to be confirmed again."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from incidents.facts import changed_wordings, clean_fact
from incidents.models import Fact
from storage import events, facts, incidents
from storage.database import Connection
from workflows.deed import deed

_SAME: Any = object()


@deed
def edit_fact(
    connection: Connection,
    fact_id: int,
    *,
    version: int,
    now: datetime,
    actor: str | None = None,
    value: Any = _SAME,
    wording_zh: Any = _SAME,
    wording_en: Any = _SAME,
    source: Any = _SAME,
) -> Fact:
    """Store what is given and leave the rest; returns the fact as it now stands. Raises BadInput, Conflict."""
    stands = facts.get(connection, fact_id)
    incident = incidents.get(connection, stands.incident_id)
    given = {"wording_zh": wording_zh, "wording_en": wording_en, "source": source}
    values = changed_wordings(stands, {name: text for name, text in given.items() if text is not _SAME})
    if value is not _SAME:
        cleaned = clean_fact(stands.slot, stands.kind, value, now, incident.zone)
        if cleaned != stands.value:
            values |= {"value": cleaned, "status": "reported", "confirmed_by": None, "confirmed_at": None}
    if not values:
        return stands
    made = facts.save(connection, replace(stands, version=version), now=now, actor=actor, **values)
    events.append(
        connection, stands.incident_id, "fact_changed", now=now, actor=actor, subject=("fact", fact_id), screen="facts",
        before={name: getattr(stands, name) for name in values if not name.startswith("confirmed")},
        after={name: text for name, text in values.items() if not name.startswith("confirmed")},
        slot=stands.slot, status=made.status,
    )  # fmt: skip
    return made
