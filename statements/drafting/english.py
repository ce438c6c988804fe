"""English fragments as people type them (headline style, notes) made into grammatical clauses. Only function words are added."""

import re
from collections.abc import Mapping
from typing import Any

from statements.drafting.moments import day_text, read_moment
from statements.drafting.nouns import DETERMINED, Nouns, any_of
from statements.drafting.phrases import Phrase, Wording, join

_SPOTS = (
    "warehouse|factory|plant|kitchen|school|hotel|site|station|store|shop|office|car park|restaurant|nursery|building|depot"
    "|mall|clinic|ward"
)
_NO_VERB = "during|morning|evening|building|training|meeting|spring|string"
_QUESTION = re.compile(r"^(?:who|whose|whom|how|why|what|when|where|which|whether|if)\b", re.I)


_BARE = ("work", "production", "sales", "trading", "operations", "play", "traffic", "service", "services", "counsel")
_SPLICE = re.compile(r", (?=\w)")
_INVERTED = re.compile(r"^(is|are|was|were|has|have|can|will|could) ((?:the |our |any |this |that )?\w+) (.+)$", re.I)
_WHETHER = re.compile(r"^(whether (?:\w+ )?\w+ )(Is|Are|Was|Were|Has|Have|Can|Will|Could)\b")
_OWN_VERB = re.compile(r"^(?:\w{3,}ed|went|took|told|gave|spoke|began|wrote|drew|ran|came|saw)\b", re.I)
_PARTICIPLES = {"went": "gone", "took": "taken", "gave": "given", "spoke": "spoken", "began": "begun", "wrote": "written",
                "drew": "drawn", "ran": "run", "saw": "seen"}  # fmt: skip


def _dated(text: str) -> str:
    """has sued → sued: with a date English asks for the simple past, safe where past and participle are one."""
    return re.sub(r"(?<!to )\b(?:has|have) (?=(?!need)\w{2,}ed\b)", "", text)


class English(Nouns):
    """`table` is data/drafting/grammar_en.yaml."""

    def __init__(self, wording: Wording, table: Mapping[str, Any], names: str = "") -> None:
        super().__init__(table, names)
        self.say = wording
        done, finite = rf"(?:\w+ed and )?(?:{any_of(table['participles'])})", any_of(table["finite"])
        self._passive = re.compile(
            rf"^(?P<np>(?!(?:we|i|it|they)\b).+?) (?P<pp>{done})"
            rf"(?P<rest>$|,.*| (?:(?:{any_of(table['after_passive'])})\b|\d{{1,2}}[:.]\d\d|\d{{1,2}} [A-Z]|\d{{4}}-).*)$",
            re.I,
        )
        self._acting = re.compile(rf"^(?P<np>(?!(?:we|i|it|they)\b).+?) (?P<pp>{done}) (?P<object>.+)$", re.I)
        self._past = {str(k): str(v) for k, v in table["past"].items()}
        self._active = re.compile(rf"^(?:we (?:have )?|have )?(?P<pp>{done})\b(?P<rest> .+)?$", re.I)
        adverb = r"(?:(?:still|now|currently|already|fully|temporarily|all|safely|partly) )?"
        self._state = re.compile(rf"^(?P<np>.+?) (?P<state>{adverb}(?:{any_of(table['states'])})(?: .*)?)$", re.I)
        self._ing = re.compile(
            rf"^(?P<np>(?:\w+ ){{0,3}}?\w+) (?P<ing>(?!{_NO_VERB})\w{{2,}}ing) (?P<rest>.+)$",
            re.I,
        )
        self._lasting = set(table["lasting"])
        self._intransitive = set(table["intransitive"])
        self._finite = re.compile(rf"\b(?:{finite})\b", re.I)
        self._strict = re.compile(
            r"\b(?:is|are|was|were|has|have|had|will|can|cannot|could|did|does|do|remains?|continues?)\b", re.I
        )
        self._happening = re.compile(rf"^(?:an? |the )?(?:[\w-]+ ){{0,3}}(?:{any_of(table['happenings'])})s?\b", re.I)
        self._people = re.compile(rf"(?:{any_of(table['people'])})$", re.I)
        self._creating = set(table["creating"])
        self._prepositions = [
            (re.compile(pattern, re.I if pattern[:6] != "^[A-Z]" else 0), word)
            for pattern, word in table["prepositions"]
        ]
        self._completions = [(re.compile(pattern, re.I), text) for pattern, text in table["completions"]]
        self._wordings = [(re.compile(pattern, re.I), text) for pattern, text in table["wordings"]]
        self._by = {name.lower() for name in table["by_channels"]}
        self._causal = re.compile("|".join(table["causal"]), re.I)

    # --- clauses ---

    def clause(self, item: Phrase) -> Phrase:
        """A clause for a fragment: hall closed → the hall has been closed. A noun phrase that tells nothing by itself stays one."""
        text = item.rstrip(".; ")
        sure = self._strict.search(text)
        if sure or re.match(r"^(?:we|it|they|there|i)\b", text, re.I):
            start = sure.start() if sure else 0
            subject = text[:start].strip()
            bare = start and not re.match(r"^(?:we|it|they|there|i|who|what|how|which)\b", subject, re.I)
            return Phrase(self._tidy(f"{self.the(subject)} {text[start:]}" if bare else text), item.facts)
        state, passive = self._state.match(text), self._passive.match(text)
        if passive:
            return Phrase(self._tidy(self._passive_clause(passive)), item.facts)
        if state:
            if re.search(r"\b(?:on board|aboard)$", state["state"]):
                return Phrase(
                    self._tidy(
                        f"{self.the(state['np'])} {'were' if self.plural(state['np']) else 'was'} {state['state']}"
                    ),
                    item.facts,
                )
            hour = re.search(r"\b(?:at|by) \d{1,2}[:.]\d\d", state["state"])
            if hour:
                be = "were" if self.plural(state["np"]) else "was"
                return Phrase(self._tidy(f"{self._subject(state['np'], state['state'])} {be} {state['state']}"), item.facts)
            since = "has been" if re.search(r"\bsince\b", state["state"]) else self.be(state["np"])
            since = "have been" if since == "has been" and self.plural(state["np"]) else since
            return Phrase(
                self._tidy(f"{self._subject(state['np'], state['state'])} {since} {state['state']}"), item.facts
            )
        ing, verb = self._ing.match(text), self._finite.search(text)
        acting = self._acting.match(text)
        if acting and not verb:
            return Phrase(self._tidy(f"{self.the(acting['np'])} {acting['pp']} {acting['object']}"), item.facts)
        if ing and self.plural(ing["np"]):
            return Phrase(self._tidy(f"{ing['np']} are {ing['ing']} {ing['rest']}"), item.facts)
        if verb and verb.start():
            return Phrase(self._tidy(f"{self.the(text[: verb.start()].strip())} {text[verb.start() :]}"), item.facts)
        return Phrase(self._tidy(text), item.facts)

    def _subject(self, np: str, rest: str) -> str:
        return self.the(np, "a" if rest.startswith("under review") else "the")

    def _passive_clause(self, found: "re.Match[str]") -> str:
        np, pp, rest = found["np"], found["pp"], found["rest"]
        dated = re.search(r"\b(?:by|at|on|yesterday|this|last|in the|in [A-Z]\w+|before|after|within)\b", rest)
        plural = self.plural(np)
        if dated and pp.lower() in self._intransitive:
            return f"{self.the(np)} {pp}{rest}"
        if pp.lower() in self._lasting:
            return f"{self.the(np)} {'are' if plural else 'is'} {pp}{rest}"
        be = ("were" if plural else "was") if dated else ("have been" if plural else "has been")
        return f"{self.the(np)} {be} {pp}{rest}"

    def is_clause(self, text: str) -> bool:
        return bool(self._finite.search(text) or self._acting.match(text))

    def _tidy(self, text: str) -> str:
        text = re.sub(r"\bsince (\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})", lambda m: self._stamp(m, "time.since"), text)
        text = re.sub(r"\b(?:at )?(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})", lambda m: self._stamp(m, "time.at"), text)
        text = re.sub(
            r"\b(with|to|by|from|for) (regulator|police|council|manufacturer|supplier|hospital|ministry|inspectorate)\b",
            r"\1 the \2",
            text,
        )
        text = re.sub(rf"\b(at|in|to|from|on(?! site)) ({_SPOTS})\b", r"\1 the \2", text)
        text = re.sub(
            r"\bafter ((?:gas|chemical|power|fire) )?(smell|leak|alert|explosion|alarm)\b", r"after a \1\2", text
        )
        return re.sub(r"\bto (?:the )?(laboratory|lab)\b", r"to a \1", text)

    def _stamp(self, found: "re.Match[str]", key: str) -> str:
        moment = read_moment(f"{found[1]} {found[2]}")
        return (
            str(self.say(key, clock=found[2], day=day_text(moment.day, "en", moment.day))) if moment.day else found[0]
        )

    # --- sentences ---

    def happening(self, what: Phrase) -> Phrase:
        text = _SPLICE.sub(" and ", what.rstrip(".!?;, "), count=1) if self._spliced(what) else what.rstrip(".!?;, ")
        split = re.match(r"^([^,]+), ([^,]+)$", text)
        if split and self._happening.match(split[1]) and not self._finite.search(split[1]):
            head, tail = self.happening(Phrase(split[1])), self.clause(Phrase(split[2]))
            return Phrase(f"{head}; {tail}", what.facts)
        passive = self._passive.match(text)
        if passive and not self._strict.search(text) and not self._finite.search(passive["np"]):
            np, be = passive["np"], "were" if self.plural(passive["np"]) else "was"
            return Phrase(f"{self._headline(np)} {be} {passive['pp']}{passive['rest']}", what.facts)
        if (
            self._happening.match(text)
            and not self._finite.search(self._happening.sub("", text))
            and not self._strict.search(text)
        ):
            return self.say("lead.there", np=Phrase(self._tidy(self.the(text[0].lower() + text[1:], "a")), what.facts))
        ing = self._ing.match(text)
        if ing and not self._finite.search(text) and not self._happening.match(text):
            be = "were" if self.plural(ing["np"]) else "was"
            return self.upper(Phrase(self._tidy(f"{self._headline(ing['np'])} {be} {ing['ing']} {ing['rest']}"), what.facts))
        return self.upper(Phrase(self._tidy(self._headline(_dated(text))), what.facts))

    def _spliced(self, text: str) -> bool:
        """Two clauses with only a comma between them: stopped suddenly, people fell."""
        parts = text.split(", ")
        return len(parts) == 2 and all(self._finite.search(part) for part in parts) and parts[1][:1].islower()

    def _headline(self, text: str) -> str:
        """Metal fragment → A metal fragment, at the head of a headline that left its article out."""
        first = text.split(" ")[0]
        if DETERMINED.match(text) or self.is_name(first) or self._finite.search(text.split(" ")[0]):
            return text
        head = self._finite.split(text)[0].strip() if self._finite.search(text) else text
        small = text[0].lower() + text[1:]
        bare = head[:1].lower() + head[1:]
        if not head or self.plural(bare) or self.uncountable(bare) or len(bare.split()) > 4:
            return text
        with_article = self.the(bare, "a")
        return text if with_article == bare else with_article[0].upper() + with_article[1:] + small[len(bare) :]

    def confirmed(self, items: list[Phrase]) -> Phrase:
        clauses = [self.clause(item) for item in items]
        if all(self.is_clause(c) for c in clauses):
            if all(self.can_embed(c) for c in clauses):
                lowered = [Phrase(self.lower(c), c.facts) for c in clauses]
                return self.say(
                    "confirmed.that",
                    items=join(lowered, self.say("comma"), ", and that " if len(lowered) > 2 else " and that "),
                )
            return join([Phrase(self.upper(c) + ".", c.facts) for c in clauses], " ")
        return self.say(
            "confirmed.list", items=join([Phrase(self.lower(c), c.facts) for c in clauses], self.say("semicolon"))
        )

    def actions(self, items: list[Phrase]) -> list[Phrase]:
        """We have … for what we did, whole clauses by themselves."""
        deeds: list[Phrase] = []
        things: list[Phrase] = []
        people: list[Phrase] = []
        clauses: list[Phrase] = []
        for item in items:
            text = self.lower(item.rstrip(".; ")) if not item[:2].isupper() else str(item)
            small = text[0].lower() + text[1:] if not self.is_name(text.split(" ")[0]) else text
            for pattern, better in self._wordings:
                small = pattern.sub(better, small)
            active, passive, state = self._active.match(small), self._passive.match(small), self._state.match(small)
            if re.match(r"^(?:we|our)\b", small) or self._strict.search(small):
                clauses.append(Phrase(self._tidy(re.sub(r"^we ", "we ", small)), item.facts))
            elif active:
                deeds.append(Phrase(self._tidy(f"{active['pp']}{active['rest'] or ''}"), item.facts))
            elif passive and not state:
                article = "a" if passive["pp"] in self._creating else "the"
                deeds.append(
                    Phrase(
                        self._tidy(f"{passive['pp']} {self._objects(passive['np'], article)}{passive['rest']}"),
                        item.facts,
                    )
                )
            elif _OWN_VERB.match(small):
                first, _, rest = small.partition(" ")
                deeds.append(Phrase(self._tidy(f"{_PARTICIPLES.get(first, first)} {rest}".strip()), item.facts))
            elif state or self._tells(small):
                clauses.append(self.clause(Phrase(small, item.facts)))
            elif self._people.search(small):
                people.append(Phrase(self.the(small, "a"), item.facts))
            else:
                things.append(Phrase(self.the(small, "a"), item.facts))
        for key, found in (("deed.brought", people), ("deed.arranged", things)):
            if found:
                deeds.append(self.say(key, things=join(found, ", ", " and ")))
        return self._deeds(deeds, clauses)

    def _tells(self, text: str) -> bool:
        """Whether a fragment has a subject and a verb of its own: staff went along, crews working on site."""
        ing, verb = self._ing.match(text), self._finite.search(text)
        return bool((ing and self.plural(ing["np"])) or (verb and verb.start()))

    def _objects(self, np: str, article: str) -> str:
        parts = re.split(r" and ", np)
        return " and ".join(
            part
            if part.lower() in _BARE
            else self.body(part)
            if part in ("police", "regulator", "council")
            else self.the(part, article)
            for part in parts
        )

    def _deeds(self, deeds: list[Phrase], clauses: list[Phrase]) -> list[Phrase]:
        done = join(deeds, ", ", ", and " if len(deeds) > 2 else " and ")
        rest = join(clauses, ", ", ", and " if len(clauses) > 2 else " and ")
        past = "_past" if re.search(r"\b(?:at|by) \d{1,2}[:.]\d\d", done) else ""
        if past:  # an hour asks for the simple past: we informed the regulator at 20:58
            done = Phrase(re.sub(rf"\b({'|'.join(self._past)})\b", lambda m: self._past[m[1]], done), done.facts)
        if deeds and clauses:
            return [self.say(f"actions.mixed{past}", deeds=done, clauses=rest)]
        return (
            [self.say(f"actions.done{past}", deeds=done)]
            if deeds
            else [self.upper(self.say("actions.clauses", clauses=rest))]
            if clauses
            else []
        )

    def place(self, where: Phrase) -> Phrase:
        text = where.rstrip(". ")
        word = next((word for pattern, word in self._prepositions if pattern.search(text)), "at")
        if re.search(r"[A-Z]", text):
            return Phrase(
                f"{word} {text}{',' if ',' in text else ''}" if word else text[0].lower() + text[1:], where.facts
            )
        pause = "," if "," in text else ""
        return Phrase(f"{word} {self.the(text)}{pause}".strip() if word else text[0].lower() + text[1:], where.facts)

    def channels(self, names: list[Phrase]) -> Phrase:
        """on our website and app, by email."""
        by = [name for name in names if name.lower() in self._by]
        placed = [name for name in names if re.match(r"(?:in|at|via|by|on|through)\b", name, re.I)]
        on = [name for name in names if name not in by and name not in placed]
        ours_first = next((n for n in on if n[:1].islower()), None)
        ours = [
            Phrase(f"our {n}" if n is ours_first and not DETERMINED.match(n) else n, n.facts)
            for n in on
        ]
        parts = [self.say("channel.on", names=join(ours, ", ", " and "))] if on else []
        parts += [self.say("channel.by", names=join(by, ", ", " and "))] if by else []
        return join([*parts, *placed], " and ")

    def unknown_kind(self, item: str) -> str:
        return "cause" if self._causal.search(item) else "scope"

    def is_question(self, item: str) -> bool:
        return bool(_QUESTION.match(item))

    def unknown_item(self, item: Phrase) -> Phrase:
        """whose data, how many → whose data is involved or how many people are affected; noun phrases get their article."""
        text = item.rstrip("?. ")
        text = re.sub(r"^(?:not yet known|unknown|to be confirmed)[:,]? ", "", text, flags=re.I)
        text = _INVERTED.sub(r"whether \2 \1 \3", text)
        text = _WHETHER.sub(lambda m: m[1] + m[2].lower(), text)
        if not _QUESTION.match(text):
            return Phrase(self.the(text[0].lower() + text[1:] if not text[:2].isupper() else text), item.facts)
        parts = [
            self._complete(part)
            for part in re.split(
                r",? (?:and|or) (?=who|how|why|what|when|where|which)|, (?=who|how|why|what|when|where|which)", text
            )
        ]
        return Phrase(", ".join(parts[:-1]) + (" or " if len(parts) > 1 else "") + parts[-1], item.facts)

    def _complete(self, question: str) -> str:
        question = question[0].lower() + question[1:]
        for pattern, text in self._completions:
            if pattern.search(question):
                return str(pattern.sub(text, question))
        return question
