"""Reads drafts and kept sentences as the lines the rubric judges: which slots each says, and how many facts."""

from collections.abc import Mapping, Sequence

from incidents.models import Fact
from statements.drafting import Draft
from statements.records import Sentence
from statements.rubric import Line

_SLOTS = {
    "what": "what_happened", "deed": "actions_taken", "authority": "authorities", "channel": "publish_on",
    "deaths": "casualties", "injured": "casualties", "missing": "casualties", "detail": "confirmed", "product": "confirmed",
    "finding": "confirmed", "cause": "confirmed", "negative_search": "confirmed",
}  # fmt: skip


def of_draft(draft: Draft) -> tuple[Line, ...]:
    return tuple(
        Line(one.slot, one.text, one.principle, tuple(fact.split(".")[0] for fact in one.facts), len(one.facts))
        for one in draft.sentences
    )


def of_kept(sentences: Sequence[Sentence], language: str, facts: Mapping[int, Fact]) -> tuple[Line, ...]:
    """The sentences of one language in order; a fact that is not settled is said as not confirmed."""
    mine = sorted((one for one in sentences if one.language == language), key=lambda one: one.position)
    return tuple(
        Line(one.sid, one.text, one.principle, tuple(_slot(facts[n]) for n in one.facts if n in facts), len(one.facts))
        for one in mine
    )


def _slot(fact: Fact) -> str:
    return _SLOTS.get(fact.slot, fact.slot) if fact.settled else "not_confirmed"
