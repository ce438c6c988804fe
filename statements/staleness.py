"""Sentences whose facts have changed since they were written, and what they would say now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from incidents.facts import says_the_same
from incidents.models import Fact
from statements.records import Sentence

Name = tuple[str, str]
"""(language, sid) of a sentence."""


@dataclass(frozen=True)
class Correction:
    """A stale sentence and what it would say now: None where it would not be said at all. `facts` are those that changed."""

    before: Sentence
    after: Sentence | None
    facts: tuple[int, ...] = ()

    @property
    def name(self) -> Name:
        return self.before.language, self.before.sid

    @property
    def changes(self) -> bool:
        return self.after is None or self.after.text != self.before.text


def changed_facts(
    uses: Iterable[Mapping[str, Any]], facts: Iterable[Fact], sentences: Sequence[Sentence]
) -> dict[Name, tuple[int, ...]]:
    """The stale sentences with the facts that changed. `uses`: what storage.facts.uses tells of them."""
    by_id = {fact.id: fact for fact in facts}
    by_sentence = {one.id: one for one in sentences}
    stale: dict[Name, tuple[int, ...]] = {}
    for use in uses:
        one, fact = by_sentence.get(use["user_id"]), by_id.get(use["fact_id"])
        if one is None or fact is None or not use["stale"] or says_the_same(use["snapshot"] or {}, fact, one.language):
            continue
        name = (one.language, one.sid)
        stale[name] = (*stale.get(name, ()), fact.id)
    return stale


def corrections(
    stale: Mapping[Name, tuple[int, ...]], sentences: Sequence[Sentence], fresh: Sequence[Sentence]
) -> tuple[Correction, ...]:
    """Each stale sentence with the one of the same name as it would be drafted now."""
    now = {(one.language, one.sid): one for one in fresh}
    return tuple(
        Correction(one, now.get((one.language, one.sid)), stale[(one.language, one.sid)])
        for one in sentences
        if (one.language, one.sid) in stale
    )


def corrected(sentences: Sequence[Sentence], taken: Sequence[Correction]) -> tuple[Sentence, ...]:
    """The text with these corrections taken over; the layout stays."""
    by_name = {one.name: one for one in taken}
    made: list[Sentence] = []
    for one in sentences:
        found = by_name.get((one.language, one.sid))
        if found is None:
            made.append(one)
        elif found.after is not None:
            made.append(replace(one, text=found.after.text, facts=found.after.facts, principle=found.after.principle, edited=False))
    return tuple(replace(one, position=position) for position, one in enumerate(made))
