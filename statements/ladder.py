"""On which rung of the admission ladder each sentence stands, and what that means in a jurisdiction. Not legal advice."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

DEFAULT = "CN"
_BY_LABEL = {"admission": 6, "compensation_commitment": 5, "blame_shift": 8, "denial_premature": 8, "attack": 8}
_CONDITION = re.compile(
    r"(?:如|若|一旦|倘)[^。；]{0,24}(?:认定|查明|证实|属)|\b(?:if|should|where) .{0,60}(?:find|found|show|establish|determin)", re.I
)
_DUTY = re.compile(r"依法|法律责任|相应责任|legal (?:duty|duties|obligation)|required by law", re.I)
_WHOLE = re.compile(
    r"承担[^。；]{0,6}责任|负责到底|赔礼道歉|谢罪|(?:full|all|entire) (?:responsibility|liability)|take responsibility", re.I
)
_AID = re.compile(
    r"垫付|医疗费|陪同|陪护|协助[^。；]{0,10}(?:就医|家属|伤)|安排[^。；]{0,8}(?:就医|食宿|救治)|需要什么|有任何需要|难处"
    r"|medical care|family (?:support|liaison)|whatever they need|anything they need|ready to help",
    re.I,
)
_DUTY_WORDS = re.compile(
    r"配合|认定|为准|查证|报告|报案|报警|结论"
    r"|cooperat|for .{3,90} to (?:determine|establish|decide)|informed|notified|will determine",
    re.I,
)
_REGRET = re.compile(r"歉意|致歉|抱歉|道歉|sorry|regret|apolog", re.I)
_CARE = re.compile(r"慰问|牵挂|惦记|哀悼|致哀|心情(?:非常)?沉重|our thoughts|our hearts|condolence|sadden|mourn", re.I)


class _Finding(Protocol):
    label: str
    start: int
    end: int


@dataclass(frozen=True)
class Rung:
    """A sentence's rung; level None: it says nothing on the ladder. `tool`: allow | legal | insurer | warn | block."""

    sid: str
    level: int | None
    tool: str = "allow"
    effect: str = "none"


def level_of(text: str, labels: Sequence[str] = (), duty_to_warn: bool = False) -> int | None:
    """0-8, the highest rung a sentence reaches (practice: the admission ladder); None where it is on none."""
    if duty_to_warn:
        return 7
    worst = max((_BY_LABEL[label] for label in labels if label in _BY_LABEL), default=0)
    if worst == 5 or _WHOLE.search(text):
        worst = max(worst, 4 if _CONDITION.search(text) and not worst else 5)
    elif not worst and _CONDITION.search(text) and _DUTY.search(text):
        worst = 4
    if worst:
        return worst
    for level, pattern in ((3, _AID), (1, _REGRET), (2, _DUTY_WORDS), (0, _CARE)):
        if pattern.search(text):
            return level
    return None


def rungs(pieces: Sequence[tuple[str, str, Sequence[Any]]], pack: Mapping[str, Any]) -> tuple[Rung, ...]:
    """The rung of each (sid, text, findings in it) under the pack of a jurisdiction."""
    by_level = {row["level"]: row for row in pack["levels"]}
    made = []
    for sid, text, findings in pieces:
        warn = any(getattr(one, "duty_to_warn", False) for one in findings)
        level = level_of(text, [one.label for one in findings if one.severity == "block"], warn)
        row = by_level.get(level, {}) if level is not None else {}
        made.append(Rung(sid, level, row.get("tool", "allow"), row.get("effect", "none")))
    return tuple(made)


def highest(found: Sequence[Rung]) -> Rung | None:
    """The sentence that stands highest, None where none stands on the ladder."""
    standing = [one for one in found if one.level is not None]
    return max(standing, key=lambda one: one.level or 0) if standing else None


def pack_for(jurisdiction: str, packs: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """The pack of a jurisdiction; one that is not known is treated as the strictest, mainland China."""
    return packs.get(jurisdiction) or packs[DEFAULT]


def fuller_apology(jurisdiction: str, language: str, packs: Mapping[str, Mapping[str, Any]]) -> str:
    """The fuller apology a jurisdiction protects, "" in mainland China and wherever none is."""
    return str((pack_for(jurisdiction, packs).get("fuller_apology") or {}).get(language, ""))
