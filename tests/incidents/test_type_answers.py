"""Answering the deciding question re-decides, and confirmed facts propose a change with the fact that caused it."""

from itertools import combinations

import pytest

from incidents.types import TYPES, ConfirmedFact, TypeIntake, classify, rejudge
from storage import content

FIRE = TypeIntake(company="云杉灶具", text="昨晚七点多滨江一户人家灶具爆燃，一人受伤，原因还在查。", origin="own operations", casualties=1)
KNOWN = ConfirmedFact("f2", "内部查实，这批阀门不合格，厂长早就知道，签字照样出厂，他已经承认。")
CALM = ConfirmedFact("f1", "现场由消防封存。")


def test_answering_the_deciding_question_decides():
    model = content.type_model()
    open_case = classify(TypeIntake(), model)
    for option in open_case.deciding_question.options:
        answered = classify(TypeIntake(), model, {open_case.deciding_question.id: option.id})
        assert answered.type == option.decides


@pytest.mark.parametrize("pair", list(combinations(TYPES, 2)))
def test_each_pair_of_types_has_a_question_whose_options_decide_for_one_of_them(pair):
    question = content.type_model().questions[pair]
    assert [option.decides for option in question.options] == list(pair)


def test_an_answer_never_favours_the_type_it_speaks_against():
    model = content.type_model()
    for pair, question in model.questions.items():
        for option in question.options:
            before = classify(FIRE, model).probabilities
            after = classify(FIRE, model, {question.id: option.id}).probabilities
            other = pair[0] if option.decides == pair[1] else pair[1]
            assert after[TYPES.index(other)] <= before[TYPES.index(other)]


def test_a_confirmed_fact_proposes_a_change_and_names_itself():
    model = content.type_model()
    current = classify(FIRE, model)
    change = rejudge(current, FIRE.with_facts((CALM, KNOWN)), model)
    assert (change.old, change.new, change.fact_id) == ("linear", "credit", "f2")
    assert any(e.field == "fact:f2" for r in change.judgement.reasons for e in r.evidence)


def test_a_fact_that_changes_nothing_proposes_nothing():
    model = content.type_model()
    assert rejudge(classify(FIRE, model), FIRE.with_facts((CALM,)), model) is None


def test_without_facts_no_change_is_proposed():
    model = content.type_model()
    assert rejudge(classify(TypeIntake(text="内部承认造假。"), model), FIRE, model) is None
