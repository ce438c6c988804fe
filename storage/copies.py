"""Puts items into the stories of what they are copies of, many in a few statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from monitoring.models import StoryText
from storage.items import AT_ONCE
from storage.schema import item, story


@dataclass
class _Story:
    """A story while copies join it; `id` is None until it is stored."""

    id: int | None
    first_item_id: int
    first_at: datetime
    title: str
    is_older: bool = False

    def begins(self) -> dict[str, object]:
        return {"first_item_id": self.first_item_id, "first_at": self.first_at, "title": self.title}


def join(connection: Connection, copies: Sequence[tuple[StoryText, int]]) -> None:
    """Each item goes into the story of its nearest copy, in this order; where that had none, the two of them open one. A story
    begins with the oldest of its items. A copy that is gone is passed over."""
    by_item = _standing(connection, sorted({nearest for _, nearest in copies}))
    moved: dict[int, _Story] = {}
    for text, nearest in copies:
        if (found := by_item.get(nearest)) is None:
            continue
        if found.id is None:
            moved[nearest] = found
        moved[int(text.id)] = by_item[int(text.id)] = found
        if text.at < found.first_at:
            found.first_item_id, found.first_at, found.title, found.is_older = int(text.id), text.at, text.title, True
    _store(connection, moved)


def _standing(connection: Connection, items: Sequence[int]) -> dict[int, _Story]:
    """{item: its story, or the one it would open}. On PostgreSQL nobody moves these items until the transaction ends."""
    columns = (item.c.id, item.c.title, item.c.at, item.c.story_id)
    found, stories = {}, {}
    for some in _some(items):
        for row in connection.execute(select(*columns).where(item.c.id.in_(some)).order_by(item.c.id).with_for_update()):
            found[row.id] = row
    for some in _some(sorted({row.story_id for row in found.values() if row.story_id})):
        for row in connection.execute(select(story).where(story.c.id.in_(some))):
            stories[row.id] = _Story(row.id, row.first_item_id, row.first_at, row.title)
    return {n: stories.get(row.story_id) or _Story(None, n, row.at, row.title) for n, row in found.items()}


def _some(numbers: Sequence[int]) -> Iterable[Sequence[int]]:
    return (numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE))


def _store(connection: Connection, moved: dict[int, _Story]) -> None:
    joined = {id(one): one for one in moved.values()}.values()
    if opened := {one.first_item_id: one for one in joined if one.id is None}:
        given = [one.begins() | {"version": 1} for one in opened.values()]
        for row in connection.execute(insert(story).returning(story.c.id, story.c.first_item_id), given):
            opened[row.first_item_id].id = row.id
    if older := [one.begins() | {"story": one.id} for one in joined if one.is_older and one.first_item_id not in opened]:
        connection.execute(update(story).where(story.c.id == bindparam("story")), older)
    if moved:
        members = [{"member": item_id, "story_id": one.id} for item_id, one in moved.items()]
        connection.execute(update(item).where(item.c.id == bindparam("member")), members)
