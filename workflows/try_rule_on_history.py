"""What a rule would have done in the last day, before it is armed. A read: nothing is stored, nothing is sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from monitoring.alerts.book import AlertBook, Choice
from monitoring.alerts.evaluate import Trial, try_out
from storage import alerts
from storage.database import Connection
from workflows.alert_ground import ground_of
from workflows.deed import deed


@deed
def try_rule_on_history(
    connection: Connection, incident_id: int, rule: str, *, settings: Mapping[str, Any], book: AlertBook,
    endings: tuple[str, ...], now: datetime,
) -> Trial | None:  # fmt: skip
    """Over the items stored for the last 24 hours, with the settings as they are typed. None: the rule's past is not kept.

    Raises BadInput for settings that cannot be.
    """
    (at,) = alerts.watching(connection, incident_id)
    ground = ground_of(connection, at, book=book, endings=endings, now=now, trial=True, habits=rule == "silence")
    return try_out(book.rule(rule, Choice(rule, True, book.checked(rule, settings))), ground)
