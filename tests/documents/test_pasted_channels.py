"""Text as it is pasted into WeChat and Weibo: the words unchanged, the layout theirs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.channels import CHANNELS, LONGEST, Piece, for_channel, for_wechat, for_weibo, sms_messages
from documents.statement import OutgoingText

TEXT = "关于厨房爆炸的说明\n\n今日 20:15，一户居民家中发生爆炸。\n\n\n我们牵挂伤者和家人。"
LINES = TEXT.replace("\n\n\n", "\n").replace("\n\n", "\n").split("\n")


def test_wechat_has_an_empty_line_between_paragraphs():
    assert for_wechat(OutgoingText(TEXT, "zh")) == "\n\n".join(LINES)


def test_weibo_carries_the_heading_in_brackets_and_one_line_a_paragraph():
    assert for_weibo(OutgoingText(TEXT, "zh")) == "\n".join([f"【{LINES[0]}】", *LINES[1:]])


def test_a_heading_in_brackets_is_not_bracketed_again_and_english_is_not_bracketed():
    assert for_weibo(OutgoingText(f"【说明】\n{LINES[1]}", "zh")).startswith("【说明】\n")
    assert for_weibo(OutgoingText("A statement\nOn the evening of 12 May.", "en")).startswith("A statement\n")


def test_one_paragraph_alone_is_no_heading():
    assert for_weibo(OutgoingText(LINES[1], "zh")) == LINES[1]


def test_what_the_text_is_stands_above_it_wherever_it_goes():
    """The stamp stays in the files: a post carries no hash."""
    whole = OutgoingText(TEXT, "zh", ("示例",), "第 1 号")
    assert for_wechat(whole).startswith("示例\n\n")
    assert "示例" in for_weibo(whole).split("\n")[0]
    assert "第 1 号" not in for_wechat(whole) + for_weibo(whole)


@settings(deadline=None)
@given(st.text(), st.lists(st.text(), max_size=2))
def test_no_word_is_lost_and_no_line_is_empty(text: str, marks: list[str]):
    whole = OutgoingText(text, "en", tuple(marks))
    words = " ".join([*marks, text]).split()
    assert for_wechat(whole).split() == words
    assert for_weibo(whole).split() == words
    assert "" not in (for_weibo(whole).split("\n") if words else [])


PIECES = (
    Piece("title", "", "关于厨房爆炸的说明"), Piece("lead", "\n\n", "今日 20:15，一户居民家中发生爆炸。"),
    Piece("casualties", "", "1 人受伤，已送医。"), Piece("posture", "", "我们用事实回答疑问。"),
    Piece("help", "\n\n", "需要帮助请拨打 400-555-0100。"), Piece("next", "", "22:30 再次更新。"), Piece("signature", "\n\n", "青禾厨电"),
)  # fmt: skip
SIGNED = OutgoingText(TEXT, "zh", firm="青禾厨电")


def test_a_short_message_is_signed_and_holds_whole_sentences_in_their_order():
    made = for_channel("sms", SIGNED, PIECES)
    assert made.text == "【青禾厨电】今日 20:15，一户居民家中发生爆炸。1 人受伤，已送医。需要帮助请拨打 400-555-0100。22:30 再次更新。"
    assert (made.short, made.messages) == (True, 1)


def test_what_is_needed_least_is_left_out_first_and_no_sentence_is_cut():
    many = (*PIECES, *(Piece(f"unknown.{n}", "", f"第{n}件事还在核实，核实清楚就告诉大家，请稍候片刻。" * 3) for n in range(9)))
    made = for_channel("sms", SIGNED, many)
    assert len(made.text) <= LONGEST["sms"]
    assert "22:30 再次更新。" in made.text
    assert all(one.text in made.text or one.text[:8] not in made.text for one in many if one.slot.startswith("unknown"))


def test_a_text_without_a_lead_has_no_short_message():
    assert for_channel("sms", SIGNED, PIECES[:1]) is None


def test_a_post_that_weibo_takes_is_whole_and_a_longer_one_says_that_it_is_short():
    assert for_channel("weibo", SIGNED, PIECES).short is False
    longer = OutgoingText(TEXT + "灶" * LONGEST["weibo"], "zh", firm="青禾厨电")
    made = for_channel("weibo", longer, PIECES)
    assert made.short
    assert len(made.text) <= LONGEST["weibo"]


@pytest.mark.parametrize(("text", "messages"), [("a" * 160, 1), ("a" * 161, 2), ("灶" * 70, 1), ("灶" * 71, 2), ("🔥" * 35, 1), ("灶" * 135, 3)])
def test_messages_are_counted_as_the_network_bills_them(text: str, messages: int):
    assert sms_messages(text) == messages


def test_the_hotline_reads_sentences_without_heading_and_signature():
    made = for_channel("hotline", SIGNED, PIECES).text.split("\n")
    assert made == [one.text for one in PIECES if one.slot not in ("title", "signature")]


def test_the_press_gets_the_number_and_the_hash():
    assert for_channel("press", OutgoingText(TEXT, "zh", stamp="第 1 号"), PIECES).text.endswith("\n\n第 1 号")


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_draft_says_so_in_every_channel(channel: str):
    assert "未放行草稿" in for_channel(channel, OutgoingText(TEXT, "zh", ("未放行草稿",), firm="青禾厨电"), PIECES).text
