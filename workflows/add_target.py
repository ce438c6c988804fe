"""Who is told of alerts, and where: a chat group's robot or a mailbox. Targets belong to the office, not to one incident."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from errors import BadInput, Conflict
from incidents.intake import clean_text
from incidents.models import ROLES
from monitoring.alerts.models import LEVELS
from monitoring.channels.models import CHANNELS
from storage import incidents, targets
from storage.database import Connection
from workflows.add_feed import checked_address
from workflows.deed import deed

LANGUAGES = ("zh", "en")
STEPS = (0, 1, 2)
_MAILBOX = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9.-]{1,190}\.?[A-Za-z0-9]{1,60}")


@deed
def add_target(
    connection: Connection, *, name: str, channel: str, address: str, now: datetime, secret: str = "", language: str = "zh",
    least_level: str = "amber", rules: Sequence[str] | None = None, step: int = 0, person_id: int | None = None,
    role: str | None = None, actor: str | None = None,
) -> int:  # fmt: skip
    """Returns the target's id. Raises BadInput for what cannot be, Conflict("target.known") for a name that is taken."""
    cleaned = " ".join(clean_text(name, 200).split())
    if not cleaned:
        raise BadInput("target.name_needed")
    _chosen((channel, CHANNELS), (language, LANGUAGES), (least_level, LEVELS), (step, STEPS), (role or ROLES[0], ROLES))
    if targets.known_name(connection, cleaned):
        raise Conflict("target.known", name=cleaned)
    if person_id is not None and incidents.get_person(connection, person_id).incident_id is not None:
        raise BadInput("target.invented_person")
    return targets.add(
        connection, name=cleaned, channel=channel, address=_address(channel, address), secret=secret.strip() or None,
        language=language, least_level=least_level, rules=list(rules) if rules is not None else None, step=step,
        person_id=person_id, role=role, paused=False, created_at=now, created_by=actor, version=1,
    )  # fmt: skip


def _chosen(*given: tuple[Any, Sequence[Any]]) -> None:
    for value, choices in given:
        if value not in choices:
            raise BadInput("not_a_choice", value=value)


def _address(channel: str, address: str) -> str:
    """Raises BadInput("target.bad_address") without repeating it: an address holds a key."""
    if channel == "email":
        if not _MAILBOX.fullmatch(address.strip()):
            raise BadInput("target.bad_mailbox")
        return address.strip()
    try:
        whole = checked_address(address)
    except BadInput as cause:
        raise BadInput("target.bad_address") from cause
    host = whole.split("/")[2]
    if not host.isascii() or not any(mark in host for mark in ".:"):
        raise BadInput("target.bad_address")
    return whole


@deed
def pause_target(
    connection: Connection, target_id: int, *, paused: bool, version: int, now: datetime, actor: str | None = None
) -> int:
    """Nothing new goes to a paused target. Raises Conflict, NotFound."""
    del now, actor
    return targets.save(connection, target_id, version, paused=paused)


@deed
def remove_target(connection: Connection, target_id: int, *, version: int, now: datetime, actor: str | None = None) -> int:
    """The target goes, address and secret with it; the record of what it was sent stays."""
    del actor
    return targets.save(connection, target_id, version, **targets.removed(now))
