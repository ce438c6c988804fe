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
        self.quiet = bool(self.scene.get("quiet")) or matching.is_quiet(intake, lang, kit)
        self.ill = is_ill(intake, lang, bool(self.scene.get("ill")))

    def values(self) -> dict[str, Any]:
        """What templates/statements may use; every name is always there, empty where there is nothing to say."""
        unknowns = self.unknowns()
        return {
            "company": self.fact("company"), "title": self.title(), "stamp": self.stamp(), "lead": self.lead(), "care": self.care(),
            "casualties": casualty_sentence(self), "confirmed": self.confirmed(), "posture": self.posture(),
            "unknowns": unknowns, "open_questions": unknowns if self.intake.not_confirmed else [],
            "actions": self.actions(), "cooperation": self.cooperation(), "advice": [Phrase(text, ()) for _, text in self.advice()],
            "victims": self.victims(), "help": self.help(), "media": self.media(), "next": self.next(), "signature": self.signature(),
            "spokesperson": self.fact("spokesperson"), "contact": self.fact("contact"), "concern": self.concern(),
            "what": self.what(), "time": self.when(), "next_time": self.next_time(), "channels": self.channels(),
            "version": Phrase(str(self.intake.version), ("version",)), "corrects": self.quoted("corrects"), "corrected": self.quoted("corrected"),
            "event": self.event(), "speaker": self.speaker(),
            "crisis_type": self.intake.crisis_type, "scene": self.scene["id"],
            "who": {role: self.role_names(role) for role in matching.ROLES},
            "groups": [{"name": self.named(g), "role": g.role, "need": Phrase(g.need)} for g in self.groups],
        }  # fmt: skip

    # --- single facts and holes ---

    def hole(self, name: str) -> Phrase:
        return self.say("hole", what=self.say(f"hole.{name}"))

    def fact(self, slot: str) -> Phrase:
        text = getattr(self.intake, slot)
        return Phrase(text, (slot,)) if text else self.hole(slot)

    def quoted(self, slot: str) -> Phrase:
        """A fact that stands inside a sentence: without its own full stop."""
        said = self.fact(slot)
        return Phrase(said.rstrip("。.；; "), said.facts)

    def event(self) -> Phrase:
        """The event as a title names it, empty where it is too long for one."""
        name = self.zh.event_name(self.intake.what_happened) if self.lang == "zh" else ""
        return Phrase(name, ("what_happened",)) if name else Phrase()

    def speaker(self) -> Phrase:
        who = self.fact("spokesperson")
        return Phrase(self.role(who), who.facts) if self.lang == "en" else who

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
            return (
                rest
                if re.match(
                    r"^(?:at|on|in|this|last|yesterday|today|since|around|about|overnight|early|late)\b", rest, re.I
                )
                else f"at {rest}"
            )
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
        return Phrase(
            self.say("stamp.time", day=day_text(at.date(), self.lang), clock=clock_text(at.time())), ("as_of",)
        )

    def next_time(self) -> Phrase:
        if self.intake.next_update is None:
            return self.hole("next")
        return self.moment(self.intake.next_update, "next_update")

    def channels(self) -> Phrase:
        if self.lang == "zh":
            return join(self.items("publish_on"), self.say("list"))
        return self.en.channels(self.items("publish_on"))

    def next(self) -> Phrase:
        channels = self.channels()
        return (
            self.say("next.channels", time=self.next_time(), channels=channels)
            if channels
            else self.say("next.plain", time=self.next_time())
        )

    # --- the opening ---

    def title(self) -> Phrase:
        company, event = self.fact("company"), self.event()
        return (
            self.say("title.event", company=company, event=event) if event else self.say("title.plain", company=company)
        )

    def lead(self) -> Phrase:
        where, what, time = self.intake.where, self.what(), self.when()
        needs_place = (
            self.scene.get("place", True)
            and not self.quiet
            and self.intake.crisis_type not in ("media", "credit", "chain")
        )
        place = Phrase(where, ("where",)) if where else self.hole("place") if needs_place else Phrase()
        if where and where in self.intake.what_happened:
            place, what = Phrase(), Phrase(what, (*what.facts, "where"))
        if self.lang == "en":
            place = self.en.place(place) if where and place else Phrase(f"at {place}", ()) if place else place
            if re.search(r"\b(?:alleg|claim|says|said|accus|report(?:s|ed)? that)", what) and self.en.can_embed(what):
                what, time = Phrase(self.en.lower(what), what.facts), self.en.upper(time)
                return (
                    self.say("lead.front", what=what, place=place, time=time)
                    if place
                    else self.say("lead.front_no_place", what=what, time=time)
                )
            if "; " in what:
                head, more = (Phrase(part, what.facts) for part in what.split("; ", 1))
                key = "lead.split" if place else "lead.split_no_place"
                return self.say(key, what=head, more=more, time=time, **({"place": place} if place else {}))
            return (
                self.say("lead.end", what=what, place=place, time=time)
                if place
                else self.say("lead.no_place", what=what, time=time)
            )
        if not place:
            return self.say("lead.no_place", time=time, what=what)
        return self.say("lead.full", time=time, place=self.zh.place(place) if where else place, what=what)

    def concern(self) -> Phrase:
        if self.intake.casualties.deaths and self.scene["id"] != "work":
            return Phrase()  # beside a death, sorrow stands alone
        turn, options = self.say.turn("concern.scene"), self.scene["concern"][self.lang]
        tried = turn - self.say.turn("concern.scene", 0)
        if tried >= len(options):  # every wording of this scene was refused: the plain ones
            options = self.kit.tables["scenes"][-1]["concern"][self.lang]
        return Phrase(str(options[turn % len(options)]))

    def hurt(self) -> Phrase:
        """The injured or ill as the intake names them, else as who they are to us."""
        named = [
            g
            for g in self.groups
            if g.role == "victims" and not re.search(r"遇难|遇難|死|逝|bereaved|dead|deceased", g.name)
        ]
        people = self.intake.casualties.injured
        if named:
            return join([self.named(g) for g in named], self.say("list"), self.say("and"))
        if self.lang == "en":
            one = "one" if people == 1 else "injured"
            return self.say(
                {
                    ("one", True): "hurt.one_ill",
                    ("one", False): "hurt.one",
                    ("injured", True): "hurt.ill",
                    ("injured", False): "hurt.injured",
                }[one, self.ill]
            )
        customers = [
            g for g in self.groups if g.role == "customers" and not re.match(r"其他|其余|其餘|同期|潜在|后续", g.name)
        ][:1]
        staff = [g for g in self.groups if g.role == "staff"] if self.scene["id"] == "work" else []
        who = self.named((staff or customers)[0]) if customers or staff else self.say("hurt.who")
        who = Phrase(re.sub(r"^(?:已购|已購|同款|涉事)", "", who), who.facts)
        return self.say("hurt.ill" if self.ill else "hurt.injured", who=who)

    def family(self) -> Phrase:
        named = [
            g
            for g in self.groups
            if re.search(r"遇难|遇難|死者|逝者|罹难|罹難|bereaved|deceased", g.name) or (g.role == "family")
        ]
        return join([self.named(g) for g in named[:1]], "") if named else self.say("family.default")

    def care(self) -> Phrase:
        """People first: the dead, the hurt, the missing."""
        toll = self.intake.casualties
        pieces: list[Phrase] = []
        if toll.deaths:
            key = "care.deaths_injured" if toll.injured else "care.deaths"
            pieces.append(
                self.say(key, family=self.family(), hurt=self.hurt())
                if toll.injured
                else self.say(key, family=self.family())
            )
        elif toll.injured:
            pieces.append(self.say("care.injured", hurt=self.hurt()))
        if toll.missing:
            pieces.append(self.say("care.missing"))
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
        again, first, decider, words = kind in seen, not seen, self.decider(), grammar.unknown_item(item)
        seen.add(kind)
        if self.lang == "zh":
            same = not again and kind in ("cause", "whether") and bool({"cause", "whether"} & (seen - {kind}))
            return self.say(
                f"unknown.{kind}{'_more' if again else '_same' if same else ''}", item=words, decider=decider
            )
        scope = "_scope" if kind == "scope" else ""
        if self.en.is_question(item):
            key = f"unknown.know{scope}" if first else "unknown.more" if again or scope else "unknown.know_also"
            return self.say(key, items=words, decider=decider)
        key = f"unknown.noun{scope}" if first else "unknown.noun_more" if again or scope else "unknown.noun_also"
        return self.say(key, items=self.en.upper(words), be=self.en.be(words), decider=decider)

    def decider(self) -> Phrase:
        bodies = [(name, f"authorities.{n}") for n, name in enumerate(self.intake.authorities, 1)]
        chosen = [
            Phrase(self.body(name), (slot,))
            for name, slot in matching.deciders(bodies, self.scene["cause"], self.lang, self.kit)
        ]
        if not chosen:
            return self.say("unknown.decider")
        return join(chosen, self.say("list"), self.say("and"))

    def body(self, name: str) -> str:
        if self.lang == "en":
            return self.en.body(name)
        bare = not re.search(r"[司行局委会會署部厅廳所院队隊处處站办辦方府心关關构構门門员員人组組团團社]$", name)
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
        decided = any(self.zh.unknown_kind(item) in ("cause", "whether") for item in self.intake.not_confirmed)
        if self.lang == "zh" and decided and all(body in self.decider() for body in bodies):
            return self.say("cooperation.all")  # they were all named just before as those who decide
        extra = (
            {"Names": self.en.upper(names), "have": "has" if len(bodies) == 1 else "have"} if self.lang == "en" else {}
        )
        return self.say("cooperation", names=names, **extra)

    def advice(self) -> list[tuple[str, str]]:
        return matching.advice(self.intake, self.lang, self.kit)

    def named(self, group: Group) -> Phrase:
        return Phrase(self.en.group(group.name) if self.lang == "en" else group.name, (group.slot,))

    def role_names(self, role: str) -> Phrase:
        """The groups of one role in a row, empty where the intake names none."""
        return join([self.named(g) for g in self.groups if g.role == role], self.say("list"), self.say("and"))

    def victims(self) -> Phrase:
        """Those hit and their families, when there are any: a way to us, and their privacy."""
        close = [g for g in self.groups if g.role in ("victims", "family")]
        toll = self.intake.casualties
        if close:
            who = [self.named(g) for g in close]
            if toll.injured and self.lang == "zh" and all(g.role == "family" for g in close):
                who.insert(0, self.hurt())
            last = ", and " if self.lang == "en" and any(" and " in name for name in who) else self.say("and")
            return self.say("victims", who=join(who, self.say("list"), last))
        return self.say("victims", who=self.hurt()) if toll.deaths or toll.injured else Phrase()

    def help(self) -> Phrase:
        contact = self.fact("contact")
        phone = re.match(r"^[\d+(（【\[]", contact)
        way, style = "call" if phone else "reach", self.say.turn("help.style")
        asks = self._asks([g for g in self.groups if g.role not in ("victims", "family", "media")], style)
        if not asks:
            return self.say(f"help.{way}_only", contact=contact)
        return self.say.at(style, f"help.{way}", contact=contact, asks=asks)

    def _asks(self, others: list[Group], style: int) -> Phrase:
        """Every other group with its own concern; groups that share one stand together."""
        by_need: dict[str, list[Group]] = {}
        for group in others:
            by_need.setdefault(group.need, []).append(group)
        pieces = []
        for n, (need, who) in enumerate(by_need.items()):
            names = join([self.named(g) for g in who], self.say("list"), self.say("and"))
            key = "help.ask_more" if n and self.lang == "en" else "help.ask"
            pieces.append(self.say.at(style, key, who=names, need=Phrase(need)))
        if self.lang == "zh":
            return join(pieces, self.say.at(style, "help.between"))
        return join(pieces, ", ", ", and ")

    def media(self) -> Phrase:
        asking = [self.named(g) for g in self.groups if g.role == "media"]
        if not asking:
            return Phrase()
        way = "call" if re.match(r"^[\d+(（【\[]", self.fact("contact")) else "reach"
        if self.lang == "zh":
            same = self.say(f"media.same.{way}")
            return self.say("media", who=join(asking, "、"), spokesperson=self.speaker(), same=same)
        return self.say("media", who=join(asking, ", ", " and "), spokesperson=self.speaker())

    def role(self, who: str) -> str:
        """our Safety Director, but Jane Roe, Safety Director as she is."""
        titled = re.search(
            r"\b(?:director|manager|officer|head|chief|president|secretary|lead|chair\w*|captain|spokes\w+|principal|matron)\b",
            who,
            re.I,
        )
        return (
            f"the {who}"
            if titled and "," not in who and not re.match(r"(?:the|our|head of)\b", who, re.I) and len(who.split()) <= 4
            else who
        )

    def signature(self) -> Phrase:
        if self.media():
            return self.say("signature.plain", company=self.fact("company"))
        return self.say("signature", company=self.fact("company"), spokesperson=self.fact("spokesperson"))
