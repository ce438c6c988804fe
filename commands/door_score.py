"""`desk.py score`: SnowNLP's own number, tone, gravity and why, for one news item a line (design.md §4)."""

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from errors import BadInput
from monitoring.sentiment import SnowTables, cut, item_text, score
from monitoring.tone import ToneInput, ToneJudgement, judge
from settings import Settings
from storage.content import tone_model, words
from storage.models_cache import snow_tables


def answer(row: Mapping[str, Any]) -> dict[str, Any]:
    """{snownlp, tone, certain, gravity, why, attribution, score} for {title, summary, company}. Raises BadInput."""
    item = ToneInput(_text(row, "title"), _text(row, "summary"), _text(row, "company") or None)
    text = item_text(item.title, item.summary)
    number = float(score([text], _tables())[0]) if text else None
    judged = judge([item], [number], cut([text or ""], _tables()), tone_model())[0]
    return {"snownlp": number, **_told(judged, str(row.get("lang") or "zh"))}


def _told(judged: ToneJudgement, language: str) -> dict[str, Any]:
    return {
        "tone": judged.tone,
        "certain": judged.certain,
        "gravity": judged.gravity,
        "attribution": judged.attribution,
        "score": round(judged.score, 4),
        "why": [_reason(reason, language) for reason in judged.reasons],
    }


def _reason(reason: Any, language: str) -> dict[str, Any]:
    say = words(language)
    key = f"tone.reason.{reason.key}"
    text = say(key, words=say("list.comma").join(reason.words)) if say.has(key) else reason.key
    return {"key": reason.key, "text": text, "words": list(reason.words), "weight": round(reason.weight, 3)}


def _text(row: Mapping[str, Any], field: str) -> str:
    value = row.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadInput("score.not_text", field=field)
    return value


@cache
def _tables() -> SnowTables | None:
    return snow_tables(Settings.from_environment(os.environ).home / "cache")
