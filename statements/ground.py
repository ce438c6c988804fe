"""The ground a text is drafted from: settled facts, what is still open, and which fact stands behind which slot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from incidents.facts import missing_wordings
from incidents.models import Fact, Incident

_TEXTS = {"what": "what_happened", "where": "where", "company": "company", "contact": "contact",
          "spokesperson": "spokesperson"}  # fmt: skip
_LISTS = {"detail": "confirmed", "product": "confirmed", "finding": "confirmed", "cause": "confirmed",
          "negative_search": "confirmed", "deed": "actions_taken", "authority": "authorities",
          "channel": "publish_on"}  # fmt: skip
_COUNTS = ("deaths", "injured", "missing")


@dataclass(frozen=True)
class Ground:
    """`raw` is a statement intake as statements.models.StatementIntake.from_mapping reads it; `facts` names the facts
    behind each of its slots (what_happened, when, casualties.injured, confirmed.1 …); `unworded` lack words in this language."""

    raw: Mapping[str, Any]
    facts: Mapping[str, tuple[Fact, ...]]
    unworded: tuple[Fact, ...]


def ground(
    incident: Incident,
    facts: Sequence[Fact],
    language: str,
    now: datetime,
    *,
    open_questions: Mapping[str, str],
    groups: Sequence[str] = (),
    crisis_type: str = "",
    kind: str = "holding",
    version: int = 1,
) -> Ground:
    """What may be said in `language`. `open_questions` words each slot that is asked but not known."""
    raw: dict[str, Any] = {
        "as_of": _local(now, incident.zone), "industry": incident.industry, "casualties": {}, "zone": incident.zone,
        "groups_affected": list(groups), "crisis_type": crisis_type, "kind": kind, "version": version,
        "confirmed": [], "not_confirmed": [], "actions_taken": [], "authorities": [], "publish_on": [],
    }  # fmt: skip
    behind: dict[str, tuple[Fact, ...]] = {}
    public = [fact for fact in facts if fact.public and fact.status != "withdrawn"]
    for fact in public:
        slot = _tell(raw, fact, language, incident.zone) if fact.settled else _own_up(raw, fact, open_questions)
        if slot:
            behind[slot] = (*behind.get(slot, ()), fact)
    if not any(fact.slot in ("cause", "finding") and fact.settled for fact in public):
        _ask(raw, open_questions.get("cause"))  # what nobody has asked yet is not known either
    return Ground(raw, behind, missing_wordings(tuple(public), language))


def _tell(raw: dict[str, Any], fact: Fact, language: str, zone: str) -> str | None:
    if fact.slot in _COUNTS:
        raw["casualties"][fact.slot] = fact.value
        return f"casualties.{fact.slot}"
    if fact.slot in ("when", "next_update"):
        raw[fact.slot] = _local(datetime.fromisoformat(fact.value), zone)
        return fact.slot
    said = fact.wording(language)
    if not said:
        return None
    if fact.slot in _TEXTS:
        raw[_TEXTS[fact.slot]] = said
        return _TEXTS[fact.slot]
    name = _LISTS.get(fact.slot, "confirmed")
    raw[name].append(said)
    return f"{name}.{len(raw[name])}"


def _own_up(raw: dict[str, Any], fact: Fact, open_questions: Mapping[str, str]) -> str | None:
    """An open or disputed matter is told as open, in the desk's words for it: never what was merely reported."""
    if fact.slot in _COUNTS:
        return f"casualties.{fact.slot}"  # a count that is not given is told as not known yet
    return _ask(raw, open_questions.get(fact.slot))


def _ask(raw: dict[str, Any], question: str | None) -> str | None:
    if not question or question in raw["not_confirmed"]:
        return None
    raw["not_confirmed"].append(question)
    return f"not_confirmed.{len(raw['not_confirmed'])}"


def _local(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
