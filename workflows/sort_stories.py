"""A person says which items are one story: an item is split off, or joined to another's, and stays so; either can be undone."""

from datetime import datetime

from errors import BadInput
from storage import events, items
from storage.database import Connection
from workflows.deed import deed


@deed
def split_item(connection: Connection, item_id: int, *, incident_id: int, now: datetime, actor: str | None = None) -> int:
    """The item is a story of its own; returns the story's id."""
    made = items.split_off(connection, item_id)
    _tell(connection, incident_id, "item_split", item_id, now, actor)
    return made


@deed
def join_item(
    connection: Connection, item_id: int, with_item: int, *, incident_id: int, now: datetime, actor: str | None = None
) -> int:
    """The item belongs to the story of another; returns the story's id. Raises BadInput for an item joined to itself."""
    if item_id == with_item:
        raise BadInput("not_a_choice", value=with_item)
    story_id = items.story_for(connection, with_item)
    items.move(connection, item_id, story_id)
    _tell(connection, incident_id, "item_joined", item_id, now, actor)
    return story_id


@deed
def unsort_item(connection: Connection, item_id: int, *, incident_id: int, now: datetime, actor: str | None = None) -> None:
    """The item goes back to the story it was in. Raises BadInput("item.nothing_to_undo")."""
    if not items.move_back(connection, item_id):
        raise BadInput("item.nothing_to_undo")
    _tell(connection, incident_id, "item_sorting_undone", item_id, now, actor)


def _tell(connection: Connection, incident_id: int, deed: str, item_id: int, now: datetime, actor: str | None) -> None:
    stands = items.by_id(connection, item_id)
    title = stands.title[:80] if stands else ""
    events.append(connection, incident_id, deed, now=now, actor=actor, subject=("item", item_id), screen="monitor", title=title)
