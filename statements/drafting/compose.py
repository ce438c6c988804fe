"""From an intake to everything a template may name: phrases that know their facts, in one language."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from statements.drafting import audience, known, matching, opening, spoken
from statements.drafting.casualties import casualty_sentence, is_ill
from statements.drafting.chinese import Chinese
from statements.drafting.english import English
from statements.drafting.matching import Group
from statements.drafting.phrases import Phrase, Wording, join
from statements.ladder import fuller_apology
from statements.models import StatementIntake, StatementKit

_TITLED = re.compile(
    r"\b(?:director|manager|officer|head|chief|president|secretary|lead|chair\w*|captain|spokes\w+|principal|matron)\b",
    re.I,
)


class Composer:
    """What is known of one incident in one language: facts, holes for what is missing, scene, groups, grammar, wordings."""

    def __init__(self, intake: StatementIntake, lang: str, kit: StatementKit, shifts: Mapping[str, int]) -> None:
        self.intake, self.lang, self.kit = intake, lang, kit
        seed = "|".join([intake.company, intake.industry, intake.what_happened, *intake.groups_affected])
        self.say = Wording(kit.words[lang], seed, shifts)
        self.scene = matching.scene(intake, lang, kit)
        self.groups = matching.groups(intake, lang, kit, self.scene["id"])
        self.quiet = bool(self.scene.get("quiet")) or matching.is_quiet(intake, lang, kit)
        self.ill = is_ill(intake, lang, bool(self.scene.get("ill")))

    @cached_property
    def zh(self) -> Chinese:
        return Chinese(self.say, self.kit.tables["grammar_zh"])

    @cached_property
    def en(self) -> English:
        told = self.intake
        names = " ".join([told.company, told.where, told.spokesperson, *told.authorities])
        return English(self.say, self.kit.tables["grammar_en"], names)

    @property
    def grammar(self) -> Chinese | English:
        return self.zh if self.lang == "zh" else self.en

    def hole(self, name: str) -> Phrase:
        return self.say("hole", what=self.say(f"hole.{name}"))

    def fact(self, slot: str) -> Phrase:
        """What the intake says in a slot, or its hole."""
        text = getattr(self.intake, slot)
        return Phrase(text, (slot,)) if text else self.hole(slot)

    def quoted(self, slot: str) -> Phrase:
        """A fact that stands inside a sentence: without its own full stop."""
        said = self.fact(slot)
        return Phrase(said.rstrip("。.；; "), said.facts)

    def items(self, slot: str) -> list[Phrase]:
        return [Phrase(text, (f"{slot}.{n}",)) for n, text in enumerate(getattr(self.intake, slot), 1)]

    def named(self, group: Group) -> Phrase:
        return Phrase(self.en.group(group.name) if self.lang == "en" else group.name, (group.slot,))

    def in_role(self, role: str) -> Phrase:
        """The groups of one role in a row, empty where the intake names none."""
        return join([self.named(g) for g in self.groups if g.role == role], self.say("list"), self.say("and"))

    def advice(self) -> list[Phrase]:
        return [Phrase(text) for _, text in matching.advice(self.intake, self.lang, self.kit)]

    def regret(self) -> Phrase:
        """The fuller apology that the jurisdiction of this text protects; nothing in mainland China."""
        packs = self.kit.tables.get("ladders")
        return Phrase(fuller_apology(self.intake.jurisdiction, self.lang, packs)) if packs else Phrase()

    def speaker(self) -> Phrase:
        """The spokesperson inside a sentence: the Safety Director, but Jane Roe, Safety Director."""
        who = self.fact("spokesperson")
        bare = "," in who or not _TITLED.search(who) or re.match(r"(?:the|our|head of)\b", who, re.I)
        if self.lang == "zh" or bare or len(who.split()) > 4:
            return who
        return Phrase(f"the {who}", who.facts)

    def signature(self) -> Phrase:
        """The firm: the line to the press has named the spokesperson."""
        return self.say(f"signature.plain{self._other('_other')}", company=self.fact("company"))

    def signed(self) -> Phrase:
        who = self.fact("spokesperson")
        return self.say(f"signature{self._other('.other')}", company=self.fact("company"), spokesperson=who)

    def _other(self, ending: str) -> str:
        """A name may hold a word a checker stumbles over when it stands alone: then it stands in a sentence."""
        return ending if self.say.refused("signature") else ""


def values(c: Composer) -> dict[str, Any]:
    """What templates/statements may use; every name is always there, empty where there is nothing to say."""
    unknowns = known.unknowns(c)
    single = {slot: c.fact(slot) for slot in ("company", "spokesperson", "contact")}
    first = {
        "title": opening.title(c), "event": opening.event(c), "stamp": opening.stamp(c), "lead": opening.lead(c),
        "what": opening.what(c), "time": opening.when(c), "concern": opening.concern(c), "concern_alone": opening.concern_alone(c),
        "care": audience.care(c), "heart": audience.heart(c),
        "casualties": casualty_sentence(c),
    }  # fmt: skip
    then = {
        "confirmed": known.confirmed(c), "unknowns": unknowns,
        "open_questions": unknowns if c.intake.not_confirmed else [],
        "posture": known.posture(c), "actions": known.actions(c), "cooperation": known.cooperation(c), "advice": c.advice(),
        "victims": audience.victims(c), "victims_alone": audience.victims_alone(c), "help": audience.help_line(c),
        "media": audience.media(c),
    }  # fmt: skip
    last = {
        "next": opening.next_word(c), "next_time": opening.next_time(c), "next_spoken": opening.next_spoken(c),
        "channels": opening.channels(c),
        "speaker": c.speaker(), "next_last": opening.last_word(c), "again": c.say("update.opening"),
        "outcome": c.say("resolution.opening"),
        "regret": c.regret(),
        "closed": known.closed(c), "spoken": spoken.lines(c), "signature": c.signature(), "signed": c.signed(),
        "version": Phrase(str(c.intake.version), ("version",)),
        "corrects": c.quoted("corrects"), "corrected": c.quoted("corrected"),
    }  # fmt: skip
    groups = [{"name": c.named(g), "role": g.role, "need": Phrase(g.need)} for g in c.groups]
    who = {role: c.in_role(role) for role in matching.ROLES}
    return {
        **single,
        **first,
        **then,
        **last,
        "groups": groups,
        "who": who,
        "crisis_type": c.intake.crisis_type,
        "scene": c.scene["id"],
    }
