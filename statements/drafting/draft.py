"""Drafts one text from one intake: compose, render, ask the checker, leave out what it blocks, try the next wording."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from errors import NotFound
from statements.drafting import known, opening
from statements.drafting.casualties import casualty_sentence
from statements.drafting.compose import Composer, values
from statements.drafting.render import laid_out, render
from statements.drafting.screening import blocked
from statements.drafting.script import is_traditional, traditional_kit
from statements.models import Check, Draft, DraftSentence, StatementIntake, StatementKit

MOST_TRIES = 6
_MADE_OF = {
    "casualties": ("casualty", "care"),
    "line": ("spoken", "lead", "care", "unknown", "actions"),
    "actions": ("actions", "deed"),
    "answer": ("lead", "care", "casualty", "unknown", "actions", "cooperation", "help", "next"),
}
WORDINGS_TRIED = 2
"""A thing is left out only where the checker refuses it in both of two wordings: then it is not ours that it refuses."""
EXPENDABLE = ("regret", "care", "concern", "posture", "victims", "advice", "cooperation", "thanks")
"""Sentences a text can do without: where no wording of theirs passes, they go rather than stand in the way of release."""
DOUBTFUL = ("confirmed", "unknown", "actions")
"""Sentences that say what a person entered: where no wording passes, it is what they say, which goes and is flagged."""


def draft(intake: StatementIntake, lang: str, kit: StatementKit, check: Check, slug: str = "holding") -> Draft:
    """The text `slug` in `lang`. Same input, same output.

    A confirmed thing the checker would block is left out and flagged; where it objects to a wording of ours the next one
    is tried. Raises NotFound("template.unknown") for a slug the kit does not have.
    """
    if slug not in kit.templates:
        raise NotFound("template.unknown", slug=slug)
    content = traditional_kit(kit) if lang == "zh" and is_traditional(_all_texts(intake)) else kit
    clean, flags = leave_out_blocked(intake, lang, content, check)
    placed, refused = _worded(clean, lang, content, slug, check)
    kept = tuple(pair for pair in placed if pair[0] not in refused or not _may_go(pair[0]))
    late = [flag for s in refused if s.slot.split(".")[0] in DOUBTFUL for flag in blocked(s.text, lang, check)]
    return Draft(laid_out(kept, lang), tuple(s for s, _ in kept), tuple(dict.fromkeys([*flags, *late])))


def _may_go(sentence: DraftSentence) -> bool:
    return sentence.slot.split(".")[0] in (*EXPENDABLE, *DOUBTFUL)


_Placed = tuple[tuple[DraftSentence, int], ...]


def _worded(
    intake: StatementIntake, lang: str, kit: StatementKit, slug: str, check: Check
) -> tuple[_Placed, list[DraftSentence]]:
    """(sentences with their paragraphs, those still refused): wordings the checker refuses give way to the next."""
    source, shifts = kit.templates[slug].sources[lang], dict[str, int]()
    for _ in range(MOST_TRIES):
        placed = render(source, values(Composer(intake, lang, kit, shifts)))
        refused = _refused(placed, lang, check)
        if not refused:
            break
        for key in {key for s in refused for key in _wordings(s.slot)}:
            shifts[key] = shifts.get(key, 0) + 1
    return placed, refused


def _wordings(slot: str) -> tuple[str, ...]:
    """The first parts of the keys whose wordings a slot is made of."""
    name = slot.split(".")[0]
    return _MADE_OF.get(name, (name,))


def _refused(placed: _Placed, lang: str, check: Check) -> list[DraftSentence]:
    if check(laid_out(placed, lang), lang).severity != "block":
        return []
    return [sentence for sentence, _ in placed if blocked(sentence.text, lang, check)]


def _all_texts(intake: StatementIntake) -> tuple[str, ...]:
    lists = (intake.confirmed, intake.actions_taken, intake.not_confirmed, intake.groups_affected, intake.authorities)
    return (intake.company, intake.what_happened, intake.where, *(text for items in lists for text in items))


def leave_out_blocked(
    intake: StatementIntake, lang: str, kit: StatementKit, check: Check
) -> tuple[StatementIntake, tuple[str, ...]]:
    """The intake without what the checker would block in the sentence that says it, and the flags of why."""
    flags: list[str] = []

    def passes(say: Callable[[Composer], str], **changed: Any) -> bool:
        objections: tuple[str, ...] = ()
        for turn in range(WORDINGS_TRIED):
            shifts = dict.fromkeys(("confirmed", "unknown", "lead", "casualty"), turn)
            sentence = say(Composer(replace(intake, **changed), lang, kit, shifts))
            objections = blocked(sentence, lang, check) if sentence else ()
            if not objections:
                return True
        flags.extend(objections)
        return False

    says: Mapping[str, Callable[[Composer], str]] = {
        "confirmed": known.confirmed,
        "actions_taken": known.actions,
        "not_confirmed": lambda c: known.unknowns(c)[0],
    }
    kept = {
        slot: tuple(item for item in getattr(intake, slot) if passes(say, **{slot: (item,)}))
        for slot, say in says.items()
    }
    changes: dict[str, Any] = dict(kept)
    if intake.what_happened and not passes(opening.lead):
        changes["what_happened"] = ""
    if intake.casualties.note and not passes(casualty_sentence):
        changes["casualties"] = replace(intake.casualties, note="")
    return replace(intake, **changes), tuple(dict.fromkeys(flags))
