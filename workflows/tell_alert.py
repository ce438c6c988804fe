"""An alert is put into the outbox of everybody it concerns. For an example or a drill nothing is."""

from datetime import datetime
from typing import Any

from monitoring.alerts.routing import Policy, morning_after, wanted
from storage import alerts, outbox, scopes, targets
from storage.alerts import Watching
from storage.database import Connection


def tell_alert(connection: Connection, at: Watching, alert_id: int, *, policy: Policy, now: datetime) -> int:
    """Rows for the targets of the alert's step; returns how many. The same alert, level and step are told once each."""
    if at.kind != "real":
        return 0
    stands = alerts.get(connection, alert_id)
    free = (one for one in targets.all_of(connection) if not one.paused)
    everybody = {one.id: one for one in free if scopes.may_be_told(connection, at.id, one.person_id)}
    chosen = wanted([one.recipient for one in everybody.values()], stands.level, stands.rule, stands.step)
    morning = morning_after(stands.level, now, policy, at.zone)
    for recipient in chosen:
        target = everybody[recipient.id]
        about: dict[str, Any] = {"target_id": target.id, "name": target.name, "channel": target.channel, "incident_id": at.id}
        if morning is None:
            payload = {"kind": "alert", "alert": alert_id, "level": stands.level, "step": stands.step}
            key = f"alert:{alert_id}:{stands.level}:{stands.step}:{target.id}:{(stands.raised_at or stands.opened_at).isoformat()}"
            outbox.add(connection, now=now, **about, payload=payload, due_at=now, key=key)
        else:
            key = f"digest:{at.id}:{target.id}:{morning.isoformat()}"
            payload = {"kind": "digest", "alerts": [alert_id]}
            if outbox.add(connection, now=now, **about, payload=payload, due_at=morning, key=key) is None:
                outbox.add_to_digest(connection, key, alert_id)
    return len(chosen)
