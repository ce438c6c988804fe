"""How many are hurt: numbers, confirmed zeros and what is not yet known, each said as what it is."""

import re
from typing import TYPE_CHECKING

from statements.drafting.phrases import Phrase, join
from statements.drafting.script import simplified
from statements.models import StatementIntake

if TYPE_CHECKING:
    from statements.drafting.compose import Composer

_ILL = {
    "zh": re.compile(r"腹痛|腹泻|呕吐|不适|中暑|发热|发烧|过敏|中毒|恶心|头晕|感染|食用|饮用|吃"),
    "en": re.compile(r"\b(?:ill|unwell|sick|vomit\w*|fever|allerg\w*|poison\w*|nausea|faint\w*|infect\w*|stomach|diarrh\w*|symptom\w*)\b", re.I),
}
_HURT = {
    "zh": re.compile(r"伤|骨折|烧|烫|割|摔|砸|撞|夹"),
    "en": re.compile(r"\b(?:hurt|injur\w*|cut|burn\w*|broke\w*|fell|fall|struck|crush\w*|explo\w*)\b", re.I),
}
_NOTE_SOURCE = re.compile(r"^(?P<note>.*?)[,;]?\s*\((?P<source>[^()]{3,40}?(?:service|police|hospital|council|authority|office|inspector\w*|doctors?|medics|department|agency|centre|center))\)$", re.I)
_KINDS = ("deaths", "injured", "missing")


def is_ill(intake: StatementIntake, lang: str, by_scene: bool) -> bool:
    """Whether those counted as injured are rather unwell: 身体不适, not 受伤."""
    said = simplified(f"{intake.what_happened} {intake.casualties.note}")
    return (bool(_ILL[lang].search(said)) or by_scene) and not _HURT[lang].search(said)


def casualty_sentence(c: "Composer") -> Phrase:
    """Every count once. A null is said to be not yet confirmed, a zero to be nobody; nothing is left out."""
    toll = c.intake.casualties
    counts = {kind: getattr(toll, kind) for kind in _KINDS}
    if all(n is None for n in counts.values()) and not toll.note:
        return _sentence(c, _unknown_all(c))
    pieces = [*_positive(c, counts), *_zeros(c, counts), *_unknown(c, counts)]
    if c.lang == "zh":
        return _sentence(c, join(pieces, "，"))
    return _sentence(c, join(pieces, "; " if len(pieces) > 2 else ", and " if len(pieces) == 2 else ""))


def _sentence(c: "Composer", state: Phrase) -> Phrase:
    at = c.intake.as_of
    if at is None or (c.lang == "en" and not any(getattr(c.intake.casualties, kind) for kind in _KINDS)):
        said = c.say("casualty.plain", state=state)
        return Phrase(said[:1].upper() + said[1:], said.facts)
    clock = Phrase(f"{at:%H:%M}", ("as_of",))
    body = Phrase(state, state.facts)
    if c.lang == "en" and not re.match(r"^(?:the|no|one|we|whether|\d)\b", body, re.I):
        return Phrase(body[:1].upper() + body[1:] + ".", body.facts)
    return c.say("casualty.as_of", clock=clock, state=body)


def _unknown_all(c: "Composer") -> Phrase:
    said = c.say("casualty.unknown_quiet" if c.scene.get("quiet") else "casualty.unknown_all")
    return Phrase(said, [f"casualties.{kind}" for kind in _KINDS])


def _name(c: "Composer", kind: str) -> str:
    return "ill" if kind == "injured" and c.ill else kind


def _positive(c: "Composer", counts: dict[str, int | None]) -> list[Phrase]:
    """The counts above zero, in the words of the note where it says the same numbers."""
    note, some = c.intake.casualties.note.rstrip("。.；; "), {k: n for k, n in counts.items() if n}
    slots = [f"casualties.{kind}" for kind in some]
    said_in_note = bool(note) and all(_says(note, kind, n) for kind, n in some.items())
    if note and said_in_note:
        return [_noted(c, Phrase(note, (*slots, "casualties.note")))]
    spoken = [_counted(c, kind, n) for kind, n in some.items()]
    if note and some and not re.search(r"\d", note):
        return [_described(c, join(spoken, "，" if c.lang == "zh" else ", ", None if c.lang == "zh" else " and "), note)]
    return spoken


def _says(note: str, kind: str, n: int) -> bool:
    return bool(re.search(rf"(?<!\d){n}(?!\d)", note)) or (n == 1 and bool(re.search(r"\bone\b", note, re.I)))


def _counted(c: "Composer", kind: str, n: int) -> Phrase:
    key = f"casualty.{_name(c, kind)}" + ("_one" if c.lang == "en" and n == 1 else "")
    return c.say(key, n=Phrase(str(n), (f"casualties.{kind}",))) if "_one" not in key else Phrase(c.say(key), (f"casualties.{kind}",))


def _noted(c: "Composer", note: Phrase) -> Phrase:
    if c.lang == "zh":
        return c.zh.sourced(note)
    found = _NOTE_SOURCE.match(note)
    text = re.sub(r"^(\d+) hurt\b", r"\1 people hurt", found["note"] if found else note)
    text = re.sub(r"^(\d+) (injured|unwell|missing|dead)\b", r"\1 people \2", text)
    text = re.sub(r"^1 people\b", "1 person", text)
    if found:
        return c.say("casualty.reports", source=Phrase(c.en.body(found["source"])), note=Phrase(text, note.facts))
    text = re.sub(r"^(\d+) people (hurt|injured|unwell|missing)\b", lambda m: f"{m[1]} people {'is' if m[1] == '1' else 'are'} {m[2]}", text)
    return Phrase(text, note.facts)


def _described(c: "Composer", state: Phrase, note: str) -> Phrase:
    facts = (*state.facts, "casualties.note")
    if c.lang == "zh":
        return Phrase(f"{state}，{c.zh.sourced(Phrase(note))}", facts)
    found = _NOTE_SOURCE.match(note)
    words = found["note"] if found else note
    if found:
        return Phrase(c.say("casualty.condition", state=state, source=c.en.body(found["source"]), note=words), facts)
    return Phrase(c.say("casualty.described", state=state, note=words), facts)


def _zeros(c: "Composer", counts: dict[str, int | None]) -> list[Phrase]:
    none = [kind for kind, n in counts.items() if n == 0]
    slots = [f"casualties.{kind}" for kind in none]
    note = c.intake.casualties.note.rstrip("。.；; ")
    noted = [Phrase(note, ("casualties.note",))] if note and not any(counts.values()) and not re.search(r"[1-9]", note) else []
    if not none:
        return noted
    if len(none) == len(_KINDS):
        return [Phrase(c.say("casualty.none_all"), slots), *noted]
    if c.lang == "zh":
        names = str(c.say("casualty.or")).join(str(c.say(f"casualty.name.{_name(c, kind)}")) for kind in none)
        return [Phrase(c.say("casualty.none", names=names), slots), *noted]
    return [Phrase(c.say(f"casualty.none.{_name(c, kind)}"), (f"casualties.{kind}",)) for kind in none] + noted


def _unknown(c: "Composer", counts: dict[str, int | None]) -> list[Phrase]:
    unknown = [kind for kind, n in counts.items() if n is None]
    if len(unknown) == len(_KINDS):
        return [_unknown_all(c)]
    slots = [f"casualties.{kind}" for kind in unknown]
    if c.lang == "zh" and unknown:
        names = str(c.say("casualty.or")).join(str(c.say(f"casualty.name.{_name(c, kind)}")) for kind in unknown)
        return [Phrase(c.say("casualty.unknown", names=names), slots)]
    return [Phrase(c.say(f"casualty.unknown.{_name(c, kind)}"), (f"casualties.{kind}",)) for kind in unknown]
