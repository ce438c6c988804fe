"""What is known, what is not and who decides it, what has been done."""

import re
from typing import TYPE_CHECKING

from statements.drafting import matching
from statements.drafting.phrases import Phrase, join
from statements.drafting.script import simplified

if TYPE_CHECKING:
    from statements.drafting.compose import Composer

_DECIDED = {"cause", "whether"}


def confirmed(c: "Composer") -> Phrase:
    items = c.items("confirmed")
    if not items:
        return c.say("confirmed.none")
    return c.grammar.confirmed(items)


def unknowns(c: "Composer") -> list[Phrase]:
    """What is not known: what somebody else decides in one sentence with who decides it, what we find out ourselves in another."""
    items = c.items("not_confirmed")
    if not items:
        return [c.hole("unknown")]
    told = [item for item in items if is_counted(c, item)]
    items = [item for item in items if item not in told] or items  # the casualty sentence says it
    kinds: dict[str, list[Phrase]] = {}
    for item in items:
        kinds.setdefault(c.grammar.unknown_kind(item), []).append(c.grammar.unknown_item(item))
    return (_unknowns_zh if c.lang == "zh" else _unknowns_en)(c, kinds)


_COUNTS = {
    "deaths": r"是否有人(?:员)?(?:遇难|死亡)|whether anyone has died",
    "injured": r"(?:是否有人(?:员)?受伤|受伤人数)|(?:whether anyone|how many people) (?:is|are|has been|have been) hurt",
    "missing": r"是否有人(?:员)?(?:失联|失踪)|whether anyone is missing",
}


def is_counted(c: "Composer", item: str) -> bool:
    """Whether an open matter is one of the counts that the casualty sentence tells as not yet known."""
    toll = c.intake.casualties
    open_ones = [pattern for kind, pattern in _COUNTS.items() if getattr(toll, kind) is None]
    some = any(getattr(toll, kind) for kind in _COUNTS)
    return some and any(re.fullmatch(pattern, simplified(item), re.I) for pattern in open_ones)


def _unknowns_zh(c: "Composer", kinds: dict[str, list[Phrase]]) -> list[Phrase]:
    causes, whethers = join(kinds.get("cause", []), "、"), join(kinds.get("whether", []), "，")
    said = []
    if causes and whethers:
        said.append(c.say("unknown.both", causes=causes, whethers=whethers, decider=decider(c)))
    elif causes or whethers:
        kind = "cause" if causes else "whether"
        said.append(c.say(f"unknown.{kind}", items=causes or whethers, decider=decider(c)))
    ours = [*kinds.get("scope", []), *kinds.get("open", [])]
    if ours:
        said.append(c.say(f"unknown.{'open' if 'open' in kinds else 'scope'}", items=join(ours, "、")))
    return said + [c.say("unknown.sentence", items=item) for item in kinds.get("sentence", [])]


def _unknowns_en(c: "Composer", kinds: dict[str, list[Phrase]]) -> list[Phrase]:
    said = []
    for kind, key in (("cause", "decided"), ("scope", "scope")):
        if kind in kinds:
            items = kinds[kind]
            between = ", or " if any(" or " in item for item in items) else " or "
            named = join(items, ", ", between)
            be = "are" if len(items) > 1 or (c.en.plural(items[0]) and not c.en.is_question(items[0])) else "is"
            said.append(
                c.say(f"unknown.{key}", items=named, Items=c.en.upper(join(items, ", ", " and ")), be=be, decider=decider(c))
            )
    return said


def closed(c: "Composer") -> Phrase:
    """That nothing is left to be found out, where nothing is."""
    return Phrase() if c.intake.not_confirmed else c.say("resolution.closed")


def decider(c: "Composer") -> Phrase:
    """Who determines the cause: those competent in this scene, else those competent in general, else the authorities."""
    bodies = [(name, f"authorities.{n}") for n, name in enumerate(c.intake.authorities, 1)]
    general = c.kit.tables["scenes"][-1]["cause"]
    ranked = [matching.deciders(bodies, causes, c.lang, c.kit) for causes in (c.scene["cause"], general)]
    chosen = [Phrase(body(c, name), (slot,)) for name, slot in ranked[0] or ranked[1]]
    return join(chosen, c.say("list"), c.say("and")) if chosen else c.say("unknown.decider")


def body(c: "Composer", name: str) -> str:
    if c.lang == "en":
        return c.en.body(name)
    plain = re.sub(r"[（(][^（()）]*[)）]$", "", name)
    bare = not re.search(r"[司行局委会會署部厅廳所院队隊处處站办辦方府心关關构構门門员員人组組团團社]$", plain)
    return name + (str(c.say("cooperation.suffix")) if bare else "")


def posture(c: "Composer") -> Phrase:
    """The sentence the crisis type asks for (practice: type and posture), for credit by its kind where that is known."""
    kind = c.intake.crisis_type
    keys = [f"posture.{kind}.{c.intake.credit_kind}", f"posture.{kind}"]
    key = next((key for key in keys if key in c.kit.words[c.lang]), "")
    if not key:
        return Phrase()
    question = _question(c)
    if kind == "media" and not question:
        key = "posture.media.plain"
    who = decider(c)
    return c.say(key, question=question, decider=who, Decider=Phrase(who[:1].upper() + who[1:], who.facts))


def _question(c: "Composer") -> Phrase:
    """What the reports ask, as far as it is one of the things not yet known."""
    asked = [item for item in c.items("not_confirmed") if c.grammar.unknown_kind(item) != "sentence"][:1]
    if not asked:
        return Phrase()
    said = c.grammar.unknown_item(asked[0])
    return Phrase(f"about {said}", said.facts) if c.lang == "en" and not c.en.is_question(said) else said


def actions(c: "Composer") -> Phrase:
    items = c.items("actions_taken")
    if not items:
        return c.hole("actions")
    return join(c.grammar.actions(items), " " if c.lang == "en" else "")


def _bodies(c: "Composer") -> list[Phrase]:
    return [Phrase(body(c, p), p.facts) for p in c.items("authorities")]


def _in_a_row(c: "Composer", bodies: list[Phrase]) -> Phrase:
    return join(bodies, c.say("list"), c.say("and"))


def _named_before(c: "Composer", bodies: list[Phrase]) -> bool:
    """Whether they were all named just before as those who decide."""
    decided = any(c.grammar.unknown_kind(item) in _DECIDED for item in c.intake.not_confirmed)
    return decided and all(name in decider(c) for name in bodies)


def cooperation(c: "Composer") -> Phrase:
    bodies = _bodies(c)
    if not bodies:
        return Phrase()
    if _named_before(c, bodies):
        return c.say("cooperation.all")
    names = _in_a_row(c, bodies)
    extra = {"Names": c.en.upper(names), "have": "has" if len(bodies) == 1 else "have"} if c.lang == "en" else {}
    return c.say("cooperation", names=names, **extra)
