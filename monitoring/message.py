"""How much of what is written carries what we said: the share of items before and after a statement went out.

Method: the statement's sentences that say something (no salutation, no sign-off) are cut into clauses; an item carries our
message where its title and lead hold one of them nearly word for word: rapidfuzz's partial ratio, which slides the clause along
the text, reaches ALIKE. The span before the statement shows how often that happens by chance.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from rapidfuzz import fuzz, process

from monitoring.mood import wilson
from monitoring.watch import folded

ALIKE = 80.0
SHORTEST_HAN, SHORTEST_LATIN = 8, 24  # characters of a clause below which it could be anybody's
SPAN_HOURS = (2, 6, 24)
MOST_ITEMS = 400  # of a side, the nearest to the statement
_CLAUSE = re.compile(r"[，。！？；：,.!?;:\n]+\s*")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Carrying:
    """`k` of `n` items carry our message; `low` and `high` bound the share with 90 % confidence (Wilson 1927)."""

    k: int
    n: int

    @property
    def share(self) -> float:
        return self.k / self.n if self.n else 0.0

    @property
    def bounds(self) -> tuple[float, float]:
        return wilson(self.k, self.n)


def clauses(sentences: Iterable[str]) -> tuple[str, ...]:
    """The clauses that are long enough to be ours, folded, once each."""
    found = (folded(part).strip() for sentence in sentences for part in _CLAUSE.split(sentence))
    return tuple(dict.fromkeys(part for part in found if _is_long(part)))


def _is_long(clause: str) -> bool:
    return len(clause) >= (SHORTEST_HAN if _HAN.search(clause) else SHORTEST_LATIN)


def carries(text: str, wanted: Sequence[str]) -> str | None:
    """The clause that a text carries best, or None."""
    found = process.extractOne(folded(text), wanted, scorer=fuzz.partial_ratio, score_cutoff=ALIKE) if text else None
    return str(found[0]) if found and len(folded(text)) >= len(found[0]) * 0.8 else None


def carrying(texts: Iterable[str], wanted: Sequence[str]) -> Carrying:
    """Copies are counted each: every outlet that prints it carries it. The same text is compared once."""
    known: dict[str, bool] = {}
    k = n = 0
    for text in texts:
        if text not in known:
            known[text] = carries(text, wanted) is not None
        k, n = k + known[text], n + 1
    return Carrying(k, n)


def span_after(released: datetime, now: datetime) -> timedelta:
    """How long after the statement is looked at: the longest of SPAN_HOURS that has passed, at least what has."""
    passed = now - released
    whole = [hours for hours in SPAN_HOURS if timedelta(hours=hours) <= passed]
    return timedelta(hours=whole[-1]) if whole else passed
