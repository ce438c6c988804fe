"""Drafts one text from one intake: compose, render, ask the checker, leave out what it blocks, try the next wording."""

from collections.abc import Mapping
from dataclasses import replace

from errors import NotFound
from statements.drafting.compose import Composer
from statements.drafting.render import as_draft, render
from statements.drafting.screening import blocked
from statements.drafting.script import is_traditional, traditional_kit
from statements.models import Check, Draft, DraftSentence, StatementIntake, StatementKit

_TUPLES = ("confirmed", "actions_taken", "not_confirmed")
_TEXTS = ("what_happened", "where")
MOST_TRIES = 4


def draft(intake: StatementIntake, lang: str, kit: StatementKit, check: Check, slug: str = "holding") -> Draft:
    """The text `slug` in `lang`. Same input, same output.

    A confirmed thing the checker would block is left out and flagged; where it objects to a wording of ours the next one is tried.
    Raises NotFound("template.unknown") for a slug the kit does not have.
    """
    if slug not in kit.templates:
        raise NotFound("template.unknown", slug=slug)
    content = traditional_kit(kit) if lang == "zh" and is_traditional(_all_texts(intake)) else kit
    intake, flags = leave_out_blocked(intake, lang, check)
    sentences, text = _render(intake, lang, content, slug, {})
    shifts: dict[str, int] = {}
    for _ in range(MOST_TRIES):
        if check(text, lang).severity != "block":
            break
        refused = [s for s in sentences if blocked(s.text, lang, check)]
        if not refused:
            break
        for sentence in refused:
            slot = sentence.slot.split(".")[0]
            shifts[slot] = shifts.get(slot, 0) + 1
        sentences, text = _render(intake, lang, content, slug, shifts)
    return as_draft(sentences, text, flags)


def _all_texts(intake: StatementIntake) -> tuple[str, ...]:
    lists = (intake.confirmed, intake.actions_taken, intake.not_confirmed, intake.groups_affected, intake.authorities)
    return (intake.company, intake.what_happened, intake.where, *(text for items in lists for text in items))


def _render(
    intake: StatementIntake, lang: str, kit: StatementKit, slug: str, shifts: Mapping[str, int]
) -> tuple[tuple[DraftSentence, ...], str]:
    values = Composer(intake, lang, kit, shifts).values()
    return render(kit.templates[slug].sources[lang], values, lang)


def leave_out_blocked(intake: StatementIntake, lang: str, check: Check) -> tuple[StatementIntake, tuple[str, ...]]:
    """The intake without what the checker would block, and the flags of why."""
    flags: list[str] = []

    def passes(text: str) -> bool:
        objections = blocked(text, lang, check) if text else ()
        flags.extend(objections)
        return not objections

    kept = {slot: tuple(item for item in getattr(intake, slot) if passes(item)) for slot in _TUPLES}
    texts = {slot: getattr(intake, slot) if passes(getattr(intake, slot)) else "" for slot in _TEXTS}
    note = intake.casualties.note if passes(intake.casualties.note) else ""
    clean = replace(intake, **kept, **texts, casualties=replace(intake.casualties, note=note))
    return clean, tuple(dict.fromkeys(flags))
