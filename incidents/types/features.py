"""Turns an intake into named numbers: signals found in the words, structured answers, and pieces of wording."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

from incidents.types.intake import ANSWER_FIELDS, TypeIntake
from incidents.types.judgement import Evidence
from incidents.types.lexicon import Lexicon, Signal
from incidents.types.owners import owned
from incidents.types.spans import READ_AT_MOST, Hit, hits, simplify

MOST_EVIDENCE = 3
GRAM_SCALE = 18.0
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_WORD = re.compile(r"[a-z][a-z'’-]*[a-z]|[a-z]")


@dataclass(frozen=True)
class Feature:
    """A named number with the words it comes from. Names start with `signal:`, `answer:` or `gram:`."""

    name: str
    value: float
    evidence: tuple[Evidence, ...] = ()


def features(intake: TypeIntake, lexicon: Lexicon) -> tuple[Feature, ...]:
    """What is true of this intake, each thing once."""
    return (*signal_features(intake, lexicon), *answer_features(intake))


def signal_features(intake: TypeIntake, lexicon: Lexicon) -> Iterator[Feature]:
    told = [hits(field, text, intake.company, lexicon) for field, text in intake.narratives()]
    found = sorted((hit for field in told for hit in (*field, *owned(field))), key=lambda hit: (hit.field, hit.start, hit.end))
    for signal in lexicon.signals:
        groups = list(_fires(signal, found))
        if len(groups) >= signal.at_least:
            evidence = tuple(_evidence(intake, hit) for hit in _chosen(groups))
            yield Feature(f"signal:{signal.name}", _strength(groups), evidence)


def _strength(groups: list[tuple[Hit, ...]]) -> float:
    """1 for one mention, a little more for others; twice that where a confirmed fact says it."""
    mentions = 1 + min(len(groups) - 1, 3) / 4
    return mentions * (2 if any(hit.field.startswith("fact:") for group in groups for hit in group) else 1)


def _fires(signal: Signal, found: list[Hit]) -> Iterator[tuple[Hit, ...]]:
    """The hits of each scope in which the signal holds."""
    scopes: dict[tuple[str, int], list[Hit]] = defaultdict(list)
    for hit in found:
        if signal.scope != "opening" or hit.sentence == 1:
            number = {"clause": hit.clause, "sentence": hit.sentence}.get(signal.scope, 0)
            scopes[(hit.field, number)].append(hit)
    for inside in scopes.values():
        names = {hit.atom for hit in inside}
        if all(names & set(needed) for needed in signal.needs) and not names & set(signal.unless):
            group = _group(signal, inside)
            if group:
                yield group


def _group(signal: Signal, inside: list[Hit]) -> tuple[Hit, ...]:
    """The first hit for each need, after the one before where order matters; empty where the order is not kept."""
    group: list[Hit] = []
    for needed in signal.needs:
        after = group[-1].end if signal.ordered and group else 0
        hit = next((hit for hit in inside if hit.atom in needed and hit.start >= after), None)
        if hit is None:
            return ()
        group.append(hit)
    return tuple(group)


def _chosen(groups: list[tuple[Hit, ...]]) -> list[Hit]:
    return list(dict.fromkeys(hit for group in groups for hit in group))[:MOST_EVIDENCE]


def _evidence(intake: TypeIntake, hit: Hit) -> Evidence:
    return Evidence(hit.field, hit.start, hit.end, intake.written(hit.field)[hit.start : hit.end])


def answer_features(intake: TypeIntake) -> Iterator[Feature]:
    """The structured answers, each with itself as evidence."""
    for field in ANSWER_FIELDS:
        value = getattr(intake, field)
        if value and value.strip():
            yield Feature(f"answer:{field}={value.strip().lower()}", 1.0, _whole(intake, field))
    if intake.casualties is not None and intake.casualties > 0:
        yield Feature("answer:casualties=some", 1.0, _whole(intake, "casualties"))
    if intake.media_outlets:
        yield Feature("answer:media_outlets=some", 1.0, _whole(intake, "media_outlets"))


def _whole(intake: TypeIntake, field: str) -> tuple[Evidence, ...]:
    written = intake.written(field)
    return (Evidence(field, 0, len(written), written),)


def gram_counts(intake: TypeIntake, lexicon: Lexicon) -> dict[str, float]:
    """Pieces of wording (runs of 2-4 Chinese characters, 1-2 English words) and how often they stand there, damped by log."""
    counts: Counter[str] = Counter()
    for _, text in intake.narratives():
        counts.update(pieces(simplify(text[:READ_AT_MOST], lexicon)))
    return {name: 1 + log(count) for name, count in counts.items()}


def gram_values(counts: Mapping[str, float], worth: Mapping[str, float]) -> dict[str, float]:
    """Counts weighed by what each piece is worth (learn.worth), scaled to one length; one of unknown worth counts for nothing."""
    weighed = {name: count * worth[name] for name, count in counts.items() if name in worth}
    length = sqrt(sum(value * value for value in weighed.values())) or 1.0
    return {name: GRAM_SCALE * value / length for name, value in weighed.items()}


def pieces(plain: str) -> Iterable[str]:
    for run in _HAN_RUN.findall(plain):
        for size in (2, 3, 4):
            yield from (run[i : i + size] for i in range(len(run) - size + 1))
    words = _WORD.findall(plain)
    yield from words
    yield from (f"{first} {second}" for first, second in pairwise(words))
