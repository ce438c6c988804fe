"""Text as it is pasted into WeChat and Weibo: the words unchanged, the layout theirs."""

from hypothesis import given, settings
from hypothesis import strategies as st

from documents.channels import for_wechat, for_weibo
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
