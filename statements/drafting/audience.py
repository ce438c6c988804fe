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
        return _listed(c, [c.named(g) for g in named])
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
    return c.named(named[0]) if named else c.say("family.default")


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


def heart(c: "Composer") -> Phrase:
    """Care for the hurt, a way to us, and sorrow for what everybody else went through, in one sentence; for the dead `care`."""
    toll = c.intake.casualties
    if toll.deaths or not toll.injured:
        return care(c)
    said = c.say("care.injured_sorry", hurt=_close(c) or hurt(c), sorry=Phrase(c.scene["sorry"][c.lang]))
    return join([said, c.say("care.missing")], " " if c.lang == "en" else "") if toll.missing else said


def _close(c: "Composer") -> Phrase:
    """Those hit and their families as the intake names them."""
    close = [g for g in c.groups if g.role in ("victims", "family")]
    who = [c.named(g) for g in close]
    bare = close and all(g.name.endswith(("家属", "家屬", "家人")) and len(g.name) <= 4 for g in close)
    if c.lang == "zh" and c.intake.casualties.injured and bare:
        who.insert(0, hurt(c))
    return _listed(c, who)


def _listed(c: "Composer", who: list[Phrase]) -> Phrase:
    """Names in a row; where a name holds an "and" of its own the last one is set off."""
    heavy = any(re.search(r" and |[及和与與]", name) for name in who)
    last = (", and " if c.lang == "en" else "、") if heavy else c.say("and")
    return join(who, c.say("list"), last)


def _anyone_hurt(c: "Composer") -> bool:
    return bool(c.intake.casualties.injured or c.intake.casualties.deaths)


def victims(c: "Composer") -> Phrase:
    """A way to us for those hit and their families, when there are any."""
    who = _close(c) or (hurt(c) if _anyone_hurt(c) else Phrase())
    return c.say("victims", who=who, **({"Who": c.en.upper(who)} if c.lang == "en" else {})) if who else Phrase()


def victims_alone(c: "Composer") -> Phrase:
    """The same after a death; else `heart` or the help line says it."""
    return victims(c) if c.intake.casualties.deaths else Phrase()


def help_line(c: "Composer") -> Phrase:
    """Where each group finds an answer to its own concern; those hit stand first where nobody is hurt."""
    contact = c.fact("contact")
    way, style = "call" if _PHONE.match(contact) else "reach", c.say.turn("help.style")
    others = [g for g in c.groups if g.role not in ("victims", "family", "media") and g.role not in c.intake.told_apart]
    asks = _asks(c, others, way, style)
    close = Phrase() if _anyone_hurt(c) else _close(c)
    first = [c.say.at(style, f"help.{way}_close", who=close)] if close else []
    if not first and not asks:
        return c.say(f"help.{way}_only", contact=contact)
    return c.say.at(style, f"help.{way}", contact=contact, asks=_asked(c, first, asks))


def _asked(c: "Composer", first: list[Phrase], asks: list[Phrase]) -> Phrase:
    if c.lang == "zh":
        return join([*first, join(asks, "、")] if asks else first, "，")
    pieces = [*first, *asks]
    return join(pieces, ", ", ", and " if any(" and " in piece for piece in pieces) else " and ")


def _asks(c: "Composer", others: list[Group], way: str, style: int) -> list[Phrase]:
    """Every other group with its own concern; groups that share one stand together."""
    by_need: dict[str, list[Group]] = {}
    for group in others:
        by_need.setdefault(group.need, []).append(group)
    pieces = []
    for need, who in by_need.items():
        names = _listed(c, [c.named(g) for g in who])
        long = c.lang == "zh" and re.search(r"[（()）A-Za-z0-9]$|^.{9,}$", who[-1].name)
        pieces.append(c.say.at(style, "help.ask_long" if long else f"help.{way}_ask", who=names, need=Phrase(need)))
    return pieces


def media(c: "Composer") -> Phrase:
    """Who answers the press, whether or not it is among the groups named: the text is public."""
    asking = [c.named(g) for g in c.groups if g.role == "media"] or [c.say("media.default")]
    return c.say("media", who=join(asking, c.say("list"), c.say("and")), spokesperson=c.speaker())
