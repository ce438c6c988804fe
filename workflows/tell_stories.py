"""Puts new items into the stories they are copies of. What is recent is remembered between rounds, per example and for the rest."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from monitoring.copies import WINDOW, StoryIndex
from monitoring.models import StoryText
from storage import copies, items
from storage.database import Connection

MOST = 20_000
AFRESH = timedelta(minutes=10)
"""The memory is read anew after this long, so that what people split and the web server added is seen."""


class StoryBook:
    """The recent items by what they say. `begin` before each save; a save that fails must be followed by `forget`."""

    def __init__(self) -> None:
        self._indexes: dict[int | None, StoryIndex] = {}
        self._read_at: datetime | None = None

    def forget(self) -> None:
        self._indexes, self._read_at = {}, None

    def begin(self, connection: Connection, now: datetime) -> None:
        if self._read_at is not None and now - self._read_at < AFRESH:
            return
        self.forget()
        for scope, text in items.recent_texts(connection, now - WINDOW, MOST):
            self._index(scope).add(text, text.id)
        self._read_at = now

    def _index(self, scope: int | None) -> StoryIndex:
        if scope not in self._indexes:
            self._indexes[scope] = StoryIndex()
        return self._indexes[scope]

    def place(self, connection: Connection, texts: Sequence[tuple[int | None, StoryText]]) -> None:
        """Join each text, in order of time, to the story of its nearest copy in its scope; the first copy opens the story."""
        joined: list[tuple[StoryText, int]] = []
        for scope, text in sorted(texts, key=lambda one: (one[1].at, int(one[1].id))):
            index = self._index(scope)
            if isinstance(nearest := index.find(text), int):
                joined.append((text, nearest))
            index.add(text, text.id)
        copies.join(connection, joined)
