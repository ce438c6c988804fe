"""How many are hurt: numbers, confirmed zeros and what is not yet known, each said as what it is."""

import re
from typing import TYPE_CHECKING

from statements.drafting import known
from statements.drafting.phrases import Phrase, join
from statements.drafting.script import simplified
from statements.models import StatementIntake

if TYPE_CHECKING:
    from statements.drafting.compose import Composer

_ILL = {
    "zh": re.compile(r"腹痛|腹泻|呕吐|不适|中暑|发热|发烧|过敏|中毒|恶心|头晕|感染|食用|饮用|吃"),
    "en": re.compile(
        r"\b(?:ill|unwell|sick|vomit\w*|fever|allerg\w*|poison\w*|nausea|faint\w*|infect\w*|stomach|diarrh\w*|symptom\w*)\b",
        re.I,
    ),
}
_HURT = {
    "zh": re.compile(r"伤|骨折|烧|烫|割|摔|砸|撞|夹|异物|玻璃|金属|爆|塌"),
    "en": re.compile(
        r"\b(?:hurt|injur\w*|cut|burn\w*|broke\w*|fell|fall|struck|crush\w*|explo\w*|collaps\w*|fragments?|metal|glass|foreign)\b",
        re.I,
    ),
}
_NOTE_SOURCE = re.compile(
    r"^(?P<note>.*?)[,;]?\s*\((?P<source>[^()]{0,40}?(?:service|police|hospital|council|authority|office|bureau|brigade|board|commission|clinic|inspector\w*|doctors?|medics"
    r"|department|agency|centre|center|coastguard|ministry|regulator|mayor))\)$",
    re.I,
)
_HARM = re.compile(r"受伤|伤亡|伤者|死亡|\b(?:hurt|injur\w*|died|casualt\w*)\b", re.I)
_COUNTED = "零一二三四五六七八九十"
_BARE_COUNT = re.compile(
    r"^(\d+) (?:(people|students|pupils|passengers|customers|workers|guests|residents|children|staff|employees|patients"
    r"|visitors|crew|firefighters|drivers|tenants|shoppers|riders|members|contractors|diners|adults|teachers|spectators|fans"
    r"|travellers|colleagues|girls|boys|men|women) )?((?:treated|taken|admitted"
    r"|hospitali[sz]ed|evacuated|rescued|killed|hurt|injured|unwell|ill|sick|dead|missing|in hospital)\b.*)$",
    re.I,
)
_KINDS = ("deaths", "injured", "missing")


def is_ill(intake: StatementIntake, lang: str, by_scene: bool) -> bool:
    """Whether those counted as injured are rather unwell: 身体不适, not 受伤."""
    said = simplified(f"{intake.what_happened} {intake.casualties.note}")
    return (bool(_ILL[lang].search(said)) or by_scene) and not _HURT[lang].search(said)


def casualty_sentence(c: "Composer") -> Phrase:
    """Every count once. A null is said to be not yet confirmed, a zero to be nobody; nothing is left out."""
    toll = c.intake.casualties
    counts = {kind: getattr(toll, kind) for kind in _KINDS}
    if c.quiet and not any(counts.values()) and not toll.note and (c.intake.not_confirmed or None not in counts.values()):
        return Phrase()  # nobody asks whether a lawsuit or a leaked database has hurt anyone
    if all(n is None for n in counts.values()) and not toll.note:
        if any(_HARM.search(simplified(item)) for item in c.intake.not_confirmed):
            return Phrase()  # said below, as one of the things not yet known
        return _sentence(c, _unknown_all(c))
    if set(counts.values()) == {0} and (official := _nobody_official(c)):
        return official
    known, open_ = [*_positive(c, counts), *_zeros(c, counts)], _unknown(c, counts)
    pieces = [*known, *open_]
    if c.lang == "zh":
        return _sentence(c, join([p for p in (join(known, "，"), join(open_, "，")) if p], "；"))
    return _sentence(c, join(pieces, "; " if len(pieces) > 2 else ", and " if len(pieces) == 2 else ""))


_NOBODY = re.compile(
    r"^(?:目前|暂|現場|现场)?(?:无人|没有人|無人|沒有人)员?(?:受伤|伤亡|受傷|傷亡)$"
    r"|^(?:no one|nobody|no-one) (?:was |is |has been )?(?:hurt|injured)$|^no injuries$",
    re.I,
)


def _nobody_official(c: "Composer") -> Phrase:
    """Nobody, and whoever says so: the fire service reports that no one has been hurt. Empty where the note names nobody."""
    note = c.intake.casualties.note.rstrip("。.；; ")
    slots = [*(f"casualties.{kind}" for kind in _KINDS), "casualties.note"]
    none = Phrase(c.say("casualty.none_all"), slots)
    if _NOBODY.match(note):
        return _sentence(c, none)
    if c.lang == "zh":
        told = c.zh.source_of(note)
        return _sentence(c, c.say("confirmed.source", source=told[1], item=none)) if told and _NOBODY.match(told[0]) else Phrase()
    found = _NOTE_SOURCE.match(note)
    if not found or not _NOBODY.match(found["note"].strip()):
        return Phrase()
    return _sentence(c, c.say("confirmed.source", source=c.en.body(found["source"]), item=none))


def _sentence(c: "Composer", state: Phrase) -> Phrase:
    at = c.intake.as_of
    if (
        at is None
        or state == c.say("casualty.unknown_all")
        or state == c.say("casualty.unknown_quiet")
        or (c.lang == "en" and not any(getattr(c.intake.casualties, kind) for kind in _KINDS))
    ):
        said = c.say("casualty.plain", state=state)
        return Phrase(said[:1].upper() + said[1:], said.facts)
    clock = Phrase(f"{at:%H:%M}", ("as_of",))
    body = Phrase(state, state.facts)
    if c.lang == "en" and not re.match(r"^(?:the|no|one|we|whether|\d+)\b", body, re.I):
        return Phrase(body[:1].upper() + body[1:] + ".", body.facts)
    return c.say("casualty.as_of", clock=clock, state=body)


def _unknown_all(c: "Composer") -> Phrase:
    said = c.say("casualty.unknown_quiet" if c.quiet else "casualty.unknown_all")
    return Phrase(said, [f"casualties.{kind}" for kind in _KINDS])


def _name(c: "Composer", kind: str) -> str:
    return "ill" if kind == "injured" and c.ill else kind


def _positive(c: "Composer", counts: dict[str, int | None]) -> list[Phrase]:
    """The counts above zero, in the words of the note where it says the same numbers."""
    note, some = c.intake.casualties.note.rstrip("。.；; "), {k: n for k, n in counts.items() if n}
    slots = [f"casualties.{kind}" for kind in some]
    said_in_note = bool(note and some) and all(_says(note, kind, n) for kind, n in some.items())
    if note and said_in_note:
        return [_noted(c, Phrase(note, (*slots, "casualties.note")))]
    spoken = [_counted(c, kind, n) for kind, n in some.items()]
    if note and some and not re.search(r"\d", note):
        return [
            _described(c, join(spoken, "，" if c.lang == "zh" else ", ", None if c.lang == "zh" else " and "), note)
        ]
    return spoken


def _says(note: str, kind: str, n: int) -> bool:
    if re.search(rf"(?<!\d){n}(?!\d)", note) or (n == 1 and re.search(r"\bone\b", note, re.I)):
        return True
    spoken = ("[两兩二]" if n == 2 else _COUNTED[n]) if n <= 10 else ""
    return bool(spoken and re.search(rf"{spoken}[人名位]", note))


def _counted(c: "Composer", kind: str, n: int) -> Phrase:
    key = f"casualty.{_name(c, kind)}" + ("_one" if c.lang == "en" and n == 1 else "")
    return (
        c.say(key, n=Phrase(str(n), (f"casualties.{kind}",)))
        if "_one" not in key
        else Phrase(c.say(key), (f"casualties.{kind}",))
    )


def _noted(c: "Composer", note: Phrase) -> Phrase:
    if c.lang == "zh":
        return c.zh.sourced(note)
    found = _NOTE_SOURCE.match(note)
    text = found["note"] if found else str(note)
    bare = _BARE_COUNT.match(text)
    if found:
        who = (bare[2] or "people") if bare and bare[1] != "1" else "person"
        people = f"{bare[1]} {who} {bare[3]}" if bare else text
        return c.say("casualty.reports", source=Phrase(c.en.body(found["source"])), note=Phrase(people, note.facts))
    text = re.sub(r", (\d+) (in hospital|in care|at the scene|missing|unwell|ill)\b", r" and \1 are \2", text)
    bare = _BARE_COUNT.match(text)
    if not bare:
        return Phrase(text, note.facts)
    done = re.match(
        r"(?:treated|taken|admitted|hospitali[sz]ed|evacuated|rescued|killed|hurt|injured)\b", bare[3], re.I
    )
    one = bare[1] == "1"
    be = ("has been" if one else "have been") if done else ("is" if one else "are")
    return Phrase(
        c.say("casualty.person" if one else "casualty.people", n=bare[1], who=bare[2] or "people", be=be, rest=bare[3]),
        note.facts,
    )


def _described(c: "Composer", state: Phrase, note: str) -> Phrase:
    facts = (*state.facts, "casualties.note")
    if c.lang == "zh":
        return Phrase(f"{state}，{c.zh.sourced(Phrase(note))}", facts)
    found = _NOTE_SOURCE.match(note)
    words = found["note"] if found else note
    note = words
    if c.en.is_clause(words) or len(words.split()) > 5:
        plain = c.en.clause(Phrase(words))
        key = "casualty.also_source" if found else "casualty.also"
        return Phrase(c.say(key, state=state, note=plain, source=c.en.body(found["source"]) if found else ""), facts)
    if found:
        return Phrase(c.say("casualty.condition", state=state, source=c.en.body(found["source"]), note=words), facts)
    return Phrase(c.say("casualty.described", state=state, note=words), facts)


def _zeros(c: "Composer", counts: dict[str, int | None]) -> list[Phrase]:
    none = [kind for kind, n in counts.items() if n == 0]
    slots = [f"casualties.{kind}" for kind in none]
    note = c.intake.casualties.note.rstrip("。.；; ")
    said = c.en.clause(Phrase(note)) if c.lang == "en" else note
    noted = (
        [Phrase(said, ("casualties.note",))]
        if note and not any(counts.values()) and not re.search(r"[1-9]", note)
        else []
    )
    if not none:
        return noted
    if counts["injured"] and not counts["deaths"] and "deaths" in none:
        return [*_nobody_else(c, none, slots), *noted]
    if len(none) == len(_KINDS):
        return [Phrase(c.say("casualty.none_all"), slots), *noted]
    if c.lang == "zh":
        names = str(c.say("casualty.or")).join(str(c.say(f"casualty.name.{_name(c, kind)}")) for kind in none)
        return [Phrase(c.say("casualty.none", names=names), slots), *noted]
    return [Phrase(c.say(f"casualty.none.{_name(c, kind)}"), (f"casualties.{kind}",)) for kind in none] + noted


def _nobody_else(c: "Composer", none: list[str], slots: list[str]) -> list[Phrase]:
    """Beside a number, a zero is worth saying only where more could be feared: not after three stomach aches."""
    if not c.scene.get("toll"):
        return []
    return [Phrase(c.say("casualty.none_other_missing" if "missing" in none else "casualty.none_other"), slots)]


def _unknown(c: "Composer", counts: dict[str, int | None]) -> list[Phrase]:
    unknown = [kind for kind, n in counts.items() if n is None]
    if len(unknown) == len(_KINDS):
        return [_unknown_all(c)]
    slots = [f"casualties.{kind}" for kind in unknown]
    slots += [slot for item in c.items("not_confirmed") if known.is_counted(c, item) for slot in item.facts]
    if c.lang == "zh" and unknown:
        names = str(c.say("casualty.or")).join(str(c.say(f"casualty.name.{_name(c, kind)}")) for kind in unknown)
        return [Phrase(c.say("casualty.unknown", names=names), slots)]
    return [Phrase(c.say(f"casualty.unknown.{_name(c, kind)}"), (f"casualties.{kind}", *slots)) for kind in unknown]
