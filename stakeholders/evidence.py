"""What shows how a group feels: headlines in which it speaks, or that its own voices wrote. None: it stays an assumption. Pure."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from re import Pattern
from typing import Protocol, TypeVar

from stakeholders.catalogue import Catalogue, Group

MOST = 2
NEAR = 16  # characters between who speaks and the word with which they speak; a Latin word counts more
_SAME = re.compile(r"[\W\d_]+")


class Reported(Protocol):
    """An item of the press as this room looks at it; `tier` 1 national, 2 regional or trade, 3 local and self-published."""

    @property
    def title(self) -> str: ...
    @property
    def outlet(self) -> str: ...
    @property
    def tier(self) -> int: ...
    @property
    def tone(self) -> str: ...
    @property
    def certain(self) -> bool: ...
    @property
    def gravity(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def story_id(self) -> int | None: ...


R = TypeVar("R", bound=Reported)


def voices(catalogue: Catalogue, slug: str, items: Iterable[R], outlets: str = "", most: int = MOST) -> tuple[R, ...]:
    """Up to `most` items that show how the group `slug` feels: with a tone first, then sure, grave, new; no copies.

    `outlets`: those the intake names as already reporting; where the group is the press on the story, only they speak.
    """
    group = catalogue.group(slug)
    mine = [one for one in items if speaks(catalogue, group, one, outlets)]
    mine.sort(key=lambda one: (one.tone == "neutral", not one.certain, -one.gravity, -one.at.timestamp()))
    return tuple(_apart(mine)[:most])


def speaks(catalogue: Catalogue, group: Group, one: Reported, outlets: str = "") -> bool:
    """Whether this is the group's own voice, or a headline in which it speaks, asks or fears."""
    if one.tier in group.heard_in and (group.slug != "media_on_story" or not outlets or one.outlet in outlets):
        return True
    cues = [pattern for name in group.cues for pattern in catalogue.cues[name]]
    return bool(cues) and not group.heard_in and _said_by(cues, catalogue.cues["voice"], one.title)


def _said_by(cues: Sequence[Pattern[str]], voice: Sequence[Pattern[str]], title: str) -> bool:
    near = NEAR * 2 if title.isascii() else NEAR
    ends = [found.end() for cue in cues for found in cue.finditer(title)]
    return any(pattern.search(title, end, end + near) for end in ends for pattern in voice)


def _apart(items: Sequence[R]) -> list[R]:
    """The first of each story, and of titles that differ in a number alone."""
    kept: dict[object, R] = {}
    for one in items:
        plain = _SAME.sub("", one.title)
        if plain not in kept and (one.story_id is None or ("story", one.story_id) not in kept):
            kept[plain if one.story_id is None else ("story", one.story_id)] = one
    return list(kept.values())
