"""How a text opens and when: title, stamp, the first sentence, the concern for everybody, the next word."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from statements.drafting.moments import clock_text, day_text, read_moment
from statements.drafting.phrases import Phrase, join

if TYPE_CHECKING:
    from statements.drafting.compose import Composer

_REPORTED = re.compile(r"\b(?:alleg|claim|says|said|accus|report(?:s|ed)? that)")
_TIMED = re.compile(r"^(?:at|on|in|this|last|yesterday|today|since|around|about|overnight|early|late)\b", re.I)
_PART_OF_DAY = re.compile(r"\b(?:(?:early|late|mid)[- ]?)?(?:morning|afternoon|evening|night)\b", re.I)


def channels(c: "Composer") -> Phrase:
    if c.lang == "zh":
        return join(c.items("publish_on"), c.say("list"))
    return c.en.channels(c.items("publish_on"))


def next_word(c: "Composer") -> Phrase:
    where = channels(c)
    if not where:
        return c.say("next.plain", time=next_time(c))
    return c.say("next.channels", time=next_time(c), channels=where)


def last_word(c: "Composer") -> Phrase:
    """The next word where the matter is closed: once more, and no longer a running promise."""
    where = channels(c)
    if not where:
        return c.say("next.last_plain", time=next_time(c))
    return c.say("next.last", time=next_time(c), channels=where)


def event(c: "Composer") -> Phrase:
    """The event as a title names it, empty where it is too long for one."""
    name = c.zh.event_name(c.intake.what_happened) if c.lang == "zh" else ""
    return Phrase(name, ("what_happened",)) if name else Phrase()


def title(c: "Composer") -> Phrase:
    company, named = c.fact("company"), event(c)
    return c.say("title.event", company=company, event=named) if named else c.say("title.plain", company=company)


def concern(c: "Composer") -> Phrase:
    if c.intake.casualties.deaths and c.scene["id"] != "work":
        return Phrase()  # beside a death, sorrow stands alone
    turn, options = c.say.turn("concern.scene"), c.scene["concern"][c.lang]
    tried = turn - c.say.turn("concern.scene", 0)
    if tried >= len(options):  # every wording of this scene was refused: the plain ones
        options = c.kit.tables["scenes"][-1]["concern"][c.lang]
    return Phrase(str(options[turn % len(options)]))


def concern_alone(c: "Composer") -> Phrase:
    """The concern where `heart` has not said it yet: nobody is hurt, or a colleague has died at work."""
    toll = c.intake.casualties
    return Phrase() if toll.injured and not toll.deaths else concern(c)


def what(c: "Composer") -> Phrase:
    if not c.intake.what_happened:
        return c.hole("what")
    said = Phrase(c.intake.what_happened, ("what_happened",))
    return c.grammar.happening(said)


def lead(c: "Composer") -> Phrase:
    """When, where and what, in the first sentence."""
    said, time, where = what(c), when(c), place(c)
    if c.intake.where and c.intake.where in c.intake.what_happened:
        where, said = Phrase(), Phrase(said, (*said.facts, "where"))
    if c.lang == "en":
        return _lead_en(c, said, where, time)
    if c.say.refused("lead") and re.search(r"被曝|曝光|网传|媒体|报道|被指|质疑", said):
        return c.say("lead.reported", time=time, what=said)
    if not where:
        return c.say("lead.no_place", time=time, what=said)
    said = _once(said, c.intake.where)
    twice = c.intake.where[:2] == said[:2]  # 华东二区机房 / 华东区部分云主机: two names need a pause between them
    return c.say("lead.in" if twice else "lead.full", time=time, place=where, what=said)


def _once(said: Phrase, where: str) -> Phrase:
    """某商场地下停车场 … 在停车场起火: the place is said once."""
    inside = re.search(r"在([^在，。]{2,8})(?=[^，。])", said)
    tails = (inside[1][:n] for n in range(len(inside[1]), 1, -1)) if inside else ()
    spot = next((tail for tail in tails if where.endswith(tail)), "")
    return Phrase(said.replace(f"在{spot}", "", 1), said.facts) if spot else said


def place(c: "Composer") -> Phrase:
    """Where it happened; no hole where the event is about money, trust or information and has no place."""
    if c.intake.where:
        return c.grammar.place(Phrase(c.intake.where, ("where",)))
    needed = c.scene.get("place", True) and not c.quiet and c.intake.crisis_type not in ("media", "credit", "chain")
    if not needed:
        return Phrase()
    return Phrase(f"at {c.hole('place')}") if c.lang == "en" else c.hole("place")


def _lead_en(c: "Composer", said: Phrase, place: Phrase, time: Phrase) -> Phrase:
    generic = re.search(r" (?:at|in) (?:the |a )?([a-z][a-z ]+)(?=;|$)", said)
    if generic and c.intake.where.lower().endswith(generic[1]):  # at leisure centre, at Eastgate Leisure Centre
        said = Phrase(said[: generic.start()] + said[generic.end() :], said.facts)
    key, pieces = "end", {"what": said, "time": time}
    if _REPORTED.search(said) and c.en.can_embed(said):  # else the hour would belong to what was alleged
        key, pieces = "front", {"what": Phrase(c.en.lower(said), said.facts), "time": c.en.upper(time)}
    elif "; " in said:
        head, more = said.split("; ", 1)
        key, pieces = "split", {"what": Phrase(head, said.facts), "more": Phrase(more), "time": time}
    return c.say(f"lead.{key}", place=place, **pieces) if place else c.say(f"lead.{key}_no_place", **pieces)


def when(c: "Composer") -> Phrase:
    if not c.intake.when:
        return c.hole("time_conflict" if c.intake.when_in_future else "time")
    moment = read_moment(c.intake.when)
    today = c.intake.as_of.date() if c.intake.as_of else None
    day = day_text(moment.day, c.lang, today) if moment.day else ""
    clock = clock_text(moment.clock) if moment.clock else ""
    text = _in_chinese(day, clock, moment.rest) if c.lang == "zh" else _in_english(c, day, clock, moment.rest)
    return Phrase(text, ("when",))


def _in_chinese(day: str, clock: str, rest: str) -> str:
    before = re.match(r"^(?:约|大约)", rest)
    return f"{day}{before[0] if before else ''}{clock}{rest[before.end() :] if before else rest}".strip()


def _in_english(c: "Composer", day: str, clock: str, rest: str) -> str:
    if not day:
        return rest if _TIMED.match(rest) else f"at {rest}"
    part = _PART_OF_DAY.search(rest)
    if not clock:
        if part:
            return str(c.say("time.part", part=part[0].lower(), day=day))
        if re.search(r"\b(?:since|from|onwards)\b", rest, re.I):
            return str(c.say("time.since_day", day=day))
        return f"{c.say('time.on', day=day)}{', ' + rest if rest else ''}"
    about = "about " if re.search(r"\b(?:about|around|approx\w*|circa)\b|~", rest, re.I) else ""
    key = "time.since" if re.search(r"\b(?:since|from|onwards)\b", rest, re.I) else "time.at"
    return str(c.say(key, clock=about + clock, day=day))


def moment(c: "Composer", stamp: datetime, slot: str, style: str = "time") -> Phrase:
    """A coming hour, with today or tomorrow where that cannot be misread near midnight; style time | spoken."""
    today = c.intake.as_of
    key = f"{style}.plain"
    if today and stamp.date() == today.date():
        key = f"{style}.today"
    elif today and stamp.date() == (today + timedelta(days=1)).date() and stamp.hour >= 6:
        key = f"{style}.tomorrow"
    day = day_text(stamp.date(), c.lang, today.date() if today else None)
    return Phrase(c.say(key, day=day, clock=clock_text(stamp.time())), (slot,))


def stamp(c: "Composer") -> Phrase:
    version = Phrase(str(c.intake.version), ("version",))
    return c.say("stamp", time=published(c), version=version)


def published(c: "Composer") -> Phrase:
    at = c.intake.as_of
    if at is None:
        return c.hole("as_of")
    return Phrase(c.say("stamp.time", day=day_text(at.date(), c.lang), clock=clock_text(at.time())), ("as_of",))


def next_time(c: "Composer") -> Phrase:
    if c.intake.next_update is None:
        return c.hole("next")
    return moment(c, c.intake.next_update, "next_update")


def next_spoken(c: "Composer") -> Phrase:
    """The hour as one says it aloud: today, tomorrow, without the date."""
    if c.intake.next_update is None:
        return c.hole("next")
    return moment(c, c.intake.next_update, "next_update", "spoken")
