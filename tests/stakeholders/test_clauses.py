"""What a clause rests on: facts that stand, words that were said, or nothing, and then it says so."""

import copy

from stakeholders.propose import propose
from storage.content import catalogue
from tests.stakeholders.conftest import CASES, case_of

STOVE = CASES["linear_stove"]


def clauses(case, slug, question):
    return next(one for one in propose(catalogue(), case) if one.slug == slug).answers[question]


def changed(**intake):
    written = copy.deepcopy(STOVE)
    written["intake"] = {name: value for name, value in (written["intake"] | intake).items() if value is not None}
    return written


def test_a_clause_with_a_fact_names_it():
    one = clauses(case_of(STOVE), "injured_family", "who")[0]
    assert (one.phrase.zh, one.phrase.en, one.kind) == ("目前所知：受伤 1 人。", "As known now: hurt, 1 person.", "fact")
    assert len(one.facts) == 1


def test_a_withdrawn_fact_takes_its_clause_and_leaves_the_question():
    before, after = clauses(case_of(STOVE), "owners", "know"), clauses(case_of(STOVE, without="contact"), "owners", "know")
    assert any("400-555-0100" in one.phrase.zh for one in before)
    assert not any("400-555-0100" in one.phrase.zh for one in after)
    assert any(one.kind == "open" and "热线" in one.phrase.zh for one in after)


def test_an_unknown_number_of_injured_is_asked_for_and_never_guessed():
    case = case_of(changed(injured=None, deaths=None, missing=None))
    said = [one.phrase.zh for one in clauses(case, "injured_family", "who")]
    assert any(text.startswith("尚不清楚：有没有人受伤") for text in said)
    assert not any("人。" in text and "目前所知" in text for text in said)


def test_a_message_says_only_what_is_settled():
    settled = clauses(case_of(STOVE), "authorities", "message")
    reported = clauses(case_of(STOVE, status="reported"), "authorities", "message")
    assert any("南湖区" in one.phrase.zh for one in settled)
    assert not any("南湖区" in one.phrase.zh for one in reported)


def test_the_family_is_quoted_where_the_call_had_their_words():
    quotes = [one for one in clauses(case_of(STOVE), "injured_family", "feel") if one.kind == "quote"]
    assert [(one.phrase.zh, one.field) for one in quotes] == [("来电原话：“她家里人说是灶具炸的”", "narrative")]


def test_nobody_is_quoted_who_did_not_speak():
    assert not [one for one in clauses(case_of(STOVE), "authorities", "feel") if one.kind == "quote"]


def test_markup_and_braces_in_the_intake_are_only_text():
    case = case_of(changed(place="<img src=x>{{7*7}}{injured}", asking=["记者问 {company}"]))
    said = "".join(one.phrase.zh for one in clauses(case, "neighbours", "who"))
    assert "<img src=x>{{7*7}}{injured}附近" in said


def test_a_denied_complaint_is_no_complaint():
    case = case_of(changed(narrative="客服说没有接到投诉，也无人退货"))
    assert "says_complainants" not in case.atoms
    assert "says_complainants" in case_of(changed(narrative="已有三起投诉")).atoms


def test_chinese_words_put_into_a_chinese_sentence_leave_no_gap():
    said = [one.phrase.zh for one in clauses(case_of(STOVE), "staff", "know")]
    assert "看到了云州都市报的报道和微信群里的传言。" in said


def test_the_intakes_own_list_is_recognised_or_taken_as_it_stands():
    slugs = {one.slug: one for one in propose(catalogue(), case_of(changed(groups=["受灾商户的房东", "周边居民"])))}
    own = [one for slug, one in slugs.items() if slug.startswith("named_")]
    assert [one.name.zh for one in own] == ["受灾商户的房东"]
    assert all(own[0].answers.values())


def test_dead_and_missing_name_the_family_as_they_should():
    def name(**counts):
        return propose(catalogue(), case_of(changed(**counts)))[0].name.zh

    assert name(deaths=2, injured=3) == "遇难者家属、伤者及家属"
    assert name(deaths=1, injured=0) == "遇难者家属"
    assert name(deaths=0, injured=0, missing=2) == "失联人员及家属"


def test_in_a_chain_crisis_people_first_learn_whether_it_is_us_at_all():
    for question in ("know", "motivate", "message"):
        said = [one.phrase.zh for one in clauses(case_of(CASES["chain_mooncake"]), "owners", question)]
        assert any("企业全称" in text for text in said), question
        assert not any(text.startswith(("现在就能做：停止", "现在请这样做：停止")) for text in said)


def test_only_goods_have_models_and_batches():
    def asked(name):
        return "".join(one.phrase.zh for one in clauses(case_of(CASES[name]), "owners", "who"))

    assert "型号、批次" in asked("linear_stove")
    assert "型号" not in asked("matrix_airline")
    assert "涉事班次有哪些" in asked("matrix_airline")


def test_a_quarrel_over_refunds_frightens_no_neighbours():
    assert "neighbours" not in {one.slug for one in propose(catalogue(), case_of(CASES["credit_operation_school"]))}
