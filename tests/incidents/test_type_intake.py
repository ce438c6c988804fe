"""What may come in: anything may be missing or wrong, but a value of the wrong kind is refused by name."""

import pytest

from commands.door_classify import answer
from errors import BadInput
from incidents.types import TypeIntake

WRONG = {
    "company": 5,
    "text": ["a"],
    "origin": {},
    "casualties": "two",
    "media_outlets": "晚报",
    "trust_issue": True,
}


@pytest.mark.parametrize("field", WRONG)
def test_a_value_of_the_wrong_kind_is_refused_by_name(field):
    with pytest.raises(BadInput) as refused:
        TypeIntake.from_mapping({field: WRONG[field]})
    assert refused.value.facts["field"] == field


@pytest.mark.parametrize("casualties", [True, float("nan"), float("inf")])
def test_casualties_must_be_a_number(casualties):
    with pytest.raises(BadInput):
        TypeIntake.from_mapping({"casualties": casualties})


def test_an_intake_with_nothing_in_it_is_answered():
    row = answer({"id": "x"})
    assert row["id"] == "x"
    assert row["provisional"]


def test_unknown_keys_and_unknown_choices_are_passed_over():
    assert TypeIntake.from_mapping({"label": "media", "origin": "somebody"}).origin == "somebody"
    assert answer({"id": 1, "text": "昨晚停电。", "origin": "somebody"})["type"]


def test_the_door_answers_in_the_language_of_the_narrative():
    english = answer({"id": 1, "text": "A false video about 云杉 is going round; nobody is hurt and no complaint was made."})
    chinese = answer({"id": 2, "text": "网传视频不实，没有人受伤，也没有投诉。"})
    assert english["reasons"][0]["text"].isascii()
    assert not chinese["reasons"][0]["text"].isascii()


def test_the_door_quotes_lists_and_numbers_as_python_writes_them():
    row = {"id": 1, "text": "网上有帖子。", "media_outlets": ["晚报", "早报"], "casualties": 3, "origin": "media report"}
    quotes = [e for reason in answer(row)["reasons"] for e in reason["evidence"]]
    assert all(str(row[e["field"]])[e["start"] : e["end"]] == e["quote"] for e in quotes)


def test_an_answer_to_the_deciding_question_comes_through_the_door():
    first = answer({"id": 1})
    option = first["deciding_question"]["options"][-1]
    again = answer({"id": 1, "answers": {first["deciding_question"]["id"]: option["id"]}})
    assert again["type"] == option["decides"]
