"""The machine door's `draft`: its shape, its manners, and the shipped checker behind it."""

import json

import pytest

from commands.door_draft import answer
from errors import BadInput
from statements.models import PRINCIPLES
from tests.statements.drafting import STOVE_EN, STOVE_ZH


@pytest.mark.parametrize(("lang", "intake"), [("zh", STOVE_ZH), ("en", STOVE_EN)])
def test_an_answer_has_text_sentences_and_flags(lang: str, intake: dict[str, object]) -> None:
    said = answer({"id": "a", "lang": lang, "intake": json.loads(json.dumps(intake, default=str))})
    assert said["id"] == "a"
    assert all(s["principle"] in PRINCIPLES and isinstance(s["facts"], list) for s in said["sentences"])
    bare = "".join("".join(s["text"] for s in said["sentences"]).split())
    assert bare == "".join(said["text"].split())
    assert json.loads(json.dumps(said, ensure_ascii=False)) == said


def test_the_language_is_read_from_the_intake_where_it_is_not_given() -> None:
    assert "Statement by" in answer({"id": 1, "intake": STOVE_EN})["text"]
    assert "情况说明" in answer({"id": 2, "lang": "de", "intake": STOVE_ZH})["text"]


def test_another_kind_of_text_may_be_asked_for() -> None:
    assert answer({"id": 1, "lang": "zh", "intake": STOVE_ZH, "template": "door"})["sentences"][0]["slot"] == "line.1"


def test_a_row_without_an_intake_is_refused() -> None:
    with pytest.raises(BadInput) as refused:
        answer({"id": 1, "intake": "a fire"})
    assert refused.value.key == "draft.no_intake"
