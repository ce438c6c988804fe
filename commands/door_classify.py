"""`classify`: one intake in, the crisis type with its reasons out."""

from dataclasses import asdict
from typing import Any

from incidents.types import TypeIntake, TypeJudgement, classify
from storage import content


def answer(row: dict[str, Any]) -> dict[str, Any]:
    """Answers one intake in the language of its narrative. `answers` may hold {question id: option id}.

    Raises BadInput where a field is of the wrong kind.
    """
    intake = TypeIntake.from_mapping(row)
    answers = row.get("answers") if isinstance(row.get("answers"), dict) else {}
    judgement = classify(intake, content.type_model(), answers)
    return {"id": row.get("id"), **as_row(judgement, language_of(intake.text or ""))}


def as_row(judgement: TypeJudgement, language: str) -> dict[str, Any]:
    """The fixed keys of the machine door, and provisional, secondary and the deciding question beside them."""
    question = judgement.deciding_question
    return {
        "type": judgement.type,
        "credit_kind": judgement.credit_kind,
        "confidence": round(judgement.confidence, 4),
        "provisional": judgement.provisional,
        "runner_up": judgement.runner_up,
        "secondary": list(judgement.secondary),
        "reasons": [
            {"text": reason.text.in_language(language), "evidence": [asdict(e) for e in reason.evidence]}
            for reason in judgement.reasons
        ],
        "would_change": [phrase.in_language(language) for phrase in judgement.would_change],
        "deciding_question": question
        and {
            "id": question.id,
            "text": question.text.in_language(language),
            "options": [
                {"id": o.id, "text": o.text.in_language(language), "decides": o.decides} for o in question.options
            ],
        },
    }


def language_of(text: str) -> str:
    """English where letters clearly outnumber Chinese characters, for an English report may quote Chinese names."""
    han = sum("\u3400" <= character <= "\u9fff" for character in text)
    latin = sum(character.isascii() and character.isalpha() for character in text)
    return "en" if latin > 4 * han and latin else "zh"
