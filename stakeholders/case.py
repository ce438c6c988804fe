"""What is known of an incident, as the audience analysis reads it: its trade, the atoms that are true, values for holes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from re import Pattern
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from incidents.facts import SLOTS
from incidents.models import Fact, Incident, IntakeAnswer
from stakeholders.catalogue import Catalogue, Domain, Phrase

COUNTS = ("deaths", "injured", "missing")
FIELDS = ("outlets", "asking", "groups", "narrative", "office")
# Where words are looked for, and how much a cue there says about the trade.
_SOURCES = {"industry": 3, "product": 2, "what_happened": 2, "company": 1, "cause": 1, "narrative": 1, "asking": 1,
            "groups": 1, "outlets": 0}  # fmt: skip
_DENIED = re.compile(r"(没有|并无|尚无|未有|未接到|无|\bno|\bnot|without|never)[^，。,.;；]{0,6}$", re.IGNORECASE)


@dataclass(frozen=True)
class Value:
    """What fills a hole, and what it rests on: facts by id, or a field of the intake."""

    phrase: Phrase
    facts: tuple[int, ...] = ()
    field: str | None = None


@dataclass(frozen=True)
class Case:
    domain: Domain
    atoms: frozenset[str]
    values: Mapping[str, Value]
    settled: Mapping[str, Value]  # only what may be said in public
    behind: Mapping[str, Value]  # what an atom rests on
    passages: tuple[tuple[str, str], ...]  # (intake field, sentence somebody said)
    named: tuple[str, ...]  # lines of the intake's own list of groups


def read_case(
    catalogue: Catalogue,
    incident: Incident,
    answers: Mapping[str, IntakeAnswer],
    facts: Sequence[Fact],
    *,
    crisis_type: str = "",
    secondary: Sequence[str] = (),
    credit_kind: str | None = None,
) -> Case:
    """Everything that conditions and holes may ask about. Withdrawn and open facts count as not known."""
    live = [fact for fact in facts if fact.status not in ("withdrawn", "unknown") and fact.value is not None]
    texts = _texts(answers)
    domain = _domain(catalogue, texts)
    values = _values(live, answers, incident.zone)
    atoms = (
        {"always", f"domain_{domain.slug}", "listed" if incident.listed else "unlisted", *domain.traits}
        | _of_facts(live) | _of_answers(answers) | _said(catalogue, texts)
        | {f"type_{crisis_type}", *(f"overlay_{name}" for name in secondary)}
        | ({f"credit_{credit_kind}"} if credit_kind else set())
    )  # fmt: skip
    settled = [fact for fact in live if fact.settled and fact.public]
    return Case(
        domain, frozenset(atoms), values, _values(settled, {}, incident.zone), _behind(values, live),
        _passages(answers), tuple(_lines(answers.get("groups"))),
    )  # fmt: skip


# --- atoms -------------------------------------------------------------------------------------------------------

def _of_facts(live: Sequence[Fact]) -> set[str]:
    has = {fact.slot for fact in live if fact.kind != "number" or fact.value > 0}
    zero = {fact.slot for fact in live if fact.slot in COUNTS and fact.value == 0} - has
    known = {fact.slot for fact in live}
    atoms = has | {f"no_{slot}" for slot in zero} | {f"open_{slot}" for slot in SLOTS if slot not in known}
    atoms |= {f"settled_{fact.slot}" for fact in live if fact.settled}
    if has & set(COUNTS):
        return atoms | {"hurt"}
    return atoms | ({"unhurt"} if {"deaths", "injured"} <= zero else {"hurt_open"})


def _of_answers(answers: Mapping[str, IntakeAnswer]) -> set[str]:
    given = {name: one.value for name, one in answers.items() if one.asked and not one.unknown}
    atoms = {f"has_{name}" for name in FIELDS if name in given}
    atoms |= {f"origin_{given['origin']}"} if "origin" in given else set()
    return atoms | ({"factors_several"} if given.get("factors") == "several" else set())


def _said(catalogue: Catalogue, texts: Mapping[str, str]) -> set[str]:
    whole = "\n".join(text for name, text in texts.items() if name not in ("industry", "company"))
    atoms = {f"says_{name}" for name, cues in catalogue.cues.items() if any(_affirmed(cue, whole) for cue in cues)}
    asking = texts.get("asking", "")
    return atoms | ({"says_media_asking"} if any(cue.search(asking) for cue in catalogue.cues["media"]) else set())


def _affirmed(cue: Pattern[str], text: str) -> bool:
    """Whether the text says it without denying it in the same breath."""
    return any(not _DENIED.search(text[max(0, found.start() - 24) : found.start()]) for found in cue.finditer(text))


def _behind(values: Mapping[str, Value], live: Sequence[Fact]) -> dict[str, Value]:
    nothing = Phrase("", "")
    found = {
        slot: Value(nothing, tuple(fact.id for fact in live if fact.slot == slot)) for slot in {f.slot for f in live}
    }
    counts = tuple(fact.id for fact in live if fact.slot in COUNTS)
    found |= {f"no_{slot}": value for slot, value in found.items() if slot in COUNTS}
    found |= {"hurt": Value(nothing, counts), "unhurt": Value(nothing, counts)}
    return found | {f"has_{name}": value for name, value in values.items() if value.field == name}


# --- values ------------------------------------------------------------------------------------------------------

def _values(facts: Sequence[Fact], answers: Mapping[str, IntakeAnswer], zone: str) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for slot in {fact.slot for fact in facts}:
        mine = [fact for fact in facts if fact.slot == slot]
        if all(fact.kind == "number" and not fact.value for fact in mine):
            continue
        found[slot] = Value(
            Phrase(_listed([_worded(one, "zh", zone) for one in mine], "zh"),
                   _listed([_worded(one, "en", zone) for one in mine], "en")),
            tuple(fact.id for fact in mine),
        )  # fmt: skip
    for name in FIELDS:
        lines = _lines(answers.get(name))
        if lines and name not in found:
            found[name] = Value(Phrase(_listed(lines, "zh"), _listed(lines, "en")), (), name)
    return found


def _worded(fact: Fact, language: str, zone: str) -> str:
    if fact.kind == "number":
        unit = "person" if fact.value == 1 else "people"
        return f"{fact.value} 人" if language == "zh" else f"{fact.value} {unit}"
    if fact.slot in ("when", "next_update"):
        at = datetime.fromisoformat(str(fact.value)).astimezone(ZoneInfo(zone))
        shape, locale = ("M月d日 HH:mm", "zh_Hans_CN") if language == "zh" else ("d MMMM HH:mm", "en_GB")
        return format_datetime(at, shape, locale=locale)
    return (fact.wording(language) or str(fact.value)).strip().rstrip("。.；;")


def _listed(parts: Sequence[str], language: str) -> str:
    if language == "zh":
        return ("；" if any("，" in part for part in parts) else "、").join(parts)
    return "; ".join(parts) if any("," in part for part in parts) else ", ".join(parts)


def _lines(answer: IntakeAnswer | None) -> list[str]:
    if answer is None or not answer.asked or answer.unknown:
        return []
    value: Any = answer.value
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


# --- words -------------------------------------------------------------------------------------------------------

def _texts(answers: Mapping[str, IntakeAnswer]) -> dict[str, str]:
    return {name: "\n".join(_lines(answers.get(name))) for name in _SOURCES}


def _domain(catalogue: Catalogue, texts: Mapping[str, str]) -> Domain:
    """The trade with the most cues; the last of the catalogue where nothing speaks for any."""
    def score(domain: Domain) -> float:
        hits = {name: {m for cue in domain.cues for m in cue.findall(text)} for name, text in texts.items()}
        return domain.weight * sum(_SOURCES[name] * min(3, len(found)) for name, found in hits.items())

    best = max(catalogue.domains, key=score)
    return best if score(best) > 0 else catalogue.domains[-1]


def _passages(answers: Mapping[str, IntakeAnswer]) -> tuple[tuple[str, str], ...]:
    """Clauses that somebody said, as the intake took them down; who is asking first."""
    found = []
    for name in ("asking", "narrative"):
        for line in _lines(answers.get(name)):
            parts = [line] if name == "asking" else re.split(r"[，。！？!?；;\n“”「」\"]|[.,] ", line)
            found += [(name, part.strip()) for part in parts if part.strip()]
    return tuple(found)
