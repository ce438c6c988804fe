"""Chinese fragments as people type them, made into grammatical clauses. Nothing is added but function words."""

import re
from collections.abc import Mapping
from typing import Any

from statements.drafting.phrases import Phrase, Wording, join

_TIME_HEAD = re.compile(r"^((?:\d{1,2}月\d{1,2}日)?(?:今日|今天|昨日|昨晚|今晨|当晚|随后|截至)?\d{1,2}[:：时点]\d{0,2}分?(?:许|左右|前|起)?)[,，]?(.*)$")
_AFTER = re.compile(r"^((?:接到|收到|得知|获悉|发现|接报)[^，。]{1,16}?)(?:之后|以后|后)[,，]?(.+)$")
_SOURCED = re.compile(r"^(.*?)[（(]([^（）()]{2,16}?(?:通报|公布|发布|认定|提供|证实|介绍|出具|消息))[）)]$")
_PERFECT = re.compile(r"已经?|正在|仍在|尚未|均|全部|完成了?$|了$")
_ASKING = re.compile(r"是否|有无|有没有|多少|何时|何处|何人|哪|谁|怎么|如何|为什么|为何|是不是|能否|会不会|几")
_STILL = re.compile(r"核实|核查|核对|调查中|排查|不清楚|不明确|未确认|待|尚|正在")
_CAUSE = re.compile(r"(?:原因|起因|成因|来源|源头|诱因|责任|定性|性质|病因|火因|机理|症结)$")


class Chinese:
    """`table` is data/drafting/grammar_zh.yaml: verbs, subjects, event_nouns, signs."""

    def __init__(self, wording: Wording, table: Mapping[str, Any]) -> None:
        self.say = wording
        self._verbs = re.compile("^(?:" + "|".join(table["verbs"]) + ")")
        self._subjects = re.compile("^(?:" + "|".join(table["subjects"]) + ")")
        self._events = re.compile("(?:" + "|".join(table["event_nouns"]) + ")$")
        self._signs = re.compile("^(.*?)(" + "|".join(table["signs"]) + ")$")
        self._sign_verbs = re.compile("|".join(table["sign_verbs"]))

    def happening(self, what: Phrase) -> Phrase:
        """An event noun gets its verb: 燃气爆炸 → 发生燃气爆炸, 自来水异味 → 自来水出现异味."""
        text = what.rstrip("。；;，,")
        sign = self._signs.match(text)
        if sign and sign[1] and not self._sign_verbs.search(text):
            return Phrase(self.say("lead.appear", thing=sign[1].rstrip("的有中内里") + _inside(sign[1]), sign=sign[2]), what.facts)
        if self._events.search(text) and not re.match(r"^(?:发生|突发|出现|遭遇|引发)", text) and not self._sign_verbs.search(text):
            return Phrase(self.say("lead.happen", what=text), what.facts)
        return Phrase(text, what.facts)

    def place(self, where: Phrase) -> Phrase:
        text = re.sub(r"^(?:在|位于)", "", where)
        if re.search(r"至\S{1,8}$", text) and not re.search(r"(?:段|区间|之间|路段)$", text):
            return Phrase(self.say("lead.section", place=text), where.facts)
        return Phrase(text, where.facts)

    def event_name(self, what: str) -> str:
        """The first clause of what happened, where it is short enough for a title."""
        first = re.split(r"[，,。；;]", what)[0].strip()
        return first if 2 <= len(first) <= 18 and not re.search(r"[我您]", first) else ""

    def sourced(self, item: Phrase) -> Phrase:
        """目的地机场关闭（民航部门通报） → 据民航部门通报，目的地机场关闭."""
        found = _SOURCED.match(item)
        if not found:
            return item
        return Phrase(self.say("confirmed.source", source=found[2], item=found[1]), item.facts)

    def confirmed(self, items: list[Phrase]) -> Phrase:
        clauses = [self.sourced(item) for item in items]
        heavy = any(re.search("[，,；;]", clause) for clause in clauses)
        return self.say("confirmed.list", items=join(clauses, self.say("semicolon") if heavy else self.say("comma")))

    def unknown_kind(self, item: str) -> str:
        if _ASKING.search(item):
            return "whether"
        if _CAUSE.search(item):
            return "cause"
        return "sentence" if _STILL.search(item) else "scope"

    def unknown_item(self, item: Phrase) -> Phrase:
        """护栏晃动原因 → 护栏晃动的原因: a noun phrase that can carry a sentence."""
        text = re.sub(r"^(?:尚不清楚|还不清楚|不清楚|尚未确认|未确认|待确认|待核实)[:：的]?", "", item).rstrip("。？?") or str(item)
        found = re.match(r"^(.{3,})(原因|来源|起因)$", text)
        if found and not found[1].endswith(("的", "具体", "直接")):
            text = f"{found[1]}的{found[2]}"
        return Phrase(text, item.facts)

    def actions(self, items: list[Phrase]) -> list[Phrase]:
        """Sentences of what has been done: verbs after 我们已, things after 安排, whole clauses by themselves."""
        sentences: list[Phrase] = []
        deeds: list[Phrase] = []
        things: list[Phrase] = []
        clauses: list[Phrase] = []
        for item in items:
            text = re.sub(r"^(?:我们|我司|公司|本公司)(?:已经|已)?", "", item)
            after, timed = _AFTER.match(text), _TIME_HEAD.match(text)
            if after:
                deed = re.sub(r"^(?:已经|已|立即|即)", "", after[2])
                sentences.append(self.say("actions.after", cause=Phrase(after[1], item.facts), deeds=Phrase(deed, item.facts)))
            elif timed and self._verbs.match(timed[2]):
                clauses.append(Phrase(self.say("clause.done", time=timed[1], deed=timed[2]), item.facts))
            elif timed or self._subjects.match(text) or (_PERFECT.search(text) and not re.match("^已", text)):
                clauses.append(Phrase(text, item.facts))
            elif self._verbs.match(re.sub("^已经?", "", text)):
                deeds.append(Phrase(re.sub("^已经?", "", text), item.facts))
            else:
                things.append(Phrase(text, item.facts))
        if things:
            deeds.append(self.say("deed.arrange", things=join(things, self.say("list"))))
        return [*sentences, *self._deeds(deeds, clauses)]

    def _deeds(self, deeds: list[Phrase], clauses: list[Phrase]) -> list[Phrase]:
        done = join(deeds, self.say("comma"), self.say("last_deed")) if deeds else Phrase()
        rest = join(clauses, self.say("comma"))
        if deeds and clauses:
            return [self.say("actions.mixed", deeds=done, clauses=rest)]
        if deeds:
            return [self.say("actions.done", deeds=done)]
        return [self.say("actions.clauses", clauses=rest)] if clauses else []


def _inside(thing: str) -> str:
    return thing[-1] if thing[-1] in "中内里" else ""
