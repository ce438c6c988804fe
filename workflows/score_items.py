"""Scores entries before they are stored: SnowNLP's own number for each, and tone and gravity for each incident it matters to."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from math import isnan

from monitoring.models import ClaimedFeed, Judged, ParsedItem, ScoredItem, Watched
from monitoring.sentiment import SnowTables, cut, item_text, score
from monitoring.tone import ToneInput, ToneJudgement, ToneModel, judge
from monitoring.watch import WatchTerm, matching, names_of, press_name

Entry = tuple[ClaimedFeed, ParsedItem]


@dataclass(frozen=True)
class Scoring:
    """What scoring consults. Without tables SnowNLP itself answers."""

    tables: SnowTables | None
    model: ToneModel
    company_endings: tuple[str, ...] = ()


def score_items(entries: Sequence[Entry], watched: Sequence[Watched], scoring: Scoring) -> list[ScoredItem]:
    """One ScoredItem for each entry, in their order."""
    texts = [item_text(item.title, item.summary) or "" for _, item in entries]
    numbers = [None if isnan(number) else number for number in score(texts, scoring.tables).tolist()]
    wanted = [(n, one) for n, entry in enumerate(entries) for one in watched if matters(entry, one, scoring)]
    words = dict(zip(sorted({n for n, _ in wanted}), _words(texts, wanted, scoring), strict=True))
    names = {one.incident_id: press_name(one.company, scoring.company_endings) for one in watched}
    asked = [ToneInput(entries[n][1].title, entries[n][1].summary, names[one.incident_id]) for n, one in wanted]
    told = judge(asked, [numbers[n] for n, _ in wanted], [words[n] for n, _ in wanted], scoring.model) if asked else []
    by_entry: dict[int, list[Judged]] = {}
    for (n, one), judgement in zip(wanted, told, strict=True):
        by_entry.setdefault(n, []).append(_judged(one, judgement, scoring))
    return [ScoredItem(item, numbers[n], tuple(by_entry.get(n, ()))) for n, (_, item) in enumerate(entries)]


def _words(texts: Sequence[str], wanted: Sequence[tuple[int, Watched]], scoring: Scoring) -> list[list[str]]:
    return cut([texts[n] for n in sorted({n for n, _ in wanted})], scoring.tables)


def matters(entry: Entry, watched: Watched, scoring: Scoring) -> bool:
    """An example has its own feeds and no others; a real incident and a drill have the office's. Terms decide, by default
    the firm's name; an example without terms takes all that its feeds say."""
    feed, item = entry
    own = watched.incident_id if watched.kind == "example" else None
    if feed.incident_id != own:
        return False
    if own is not None and not watched.terms:
        return True
    terms = watched.terms or _names(watched.company, scoring.company_endings)
    return bool(terms) and bool(matching(terms, item.title, item.summary))


@lru_cache(maxsize=200)
def _names(company: str | None, endings: tuple[str, ...]) -> tuple[WatchTerm, ...]:
    return names_of(company, endings)


def _judged(watched: Watched, judgement: ToneJudgement, scoring: Scoring) -> Judged:
    return Judged(
        watched.incident_id, judgement.tone, judgement.score, judgement.certain, judgement.gravity, judgement.attribution,
        tuple(asdict(reason) for reason in judgement.reasons), scoring.model.version[:64],
    )  # fmt: skip
