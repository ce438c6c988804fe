"""The cases a naive score gets wrong, one a line: tone, gravity, whose trouble, headline, lead (tests/cases/tone/hard.tsv)."""

from pathlib import Path

import pytest

from monitoring.sentiment import SnowTables, cut, item_text, score
from monitoring.tone import ToneInput, ToneJudgement, judge
from storage.content import tone_model

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent.parent / "cases" / "tone" / "hard.tsv").read_text(encoding="utf-8").splitlines()
]


def judged(tables: SnowTables, title: str, summary: str = "", company: str | None = None) -> ToneJudgement:
    text = item_text(title, summary) or ""
    return judge([ToneInput(title, summary, company)], [float(score([text], tables)[0])], cut([text], tables), tone_model())[0]


@pytest.mark.parametrize("case", CASES, ids=[case[3] for case in CASES])
def test_a_hard_case_is_read_as_a_person_reads_it(case: list[str], tables: SnowTables) -> None:
    tone, gravity, whose, title, *summary = case
    told = judged(tables, title, *summary)
    assert (told.tone, told.gravity, told.attribution) == (tone, int(gravity), whose), told.reasons


def test_the_same_item_is_bad_for_the_firm_that_burns_and_not_for_the_one_beside_it(tables: SnowTables) -> None:
    title = "静安锅炉爆炸致两死，石桥锅炉称不受影响"
    assert judged(tables, title, company="静安锅炉有限公司").tone == "negative"
    beside = judged(tables, title, company="石桥锅炉有限公司")
    assert (beside.tone, beside.attribution) == ("neutral", "other")


def test_a_firm_that_is_not_named_is_unclear_and_never_certain(tables: SnowTables) -> None:
    told = judged(tables, "静安锅炉爆炸致两死", company="云渡奶粉")
    assert (told.attribution, told.certain) == ("unclear", False)


def test_traditional_characters_are_read_like_simplified_ones(tables: SnowTables) -> None:
    assert judged(tables, "鍋爐廠爆炸釀三死").gravity == judged(tables, "锅炉厂爆炸酿三死").gravity == 3


def test_every_judgement_names_the_words_that_decided(tables: SnowTables) -> None:
    told = judged(tables, "石桥锅炉厂爆炸致两人死亡")
    assert any("爆炸" in reason.words for reason in told.reasons)
    assert next(reason.words for reason in told.reasons if reason.key == "gravity")


def test_an_empty_item_is_neutral_and_not_certain() -> None:
    told = judge([ToneInput("", "")], [None], [[]], tone_model())[0]
    assert (told.tone, told.certain, told.gravity) == ("neutral", False, 0)
