"""The same story at many outlets is one story.

Two items are copies where their titles say the same with the same numbers, where titles and bodies are both alike, or where
one body is largely the other. Titles are compared by rapidfuzz, bodies by MinHash over their clauses, which copies share
word for word. Items are taken in the order of their time, so the same items always give the same stories.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import cast
from zlib import crc32

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray
from rapidfuzz import fuzz

from monitoring.models import StoryText

WINDOW = timedelta(hours=72)
SAME_TITLE = 90.0  # rapidfuzz ratio that is enough where the numbers agree
LIKE_TITLE = 60.0  # enough together with a body that is LIKE_BODY
LIKE_BODY = 0.3  # share of clauses in common, estimated
SAME_BODY = 0.6  # enough alone, from FEWEST_CLAUSES on
FEWEST_CLAUSES = 4
SHORTEST_TITLE = 8  # characters; a shorter one, as of a column, is no sign by itself
RAREST = 8
"""So many of a title's pairs of characters, the rarest, are looked up; copies share most of them."""
COMMON = 100
"""A pair in more titles than this says nothing and is not looked up."""
MOST_COPIES = 10
"""So many of the latest that fit are compared; of a story that everybody copies the others say the same."""
PERMUTATIONS = 48
BANDS = (16, 3)  # bands and rows: two bodies that share 0.6 of their clauses are found in 98 of 100 cases
_PERMUTED = MinHash(num_perm=PERMUTATIONS).permutations

_CLAUSE = re.compile(r"[，。！？；：、,.!?;:\s]+")
_DRESS = re.compile(r"^[\[【(（《][^】\])）》]{1,12}[】\])）》]|[-_|｜—–]\s*[^-_|｜—–\s]{2,12}$|[^\w%]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")

Story = Hashable
Print = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Known:
    """An item as the index remembers it. `print` are the hashes of its clauses (MinHash), None for an item without a body."""

    title: str
    numbers: tuple[str, ...]
    clauses: int
    print: Print | None
    at: datetime


class StoryIndex:
    """Recent items by what they say. `find` tells the story a new one belongs to, `add` remembers it."""

    def __init__(self) -> None:
        self._known: list[tuple[_Known, Story]] = []
        self._last: tuple[StoryText, _Known] | None = None
        self._titles: dict[str, list[int]] = defaultdict(list)
        self._grams: dict[str, list[int]] = defaultdict(list)
        self._bodies: dict[bytes, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._known)

    def find(self, text: StoryText, forbidden: Iterable[Story] = ()) -> Story | None:
        """The story of the nearest copy within WINDOW, or None; never one of `forbidden`."""
        asked = self._digested(text)
        barred = set(forbidden)
        found = self._nearest(asked, barred, self._same_title(asked))
        return self._nearest(asked, barred, self._candidates(asked)) if found is None else found

    def _nearest(self, asked: _Known, barred: set[Story], numbers: Iterable[int]) -> Story | None:
        best: tuple[float, int] | None = None
        for number in numbers:
            known, story = self._known[number]
            if story in barred or abs(known.at - asked.at) > WINDOW:
                continue
            nearness = _nearness(asked, known)
            if nearness and (best is None or (nearness, -number) > (best[0], -best[1])):
                best = (nearness, number)
        return self._known[best[1]][1] if best else None

    def add(self, text: StoryText, story: Story) -> None:
        self._take(self._digested(text), story)

    def forget(self, before: datetime) -> None:
        """Drop what is older than `before`, so that a collector's memory stays flat."""
        kept = [(known, story) for known, story in self._known if known.at >= before]
        if len(kept) < len(self._known):
            fresh = StoryIndex()
            for known, story in kept:
                fresh._take(known, story)
            self.__dict__.update(fresh.__dict__)

    def _digested(self, text: StoryText) -> _Known:
        if self._last is None or self._last[0] is not text:
            self._last = (text, _digest(text))
        return self._last[1]

    def _take(self, known: _Known, story: Story) -> None:
        number = len(self._known)
        self._known.append((known, story))
        self._titles[known.title].append(number)
        for gram in _grams(known.title):
            self._grams[gram].append(number)
        for band in _bands(known):
            self._bodies[band].append(number)

    def _same_title(self, asked: _Known) -> list[int]:
        """Most copies carry the very title: no need to look further, and a story with thousands of them stays cheap."""
        return self._titles[asked.title][-MOST_COPIES:] if asked.title in self._titles else []

    def _candidates(self, asked: _Known) -> list[int]:
        lists = sorted((self._grams[gram] for gram in sorted(_grams(asked.title)) if gram in self._grams), key=len)[:RAREST]
        shared = Counter(chain.from_iterable(numbers for numbers in lists if len(numbers) <= COMMON))
        found = [number for number, count in shared.items() if count >= 2]
        if len(found) > MOST_COPIES:
            found = [number for number, _ in shared.most_common(MOST_COPIES)]
        bodies = set(chain.from_iterable(self._bodies[band] for band in _bands(asked) if band in self._bodies))
        return sorted({*found, *sorted(bodies)[-MOST_COPIES:]})


def cluster(items: Sequence[StoryText]) -> list[tuple[int | str, ...]]:
    """Ids by story, stories and their items in order of time. An item joins no story that holds one it was split from."""
    index = StoryIndex()
    stories: list[list[StoryText]] = []
    split = [item for item in items if item.apart_from]
    for item in sorted(items, key=lambda one: (one.at, str(one.id))):
        apart = [n for n, story in enumerate(stories) if _kept_apart(item, story)] if split else []
        found = index.find(item, apart)
        number = found if isinstance(found, int) else len(stories)
        if number == len(stories):
            stories.append([])
        stories[number].append(item)
        index.add(item, number)
    return [tuple(item.id for item in story) for story in stories]


def _kept_apart(item: StoryText, story: Sequence[StoryText]) -> bool:
    return any(other.id in item.apart_from or item.id in other.apart_from for other in story)


def _digest(text: StoryText) -> _Known:
    said = unicodedata.normalize("NFKC", text.title)
    clauses = {clause for clause in _CLAUSE.split(text.body[:600]) if len(clause) >= 5}
    numbers = tuple(sorted(_NUMBER.findall(said)))
    return _Known(_bare(said), numbers, len(clauses), _print(clauses) if clauses else None, text.at)


def _bare(title: str) -> str:
    """The title without what outlets put around it: brackets before, the outlet's name after, punctuation."""
    text = title.strip().casefold()
    bare = _DRESS.sub("", text)
    return bare if len(bare) >= 4 else text


def _grams(title: str) -> set[str]:
    return {title[i : i + 2] for i in range(len(title) - 1)}


def _print(clauses: Iterable[str]) -> Print:
    print_ = MinHash(num_perm=PERMUTATIONS, hashfunc=crc32, permutations=_PERMUTED)
    print_.update_batch([clause.encode() for clause in clauses])
    return cast(Print, print_.hashvalues)


def _bands(known: _Known) -> list[bytes]:
    """The print cut into BANDS, each with its number: bodies with a band in common are likely copies."""
    if known.print is None or known.clauses < FEWEST_CLAUSES:
        return []
    raw, width = known.print.tobytes(), 8 * BANDS[1]
    return [bytes((n,)) + raw[n * width : (n + 1) * width] for n in range(BANDS[0])]


def _nearness(one: _Known, other: _Known) -> float:
    """0 for no copies, else the greater the nearer."""
    titles = fuzz.ratio(one.title, other.title)
    enough = min(one.clauses, other.clauses) >= FEWEST_CLAUSES
    if titles < LIKE_TITLE and not enough:
        return 0.0
    bodies = _jaccard(one.print, other.print)
    long_title = min(len(one.title), len(other.title)) >= SHORTEST_TITLE
    same_title = titles >= SAME_TITLE and long_title and one.numbers == other.numbers
    alike = titles >= LIKE_TITLE and bodies >= LIKE_BODY
    return titles / 100 + bodies if same_title or alike or (enough and bodies >= SAME_BODY) else 0.0


def _jaccard(one: Print | None, other: Print | None) -> float:
    """The share of clauses in common, as MinHash estimates it."""
    return 0.0 if one is None or other is None else np.count_nonzero(one == other) / PERMUTATIONS
