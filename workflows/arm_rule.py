"""An incident's rule is armed, disarmed or given other numbers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from errors import NotFound
from monitoring.alerts.book import DELIVERY, AlertBook
from storage import alerts, events
from storage.database import Connection
from workflows.deed import deed


@deed
def arm_rule(
    connection: Connection, incident_id: int, rule: str, *, armed: bool, settings: Mapping[str, Any], book: AlertBook,
    version: int, now: datetime, actor: str | None = None,
) -> int:  # fmt: skip
    """Returns the new version. What had been seen before a rule is armed does not fire it. Raises BadInput, Conflict, NotFound."""
    if rule not in book.rules:
        raise NotFound("not_found", what="alert_rule")
    stands = alerts.choices(connection, [incident_id]).get(incident_id, {}).get(rule)
    before = book.rule(rule, stands)
    checked = book.checked(rule, settings)
    since = (before.armed_at if before.armed else now) if armed else None
    made = alerts.save_choice(
        connection, incident_id, rule, version, armed=armed, settings=checked, armed_at=since, saved_by=actor, saved_at=now
    )
    done = "alert_rule_changed" if armed == before.armed else "alert_rule_armed" if armed else "alert_rule_disarmed"
    events.append(connection, incident_id, done, now=now, actor=actor, screen="alerts", alert_rule=rule)
    return made


@deed
def set_delivery(
    connection: Connection, incident_id: int, *, settings: Mapping[str, Any], book: AlertBook, version: int, now: datetime,
    actor: str | None = None,
) -> int:  # fmt: skip
    """Quiet hours, and after how many minutes a red alert goes on to the next. Raises BadInput, Conflict."""
    checked = book.checked(DELIVERY, settings)
    made = alerts.save_choice(
        connection, incident_id, DELIVERY, version, armed=True, settings=checked, armed_at=None, saved_by=actor, saved_at=now
    )
    events.append(connection, incident_id, "alert_delivery_changed", now=now, actor=actor, screen="alerts")
    return made
