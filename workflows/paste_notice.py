"""An official notice is pasted: kept as a finding with its source, number and hour, and held against our facts. It is text to
compare with, never an instruction."""

from datetime import datetime

from errors import BadInput
from incidents.clocks import case_now
from incidents.facts import MAX_NUMBER, clean_note
from incidents.intake import clean_text
from incidents.models import Fact
from storage import events, facts, incidents
from storage.database import Connection
from workflows.deed import deed

MAX_NOTICE = 4_000


@deed
def paste_notice(
    connection: Connection,
    incident_id: int,
    text: str,
    *,
    source: str,
    document_number: str = "",
    now: datetime,
    actor: str | None,
    key: str | None = None,
) -> Fact:
    """Store the notice; the same `key` twice stores it once. It is official because the body that wrote it says so.

    Raises BadInput("name_needed" | "nothing_written" | "source_needed" | "too_long").
    """
    if not actor:
        raise BadInput("name_needed")
    said, body = clean_text(text, MAX_NOTICE), clean_note(source)
    if not said:
        raise BadInput("nothing_written")
    if not body:
        raise BadInput("source_needed")
    if key and (stands := facts.by_key(connection, incident_id, key)):
        return stands
    at = case_now(incidents.get(connection, incident_id), now)
    made = facts.add(
        connection, incident_id, now=now, actor=actor, slot="finding", kind="finding", value=said, status="official",
        source=body, document_number=clean_note(document_number, MAX_NUMBER), said_by=body, said_at=at, confirmed_by=actor,
        confirmed_at=now, dedupe_key=key, public=False,
    )  # fmt: skip
    events.append(
        connection, incident_id, "notice_pasted", now=now, actor=actor, subject=("fact", made.id), screen="facts", after=said,
        source=body,
    )  # fmt: skip
    return made
