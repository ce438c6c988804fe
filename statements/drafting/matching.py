"""Finds by the words of an intake what kind of evening it is, who the groups are, who decides, and which advice fits."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from statements.drafting.script import simplified
from statements.models import StatementIntake, StatementKit

ROLES = ("victims", "family", "customers", "public", "staff", "partners", "investors", "media", "authority")


@dataclass(frozen=True)
class Group:
    """A group as the intake names it: `slot` groups_affected.N, its part and what it cares about in this scene."""

    slot: str
    name: str
    role: str
    need: str


@lru_cache(maxsize=2048)
def _pattern(cues: str) -> re.Pattern[str]:
    return re.compile(cues, re.IGNORECASE)


def found(cues: Mapping[str, str] | None, text: str, lang: str) -> bool:
    pattern = (cues or {}).get(lang)
    return bool(pattern and _pattern(pattern).search(text))


def scene(intake: StatementIntake, lang: str, kit: StatementKit) -> Mapping[str, Any]:
    """The scene whose words occur most, those of the industry and the event counting more; `general` where none does."""
    weighted = (
        (4, intake.what_happened),
        (3, intake.industry),
        (1, " ".join([intake.company, *intake.confirmed, *intake.not_confirmed])),
    )
    best: Mapping[str, Any] = kit.tables["scenes"][-1]
    score = 0
    for candidate in kit.tables["scenes"]:
        pattern = candidate["cues"][lang]
        if not pattern:
            continue
        hits = sum(weight * len(set(_pattern(pattern).findall(simplified(text)))) for weight, text in weighted)
        hits *= candidate.get("weight", 1)
        if hits > score:
            best, score = candidate, hits
    return best


def is_quiet(intake: StatementIntake, lang: str, kit: StatementKit) -> bool:
    """Whether the event is about money, trust or information: nobody's first question is who is hurt, and it has no place."""
    said = simplified(intake.what_happened)
    return found(kit.tables["quiet"]["about"], said, lang) and not found(kit.tables["quiet"]["bodily"], said, lang)


def groups(intake: StatementIntake, lang: str, kit: StatementKit, scene_id: str) -> tuple[Group, ...]:
    return tuple(
        _group(name, f"groups_affected.{n}", lang, kit, scene_id) for n, name in enumerate(intake.groups_affected, 1)
    )


def _group(name: str, slot: str, lang: str, kit: StatementKit, scene_id: str) -> Group:
    plain = simplified(name)
    for kind in kit.tables["groups"]:
        if found(kind["cues"], plain, lang) or not kind["cues"][lang]:
            special = [
                s["need"] for s in kind.get("special", ()) if found(s["cues"], plain, lang) and lang in s["need"]
            ]
            need = special[0] if special else kind.get("needs", {}).get(scene_id, kind["need"])
            return Group(slot, name, kind["role"], need.get(lang) or kind["need"][lang])
    raise AssertionError("the last kind of group takes every name")


def deciders(
    authorities: Sequence[tuple[str, str]], causes: Sequence[str], lang: str, kit: StatementKit
) -> list[tuple[str, str]]:
    """Of (name, slot) pairs those who decide in this scene, most competent first, at most two."""
    table = kit.tables["authorities"]
    ranked = [pair for cause in causes for pair in authorities if found(table[cause], simplified(pair[0]), lang)]
    return list(dict.fromkeys(ranked))[:2]


def advice(intake: StatementIntake, lang: str, kit: StatementKit) -> list[tuple[str, str]]:
    """(id, text) of the safe advice that fits the incident, at most one: the first that its words call for."""
    said = _plain(" ".join([intake.industry, intake.what_happened, *intake.confirmed, *intake.not_confirmed]))
    piece = _fitting(said, lang, kit)
    if piece is None:
        return []
    plain = "product" in piece and not found(piece["product"], said, lang)
    return [(piece["id"], piece[f"{lang}_plain"] if plain else piece[lang])]


def advice_applies(text: str, lang: str, kit: StatementKit) -> bool:
    """Whether what a text tells calls for safe advice."""
    return _fitting(_plain(text), lang, kit) is not None


def _plain(text: str) -> str:
    return simplified(text).replace("\n", " ")


def _fitting(said: str, lang: str, kit: StatementKit) -> Mapping[str, Any] | None:
    pieces: Sequence[Mapping[str, Any]] = kit.tables["advice"]
    return next((one for one in pieces if found(one["when"], said, lang) and not found(one.get("never"), said, lang)), None)
