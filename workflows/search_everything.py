"""One search over everything that is kept: items, facts, texts, what was done, who was spoken with."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from accounts.models import Caller
from errors import BadInput
from incidents.models import Event
from monitoring.watch import folded
from storage import facts, search
from storage.database import Connection
from storage.search import Hit
from workflows.read_log import read_log

KINDS = ("item", "fact", "text", "published", "answer", "contact", "event")
MOST = 50
_TERM = re.compile(r'"([^"]+)"|“([^”]+)”|(\S+)')


@dataclass(frozen=True)
class Found:
    """What was found, by kind; `more` are the kinds of which there is more than is shown. `terms` are the folded words."""

    terms: tuple[str, ...]
    hits: Mapping[str, tuple[Hit, ...]]
    more: frozenset[str] = frozenset()

    @property
    def n(self) -> int:
        return sum(len(mine) for mine in self.hits.values())


def terms_of(words: str) -> tuple[str, ...]:
    """The words and "phrases" that must all occur, folded. Raises BadInput("search.too_short") for fewer than two characters."""
    found = (folded(" ".join((a or b or c).split())) for a, b, c in _TERM.findall(words[:200]))
    terms = tuple(dict.fromkeys(term for term in found if term))
    if not any(len(term) >= 2 for term in terms):
        raise BadInput("search.too_short")
    return terms


def search_everything(
    connection: Connection, words: str, *, on_the_desk: int | None = None, everywhere: bool = True,
    among: Sequence[int] | None = None, kinds: Sequence[str] = KINDS,
    tell: Callable[[Event], str] = lambda event: str(event.facts), most: int = MOST, who: Caller | None = None,
) -> Found:  # fmt: skip
    """What holds all the words, at most `most` of a kind, the newest first. `among` are the incidents the asker may know of;
    `tell` makes the sentence of an event; events are those that `who` may read."""
    terms = terms_of(words)
    open_ones = search.readable(connection, on_the_desk, among)
    wanted = open_ones if everywhere or on_the_desk is None else tuple(one for one in open_ones if one == on_the_desk)
    found: dict[str, list[Hit]] = {kind: [] for kind in kinds}
    if "item" in found:
        found["item"] = search.items(connection, terms, wanted, most + 1)
    small = [*search.others(connection, terms, wanted), *_facts_and_events(connection, terms, wanted, tell, who or Caller())]
    for hit in sorted(small, key=lambda hit: (hit.at is None, -(hit.at.timestamp() if hit.at else 0), hit.id)):
        if hit.kind in found:
            found[hit.kind].append(hit)
    more = frozenset(kind for kind, mine in found.items() if len(mine) > most)
    return Found(terms, {kind: tuple(mine[:most]) for kind, mine in found.items() if mine}, more)


def _facts_and_events(
    connection: Connection, terms: Sequence[str], wanted: Sequence[int], tell: Callable[[Event], str], who: Caller
) -> list[Hit]:
    found = []
    for incident_id in wanted:
        for fact in facts.of_incident(connection, incident_id):
            worded = dict.fromkeys(str(one) for one in (fact.wording_zh, fact.wording_en, fact.value) if one not in (None, ""))
            said = " · ".join([*worded, *(one for one in (fact.source, fact.document_number) if one)])
            found.append(Hit("fact", incident_id, fact.id, fact.slot, said, fact.confirmed_at or fact.created_at))
        for event in read_log(connection, incident_id, who):
            found.append(Hit("event", incident_id, event.id, event.actor or "", tell(event), event.case_at))
    return [hit for hit in found if search.matches(terms, hit.title if hit.kind == "event" else "", hit.text)]
