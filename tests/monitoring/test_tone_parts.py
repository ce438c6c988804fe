"""The parts a tone is added up from: lexicon, grammar, grams, words, gravity."""

import numpy as np
import pytest

from monitoring.tone import ToneInput, grammar, grams, judge, judging, lexicon, words
from monitoring.tone.model import TONES
from monitoring.tone.text import clause_ends, is_english, spell, spelling
from storage.content import tone_model


def states(text: str) -> dict[str, str]:
    marks = grammar.read(f"{text}\n", len(text), tone_model().lexicon)
    return {text[sign.mark.start : sign.mark.end]: sign.state for sign in grammar.signs(marks, text)}


def test_a_longer_term_shields_the_shorter_one_inside_it() -> None:
    small = lexicon.build({"hazard.fire": {"words": "爆炸 火"}, "neutral.guard": {"words": "火锅"}})
    assert [(start, kinds) for start, _, kinds in lexicon.find("火锅店爆炸", small)] == [(3, ("hazard.fire",))]


@pytest.mark.parametrize(
    ("text", "term", "state"),
    [
        ("工厂爆炸", "爆炸", "plain"),
        ("工厂从未发生爆炸", "爆炸", "negated"),
        ("工厂不是没有爆炸", "爆炸", "plain"),
        ("“爆炸”系谣言", "爆炸", "refuted"),
        ("工厂避免爆炸", "爆炸", "prevented"),
        ("工厂举行爆炸应急演练", "爆炸", "framed"),
        ("隔壁工厂爆炸", "爆炸", "other"),
        ("网传工厂爆炸", "爆炸", "rumour"),
        ("厂家拒绝召回", "召回", "refused"),
        ("监管称无需召回", "召回", "negated"),
        ("投诉下降八成", "投诉", "reduced"),
        ("投诉上升八成", "投诉", "risen"),
        ("产品没有获奖", "获奖", "negated"),
    ],
)
def test_the_grammar_sees_in_what_state_a_term_is(text: str, term: str, state: str) -> None:
    assert states(text)[term] == state


@pytest.mark.parametrize(
    ("text", "state"),
    [("净利润增长三成", "good"), ("净利润下降三成", "bad"), ("投诉率下降三成", "good"), ("投诉率上升三成", "bad")],
)
def test_a_figure_carries_its_tone(text: str, state: str) -> None:
    assert state in states(text).values()


def test_grams_are_weighed_the_same_in_a_batch_and_alone() -> None:
    table = grams.table({"爆炸": (1, 0, -1), "获": (0, 0, 1), "表彰大会": (0, 0, 2)})
    texts = ["工厂爆炸", "", "他获奖", "表彰大会", "好"]
    together = grams.score(texts, table)
    assert np.array_equal(together, np.concatenate([grams.score([text], table) for text in texts]))
    assert together[0, 0] > 0
    assert together[2, 2] > 0
    assert not together[1].any()


def test_a_gram_never_reaches_from_one_item_into_the_next() -> None:
    table = grams.table({"爆炸": (1.0, 0.0, 0.0)})
    assert not grams.score(["爆", "炸"], table).any()


def test_words_are_weighed_as_snownlp_counts_them() -> None:
    table = words.train([["坏", "坏"], ["平"], ["好", "好"]], list(TONES), least=1)
    assert table["坏"][0] - table["坏"][2] == pytest.approx(np.log(3 / 1) + np.log(1))
    assert words.score(["没见过"], table) == (0.0, 0.0, 0.0)


def test_positive_is_not_said_while_negative_is_near() -> None:
    assert TONES[judging.decide([0.05, 0.05, 0.9], 0)] == "positive"
    assert TONES[judging.decide([0.4, 0.0, 0.6], 0)] == "neutral"
    assert TONES[judging.decide([0.14, 0.06, 0.8], 3)] == "neutral"
    assert TONES[judging.decide([0.6, 0.0, 0.4], 0)] == "negative"


def test_spelling_keeps_every_place() -> None:
    table = spelling({"國": "国", "電腦": "电脑"})
    assert spell("中國Ａ１「好」", table) == "中国A1“好”"


def test_clauses_end_where_a_reader_pauses() -> None:
    assert clause_ends("甲，乙。丙") == (1, 3, 5)


@pytest.mark.parametrize(
    ("text", "english"),
    [("Plant explodes", True), ("工厂爆炸", False), ("ABC集团爆炸致三死", False), ("", False), ("12345", False)],
)
def test_english_is_told_from_chinese(text: str, english: bool) -> None:
    assert is_english(text) is english


def test_reasons_can_be_left_out_and_change_nothing() -> None:
    item = ToneInput("锅炉厂爆炸", "")
    full, bare = (judge([item], [0.5], [["爆炸"]], tone_model(), reasons=wanted)[0] for wanted in (True, False))
    assert bare.reasons == ()
    assert (full.tone, full.score, full.gravity) == (bare.tone, bare.score, bare.gravity)


def test_reasons_can_be_asked_for_where_the_judgement_calls_for_them() -> None:
    items = [ToneInput("锅炉厂爆炸", ""), ToneInput("本周天气晴好", "")]
    told = judge(items, [0.5, 0.5], [[], []], tone_model(), reasons=lambda _place, one: one.tone == "negative")
    assert [bool(one.reasons) for one in told] == [True, False]


def test_inputs_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError):
        judge([ToneInput("甲", "")], [], [[]], tone_model())


@pytest.mark.parametrize("title", ["\ud800坏", "\x00\x00", "爆" * 20_000, "😀😀爆炸", "\n\n", "“" * 50])
def test_no_text_breaks_it(title: str) -> None:
    assert judge([ToneInput(title, title)], [float("nan")], [[]], tone_model())[0].tone in TONES
