"""What the desk knows of an incident, as the question for its type is put."""

from collections.abc import Mapping, Sequence
from typing import Any

from incidents.models import Fact, IntakeAnswer
from incidents.types import ConfirmedFact, TypeIntake

_ORIGINS = {
    "own_management": "own operations", "peer_or_supplier": "a peer or supplier", "media_report": "media report",
}  # fmt: skip
_TOLD = ("what_happened", "place", "narrative", "cause", "product")


def type_intake(answers: Mapping[str, IntakeAnswer], facts: Sequence[Fact], language: str) -> TypeIntake:
    """The intake's words and choices, and what has been confirmed since. What was not asked stays None."""

    def said(name: str) -> Any:
        return answers[name].value if name in answers else None

    told = "\n".join(str(said(name)) for name in _TOLD if said(name))
    hurt = [said(name) for name in ("deaths", "injured", "missing")]
    outlets = [*(said("outlets") or ()), *(said("asking") or ())]
    return TypeIntake(
        company=said("company"), industry=said("industry"), text=told or None,
        origin=_ORIGINS.get(str(said("origin")), "unknown") if said("origin") else None,
        cause_known=said("cause_known"), number_of_factors=said("factors"), trust_issue=said("trust_issue"),
        casualties=sum(number or 0 for number in hurt) if any(number is not None for number in hurt) else None,
        media_outlets=tuple(dict.fromkeys(outlets)) or None, facts=_settled(facts, told, language),
    )  # fmt: skip


def _settled(facts: Sequence[Fact], told: str, language: str) -> tuple[ConfirmedFact, ...]:
    """Settled facts that say something the intake does not already say."""
    worded = [(fact.id, fact.wording(language)) for fact in facts if fact.settled]
    return tuple(ConfirmedFact(str(number), text) for number, text in worded if text and text not in told)
