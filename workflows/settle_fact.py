"""A fact changes its standing: confirmed by a name, official with its body, disputed, withdrawn, or only reported."""

from dataclasses import replace
from datetime import datetime

from incidents.facts import MAX_NUMBER, clean_note, may_become
from incidents.models import Fact
from storage import events, facts
from storage.database import Connection
from workflows.deed import deed


@deed
def settle_fact(
    connection: Connection,
    fact_id: int,
    status: str,
    *,
    version: int,
    actor: str | None,
    source: str | None = None,
    document_number: str | None = None,
    now: datetime,
    screen: str = "facts",
) -> Fact:
    """Give a fact its new status. Settled already: nothing happens.

    Raises BadInput("name_needed") without a name, ("source_needed") for an official fact without its body,
    ("nothing_to_confirm") for an open question, Conflict where it was changed since `version`.
    """
    stands = facts.get(connection, fact_id)
    source, document_number = clean_note(source), clean_note(document_number, MAX_NUMBER)
    if stands.status == status and stands.version >= version and not source:
        return stands
    may_become(stands, status, actor, source)
    seen = replace(stands, version=version)  # saving it tells the person what changed meanwhile
    values: dict[str, object] = {"status": status}
    if status in ("confirmed", "official"):
        values |= {"confirmed_by": actor, "confirmed_at": now}
    values |= {"source": source or stands.source, "document_number": document_number or stands.document_number}
    made = facts.save(connection, seen, now=now, actor=actor, **values)
    events.append(
        connection, stands.incident_id, f"fact_{status}", now=now, actor=actor, subject=("fact", fact_id),
        screen=screen, before=stands.status, after=status, slot=stands.slot, status=status, source=made.source,
    )  # fmt: skip
    return made
