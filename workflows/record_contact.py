"""Somebody spoke with a group: when, by which channel, what they said, and when they hear from us again."""

from datetime import datetime
from zoneinfo import ZoneInfo

from errors import BadInput
from incidents.clocks import case_now
from incidents.intake import MAX_LINE, clean_text
from stakeholders.models import Audience
from storage import audiences, events, incidents
from storage.database import Connection
from workflows.deed import deed

DIRECTIONS = ("out", "in")
LONGEST = {"said": 4 * MAX_LINE, "answered": 4 * MAX_LINE, "who": 300, "next": 40, "in": 1}
"""The fields of a contact that is still being written, and how long each may be."""


@deed
def save_contact_draft(
    connection: Connection, audience_id: int, field: str, value: str, *, now: datetime, actor: str | None = None
) -> None:
    """Keep one field of a contact that is not recorded yet, for the person who writes it. Raises BadInput, NotFound."""
    if field not in LONGEST:
        raise BadInput("not_a_choice", value=field)
    audiences.get(connection, audience_id)
    audiences.save_contact_draft(connection, audience_id, actor or "", field, clean_text(value, LONGEST[field]), now)


@deed
def record_contact(
    connection: Connection,
    audience_id: int,
    *,
    channel: str,
    heard: str = "",
    answered: str = "",
    counterpart: str = "",
    direction: str = "out",
    next_contact_at: datetime | None = None,
    now: datetime,
    actor: str | None = None,
    key: str | None = None,
) -> Audience:
    """Add a contact; the same `key` twice adds it once. What was `heard` from them is evidence for how they feel.

    Raises BadInput (not_a_choice, too_long).
    """
    if direction not in DIRECTIONS or not channel or len(channel) > 30:
        raise BadInput("not_a_choice", value=channel)
    stands = audiences.get(connection, audience_id)
    incident = incidents.get(connection, stands.incident_id)
    at = case_now(incident, now)
    texts = {"question": heard, "answer": answered, "counterpart": counterpart}
    cleaned = {name: clean_text(text, 300 if name == "counterpart" else 4 * MAX_LINE) or None for name, text in texts.items()}
    made = audiences.add_communication(
        connection, incident.id, audience_id, direction=direction, channel=channel, at=at, handled_by=actor,
        answered_at=at, dedupe_key=key, **cleaned,
    )  # fmt: skip
    if made is None:
        return stands
    if next_contact_at and next_contact_at.tzinfo is None:
        next_contact_at = next_contact_at.replace(tzinfo=ZoneInfo(incident.zone))
    audiences.set_plain(connection, stands, contacted_at=at, next_contact_at=next_contact_at)
    audiences.clear_contact_draft(connection, audience_id, actor or "")
    events.append(
        connection, incident.id, "contact_recorded", now=now, actor=actor, subject=("audience", audience_id),
        screen="audiences", after=cleaned, name=stands.name(incident.language), channel=channel,
    )  # fmt: skip
    return audiences.get(connection, audience_id)
