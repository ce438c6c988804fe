"""What is said to whom: the hurt and their families first, then every group with its own concern, then the press."""

import re
from typing import TYPE_CHECKING

from statements.drafting.matching import Group
from statements.drafting.phrases import Phrase, join

if TYPE_CHECKING:
    from statements.drafting.compose import Composer

_OF_THE_DEAD = re.compile(r"遇难|遇難|罹难|罹難|死者|逝者|bereaved|deceased|dead\b")
_NOT_THE_HURT = re.compile(r"其他|其余|其餘|同期|潜在|后续")
_PHONE = re.compile(r"^[\d+(（【\[]")


def hurt(c: "Composer") -> Phrase:
    """The injured or ill as the intake names them, else as who they are to us."""
    named = [g for g in c.groups if g.role == "victims" and not _OF_THE_DEAD.search(g.name)]
    people = c.intake.casualties.injured
    if named:
        return join([c.named(g) for g in named], c.say("list"), c.say("and"))
    if c.lang == "en":
        one = "one" if people == 1 else "many"
        return c.say(f"hurt.{one}{'_ill' if c.ill else ''}")
    customers = [g for g in c.groups if g.role == "customers" and not _NOT_THE_HURT.match(g.name)][:1]
    staff = [g for g in c.groups if g.role == "staff"] if c.scene["id"] == "work" else []
    default = Phrase(str(c.scene.get("hurt") or c.say("hurt.who")))
    who = c.named((staff or customers)[0]) if customers or staff else default
    who = Phrase(re.sub(r"^(?:已购|已購|同款|涉事)", "", who), who.facts)
    return c.say("hurt.ill" if c.ill else "hurt.injured", who=who)


def _family(c: "Composer") -> Phrase:
    named = [g for g in c.groups if _OF_THE_DEAD.search(g.name) or (g.role == "family")]
    return join([c.named(g) for g in named[:1]], "") if named else c.say("family.default")


def care(c: "Composer") -> Phrase:
    """People first: the dead, the hurt, the missing."""
    toll = c.intake.casualties
    pieces: list[Phrase] = []
    if toll.deaths:
        key = "care.deaths_injured" if toll.injured else "care.deaths"
        pieces.append(c.say(key, family=_family(c), hurt=hurt(c)) if toll.injured else c.say(key, family=_family(c)))
    elif toll.injured:
        pieces.append(c.say("care.injured", hurt=hurt(c)))
    if toll.missing:
        pieces.append(c.say("care.missing"))
    return join(pieces, " " if c.lang == "en" else "")


def victims(c: "Composer") -> Phrase:
    """Those hit and their families, when there are any: a way to us, and their privacy."""
    close = [g for g in c.groups if g.role in ("victims", "family")]
    toll = c.intake.casualties
    if close:
        who = [c.named(g) for g in close]
        if (
            toll.injured
            and c.lang == "zh"
            and all(g.name.endswith(("家属", "家屬", "家人")) and len(g.name) <= 4 for g in close)
        ):
            who.insert(0, hurt(c))
        last = ", and " if c.lang == "en" and any(" and " in name for name in who) else c.say("and")
        return c.say("victims", who=join(who, c.say("list"), last))
    return c.say("victims", who=hurt(c)) if toll.deaths or toll.injured else Phrase()


def help_line(c: "Composer") -> Phrase:
    contact = c.fact("contact")
    phone = _PHONE.match(contact)
    way, style = "call" if phone else "reach", c.say.turn("help.style")
    asks = _asks(c, [g for g in c.groups if g.role not in ("victims", "family", "media")], style)
    if not asks:
        return c.say(f"help.{way}_only", contact=contact)
    return c.say.at(style, f"help.{way}", contact=contact, asks=asks)


def _asks(c: "Composer", others: list[Group], style: int) -> Phrase:
    """Every other group with its own concern; groups that share one stand together."""
    by_need: dict[str, list[Group]] = {}
    for group in others:
        by_need.setdefault(group.need, []).append(group)
    pieces = []
    for n, (need, who) in enumerate(by_need.items()):
        names = join([c.named(g) for g in who], c.say("list"), c.say("and"))
        key = "help.ask_more" if n and c.lang == "en" else "help.ask"
        pieces.append(c.say.at(style, key, who=names, need=Phrase(need)))
    if c.lang == "zh":
        return join(pieces, c.say.at(style, "help.between"))
    return join(pieces, ", ", ", and ")


def media(c: "Composer") -> Phrase:
    asking = [c.named(g) for g in c.groups if g.role == "media"]
    if not asking:
        return Phrase()
    way = "call" if _PHONE.match(c.fact("contact")) else "reach"
    if c.lang == "zh":
        same = c.say(f"media.same.{way}")
        return c.say("media", who=join(asking, "、"), spokesperson=c.speaker(), same=same)
    return c.say("media", who=join(asking, ", ", " and "), spokesperson=c.speaker())
