"""Each of the 24 points can fail: a text that keeps it loses it with one change."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from commands.door_draft import checker
from statements import reading
from statements.drafting import StatementIntake, draft
from statements.rubric import Judgement, Line, Seen, judge
from storage import content

KIT = content.statement_kit()
TABLE = content.rubric()
CHECK = cache(checker())


@cache
def holding(lang: str = "zh") -> Seen:
    intake, _ = StatementIntake.from_mapping({**KIT.templates["holding"].example[lang], "crisis_type": "linear"})
    made = draft(intake, lang, KIT, CHECK)
    return Seen(
        "holding", lang, reading.of_draft(made), CHECK(made.text, lang), KIT.templates["holding"].about, "linear", harmed=True,
        danger=True, minutes=40,
    )  # fmt: skip


def verdict(found: Judgement, number: int) -> str:
    return next(one.verdict for one in found.answers if one.number == number)


def reworded(seen: Seen, change: Callable[[Line], str | None]) -> Seen:
    """Sentences changed or, with None, taken out; judged anew by the guard, in paragraphs as before."""
    kept = [(line, change(line)) for line in seen.lines]
    lines = tuple(replace(line, text=text) for line, text in kept if text is not None)
    apart = [f"\n\n{line.text}\n\n" if line.principle == "form" or line.sid == "stamp" else line.text for line in lines]
    text = "".join(apart).strip()
    return replace(seen, lines=lines, verdict=CHECK(text, seen.language))


def without(*sids: str) -> Callable[[Seen], Seen]:
    return lambda seen: reworded(seen, lambda line: None if line.sid.split(".")[0] in sids else line.text)


def adding(text: str) -> Callable[[Seen], Seen]:
    return lambda seen: reworded(seen, lambda line: line.text + text if line.sid == "actions" else line.text)


def putting(sid: str, text: str) -> Callable[[Seen], Seen]:
    return lambda seen: reworded(seen, lambda line: text if line.sid == sid else line.text)


CASES: list[tuple[int, Callable[[Seen], Seen]]] = [
    (1, putting("help", "请拨打【待填：联系电话】。")),
    (1, lambda seen: replace(seen, obstacles=(("number", "12人"),))),
    (2, adding("事故是我司阀门质量问题造成的，责任在我们。")),
    (3, adding("事故是用户操作不当造成的。")),
    (4, adding("伤者李女士，43岁，住3幢502室。")),
    (5, lambda seen: replace(seen, obstacles=(("contradiction", "3人受伤"),))),
    (6, adding("我们的产品行业领先，请放心使用。")),
    (7, without("care")),
    (8, without("lead")),
    (9, without("unknown")),
    (11, without("actions")),
    (13, without("advice")),
    (14, without("help")),
    (15, without("next")),
    (20, without("stamp")),
    (20, lambda seen: replace(seen, minutes=95)),
    (23, adding("高度重视。" * 60)),
    (24, putting("stamp", "2026年5月12日21:10")),
    (24, lambda seen: replace(seen, obstacles=(("parity", "3"),))),
]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_whole_text_meets_every_point(lang: str) -> None:
    found = judge(holding(lang), TABLE)
    assert found.missed == ()
    assert found.met == 24
    assert found.passes(TABLE)


@pytest.mark.parametrize(("number", "spoil"), CASES)
def test_a_point_that_is_not_kept_is_told(number: int, spoil: Callable[[Seen], Seen]) -> None:
    found = judge(spoil(holding()), TABLE)
    assert verdict(found, number) == "no"


def test_a_fatal_point_fails_the_text_alone_and_stands_first() -> None:
    found = judge(adding("伤者李女士，43岁，住3幢502室。")(holding()), TABLE)
    assert not found.passes(TABLE)
    assert found.missed[0].fatal


def test_a_type_with_a_stance_asks_for_it_and_a_mix_of_denial_is_told() -> None:
    assert verdict(judge(replace(holding(), crisis_type="credit"), TABLE), 18) == "no"
    assert verdict(judge(adding("此事与我们的产品无关。")(holding()), TABLE), 18) == "no"


def test_aid_is_not_asked_where_nobody_is_hurt() -> None:
    assert verdict(judge(replace(holding(), harmed=False), TABLE), 17) == "na"


def test_words_that_cost_a_point_are_counted() -> None:
    found = judge(adding("家属情绪稳定。")(holding()), TABLE)
    assert found.deductions == ("情绪稳定",)


def test_a_kind_of_text_is_only_asked_its_own_points() -> None:
    seen = replace(holding(), kind="door", about=KIT.templates["door"].about)
    asked: Any = [one.number for one in judge(seen, TABLE).answers if one.verdict != "na"]
    assert set(asked) <= set(KIT.templates["door"].about["points"])


def test_the_table_holds_24_points_7_of_them_fatal_in_both_languages() -> None:
    assert [point["n"] for point in TABLE["points"]] == list(range(1, 25))
    assert sum(bool(point.get("fatal")) for point in TABLE["points"]) == 7
    for point in TABLE["points"]:
        for key in ("name", "counts", "missing"):
            assert set(point[key]) == {"zh", "en"}
