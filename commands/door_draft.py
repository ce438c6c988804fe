"""`draft`: one intake in, a holding statement out, with its sentences and what a person must look at."""

from typing import Any

from errors import BadInput
from statements.drafting import StatementIntake, draft
from statements.models import Check
from storage import content


def answer(row: dict[str, Any]) -> dict[str, Any]:
    """Answers {id, lang, intake}; the template `holding`. Raises BadInput where the intake is no mapping."""
    raw = row.get("intake")
    if not isinstance(raw, dict):
        raise BadInput("draft.no_intake")
    intake, flags = StatementIntake.from_mapping(raw)
    lang = row.get("lang") if row.get("lang") in ("zh", "en") else _language(str(raw.get("what_happened") or raw))
    made = draft(intake, str(lang), content.statement_kit(), checker(), slug=_slug(row))
    sentences = [
        {"text": s.text, "principle": s.principle, "facts": list(s.facts), "slot": s.slot} for s in made.sentences
    ]
    return {
        "id": row.get("id"),
        "text": made.text,
        "sentences": sentences,
        "flags": list(dict.fromkeys([*flags, *made.flags])),
    }


def checker() -> Check:
    """The guard as the plain question drafting asks."""
    from statements.guard import check

    guard = content.guard()
    return lambda text, lang: check(text, lang, guard)


def _slug(row: dict[str, Any]) -> str:
    slug = row.get("template")
    return slug if isinstance(slug, str) and slug in content.statement_kit().templates else "holding"


def _language(text: str) -> str:
    return "zh" if any("\u3400" <= character <= "\u9fff" for character in text) else "en"
