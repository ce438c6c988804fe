"""The machine door's `score`: shapes and manners."""

import pytest

from commands.door_score import answer
from errors import BadInput
from monitoring.sentiment import score
from storage.models_cache import snow_tables


def test_an_item_is_answered_with_snownlps_own_number_and_a_tone(snow_cache) -> None:
    told = answer({"id": 1, "title": "雅燃灶具爆炸致三人受伤", "summary": "消防部门正在调查。", "company": "雅燃"})
    number = score(["雅燃灶具爆炸致三人受伤\n消防部门正在调查。"], snow_tables(snow_cache))[0]
    assert told["snownlp"] == pytest.approx(number, abs=1e-12)
    assert told["tone"] in ("negative", "neutral", "positive")
    assert isinstance(told["certain"], bool)
    assert told["gravity"] in (2, 3)
    assert told["why"]


@pytest.mark.parametrize("row", [{"title": "", "summary": ""}, {"title": None}, {}, {"title": " ", "summary": "\n"}])
def test_no_text_has_no_number_and_is_neutral(row) -> None:
    told = answer({"id": 1, **row})
    assert (told["snownlp"], told["tone"], told["gravity"]) == (None, "neutral", 0)


def test_the_one_present_is_scored_alone(snow_cache) -> None:
    assert answer({"title": "质量不错"})["snownlp"] == answer({"title": "", "summary": "质量不错"})["snownlp"]


@pytest.mark.parametrize("value", [3, ["a"], {"a": 1}])
def test_what_is_no_text_is_refused(value) -> None:
    with pytest.raises(BadInput):
        answer({"title": value})
