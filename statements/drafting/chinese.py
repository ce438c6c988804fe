"""Chinese fragments as people type them, made into grammatical clauses. Nothing is added but function words."""

import re
from collections.abc import Mapping
from typing import Any

from statements.drafting.phrases import Phrase, Wording, join
from statements.drafting.script import simplified

_TIME_HEAD = re.compile(
    r"^((?:\d{1,2}月\d{1,2}日)?(?:今日|今天|昨日|昨晚|今晨|当晚|随后|截至)?\d{1,2}[:：时点]\d{0,2}分?(?:许|左右|前|起)?)[,，]?(.*)$"
)
_AFTER = re.compile(r"^((?:接到|收到|得知|获悉|发现|接报)[^，。]{1,16}?)(?:之后|以后|后)[,，]?(.+)$")
_SOURCED = re.compile(r"^(.*?)[（(]([^（）()]{2,16}?(?:通报|公布|发布|认定|提供|证实|介绍|出具|消息))[）)]$")
_PERFECT = re.compile(r"已经?|正在|仍在|尚未|均|全部|完成了?$|了$")
_ASKING = re.compile(r"是否|有无|有没有|多少|何时|何处|何人|哪|谁|怎么|如何|为什么|为何|是不是|能否|会不会|几")
_JUDGED = re.compile(r"有关|相关|关联|导致|引起|合格|属实|假|真实|超标|违规|违法|责任|缺陷|质量|安全|一致|达标")
_STILL = re.compile(r"核实|核查|核对|调查中|排查|不清楚|不明确|未确认|待|尚|正在")
_CAUSE = re.compile(r"(?:原因|起因|成因|来源|源头|诱因|责任|定性|性质|病因|火因|机理|症结)$")


class Chinese:
    """`table` is data/drafting/grammar_zh.yaml: verbs, subjects, event_nouns, signs."""

    def __init__(self, wording: Wording, table: Mapping[str, Any]) -> None:
        self.say = wording
        self._verbs = re.compile(f"^(?:{table['adverbs']})?(?:" + "|".join(table["verbs"]) + ")")
        self._inner = re.compile(r"^(\S{2,6}?)(?:" + "|".join(table["inner_verbs"]) + r")\S{2,}$")
        self._spot = re.compile(f"^(?:{table['spots']})(?:{'|'.join(table['verbs'])})")
        self._subjects = re.compile("^(?:" + "|".join(table["subjects"]) + ")")
        self._events = re.compile("(?:" + "|".join(table["event_nouns"]) + ")$")
        self._signs = re.compile("^(.*?)(" + "|".join(table["signs"]) + ")$")
        self._sign_verbs = re.compile("|".join(table["sign_verbs"]))
        self._finished = re.compile(r"^(\S{2,10}?)(" + "|".join(table["finished"]) + ")$")

    def happening(self, what: Phrase) -> Phrase:
        """An event noun gets its verb: 燃气爆炸 → 发生燃气爆炸, 自来水异味 → 自来水出现异味."""
        text = what.rstrip("。；;，,")
        sign = self._signs.match(text)
        if sign and sign[1] and not self._sign_verbs.search(text):
            return Phrase(
                self.say("lead.appear", thing=sign[1].rstrip("的有中内里") + _inside(sign[1]), sign=sign[2]), what.facts
            )
        if (
            self._events.search(text)
            and not re.match(r"^(?:发生|突发|出现|遭遇|引发)", text)
            and not self._sign_verbs.search(text)
        ):
            at = re.match(r"^(.{1,12}(?:区|层|楼|店|室|站|库|线|段|厂|车间|馆|院))(.{2,8})$", text)
            if at:
                return Phrase(self.say("lead.happen_at", spot=at[1], what=at[2]), what.facts)
            return Phrase(self.say("lead.happen", what=text), what.facts)
        return Phrase(text, what.facts)

    def place(self, where: Phrase) -> Phrase:
        text = re.sub(r"^(?:在|位于)", "", where)
        if re.search(r"至\S{1,8}$", text) and not re.search(r"(?:段|区间|之间|路段|层|楼|号|室|米|处)$", text):
            return Phrase(self.say("lead.section", place=text), where.facts)
        return Phrase(text, where.facts)

    def event_name(self, what: str) -> str:
        """The first clause of what happened, where it is short enough for a title."""
        first = re.split(r"[，,。；;]", what)[0].strip()
        return first if 2 <= len(first) <= 14 and not re.search(r"[我您]", first) else ""

    def sourced(self, item: Phrase) -> Phrase:
        """目的地机场关闭（民航部门通报） → 据民航部门通报，目的地机场关闭."""
        found = _SOURCED.match(_plain(item))
        if not found:
            return item
        source, told = item[found.start(2) : found.end(2)], item[: found.end(1)]
        return Phrase(self.say("confirmed.source", source=source, item=told), item.facts)

    def source_of(self, text: str) -> tuple[str, str] | None:
        """(what is told, who tells it) of 无人受伤（消防部门通报）, the source without its verb."""
        found = _SOURCED.match(text)
        return (found[1], re.sub(r"(?:通报|公布|发布|认定|提供|证实|介绍|出具|消息)$", "", found[2]) + "通报") if found else None

    def finished(self, item: Phrase) -> Phrase:
        """同批次停售 → 同批次已停售; a verb alone, or one with its aspect, stays as it is."""
        found = self._finished.match(_plain(item))
        if (
            not found
            or re.search(r"已|正在|仍在|尚未|均|完成|了$|由|被|将", found[0])
            or self._verbs.match(found[0])
            or re.search(r"\d|起|涉及|影响", found[0])
        ):
            return item
        cut = len(found[1])
        return Phrase(f"{item[:cut]}已{item[cut:]}", item.facts)

    def confirmed(self, items: list[Phrase]) -> Phrase:
        clauses = [self.sourced(self.finished(item)) for item in items]
        heavy = any(re.search("[，,；;]", clause) for clause in clauses)
        return self.say("confirmed.list", items=join(clauses, self.say("semicolon") if heavy else self.say("comma")))

    def unknown_kind(self, item: str) -> str:
        plain = _plain(item)
        if _CAUSE.search(plain):
            return "cause"
        if _ASKING.search(plain):
            if not re.search(r"是否|有无|有没有|是不是", plain):
                return "scope"
            return "whether" if _JUDGED.search(plain) else "open"
        return "sentence" if _STILL.search(plain) else "scope"

    def unknown_item(self, item: Phrase) -> Phrase:
        """护栏晃动原因 → 护栏晃动的原因: a noun phrase that can carry a sentence."""
        text = re.sub(r"^(?:尚不清楚|还不清楚|不清楚|尚未确认|未确认|待确认|待核实)[:：的]?", "", item).rstrip(
            "。？?"
        ) or str(item)
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
            text = re.sub(r"^(?:我们|我們|我司|公司|本公司)(?:已经|已經|已)?", "", item)
            plain, whole = _plain(text), self.finished(Phrase(text, item.facts))
            after, timed = _AFTER.match(text), _TIME_HEAD.match(text)
            if after:
                deed = re.sub(r"^(?:已经|已|立即|即)", "", after[2])
                sentences.append(
                    self.say("actions.after", cause=Phrase(after[1], item.facts), deeds=Phrase(deed, item.facts))
                )
            elif timed and self._verbs.match(_plain(timed[2])):
                clauses.append(Phrase(self.say("clause.done", time=timed[1], deed=timed[2]), item.facts))
            elif self._verbs.match(re.sub("^已经?", "", plain)):
                deeds.append(Phrase(re.sub("^已[经經]?", "", text), item.facts))
            elif self._spot.match(plain):
                deeds.append(Phrase(self.say("deed.at", deed=text), item.facts))
            elif self._inner.match(plain):
                found = self._inner.match(plain)
                cut = len(found[1]) if found else 0
                clauses.append(Phrase(f"{text[:cut]}已{text[cut:]}", item.facts))
            elif timed or self._subjects.match(plain) or whole != text or _PERFECT.search(plain):
                clauses.append(whole if whole != text else item)
            else:
                things.append(Phrase(text, item.facts))
        if things:
            deeds.append(self.say("deed.arrange", things=join(things, self.say("list"))))
        first = bool(clauses) and min(clauses[0].facts) < min(deeds[0].facts) if deeds else False
        return [*sentences, *self._deeds(deeds, clauses, first)]

    def _deeds(self, deeds: list[Phrase], clauses: list[Phrase], clauses_first: bool) -> list[Phrase]:
        done = join(deeds, self.say("comma"), self.say("last_deed")) if deeds else Phrase()
        rest = join(clauses, self.say("comma"))
        if deeds and clauses:
            first = "actions.mixed_first" if clauses_first else "actions.mixed"
            return [self.say(first, deeds=done, clauses=rest)]
        if deeds:
            return [self.say("actions.done", deeds=done)]
        return [self.say("actions.clauses", clauses=rest)] if clauses else []


def _plain(text: str) -> str:
    """In simplified characters for comparing, or as it is where that would shift positions."""
    plain = simplified(text)
    return plain if len(plain) == len(text) else text


def _inside(thing: str) -> str:
    return thing[-1] if thing[-1] in "中内里" else ""
