"""Scores entries before they are stored: SnowNLP's own number for each, and tone and gravity for each incident it matters to."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isnan

from monitoring.models import ClaimedFeed, Judged, ParsedItem, ScoredItem, Watched
from monitoring.sentiment import SnowTables, cut, item_text, score
from monitoring.tone import ToneInput, ToneJudgement, ToneModel, judge
from monitoring.watch import EXCLUDE, WatchTerm, aliases_of, matching, names_of, press_name

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
    asked = [tone_input(entries[n][1].title, entries[n][1].summary, one, scoring) for n, one in wanted]
    told = judge(asked, [numbers[n] for n, _ in wanted], [words[n] for n, _ in wanted], scoring.model) if asked else []
    by_entry: dict[int, list[Judged]] = {}
    for (n, one), judgement in zip(wanted, told, strict=True):
        by_entry.setdefault(n, []).append(_judged(one, judgement, scoring))
    return [ScoredItem(item, numbers[n], tuple(by_entry.get(n, ()))) for n, (_, item) in enumerate(entries)]


def score_one(item: ParsedItem, watched: Watched, scoring: Scoring) -> tuple[float | None, Judged]:
    """One item that matters to an incident because a person says so."""
    text = item_text(item.title, item.summary) or ""
    number = float(score([text], scoring.tables)[0])
    snow = None if isnan(number) else number
    [told] = judge([tone_input(item.title, item.summary, watched, scoring)], [snow], cut([text], scoring.tables), scoring.model)
    return snow, _judged(watched, told, scoring)


def tone_input(title: str, summary: str, watched: Watched, scoring: Scoring) -> ToneInput:
    """What is asked of an item for one incident: the firm's names in every language decide whose trouble it is."""
    return ToneInput(title, summary, *_called(watched.company, watched.terms, scoring.company_endings))


@lru_cache(maxsize=200)
def _called(company: str | None, terms: tuple[WatchTerm, ...], endings: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    return press_name(company, endings), aliases_of(terms)


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
    return brings_in(watched, scoring.company_endings, item.title, item.summary)


def brings_in(watched: Watched, endings: tuple[str, ...], title: str, summary: str) -> bool:
    """Whether the incident's terms, or the firm's name where there are none, match a text. Only `exclude` terms: the name less
    what they keep out."""
    terms = watched.terms
    if all(term.kind == EXCLUDE for term in terms):
        terms = (*_names(watched.company, endings), *terms)
    return bool(matching(terms, title, summary))


@lru_cache(maxsize=200)
def _names(company: str | None, endings: tuple[str, ...]) -> tuple[WatchTerm, ...]:
    return names_of(company, endings)


def _judged(watched: Watched, judgement: ToneJudgement, scoring: Scoring) -> Judged:
    return Judged(
        watched.incident_id, judgement.tone, judgement.score, judgement.certain, judgement.gravity, judgement.attribution,
        tuple(dict(vars(reason)) for reason in judgement.reasons), scoring.model.version[:64],
    )  # fmt: skip
