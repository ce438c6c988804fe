"""What is known, what is not and who decides it, what has been done."""

import re
from typing import TYPE_CHECKING

from statements.drafting import matching
from statements.drafting.phrases import Phrase, join

if TYPE_CHECKING:
    from statements.drafting.compose import Composer

_DECIDED = {"cause", "whether"}


def confirmed(c: "Composer") -> Phrase:
    items = c.items("confirmed")
    if not items:
        return c.say("confirmed.none")
    return c.grammar.confirmed(items)


def unknowns(c: "Composer") -> list[Phrase]:
    """One sentence an unknown, each with who decides; what was said once is not said again."""
    items = c.items("not_confirmed")
    if not items:
        return [c.hole("unknown")]
    seen: set[str] = set()
    return [_unknown(c, item, seen) for item in items]


def _unknown(c: "Composer", item: Phrase, seen: set[str]) -> Phrase:
    grammar = c.grammar
    kind = grammar.unknown_kind(item)
    again, first, who, words = kind in seen, not seen, decider(c), grammar.unknown_item(item)
    seen.add(kind)
    if c.lang == "zh":
        same = not again and kind in _DECIDED and bool(_DECIDED & (seen - {kind}))
        return c.say(f"unknown.{kind}{'_more' if again else '_same' if same else ''}", item=words, decider=who)
    scope = "_scope" if kind == "scope" else ""
    if c.en.is_question(item):
        key = f"unknown.know{scope}" if first else "unknown.more" if again or scope else "unknown.know_also"
        return c.say(key, items=words, decider=who)
    key = f"unknown.noun{scope}" if first else "unknown.noun_more" if again or scope else "unknown.noun_also"
    return c.say(key, items=c.en.upper(words), be=c.en.be(words), decider=who)


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
    bare = not re.search(r"[司行局委会會署部厅廳所院队隊处處站办辦方府心关關构構门門员員人组組团團社]$", name)
    return name + (str(c.say("cooperation.suffix")) if bare else "")


def posture(c: "Composer") -> Phrase:
    key = f"posture.{c.intake.crisis_type}"
    return c.say(key) if key in c.kit.words[c.lang] else Phrase()


def actions(c: "Composer") -> Phrase:
    items = c.items("actions_taken")
    if not items:
        return c.hole("actions")
    return join(c.grammar.actions(items), " " if c.lang == "en" else "")


def cooperation(c: "Composer") -> Phrase:
    bodies = [Phrase(body(c, p), p.facts) for p in c.items("authorities")]
    if not bodies:
        return Phrase()
    names = join(bodies, c.say("list"), c.say("and") if c.lang == "en" else None)
    decided = c.lang == "zh" and any(c.zh.unknown_kind(item) in _DECIDED for item in c.intake.not_confirmed)
    if decided and all(name in decider(c) for name in bodies):
        return c.say("cooperation.all")  # they were all named just before as those who decide
    extra = {"Names": c.en.upper(names), "have": "has" if len(bodies) == 1 else "have"} if c.lang == "en" else {}
    return c.say("cooperation", names=names, **extra)
