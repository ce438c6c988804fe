"""Personal data is kept apart, opened with a reason that stands on the trail, held for a dispute, erased when its time is up."""

from collections.abc import Mapping
from datetime import datetime

from errors import BadInput, NotAllowed, NotFound
from incidents.intake import clean_text
from incidents.personal import clean_personal, retention_until
from storage import events, personal
from storage.database import Connection
from storage.personal import Masked
from workflows.deed import deed

MAX_REASON = 300


@deed
def keep_personal(
    connection: Connection, incident_id: int, data_class: str, value: Mapping[str, str], *, now: datetime, actor: str | None
) -> int:
    """Store {name, contact, details}; returns the id. The trail holds only a salted digest of it.

    Raises BadInput("name_needed" | "nothing_written" | "too_long" | "not_a_choice").
    """
    who = _named(actor)
    until, cleaned = retention_until(data_class, now), clean_personal(value)
    made = personal.add(connection, incident_id, data_class, cleaned, until, now)
    events.append(
        connection, incident_id, "personal_kept", now=now, actor=who, subject=("personal", made), screen="audiences",
        after=cleaned, personal_class=data_class,
    )  # fmt: skip
    return made


@deed
def open_personal(
    connection: Connection, personal_data_id: int, *, reason: str, now: datetime, actor: str | None
) -> dict[str, str]:
    """What it says, after the reason stands on the trail. Raises BadInput("reason_needed"), NotFound where it was erased."""
    who, said = _named(actor), _reason(reason)
    stands = personal.get(connection, personal_data_id)
    if stands.erased_at is not None:
        raise NotFound("not_found", what="personal_data")
    _tell(connection, stands, "personal_opened", now, who, reason=said)
    return personal.words(connection, personal_data_id)


@deed
def hold_personal(
    connection: Connection, personal_data_id: int, held: bool, *, reason: str, now: datetime, actor: str | None
) -> None:
    """A legal hold beats erasure until it is lifted."""
    who, said = _named(actor), _reason(reason)
    stands = personal.get(connection, personal_data_id)
    if stands.legal_hold != held and stands.erased_at is None:
        personal.hold(connection, personal_data_id, held)
        _tell(connection, stands, "personal_held" if held else "personal_freed", now, who, reason=said)


@deed
def erase_personal(connection: Connection, personal_data_id: int, *, reason: str, now: datetime, actor: str | None) -> None:
    """Erase before its time, at somebody's own wish. Erased already: nothing happens.

    Raises NotAllowed("personal.held"), and NotAllowed("personal.policy") for a complaint before its three years are over.
    """
    who, said = _named(actor), _reason(reason)
    stands = personal.get(connection, personal_data_id)
    if stands.erased_at is not None:
        return
    if stands.legal_hold:
        raise NotAllowed("personal.held")
    if stands.data_class == "complainant" and stands.retention_until and now < stands.retention_until:
        raise NotAllowed("personal.policy", until=stands.retention_until.date().isoformat())
    personal.erase(connection, personal_data_id, now)
    _tell(connection, stands, "personal_erased", now, who, reason=said)


def erase_what_is_due(connection: Connection, *, now: datetime) -> int:
    """The timer's step: erase what has been kept as long as it may be; returns how many."""
    found = personal.due(connection, now)
    for one in found:
        personal.erase(connection, one.id, now)
        _tell(connection, one, "personal_erased", now, None, reason="")
    return len(found)


def _tell(connection: Connection, stands: Masked, deed: str, now: datetime, actor: str | None, *, reason: str) -> None:
    events.append(
        connection, stands.incident_id, deed, now=now, actor=actor, subject=("personal", stands.id), screen="audiences",
        personal_class=stands.data_class, reason=reason,
    )  # fmt: skip


def _named(actor: str | None) -> str:
    if not actor:
        raise BadInput("name_needed")
    return actor


def _reason(given: str) -> str:
    said = clean_text(given, MAX_REASON)
    if not said:
        raise BadInput("reason_needed")
    return said
