"""The parts of a statement as phrases, from an intake: what a template puts in order. One class, two languages."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from statements.drafting import matching
from statements.drafting.casualties import casualty_sentence, is_ill
from statements.drafting.chinese import Chinese
from statements.drafting.english import English
from statements.drafting.matching import Group
from statements.drafting.moments import clock_text, day_text, read_moment
from statements.drafting.phrases import Phrase, Wording, join
from statements.models import StatementIntake, StatementKit


class Composer:
    """Everything a template may name, as attributes of `values()`. Holes stand where an intake says nothing."""

    def __init__(self, intake: StatementIntake, lang: str, kit: StatementKit, shifts: Mapping[str, int]) -> None:
        self.intake, self.lang, self.kit = intake, lang, kit
        seed = "|".join([intake.company, intake.industry, intake.what_happened, *intake.groups_affected])
        self.say = Wording(kit.words[lang], seed, shifts)
        self.scene = matching.scene(intake, lang, kit)
        self.groups = matching.groups(intake, lang, kit, self.scene["id"])
        names = " ".join([intake.company, intake.where, intake.spokesperson, *intake.authorities])
        self.zh = Chinese(self.say, kit.tables["grammar_zh"])
        self.en = English(self.say, kit.tables["grammar_en"], names)
        self.ill = is_ill(intake, lang, bool(self.scene.get("ill")))

    def values(self) -> dict[str, Any]:
        """What templates/statements may use; every name is always there, empty where there is nothing to say."""
        parts = {
            "company": self.fact("company"), "title": self.title(), "stamp": self.stamp(), "lead": self.lead(), "care": self.care(),
            "casualties": casualty_sentence(self), "confirmed": self.confirmed(), "unknowns": self.unknowns(), "posture": self.posture(),
            "actions": self.actions(), "cooperation": self.cooperation(), "advice": [Phrase(text, ()) for _, text in self.advice()],
            "victims": self.victims(), "help": self.help(), "media": self.media(), "next": self.next(), "signature": self.signature(),
            "spokesperson": self.fact("spokesperson"), "contact": self.fact("contact"), "concern": self.concern(),
            "what": self.what(), "time": self.when(), "next_time": self.next_time(), "channels": self.channels(),
            "version": Phrase(str(self.intake.version), ("version",)), "corrects": self.fact("corrects"), "corrected": self.fact("corrected"),
            "crisis_type": self.intake.crisis_type, "scene": self.scene["id"],
            "groups": [{"name": self.named(g), "role": g.role, "need": Phrase(g.need)} for g in self.groups],
        }  # fmt: skip
        return parts

    # --- single facts and holes ---

    def hole(self, name: str) -> Phrase:
        return self.say("hole", what=self.say(f"hole.{name}"))

    def fact(self, slot: str) -> Phrase:
        text = getattr(self.intake, slot)
        return Phrase(text, (slot,)) if text else self.hole(slot)

    def items(self, slot: str) -> list[Phrase]:
        return [Phrase(text, (f"{slot}.{n}",)) for n, text in enumerate(getattr(self.intake, slot), 1)]

    def what(self) -> Phrase:
        if not self.intake.what_happened:
            return self.hole("what")
        what = Phrase(self.intake.what_happened, ("what_happened",))
        return (self.zh if self.lang == "zh" else self.en).happening(what)

    # --- time and place ---

    def when(self) -> Phrase:
        if not self.intake.when:
            return self.hole("time_conflict" if self.intake.when_in_future else "time")
        moment = read_moment(self.intake.when)
        today = self.intake.as_of.date() if self.intake.as_of else None
        day = day_text(moment.day, self.lang, today) if moment.day else ""
        clock = clock_text(moment.clock) if moment.clock else ""
        text = self._time_zh(day, clock, moment.rest) if self.lang == "zh" else self._time_en(day, clock, moment.rest)
        return Phrase(text, ("when",))

    def _time_zh(self, day: str, clock: str, rest: str) -> str:
        before = re.match(r"^(?:约|大约)", rest)
        return f"{day}{before[0] if before else ''}{clock}{rest[before.end() :] if before else rest}".strip()

    def _time_en(self, day: str, clock: str, rest: str) -> str:
        if not day:
            return rest if re.match(r"^(?:at|on|in|this|last|yesterday|today|since|around|about|overnight|early|late)\b", rest, re.I) else f"at {rest}"
        part = re.search(r"\b(?:(?:early|late|mid)[- ]?)?(?:morning|afternoon|evening|night)\b", rest, re.I)
        if not clock:
            if part:
                return str(self.say("time.part", part=part[0].lower(), day=day))
            return f"{self.say('time.on', day=day)}{', ' + rest if rest else ''}"
        about = "about " if re.search(r"\b(?:about|around|approx\w*|circa)\b|~", rest, re.I) else ""
        key = "time.since" if re.search(r"\b(?:since|from|onwards)\b", rest, re.I) else "time.at"
        return str(self.say(key, clock=about + clock, day=day))

    def moment(self, stamp: datetime, slot: str) -> Phrase:
        """A coming hour, with today or tomorrow where that cannot be misread near midnight."""
        today = self.intake.as_of
        key = "time.plain"
        if today and stamp.date() == today.date():
            key = "time.today"
        elif today and stamp.date() == (today + timedelta(days=1)).date() and stamp.hour >= 6:
            key = "time.tomorrow"
        day = day_text(stamp.date(), self.lang, today.date() if today else None)
        return Phrase(self.say(key, day=day, clock=clock_text(stamp.time())), (slot,))

    def stamp(self) -> Phrase:
        version = Phrase(str(self.intake.version), ("version",))
        return self.say("stamp", time=self.published(), version=version)

    def published(self) -> Phrase:
        at = self.intake.as_of
        if at is None:
            return self.hole("as_of")
        return Phrase(self.say("stamp.time", day=day_text(at.date(), self.lang), clock=clock_text(at.time())), ("as_of",))

    def next_time(self) -> Phrase:
        if self.intake.next_update is None:
            return self.hole("next")
        return self.moment(self.intake.next_update, "next_update")

    def channels(self) -> Phrase:
        if self.lang == "zh":
            return join(self.items("publish_on"), self.say("list"))
        named = [Phrase(f"our {c}" if c[:1].islower() and not re.match(r"(?:the|our|a)\b", c) else c, c.facts) for c in self.items("publish_on")]
        return join(named, ", ", " and ")

    def next(self) -> Phrase:
        channels = self.channels()
        return self.say("next.channels", time=self.next_time(), channels=channels) if channels else self.say("next.plain", time=self.next_time())

    # --- the opening ---

    def title(self) -> Phrase:
        company = self.fact("company")
        event = self.zh.event_name(self.intake.what_happened) if self.lang == "zh" else ""
        return self.say("title.event", company=company, event=Phrase(event, ("what_happened",))) if event else self.say("title.plain", company=company)

    def lead(self) -> Phrase:
        where, what, time = self.intake.where, self.what(), self.when()
        needs_place = self.scene.get("place", True)
        place = Phrase(where, ("where",)) if where else self.hole("place") if needs_place else Phrase()
        if where and where in self.intake.what_happened:
            place, what = Phrase(), Phrase(what, (*what.facts, "where"))
        if self.lang == "en":
            place = self.en.place(place) if where and place else Phrase(f"at {place}", ()) if place else place
            return self.say("lead.end", what=what, place=place, time=time) if place else self.say("lead.no_place", what=what, time=time)
        if not place:
            return self.say("lead.no_place", time=time, what=what)
        return self.say("lead.full", time=time, place=self.zh.place(place) if where else place, what=what)

    def concern(self) -> Phrase:
        return Phrase(self.say.choose("care.concern", self.scene["concern"][self.lang]))

    def hurt(self) -> Phrase:
        """The injured or ill as the intake names them, else as who they are to us."""
        named = [g for g in self.groups if g.role == "victims" and not re.search(r"遇难|遇難|死|逝|bereaved|dead|deceased", g.name)]
        people = self.intake.casualties.injured
        if named:
            return join([self.named(g) for g in named], self.say("list"), self.say("and"))
        if self.lang == "en":
            one = "one" if people == 1 else "injured"
            return self.say({("one", True): "hurt.one_ill", ("one", False): "hurt.one", ("injured", True): "hurt.ill", ("injured", False): "hurt.injured"}[one, self.ill])
        customers = [g for g in self.groups if g.role == "customers"][:1]
        staff = [g for g in self.groups if g.role == "staff"] if self.scene["id"] == "work" else []
        who = self.named((customers or staff)[0]) if customers or staff else self.say("hurt.who")
        return self.say("hurt.ill" if self.ill else "hurt.injured", who=who)

    def family(self) -> Phrase:
        named = [g for g in self.groups if re.search(r"遇难|遇難|死者|逝者|罹难|罹難|bereaved|deceased", g.name) or (g.role == "family")]
        return join([self.named(g) for g in named[:1]], "") if named else self.say("family.default")

    def care(self) -> Phrase:
        """People first: the dead, the hurt, the missing, then what worries everybody else."""
        toll = self.intake.casualties
        pieces: list[Phrase] = []
        if toll.deaths:
            key = "care.deaths_injured" if toll.injured else "care.deaths"
            pieces.append(self.say(key, family=self.family(), hurt=self.hurt()) if toll.injured else self.say(key, family=self.family()))
        elif toll.injured:
            pieces.append(self.say("care.injured", hurt=self.hurt()))
        if toll.missing:
            pieces.append(self.say("care.missing"))
        if not toll.deaths or self.scene["id"] == "work":
            pieces.append(self.concern())
        return join(pieces, " " if self.lang == "en" else "")

    # --- what is known, what is not ---

    def confirmed(self) -> Phrase:
        items = self.items("confirmed")
        if not items:
            return self.say("confirmed.none")
        return (self.zh if self.lang == "zh" else self.en).confirmed(items)

    def unknowns(self) -> list[Phrase]:
        """One sentence an unknown, each with who decides; what was said once is not said again."""
        items = self.items("not_confirmed")
        if not items:
            return [self.hole("unknown")]
        seen: set[str] = set()
        return [self._unknown(item, seen) for item in items]

    def _unknown(self, item: Phrase, seen: set[str]) -> Phrase:
        grammar = self.zh if self.lang == "zh" else self.en
        kind = grammar.unknown_kind(item)
        again, decider, words = kind in seen, self.decider(), grammar.unknown_item(item)
        seen.add(kind)
        if self.lang == "zh":
            return self.say(f"unknown.{kind}{'_more' if again else ''}", item=words, decider=decider)
        scope = "_scope" if kind == "scope" else ""
        if self.en.is_question(item):
            return self.say("unknown.more" if seen - {kind} or again else f"unknown.know{scope}", items=words, decider=decider)
        key = "unknown.noun_more" if again else f"unknown.noun{scope}"
        return self.say(key, items=self.en.upper(words), be=self.en.be(words), decider=decider)

    def decider(self) -> Phrase:
        bodies = [(name, f"authorities.{n}") for n, name in enumerate(self.intake.authorities, 1)]
        chosen = [Phrase(self.body(name), (slot,)) for name, slot in matching.deciders(bodies, self.scene["cause"], self.lang, self.kit)]
        if not chosen:
            return self.say("unknown.decider")
        return join(chosen, self.say("list"), self.say("and"))

    def body(self, name: str) -> str:
        if self.lang == "en":
            return self.en.body(name)
        bare = not re.search(r"[局委会會署部厅廳所院队隊处處站办辦方府心关關构構门門员員人组組团團社]$", name)
        return name + (str(self.say("cooperation.suffix")) if bare else "")

    def posture(self) -> Phrase:
        key = f"posture.{self.intake.crisis_type}"
        return self.say(key) if key in self.kit.words[self.lang] else Phrase()

    # --- what is done, and for whom ---

    def actions(self) -> Phrase:
        items = self.items("actions_taken")
        if not items:
            return self.hole("actions")
        grammar = self.zh if self.lang == "zh" else self.en
        return join(grammar.actions(items), " " if self.lang == "en" else "")

    def cooperation(self) -> Phrase:
        bodies = [Phrase(self.body(p), p.facts) for p in self.items("authorities")]
        if not bodies:
            return Phrase()
        names = join(bodies, self.say("list"), self.say("and") if self.lang == "en" else None)
        return self.say("cooperation", names=names)

    def advice(self) -> list[tuple[str, str]]:
        return matching.advice(self.intake, self.lang, self.kit)

    def named(self, group: Group) -> Phrase:
        return Phrase(self.en.group(group.name) if self.lang == "en" else group.name, (group.slot,))

    def victims(self) -> Phrase:
        """Those hit and their families, when there are any: a way to us, and their privacy."""
        close = [g for g in self.groups if g.role in ("victims", "family")]
        toll = self.intake.casualties
        if close:
            return self.say("victims", who=join([self.named(g) for g in close], self.say("list"), self.say("and")))
        return self.say("victims", who=self.hurt()) if toll.deaths or toll.injured else Phrase()

    def help(self) -> Phrase:
        contact = self.fact("contact")
        phone = re.match(r"^[\d+(（【\[]", contact)
        way = "call" if phone else "reach"
        asks = self._asks([g for g in self.groups if g.role not in ("victims", "family", "media")])
        return self.say(f"help.{way}", contact=contact, asks=asks) if asks else self.say(f"help.{way}_only", contact=contact)

    def _asks(self, others: list[Group]) -> Phrase:
        """Every other group with its own concern; groups that share one stand together."""
        by_need: dict[str, list[Group]] = {}
        for group in others:
            by_need.setdefault(group.need, []).append(group)
        pieces = []
        for n, (need, who) in enumerate(by_need.items()):
            names = join([self.named(g) for g in who], self.say("list"), self.say("and"))
            key = "help.ask_more" if n and self.lang == "en" else "help.ask"
            pieces.append(self.say(key, who=names, need=Phrase(need)))
        return join(pieces, self.say("comma"), (", and " if len(pieces) > 2 else " and ") if self.lang == "en" else None)

    def media(self) -> Phrase:
        if not any(g.role == "media" for g in self.groups):
            return Phrase()
        said = self.say("media", spokesperson=self.fact("spokesperson"))
        slots = [g.slot for g in self.groups if g.role == "media"]
        return Phrase(said, (*said.facts, *slots))

    def signature(self) -> Phrase:
        if self.media():
            return self.say("signature.plain", company=self.fact("company"))
        return self.say("signature", company=self.fact("company"), spokesperson=self.fact("spokesperson"))
