"""What an incident watches for. A new term looks back over what is stored already."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from errors import BadInput
from monitoring.models import ClaimedFeed, FeedSource, ParsedItem, Watched
from monitoring.watch import EXCLUDE, WatchTerm, check
from storage import incidents, items
from storage.database import Connection
from workflows.deed import deed
from workflows.score_items import Scoring, score_items

KINDS = ("brand", "product", "place", "person", "topic", EXCLUDE)
LOOK_BACK = timedelta(days=14)
AT_ONCE = 2_000


@deed
def add_watch_term(
    connection: Connection, incident_id: int, *, kind: str, expression: str, scoring: Scoring, now: datetime
) -> int:
    """Store a term and link the items of the last LOOK_BACK it brings in; returns how many. Raises BadInput."""
    if kind not in KINDS:
        raise BadInput("not_a_choice", value=kind)
    items.add_term(connection, incident_id, WatchTerm(kind, check(expression)), now)
    return look_back(connection, incident_id, scoring=scoring, now=now)


@deed
def remove_watch_term(connection: Connection, incident_id: int, expression: str) -> None:
    """The term brings in nothing more; what it brought stays."""
    items.remove_term(connection, incident_id, expression)


@deed
def look_back(connection: Connection, incident_id: int, *, scoring: Scoring, now: datetime) -> int:
    """Judge and link stored items of the office's feeds that matter to an incident and are not linked yet."""
    if incidents.get(connection, incident_id).kind == "example":
        return 0
    mine = [one for one in items.watched(connection) if one.incident_id == incident_id]
    found = items.unlinked(connection, incident_id, now - LOOK_BACK)
    return sum(_link(connection, found[at : at + AT_ONCE], mine, scoring) for at in range(0, len(found), AT_ONCE))


def _link(
    connection: Connection, found: Sequence[tuple[int, ParsedItem, datetime]], mine: Sequence[Watched], scoring: Scoring
) -> int:
    nowhere = ClaimedFeed(FeedSource(0, ""), "")
    scored_items = score_items([(nowhere, entry) for _, entry, _ in found], mine, scoring)
    judged = [(item_id, one, at) for (item_id, _, at), scored in zip(found, scored_items, strict=True) for one in scored.judged]
    items.judge(connection, judged)
    return len(judged)
