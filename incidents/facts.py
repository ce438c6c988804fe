"""What a fact may be and may become."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from errors import BadInput
from incidents.intake import MAX_LINE, clean, clean_text
from incidents.models import FACT_STATUSES, SETTLED, Fact

FACT_KINDS = ("text", "time", "place", "number", "person", "deed", "finding", "arrangement", "negative_search")
SLOTS = (
    "what", "when", "where", "deaths", "injured", "missing", "company", "product", "cause", "authority", "deed",
    "contact", "spokesperson", "next_update", "channel", "detail", "finding", "negative_search", "advice",
)  # fmt: skip
MAX_NUMBER = 200  # characters of a document's number
_FIELD_OF_KIND = {"time": "known_at", "number": "injured"}
_FIELD_OF_SLOT = {"next_update": "next_update"}  # an hour that lies ahead


def clean_fact(slot: str, kind: str, value: Any, now: datetime, zone: str) -> Any:
    """A fact's value, typed: ISO time, count or text. Raises BadInput as incidents.intake.clean does."""
    if kind not in FACT_KINDS:
        raise BadInput("not_a_choice", value=kind)
    if kind in _FIELD_OF_KIND:
        return clean(_FIELD_OF_SLOT.get(slot, _FIELD_OF_KIND[kind]), value, now, zone)
    text = clean_text(str(value or ""), MAX_LINE)
    if not text:
        raise BadInput("nothing_written")
    return text


def clean_note(text: str | None, limit: int = MAX_LINE) -> str | None:
    """What stands beside a fact (its source, a document's number), cleaned; None for nothing. Raises BadInput("too_long")."""
    return clean_text(text or "", limit) or None


def may_become(fact: Fact, status: str, by: str | None, source: str | None) -> None:
    """Whether `by` may give the fact this status now. Raises BadInput with the reason."""
    if status not in FACT_STATUSES:
        raise BadInput("not_a_choice", value=status)
    if not by:
        raise BadInput("name_needed")
    if status in ("confirmed", "official") and fact.value is None:
        raise BadInput("nothing_to_confirm")
    if status == "official" and not (source or fact.source):
        raise BadInput("source_needed")


def changed_wordings(fact: Fact, given: Mapping[str, Any]) -> dict[str, str | None]:
    """Those of `given` (wordings, source) that differ from what stands, cleaned; an empty text becomes None."""
    cleaned = {name: clean_text(str(text or ""), MAX_LINE) or None for name, text in given.items()}
    return {name: text for name, text in cleaned.items() if text != getattr(fact, name)}


def missing_wordings(facts: tuple[Fact, ...], language: str) -> tuple[Fact, ...]:
    """Settled public facts that say nothing yet in `language`. Times and numbers cross languages by themselves."""
    typed = ("time", "number")
    mine = [fact for fact in facts if fact.settled and fact.public and fact.kind not in typed and fact.value]
    return tuple(fact for fact in mine if not fact.wording(language))


def says_the_same(snapshot: Mapping[str, Any], fact: Fact, language: str) -> bool:
    """Whether a text in `language` that was made of an earlier version of the fact could be made of this one too.

    Its source, its number or a better wording in the other language change nothing about that.
    """
    settled = snapshot.get("status") in SETTLED
    if (settled, bool(snapshot.get("public", True))) != (fact.settled, fact.public):
        return False
    if not fact.settled:
        return snapshot.get("status") == fact.status  # an open matter is told as open, whatever was reported
    wording = f"wording_{language[:2]}"
    return (snapshot.get("value"), snapshot.get(wording)) == (fact.value, getattr(fact, wording))
