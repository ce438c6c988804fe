"""A group gets its owner, its channel and the hour of its next contact."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from errors import BadInput, Conflict
from stakeholders.models import Audience
from storage import audiences, events, incidents
from storage.database import Connection
from workflows.deed import deed

_SAME: Any = object()
MAX_CHANNEL = 60


@deed
def assign_audience(
    connection: Connection,
    audience_id: int,
    *,
    version: int,
    seen: Audience | None = None,
    owner_id: Any = _SAME,
    channel: Any = _SAME,
    next_contact_at: Any = _SAME,
    now: datetime,
    actor: str | None = None,
) -> Audience:
    """Store what is given and leave the rest; `next_contact_at` without a zone is read in the incident's.

    `seen` is the group as the person had it before them: what others changed elsewhere in it is no conflict.
    Raises NotFound for an unknown person, BadInput for a channel that is too long, Conflict.
    """
    stands = audiences.get(connection, audience_id)
    incident = incidents.get(connection, stands.incident_id)
    given = {"owner_id": owner_id, "channel": channel, "next_contact_at": _zoned(next_contact_at, incident.zone)}
    values = {name: value for name, value in given.items() if value is not _SAME and value != getattr(stands, name)}
    if not values:
        return stands
    if len(values.get("channel") or "") > MAX_CHANNEL:
        raise BadInput("too_long", length=len(values["channel"]), limit=MAX_CHANNEL)
    owner = incidents.get_person(connection, values["owner_id"]).name if values.get("owner_id") else None
    try:
        audiences.save_parts(connection, audience_id, version, _before(seen, values), **values)
    except Conflict as conflict:
        theirs, mine = (_told(connection, conflict.facts[side], incident.zone) for side in ("theirs", "mine"))
        raise Conflict(conflict.key, theirs=theirs, mine=mine) from conflict
    log = partial(
        events.append, connection, incident.id, now=now, actor=actor, subject=("audience", audience_id),
        screen="audiences", name=stands.name(incident.language),
    )  # fmt: skip
    if "owner_id" in values:
        log(deed="audience_assigned", owner=owner)
    if values.get("next_contact_at"):
        log(deed="audience_planned", at=_hour(values["next_contact_at"], incident.zone))
    return audiences.get(connection, audience_id)


def _before(seen: Audience | None, values: Mapping[str, Any]) -> dict[str, Any] | None:
    return None if seen is None else {name: getattr(seen, name) for name in values}


def _told(connection: Connection, values: dict[str, Any], zone: str) -> dict[str, str]:
    """Owner and hour as people read them."""
    owner, at = values.get("owner_id"), values.get("next_contact_at")
    return {
        "owner": incidents.get_person(connection, owner).name if owner else "",
        "at": _hour(at, zone) if at else "",
        "channel": str(values.get("channel") or ""),
    }


def _hour(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%m-%d %H:%M}"


def _zoned(at: Any, zone: str) -> Any:
    return at.replace(tzinfo=ZoneInfo(zone)) if isinstance(at, datetime) and at.tzinfo is None else at
