"""Three lines to say at the door: each short enough to be spoken in nine seconds (practice R22: 27 words)."""

import re
from typing import TYPE_CHECKING

from statements.drafting import audience, known, opening
from statements.drafting.phrases import Phrase

if TYPE_CHECKING:
    from statements.drafting.compose import Composer

MOST = {"en": 27, "zh": 45}  # words; characters, at five a second


def size(text: str, lang: str) -> int:
    """Words of an English line, characters of a Chinese one."""
    return len(text.split()) if lang == "en" else len(re.sub(r"\s", "", text))


def lines(c: "Composer") -> list[Phrase]:
    """What happened and whom we think of; what is not known and who decides; what we do and when we speak again."""
    return [_what(c), _unknown(c), _doing(c)]


def _fitting(c: "Composer", *candidates: Phrase) -> Phrase:
    """The first candidate that can be said in one breath, else the shortest."""
    said = [one for one in candidates if one]
    return next((one for one in said if size(one, c.lang) <= MOST[c.lang]), min(said, key=lambda one: size(one, c.lang)))


def _what(c: "Composer") -> Phrase:
    feeling = _feeling(c)
    told = opening.what(c)
    first = re.split(r"[，,。；;]", told)[0].rstrip(". ") if c.intake.what_happened else str(told)
    short = Phrase(first, told.facts)
    if c.say.refused("spoken"):  # alone it may read as a claim: with its hour it is a report
        return opening.lead(c)
    where = opening.place(c)
    place = Phrase(where.rstrip(","), where.facts)
    here = c.say("spoken.what_at", place=place, what=short, feeling=feeling) if place else Phrase()
    return _fitting(c, here, c.say("spoken.what", what=short, feeling=feeling), c.say("spoken.feeling", feeling=feeling))


def _feeling(c: "Composer") -> Phrase:
    toll = c.intake.casualties
    if toll.deaths:
        return c.say("spoken.dead")
    if toll.injured:
        return c.say("spoken.hurt", hurt=audience.hurt(c))
    return c.say("spoken.sorry", sorry=Phrase(c.scene["sorry"][c.lang]))


def _unknown(c: "Composer") -> Phrase:
    items = [item for item in c.items("not_confirmed") if not known.is_counted(c, item)]
    if not items:
        return known.unknowns(c)[0]
    first = c.grammar.unknown_item(items[0])
    if c.lang == "zh" and c.zh.unknown_kind(items[0]) in ("whether", "open", "sentence"):
        first = Phrase(f"{first}，", first.facts)
    decided = c.grammar.unknown_kind(items[0]) in ("cause", "whether")
    who = known.decider(c)
    if not decided:
        return _fitting(c, c.say("spoken.ours", item=first))
    return _fitting(c, c.say("spoken.theirs", item=first, decider=who), c.say("spoken.theirs_short", item=first))


def _doing(c: "Composer") -> Phrase:
    time = opening.next_spoken(c)
    items = c.items("actions_taken")
    if not items:
        return c.say("spoken.back", time=time)
    told = [c.say("spoken.doing", actions=_joined(c, items[:n]), time=time) for n in range(len(items), 0, -1)]
    return _fitting(c, *told, c.say("spoken.back", time=time))


def _joined(c: "Composer", items: list[Phrase]) -> Phrase:
    said = c.grammar.actions(items)
    return Phrase((" " if c.lang == "en" else "").join(said), [slot for one in said for slot in one.facts])
