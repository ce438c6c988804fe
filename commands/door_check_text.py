"""`check-text`: one text in, severity, findings and the four principles out."""

from dataclasses import asdict
from typing import Any

from errors import BadInput
from statements.guard import PRINCIPLES, Check, check
from storage import content

MOST_CHARACTERS = 200_000


def answer(row: dict[str, Any]) -> dict[str, Any]:
    """Answers {id, lang, text}. Raises BadInput where text is no text or is too long to be a statement."""
    text = row.get("text")
    if not isinstance(text, str):
        raise BadInput("check_text.no_text")
    if len(text) > MOST_CHARACTERS:
        raise BadInput("check_text.too_long", most=MOST_CHARACTERS)
    lang = row.get("lang") if row.get("lang") in ("zh", "en") else _language(text)
    return {"id": row.get("id"), **as_row(check(text, str(lang), content.guard()))}


def as_row(result: Check) -> dict[str, Any]:
    """The fixed keys of the machine door, and duty_to_warn beside them."""
    judged = {name: getattr(result.principles, name) for name in PRINCIPLES}
    return {
        "severity": result.severity,
        "findings": [asdict(finding) for finding in result.findings],
        "principles": {name: {"ok": p.ok, "why": p.why, "missing": list(p.missing)} for name, p in judged.items()},
    }


def _language(text: str) -> str:
    return "zh" if any("\u3400" <= character <= "\u9fff" for character in text) else "en"
