"""Whose deed it is: the firm named last before it, ours or another's; and which names are firms at all."""

import pytest

from incidents.types.names import own_names, strangers
from incidents.types.owners import owned
from incidents.types.spans import hits, simplify
from storage import content


def owners(text, company=None):
    return {hit.atom for hit in owned(hits("text", text, company, content.type_lexicon()))}


def named(text, company=None):
    return [text[start:end] for start, end in strangers(text, simplify(text, content.type_lexicon()), company)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("供应商伪造了检测报告，我们事先不知情。", "other:wrong_done"),
        ("我们伪造了检测报告。", "own:wrong_done"),
        ("Our paint supplier forged the certificates.", "other:wrong_done"),
        ("We forged the certificates.", "own:wrong_done"),
        ("检测报告系伪造。", "open:wrong_done"),
    ],
)
def test_a_breach_belongs_to_the_firm_named_last_before_it(text, expected):
    assert expected in owners(text)


def test_a_subject_once_named_holds_into_the_next_sentence():
    assert "other:settled" in owners("同行一家平台虚报销量。昨天被处罚。")


def test_a_firm_named_two_sentences_back_no_longer_counts():
    assert "other:settled" not in owners("同行在开会。今天下雨。明天放假。被处罚了。")


def test_the_named_firm_is_not_a_stranger_and_another_is():
    text = "云杉乳业的订单被取消，因禾锦乳业掺假被查。"
    assert named(text, "云杉乳业") == ["禾锦乳业"]


def test_an_english_name_in_mid_sentence_is_a_firm_and_a_month_or_a_person_in_office_is_not():
    text = "Shoppers left Alder Dairy in September after Varden Milk was charged, said chief executive Joan Marlow."
    assert named(text, "Alder Dairy") == ["Varden Milk"]


def test_the_firm_is_also_known_without_its_place_and_trade():
    assert "云杉" in own_names("上海云杉乳业有限公司")
