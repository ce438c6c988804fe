"""The second step: what waits in the outbox is claimed (a transaction), sent by the caller, and settled (a transaction)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from errors import NotFound
from monitoring.alerts import message
from monitoring.alerts.book import AlertBook
from monitoring.alerts.message import Cited, Told
from monitoring.channels.models import Message, Outcome, Target
from monitoring.channels.retrying import next_try
from storage import alerts, incidents, outbox, targets
from storage.database import Connection
from storage.outbox import Claimed
from storage.targets import KeptTarget
from workflows.mail_heads import KIND as HEADS

LEASE = timedelta(minutes=2)
"""Longer than any channel may take; a killed sender's rows are free again after it."""
AT_ONCE = 16


@dataclass(frozen=True)
class Ready:
    """A row taken, with the message to be sent now and where to."""

    claimed: Claimed
    target: Target
    message: Message


def claim_due(
    connection: Connection, *, worker: str, book: AlertBook, now: datetime, address: str | None = None,
    heads_to: str | None = None, zone: str = "UTC",
) -> tuple[Ready, ...]:  # fmt: skip
    """Take what is due and say it as things stand now. What has been seen to meanwhile is dropped. `address`: of the desk;
    `heads_to`: where the day's hashes are mailed, dated in `zone`."""
    ready = []
    for claimed in outbox.claim(connection, worker=worker, now=now, lease=LEASE, most=AT_ONCE):
        is_heads = claimed.payload["kind"] == HEADS
        said = _heads(claimed, book, heads_to, zone) if is_heads else _message(connection, claimed, book, address)
        if isinstance(said, str):
            outbox.drop(connection, claimed, said, now=now)
        else:
            to = heads_to or "" if is_heads else claimed.address
            ready.append(Ready(claimed, Target(claimed.channel, to, claimed.secret, claimed.kind), said))
    return tuple(ready)


def settle_due(connection: Connection, ready: Ready, outcome: Outcome, *, chance: float, now: datetime) -> bool:
    """Write down how it ended and when it is tried again; `chance` in [0, 1) spreads the tries."""
    tries = ready.claimed.number
    again = next_try(now, tries, chance, outcome.retry_after) if not outcome.sent and outcome.again else None
    return outbox.settle(connection, ready.claimed, outcome, again_at=again, now=now)


def _heads(claimed: Claimed, book: AlertBook, to: str | None, zone: str) -> Message | str:
    """The letter with the hashes, or the key of why none is sent."""
    if to is None:
        return "delivery.no_target"
    told, said = claimed.payload, book.said[claimed.payload["language"]]
    at = datetime.fromisoformat(told["at"])
    return message.heads(
        said, told["lines"], at=at, zone=zone, reference=claimed.reference, repeat=claimed.possible_repeat
    )


def _message(connection: Connection, claimed: Claimed, book: AlertBook, address: str | None) -> Message | str:
    """The message, or the key of why none is sent."""
    try:
        target = targets.get(connection, claimed.target_id or 0)
    except NotFound:
        return "delivery.no_target"
    said = book.said.get(claimed.language, book.said["zh"])
    if claimed.payload["kind"] == "test":
        return message.trial(said, name=target.name, reference=claimed.reference, repeat=claimed.possible_repeat)
    incident = incidents.get(connection, claimed.incident_id or 0)
    about: dict[str, Any] = {
        "incident": incident.title, "zone": incident.zone, "reference": claimed.reference, "to": _to(target, said),
        "repeat": claimed.possible_repeat, "address": f"{address}/alerts?incident={incident.id}" if address else None,
    }  # fmt: skip
    if claimed.payload["kind"] == "digest":
        told = [one for number in claimed.payload["alerts"] if (one := _told(connection, number)) is not None]
        return message.digest(told, said, **about) if told else "delivery.seen_to"
    one = _told(connection, claimed.payload["alert"])
    return message.one(one, said, **about, step=claimed.payload["step"]) if one else "delivery.seen_to"


def _to(target: KeptTarget, said: Mapping[str, str]) -> str:
    return target.person or (said[f"role.{target.role}"] if target.role else "")


def _told(connection: Connection, alert_id: int) -> Told | None:
    """The alert as a message tells it; None where nobody needs to hear of it any more."""
    stands = alerts.get(connection, alert_id)
    if stands.state != "open":
        return None
    rests_on = alerts.evidence(connection, alert_id, most=12)
    items = tuple(Cited(one.title, one.outlet or "", one.at, one.link) for one in rests_on if one.title)
    return Told(stands.id, stands.rule, stands.level, stands.count, (stands.why["key"], stands.why["facts"]), items)
