"""What the judgement promises whatever it decides: chances, reasons with exact words, a question where it is unsure."""

import pytest

from incidents.types import TYPES, TypeIntake, classify
from storage import content

STORIES = {
    "one cause": ("linear", "昨夜一台充电柜起火，一人轻伤，拆开看是新来的技师把接线端子装反了，只有这一台，其他的都正常。"),
    "a rumour": ("media", "群里疯传一段视频说我们的面条有毒，视频是三年前外地的，市监局已经辟谣，没有一例投诉。"),
    "many causes": ("matrix", "系统升级、暴雨、人手不足又赶上客流高峰，各部门各说各的，没有哪一条单独能解释，互相推。"),
    "admitted inside": ("credit", "内部查实，过期的原料改了日期继续用，厂长签过字，三年来一直这样，他自己也承认了。"),
    "another firm's": ("chain", "隔壁县那家同名的厂造假被抓，跟我们没有任何关系，可客户都来退货，问你们是不是一家。"),
    "in English": ("linear", "A pump leaked at 02:40 and one worker was treated. The operator had left one valve open; other lines are fine."),
}


@pytest.mark.parametrize("story", STORIES)
def test_a_plain_story_of_each_type_is_recognised(story):
    expected, text = STORIES[story]
    assert classify(TypeIntake(text=text), content.type_model()).type == expected


@pytest.mark.parametrize("story", STORIES)
def test_every_quote_is_exactly_that_slice_of_its_field(story):
    intake = TypeIntake(text=STORIES[story][1], media_outlets=("江城晚报", "同城号"), casualties=2, origin="own operations")
    quotes = [e for reason in classify(intake, content.type_model()).reasons for e in reason.evidence]
    assert quotes
    assert all(intake.written(e.field)[e.start : e.end] == e.quote != "" for e in quotes)


def test_chances_add_up_and_the_confidence_is_that_of_the_type():
    judgement = classify(TypeIntake(text="今天上午停水，正在查。"), content.type_model())
    assert sum(judgement.probabilities) == pytest.approx(1)
    assert judgement.confidence == max(judgement.probabilities) == judgement.probabilities[TYPES.index(judgement.type)]
    assert judgement.runner_up != judgement.type
    assert judgement.type not in judgement.secondary


def test_nothing_known_is_provisional_and_gives_a_question_between_the_two_types():
    judgement = classify(TypeIntake(), content.type_model())
    assert judgement.provisional
    assert judgement.reasons == ()
    assert {option.decides for option in judgement.deciding_question.options} == {judgement.type, judgement.runner_up}


def test_a_kind_of_credit_is_given_for_credit_alone():
    told = {name: classify(TypeIntake(text=text), content.type_model()) for name, (_, text) in STORIES.items()}
    assert {name: j.credit_kind for name, j in told.items() if j.credit_kind} == {"admitted inside": "production"}


def test_traditional_characters_are_read_like_simplified_ones():
    simple, traditional = "内部查实，过期的原料改了日期继续用，厂长签过字。", "內部查實，過期的原料改了日期繼續用，廠長簽過字。"
    model = content.type_model()
    assert classify(TypeIntake(text=traditional), model).probabilities == pytest.approx(
        classify(TypeIntake(text=simple), model).probabilities
    )


def test_a_very_long_narrative_is_answered_and_quoted_exactly():
    intake = TypeIntake(text="网传视频不实，没有投诉。" * 5000)
    judgement = classify(intake, content.type_model())
    assert all(intake.text[e.start : e.end] == e.quote for r in judgement.reasons for e in r.evidence)


def test_what_would_change_it_is_said_in_both_languages():
    (phrase,) = classify(TypeIntake(text=STORIES["a rumour"][1]), content.type_model()).would_change
    assert phrase.zh
    assert phrase.en
